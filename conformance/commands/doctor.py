"""`hulian doctor`: whether a run could take place, and what to mend if not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from conformance.commands.options import configured, reached
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang

if TYPE_CHECKING:
    from conformance.doctor import Finding


@made("doctor")
@reached
def command(**given: Any) -> int:
    from conformance.ordering import ordered

    found = ordered(configured(**given))
    from conformance.commands.running import noted
    from conformance.doctor import examined
    from conformance.engine import in_loop

    noted(found)
    codes: list[int] = []

    async def tell() -> None:
        async for finding in examined(found):
            show(finding)
            codes.append(2 if finding.sign == "fail" else 0)

    in_loop(tell, virtual=found.line.virtual)
    return max(codes)


def show(finding: Finding) -> None:
    """One line for what works; for what does not, also how to mend it."""
    from conformance.reporting.terminal import line, sign, terminal
    from conformance.words import say

    console = terminal(sys.stdout)
    console.print(line(sign(finding.sign, console.encoding), " ", say(f"doctor.{finding.code}", lang(), **finding.params)), soft_wrap=True)
    for text in str(finding.error).splitlines() if finding.error else ():
        console.print(line("  ", text), soft_wrap=True)
