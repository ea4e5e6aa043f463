"""Progress says what is waited for and how long still, and does not flood a log."""

import io

import pytest

from conformance.reporting.progress import Progress, duration


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_elsewhere_than_on_a_terminal_a_change_is_one_line() -> None:
    out = io.StringIO()
    with Progress("en", out, now_us=lambda: 0) as progress:
        progress.waiting("a_courier_goes_down", "the second retry", 300_500_000)
        progress.waiting("a_courier_goes_down", "the second retry", 300_000_000)
        progress.waiting("quiet", "an answer")
        progress.done("quiet")
    first, second, rest = out.getvalue().split("\n")
    assert first == "a courier goes down: waiting for the second retry  (5 min 00 s left)"
    assert second == "quiet: waiting for an answer"
    assert rest == ""


def test_the_lines_have_an_end() -> None:
    out = io.StringIO()
    with Progress("en", out, now_us=lambda: 0, most_lines=3) as progress:
        for number in range(100):
            progress.waiting("one", f"thing {number}")
    assert len(out.getvalue().splitlines()) == 4


def test_a_terminal_shows_what_is_waited_for_soonest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    out = Screen()
    with Progress("en", out, now_us=lambda: 0) as progress:
        for number in range(12):
            progress.waiting(f"scenario_{number:02}", "\x1b[2J", (20 - number) * 10_000_000)
        rows = [str(row) for row in progress._shown().renderables]
    assert rows[0] == "Observing: 12 scenarios waiting"
    assert rows[1].startswith("  scenario 11: waiting for ␛[2J")
    assert rows[-1] == "  4 more scenarios waiting"
    assert progress.waits == {}


@pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0 s"), (59.9, "59 s"), (185, "3 min 05 s"), (259_199, "71 h 59 min")])
def test_durations_are_for_people(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown
