"""The library's vocabulary and stage."""

from __future__ import annotations

from conformance.parties import Party
from conformance.records import Act
from conformance.stage import Stage

LOAN = "loan"


class BookLent(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The librarian lends a book to the reader `to`."""


class Library(Stage):
    """A stage with one verb."""

    async def lends(self, shelfmark: str) -> None:
        body = {"shelfmark": shelfmark, "reader": "R-1", "due_in_days": 28}
        act = self.act(BookLent(by=Party("librarian"), to=Party("reader"), about=(self.subject("L"),), data=body))
        await self.binding.call("lendBook", as_=Party("librarian"), act=act, body=body)

    async def look(self) -> None:
        """The reader reads the list."""
        await self.binding.call("listLoans", as_=Party("reader"))
        self.watched(Party("reader"), "pull", 0)
