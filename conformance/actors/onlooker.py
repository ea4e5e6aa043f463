"""Everybody else: who looks at the public page, asks for data, or receives reports.

In: a stage.  Out: acts and exchanges.
"""

from __future__ import annotations

from conformance.actors.listening import Listening
from conformance.actors.privacy import Analysing, Asking, Prying
from conformance.binding.http import Reply
from conformance.parties import Subject
from conformance.vocabulary import TrackingLooked


class Onlooker(Listening, Analysing, Asking, Prying):
    """Verbs of the consumer, the analyst, the outside company and the authority."""

    kind = "onlooker"

    async def looks_up(self, waybill_no: str, *subjects: Subject, signed_in: bool = False) -> Reply:
        """Looks a waybill up on the public page; `subjects` is what it belongs to, nothing for a number that nobody gave out.

        The page needs no credentials; who is `signed_in` shows its own all the same.
        """
        act = TrackingLooked(by=self.party, about=subjects, data={"waybill_no": waybill_no, "known": bool(subjects)})
        token = await self.stage.binding.token_of(self.party) if signed_in else ""
        _, reply = await self.does(act, "trackWaybill", path={"waybill_no": waybill_no}, token=token)
        return reply
