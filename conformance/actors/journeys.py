"""Journeys: what may happen to a parcel, as couriers report it, batch by batch.

In: nothing.  Out: stories by name: batches of steps; a step is a code, the minutes since the journey began, and whatever else the event
holds.  `@n` in `retracts` means the n-th step of the story.  `written` is a way to write the time,
`ahead` how many seconds the courier's clock is ahead of the platform's: what is within 300 is no future (rule 8.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, NamedTuple

from conformance.actors.wording import TEXTS
from conformance.records import JSON, Instant


class Step(NamedTuple):
    code: str
    minute: int
    more: Mapping[str, JSON] = {}


class Journey(NamedTuple):
    """`first` are the batches of the first days, `later` those that come when everybody has read."""

    first: Sequence[Sequence[Step]]
    later: Sequence[Sequence[Step]] = ()


VERIFIED: Final[Mapping[str, JSON]] = {"real_name_check": {"outcome": "verified", "checked_at": "2025-03-02T09:30:00+08:00"}}
AGREED: Final[Mapping[str, JSON]] = {"real_name_check": {"outcome": "agreement", "checked_at": "2025-03-01T23:59:59.250+08:00"}}
NO_COUNTY: Final = {"region_code": "441900", "city": "东莞市"}
SELF: Final[Mapping[str, JSON]] = {"sign_off": {"manner": "self"}}


def signed(manner: str) -> dict[str, JSON]:
    """Signed for by somebody or something else, with consent."""
    return {"sign_off": {"manner": manner, "consent_ref": f"同意-{manner}-0317"}}


LONG_CODE: Final = "HANDED_TO_A_NEIGHBOUR_ON_THE_SAME_FLOOR"
PICKED: Final = Step("PICKED_UP", 0, VERIFIED)
OUT: Final = Step("OUT_FOR_DELIVERY", 600)
DONE: Final = Step("DELIVERED", 660, SELF)
WRITINGS: Final = ("z", "+00:00", "+09:00", "-03:30", "+05:45", "+08:00", "millis", "micros", "nanos", "one-digit")
"""Ways to write a time (RFC 3339)."""

JOURNEYS: Final[Mapping[str, Journey]] = {
    "journey:ordinary": Journey([[PICKED], [Step("ARRIVED_HUB", 60), Step("DEPARTED_HUB", 90)], [OUT], [DONE]]),
    "journey:agreement": Journey(
        [[Step("PICKUP_ASSIGNED", -30), Step("PICKED_UP", 0, AGREED)], [OUT], [Step("DELIVERED", 650, signed("proxy"))]]
    ),
    "journey:locker": Journey([[PICKED, OUT], [Step("AT_PICKUP_POINT", 610)], [Step("DELIVERED", 700, signed("locker"))]]),
    "journey:station": Journey([[PICKED, OUT, Step("AT_PICKUP_POINT", 611)]], [[Step("DELIVERED", 900, signed("station"))]]),
    "journey:refused": Journey(
        [[PICKED, OUT, Step("DELIVERY_FAILED", 620, {"exception_reason": "recipient_unreachable"})], [Step("OUT_FOR_DELIVERY", 800)]],
        [[Step("REJECTED", 810, {"exception_reason": "refused"})], [Step("RETURNING", 820, {"related_waybill_no": "RT0000000317CN"})]],
    ),
    "journey:unknown-reason": Journey([[PICKED, OUT], [Step("STALLED", 640, {"exception_reason": "typhoon-2026/07 台风"})]]),
    "journey:abroad": Journey([[PICKED, Step("CUSTOMS_PENDING", 100), Step("CUSTOMS_HELD", 200)], [Step("CUSTOMS_CLEARED", 300)]]),
    "journey:damaged": Journey([[PICKED], [Step("DAMAGED", 30, {"exception_reason": "damaged"})], [Step("LOST", 40)]]),
    "journey:unknown-code": Journey(
        [
            [PICKED, Step("SORTED_BY_ROBOT", 20)], [Step("K1000", 30), Step("IN_TRANSIT", 40)],
            [Step("DRONE_LANDED_2", 50), Step(LONG_CODE, 52)],
        ],
        [[Step("X_RAYED", 55)]],
    ),
    "journey:offsets": Journey([[PICKED, *(Step("IN_TRANSIT", 10 + n, {"written": way}) for n, way in enumerate(WRITINGS))]]),
    "journey:clock-ahead": Journey([[PICKED], [Step("IN_TRANSIT", 0, {"ahead": 100})]]),
    "journey:old": Journey([
        [Step("IN_TRANSIT", 0, {"occurred_at": "2024-02-29T23:59:59+08:00"})],
        [Step("IN_TRANSIT", 0, {"occurred_at": "2024-12-31T23:59:59.999+08:00"}), PICKED],
    ]),
    "journey:disordered": Journey([[OUT], [PICKED], [DONE], [Step("DEPARTED_HUB", 95), Step("ARRIVED_HUB", 65)]]),
    "journey:same-moment": Journey(
        [[PICKED], [Step("ARRIVED_HUB", 60), Step("DEPARTED_HUB", 60)], [Step("IN_TRANSIT", 60)], [OUT]]
    ),
    "journey:late": Journey([[PICKED], [DONE]], [[Step("ARRIVED_HUB", 70)], [Step("IN_TRANSIT", -7000), OUT]]),
    "journey:retracted": Journey([[PICKED, OUT], [DONE]], [[Step("RETRACTED", 670, {"retracts": "@2"})]]),
    "journey:retraction-retracted": Journey(
        [[PICKED, OUT], [DONE]], [[Step("RETRACTED", 670, {"retracts": "@2"})], [Step("RETRACTED", 680, {"retracts": "@3"})]]
    ),
    "journey:replaced": Journey([[PICKED, OUT], [DONE]], [[Step("DELIVERED", 661, {**signed("proxy"), "retracts": "@2"})]]),
    "journey:retracted-beforehand": Journey([[PICKED, OUT], [Step("RETRACTED", 665, {"retracts": "@3"})], [Step("DELIVERED", 655, SELF)]]),
    "journey:tongues": Journey([[PICKED, *(Step("IN_TRANSIT", 5 + n, {"text": kind}) for n, kind in enumerate(TEXTS))]]),
    "journey:many": Journey([[PICKED, *(Step("IN_TRANSIT", n) for n in range(1, 100))]]),
    "journey:bare": Journey([[PICKED], [Step("IN_TRANSIT", 15, {"description": None, "location": NO_COUNTY})]]),
}
"""What happens, by the feature that tells the cases apart."""


def time_written(at: Instant, way: str) -> str:
    """The time in that way of writing, to the second where the way says nothing else."""
    moment = datetime.fromtimestamp(at // 1_000_000, UTC)
    fractions = {"millis": ".125", "micros": ".000125", "nanos": ".000000125", "one-digit": ".5"}
    if way == "z":
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    if way in fractions:
        return (moment + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S") + fractions[way] + "+08:00"
    hours, minutes = int(way[1:3]), int(way[4:])
    zone = timezone((-1 if way[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") + way
