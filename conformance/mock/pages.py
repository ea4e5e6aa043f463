"""Pages of a feed or a list: items from a cursor, where the next page starts, where later changes are read.

In: a call, entries by position, and what the caller sees of each.  Out: the answer with its Link header (RFC 8288).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from conformance.mock import feeds
from conformance.mock.calls import Answer, Call, Problem
from conformance.mock.limits import PAGE_SIZE
from conformance.mock.questions import CursorNext, CursorRead, CursorText, FeedHas, FeedPage, FeedReady, PageSize
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World


def start(call: Call) -> int:
    """The position at which the page starts.  Raises Problem for a cursor that is none of ours."""
    cursor = call.query.get("cursor")
    if cursor is None:
        return 0
    position = feeds.read(call.asker.ask(CursorRead(call.caller, call.operation, cursor)))
    if position is None:
        raise Problem("invalid", ("?cursor", "format"))
    return position


def page(world: World, call: Call, target: str, items: Sequence[Document]) -> Answer:
    """A page of a list."""
    first = start(call)
    return list_page(world, call, target, enumerate(items[first:], start=first))


def list_page(world: World, call: Call, target: str, entries: Iterable[tuple[int, Document]]) -> Answer:
    """A page of a list whose `entries` start where the cursor says."""
    return _made(world, call, target, entries, 0, None)


def feed_page(
    world: World,
    call: Call,
    target: str,
    entries: Iterable[tuple[int, Document]],
    end: int,
    record_time: Callable[[Document], str],
) -> Answer:
    """A page of a feed: `end` is the position after the last entry, `record_time` gives an entry's record time."""
    return _made(world, call, target, entries, end, record_time)


def recorded(field: str) -> Callable[[Document], str]:
    """Reads the record time in `field`; where a fault left it out, long ago."""
    return lambda entry: str(entry.get(field, "1970-01-01T00:00:00Z"))


def _made(
    world: World,
    call: Call,
    target: str,
    entries: Iterable[tuple[int, Document]],
    end: int,
    record_time: Callable[[Document], str] | None,
) -> Answer:
    asked = call.query.get("limit")
    size = world.ask(PageSize(call.caller, call.operation, asked, PAGE_SIZE, world.limits.page_size_max, "cursor" in call.query))
    items: list[Document] = []
    following: int | None = None
    for position, entry in entries:
        age = world.clock.now() - posix(record_time(entry)) if record_time else 0.0
        if not world.ask(FeedReady(call.operation, entry, call.caller, age)):
            end = position
            break
        if not world.ask(FeedHas(call.operation, entry, call.caller, age)):
            continue
        if len(items) == size:
            following = position
            break
        items.append(entry)
    body: Document = {"items": world.ask(FeedPage(call.operation, call.caller, items)), "next_cursor": None}
    headers = {}
    if following is not None:
        cursor = _cursor(world, call, following)
        body["next_cursor"] = cursor
        limit = f"&limit={asked}" if asked else ""
        headers["Link"] = f'<{target}?cursor={cursor}{limit}>; rel="next"'
    if record_time:
        body["resume_cursor"] = body["next_cursor"] or _cursor(world, call, end)
    return Answer(200, body, headers)


def _cursor(world: World, call: Call, position: int) -> str:
    place = world.ask(CursorNext(call.caller, call.operation, start(call), position))
    return world.ask(CursorText(call.caller, call.operation, feeds.written(place)))
