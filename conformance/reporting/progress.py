"""Live progress while observing: which scenario waits for what, and how long still.

In: calls of `waiting` and `done` by whoever runs scenarios.  Out: on a terminal a few lines that renew themselves; elsewhere
one line a change, and not without end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, TextIO

from rich.console import Group
from rich.live import Live
from rich.text import Text

from conformance.reporting.terminal import line, terminal
from conformance.words import say

MOST_LINES: Final = 60
"""Lines that a run writes where output is no terminal."""
MOST_ROWS: Final = 8


def _monotonic() -> int:
    return time.monotonic_ns() // 1000


@dataclass(frozen=True)
class Waiting:
    """What a scenario waits for; `due` is on the display's own clock in µs, None when nobody knows."""

    what: str
    due: int | None


class Progress:
    """A context manager; usable without entering it too, when nothing is to be shown live.

    `now_us` is the clock of `until_us` (any origin).  It is read in the caller's thread only; what remains then runs down by
    the display's own clock.
    """

    def __init__(self, lang: str, out: TextIO, now_us: Callable[[], int] = _monotonic, most_lines: int = MOST_LINES) -> None:
        self.waits: dict[str, Waiting] = {}
        self._lang = lang
        self._now = now_us
        self._left = most_lines
        self._heading = self._note = ""
        self._console = terminal(out)
        self._live: Live | None = None
        if out.isatty():
            self._live = Live(
                get_renderable=self._shown, console=self._console, refresh_per_second=4, transient=True,
                redirect_stdout=False, redirect_stderr=False,
            )  # fmt: skip

    def __enter__(self) -> Progress:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.waits.clear()
        if self._live is not None:
            self._live.stop()

    def waiting(self, scenario: str, what: str, until_us: int | None = None) -> None:
        """The scenario waits for `what` until `until_us` at the latest (on the clock `now_us`)."""
        left = None if until_us is None else max(0, until_us - self._now())
        before = self.waits.get(scenario)
        self.waits = {**self.waits, scenario: Waiting(what, None if left is None else _monotonic() + left)}
        if self._live is None and (before is None or before.what != what):
            self._write(self._row(scenario, self.waits[scenario]))

    def heading(self, text: str) -> None:
        """What the run is at, such as a round: it stands above what is waited for."""
        self._heading = text
        if self._live is None:
            self._write(line(text))

    def note(self, text: str, *, logged: bool) -> None:
        """How far the run is: beside the heading on a terminal, and where `logged` a line of its own elsewhere."""
        self._note = text
        if self._live is None and logged:
            self._write(line("  ", text))

    def working(self, scenario: str, what: str) -> None:
        """As `waiting`, but for a terminal only: too short, or too often, for a line of its own in a log."""
        if self._live is not None:
            self.waits = {**self.waits, scenario: Waiting(what, None)}

    def done(self, scenario: str) -> None:
        """The scenario waits no longer."""
        self.waits = {name: wait for name, wait in self.waits.items() if name != scenario}

    def _write(self, row: Text) -> None:
        if self._left > 0:
            self._console.print(row, soft_wrap=True)
        elif self._left == 0:
            self._console.print(line(say("console.waiting.bounded", self._lang)))
        self._left -= 1

    def _row(self, scenario: str, wait: Waiting) -> Text:
        row = line(say("console.waiting", self._lang, scenario=scenario.replace("_", " "), what=wait.what))
        if wait.due is not None:
            row.append(f"  ({self._remaining(wait.due)})", "dim")
        return row

    def _remaining(self, due: int) -> str:
        left = (due - _monotonic()) / 1e6
        return say("console.waiting.left", self._lang, left=duration(left)) if left >= 1 else say("console.waiting.due", self._lang)

    def _shown(self) -> Group:
        waits = sorted(self.waits.items(), key=lambda each: (each[1].due is None, each[1].due or 0))
        rows = [line((self._heading, "bold"), (f"  {self._note}", "dim") if self._note else "")] if self._heading else []
        rows += [line((say("console.waiting.header", self._lang, n=len(waits)), "bold"))] if waits else []
        rows += [line("  ", self._row(scenario, wait)) for scenario, wait in waits[:MOST_ROWS]]
        if len(waits) > MOST_ROWS:
            rows.append(line(("  " + say("console.waiting.more", self._lang, n=len(waits) - MOST_ROWS), "dim")))
        return Group(*rows)


def duration(seconds: float) -> str:
    """Seconds for people: `42 s`, `3 min 05 s`, `71 h 59 min`."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole // 60 % 60:02} min"
