"""Many ids in few words: neighbours in a series are joined.

In: ids such as `FC-P-01`, in order.  Out: `FC-P-01…03`, `FC-P-07`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NUMBERED: Final = re.compile(r"(.*?)(\d+)")


def ranges(ids: Iterable[str]) -> list[str]:
    """The ids, three or more consecutive numbers of one series as a range; any other id stays as it is."""
    series: list[list[str]] = []
    for each in ids:
        if series and _next(series[-1][-1]) == each:
            series[-1].append(each)
        else:
            series.append([each])
    return [shown for run in series for shown in ([f"{run[0]}…{_number(run[-1])}"] if len(run) > 2 else run)]


def _number(identifier: str) -> str:
    match = _NUMBERED.fullmatch(identifier)
    return match[2] if match else identifier


def _next(identifier: str) -> str | None:
    match = _NUMBERED.fullmatch(identifier)
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}}" if match else None
