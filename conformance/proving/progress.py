"""How far a proof has got: how many units are done, what survived, how long still.

In: units, and what they come to as they end.  Out: on a terminal one line that renews itself; elsewhere a line now and then.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, TextIO

from rich.live import Live

from conformance.proving.matrix import alarm
from conformance.proving.units import Told, Unit
from conformance.reporting.progress import duration
from conformance.reporting.terminal import line, terminal
from conformance.words import say

EVERY: Final = 15.0
"""Seconds between two lines where output is no terminal."""


def following(units: Sequence[Unit], results: Iterator[Told], lang: str, out: TextIO) -> list[Told]:
    """Collects what the units come to.  Ctrl-C ends it: what is known by then is what there is."""
    console = terminal(out)
    tally = Tally(units, lang)
    live = Live(get_renderable=lambda: line(tally.text()), console=console, refresh_per_second=2, transient=True) if out.isatty() else None
    said = time.monotonic()
    try:
        with suppress(KeyboardInterrupt):  # units that came to nothing are told as missing
            if live is not None:
                live.start()
            for one in results:
                tally.add(one)
                now = time.monotonic()
                if live is None and (now - said > EVERY or len(tally.found) == len(units)):
                    said = now
                    console.print(line(tally.text()), soft_wrap=True)
    finally:
        if live is not None:
            live.stop()
        close = getattr(results, "close", None)
        if close is not None:
            close()
    return tally.found


class Tally:
    """What is known so far."""

    def __init__(self, units: Sequence[Unit], lang: str) -> None:
        self.units, self.lang = units, lang
        self.found: list[Told] = []
        self.began = time.monotonic()
        self.survivors = self.alarms = self.broke = 0

    def add(self, one: Told) -> None:
        self.found.append(one)
        self.broke += bool(one.broke)
        if one.unit.kind == "fault":
            self.survivors += not one.broke and not one.killed
        else:
            known = alarm(one)
            self.alarms += bool(known.failed or known.undecided or known.refused)

    def text(self) -> str:
        """One line."""
        return say(
            "prove.progress", self.lang, done=len(self.found), all=len(self.units), survivors=self.survivors, alarms=self.alarms,
            broke=self.broke, left=self.left(),
        )

    def left(self) -> str:
        """How long still, by what the others took; an ellipsis as long as nobody knows."""
        if not self.found:
            return "…"
        rest = len(self.units) - len(self.found)
        return duration((time.monotonic() - self.began) / len(self.found) * rest)
