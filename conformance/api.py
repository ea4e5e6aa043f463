"""The API: judge an implementation from Python.

In: a role and a target: a URL, an ASGI application, or `mock.platform()`.  Out: a `Run`.  Prints nothing, can be called again and
again, and inside a running event loop as well (the work happens in a thread then).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from conformance.config import Config, read
from conformance.errors import HulianError
from conformance.records import Record
from conformance.result import Run as Judged

if TYPE_CHECKING:
    from conformance.binding.line import Line

T = TypeVar("T")


class Kept:
    """The journal of a run: its records, and the file that they stand in."""

    def __init__(self, path: Path, records: Sequence[Record], holder: TemporaryDirectory[str] | None = None) -> None:
        self.path, self.records = path, tuple(records)
        self._holder = holder  # the file lives as long as somebody has the journal

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


class Run(Judged):
    """What came of a run: `outcome`, `exit_code`, `verdicts`, `findings`, `report`, `journal`."""

    journal: Kept

    @classmethod
    def of(cls, judged: Judged, journal: Kept) -> Run:
        run = cls(judged.report, judged.records, judged.outcomes)
        run.journal = journal
        return run

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Writes `….html`, `….json`, or into a directory report, page and journal.  Raises `HulianError` bad_format, unwritable."""
        from conformance.run_directory import RunDirectory, as_json, as_page, written

        place = Path(path)
        match place.suffix.lower():
            case ".html":
                written(place, as_page(self.report))
            case ".json":
                written(place, as_json(self.report))
            case suffix if suffix and not place.is_dir():
                raise HulianError("bad_format", path=str(place), suffix=suffix)
            case _:
                directory = RunDirectory.claimed(place, "")
                written(directory.journal, self.journal.path.read_bytes())
                directory.write(self.report)
        return place


class Embedded:
    """The mock in this process, in virtual time: each run gets a fresh one."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)


Target: TypeAlias = "str | Embedded | Any"
"""A URL, `mock.platform()`, a MockPlatform, or an ASGI application."""


class mock:  # a namespace, spelled as users write it
    """The mock server: `conformance.mock.platform(faults=[...])`."""

    @staticmethod
    @contextmanager
    def platform(faults: Iterable[str] = (), port: int | None = None) -> Iterator[Embedded | str]:
        """A mock platform as a target: in process, or with `port` (0 for a free one) as a server, whose URL is given.

        Raises `HulianError` unknown_fault, port_in_use.
        """
        from conformance.demo import line, served

        faults = tuple(faults)
        if port is None:
            line(faults)  # says now what is wrong with a fault
            yield Embedded(faults)
        else:
            with served(faults, port) as url:
                yield url


def run(
    *, role: str, target: Target, scope: Iterable[str] = (), only: Iterable[str] = (), seed: int = 0, profile: str = "contract",
    config: str | os.PathLike[str] | Config | None = None,
) -> Run:
    """Observes and judges the target.  Raises `HulianError` for what can be mended before anything is observed."""
    found = config if isinstance(config, Config) else read(Path(config), os.environ) if config is not None else Config()
    url = target if isinstance(target, str) else None
    found = found.with_options(role=role, target=url, scope=words(scope), only=words(only), seed=seed, profile=profile)
    return apart(lambda: performed(found, target))


async def arun(*, role: str, target: Target, **given: Any) -> Run:
    """`run` for callers in an event loop, which goes on meanwhile."""
    import anyio.to_thread

    return await anyio.to_thread.run_sync(lambda: run(role=role, target=target, **given))


def judge(journal: str | os.PathLike[str], *, partial: bool = False) -> Run:
    """The verdicts of a journal (or of a run's directory) again, offline.  Raises `HulianError` no_journal, journal_…."""
    from conformance.rejudging import rejudged

    path = Path(journal)
    path = path / "journal.jsonl" if path.is_dir() else path
    judged = rejudged(path, partial=partial)
    return Run.of(judged, Kept(path, judged.records))


def words(given: Iterable[str]) -> tuple[str, ...]:
    """One word is not a list of letters."""
    return (given,) if isinstance(given, str) else tuple(given)


def performed(config: Config, target: Target) -> Run:
    """The run itself."""
    from conformance import engine
    from conformance.ordering import ordered

    holder = TemporaryDirectory(prefix="hulian-")
    path = Path(holder.name) / "journal.jsonl"
    order = ordered(config, line=line_to(target, config), journal=path)
    judged = engine.run(order.order, order.line)
    return Run.of(judged, Kept(path, judged.records, holder))


def line_to(target: Target, config: Config) -> Line | None:
    """The line to what was given; None for a URL, which the configuration has.  Raises `HulianError` bad_target_type."""
    if isinstance(target, str):
        return None
    if isinstance(target, Embedded):
        from conformance.demo import line

        return line(target.faults)
    app = getattr(target, "app", target)
    if not callable(app):
        raise HulianError("bad_target_type", kind=type(target).__name__)
    from conformance.binding.hosted import Hosted

    return Hosted(app, callback_bind=config.callback_bind)


def apart(work: Callable[[], T]) -> T:
    """Does the work here, or in a thread where an event loop runs already."""
    import sniffio

    try:
        sniffio.current_async_library()
    except sniffio.AsyncLibraryNotFoundError:
        return work()
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
