"""The limits that the discovery document declares, and that the platform keeps.

In: nothing.  Out: `Limits`, in seconds, requests and items.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the mock promises; profiles may ask for less, never for more."""

    rate_per_minute: int = 6000
    delivery_deadline_seconds: int = 60
    event_deadline_seconds: int = 60
    notice_lead_seconds: int = 864_000
    acknowledgement_deadline_seconds: int = 3600
    publication_deadline_seconds: int = 3600
    retention_days: int = 1096
    page_size_max: int = 100
    token_lifetime_seconds: int = 3600
    small_cell_k: int = 5

    def document(self) -> dict[str, int]:
        """As it stands in the discovery document."""
        return asdict(self)


PAGE_SIZE = 50
RETRIES = (5.0, 30.0, 300.0, 1800.0, 7200.0)
ATTEMPT_TIMEOUT = 10.0
REPLAY_SECONDS = 86_400.0
