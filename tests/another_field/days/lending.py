"""Lending."""

from conformance.scenario import scenario
from tests.another_field.words import LOAN, BookLent, Library


@scenario(shows={BookLent, LOAN})
async def two_books_are_lent(stage: Library) -> None:
    """Two books go out, and the list is read."""
    for shelfmark in ("PL 2727", "PL 2735"):
        await stage.lends(shelfmark)
    await stage.settle()
