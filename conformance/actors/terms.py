"""Terms: the times that hold between the parties of a notice, in seconds: as declared, never laxer than the interface (rule 14.2).

In: what the target declares.  Out: how long a scenario waits for what.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

DAY = 24 * 3600.0
FIRST_DAY = DAY
"""So long nobody gives notice in a round of scenarios, so that whatever stops then stops without notice, in seconds."""
SOON = 5.0
"""So long after the end of a time everybody looks, in seconds."""


class Terms(msgspec.Struct, frozen=True):
    """`lead` between notice and start, the longest times for `acknowledgement`, `publication` and `delivery` of data."""

    lead: float
    acknowledgement: float
    publication: float
    delivery: float

    @classmethod
    def of(cls, limits: Mapping[str, float]) -> Terms:
        return cls(
            lead=max(10 * DAY, limits.get("notice_lead_seconds", 0)),
            acknowledgement=min(DAY, limits.get("acknowledgement_deadline_seconds", DAY)),
            publication=min(DAY, limits.get("publication_deadline_seconds", DAY)),
            delivery=min(60.0, max(limits.get("delivery_deadline_seconds", 60.0), limits.get("event_deadline_seconds", 60.0))),
        )
