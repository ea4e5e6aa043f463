"""A consignment as a scenario holds it in its hands: our name for it, what was entered, what the platform called it.

In: made by a merchant.  Out: read by everybody in the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.parties import Party, Subject
from conformance.records import JSON


@dataclass
class Consignment:
    """`courier` is the party that performs it now; `id` is empty where the platform did not take it."""

    subject: Subject
    merchant: Party
    courier: Party
    entered: dict[str, JSON]
    id: str = ""
    version: int = 0

    @property
    def order_no(self) -> str:
        return str(self.entered["order_no"])
