"""Lawful variants: platforms that differ from ours and conform all the same.  A suite that fails one of them is wrong.

In: the questions.  Out: entries of the fault registry that break nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.mock.asking import Bending
from conformance.mock.faults import fault
from conformance.mock.questions import PageSize
from conformance.mock.questions.question import Question
from conformance.mock.triggers import Trigger


def variant(
    id: str, *, title: tuple[str, str], question: type[Question[object]], when: Trigger | None = None
) -> Callable[[Bending], Bending]:
    """Register a variant."""
    return fault(id, breaks="", title=title, question=question, when=when)


@fault("small-pages", breaks="", title=("每页较小", "Smaller pages"), question=PageSize)
def small_pages(honest, q):  # type: ignore[no-untyped-def]
    """Seven items a page at most."""
    return min(7, honest(q))
