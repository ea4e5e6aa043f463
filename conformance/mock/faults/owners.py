"""Owners: which requirement a structural fault breaks, and why.

In: what was changed, where, and what was put there.  Out: the requirement's id, or None where the specification allows it.  The first row
of the table that fits decides; a reason stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from conformance.mock.faults.reshaping import GONE
from conformance.mock.structure import Place, Status, refusals

Change = Literal["drop", "empty", "retype", "placeholder"]


class Changed(NamedTuple):
    """A change at a place; `lawful` where the schema lets stand what was put there."""

    change: Change
    place: Place
    lawful: bool

    @property
    def at(self) -> str:
        """Where in its record, as a pointer."""
        return "".join("/" + step for step in self.place.within)

    @property
    def handed_to_couriers(self) -> bool:
        return self.place.record == "consignment" and self.place.operation in _TO_COURIERS

    @property
    def text(self) -> bool:
        return "string" in self.place.types and not self.time

    @property
    def time(self) -> bool:
        return bool(self.place.shape.schema.get("format") == "date-time")

    @property
    def own_time(self) -> bool:
        return bool(self.place.shape.schema.get("x-clock"))


class Owner(NamedTuple):
    """A row: what it fits, the requirement (None: lawful), the reason."""

    fits: Callable[[Changed], bool]
    requirement: str | None
    why: str


_TO_COURIERS = frozenset({"listConsignments", "getConsignment", "consignmentCreated", "consignmentUpdated", "consignmentCancelled"})


def _at(record: str, *places: str) -> Callable[[Changed], bool]:
    return lambda it: it.place.record == record and it.at in places


def _said(*wheres: str) -> Callable[[Changed], bool]:
    """At these places, each an operation and a pointer from the top."""
    return lambda it: f"{it.place.operation}{it.place.pointer}" in wheres


_TABLE = (
    Owner(_said("getDiscovery/role", "getDiscovery/interface_version"), None,
          "a target of another role or version is not judged: the run ends with exit 2"),
    Owner(lambda it: it.change == "placeholder" and it.place.masked, None, "rule 9.2: of a masked member all may be hidden"),
    Owner(lambda it: it.place in refusals() and not it.lawful, "SE-P-13", "every error is a well-formed problem, or as RFC 6749 says"),
    Owner(lambda it: it.place in refusals() and it.change == "placeholder", "SE-P-13", "rule 1.4: no required text is a placeholder"),
    Owner(_at("problem", "/errors"), "SE-P-13", "rule 3.2: a 422 has at least one entry"),
    Owner(_at("problem", "/errors/*/pointer"), "NT-P-02", "rule 3.2: the pointer leads to the place"),
    Owner(lambda it: it.change in ("drop", "empty") and it.handed_to_couriers and not it.lawful, "FC-P-01",
          "no required field handed to the courier is missing or empty"),
    Owner(lambda it: it.change == "placeholder" and it.handed_to_couriers and it.text, "FC-P-02",
          "no required field handed to the courier holds a placeholder"),
    Owner(lambda it: not it.lawful, "SE-P-16", "content conforms to the interface's schema"),
    Owner(lambda it: it.text and it.change == "placeholder", "SE-P-16", "rule 1.4: no required text is a placeholder"),
    Owner(lambda it: it.own_time, "SE-P-16", "rule 1.2: times that the platform states are of its clock"),
    Owner(_said("listPublicNotices/items"), "NT-P-07", "every notice is published"),
    Owner(_said("getExchangeStatus/items"), "MO-P-01", "every counterpart is listed"),
    Owner(_said("listRiskAssessments/items"), "MO-P-04", "the risk is assessed"),
    Owner(_said("listSubscriptions/items"), "NB-P-22", "what was acknowledged can be read back"),
    Owner(_said("listNotices/items"), "NT-P-26", "a notice is shown to its parties"),
    Owner(_said("listAnalyticsShipments/items"), None,
          "rule 9.5 says which rows may not appear, not which must; without rows MK-P-10 to 12 stay inconclusive"),
    Owner(lambda it: it.place.steps == ("items",), "NB-P-24", "success is never answered with an empty result"),
    Owner(_said("getDiscovery/counterparts"), "SE-P-20", "the discovery document is true"),
    Owner(lambda it: it.place.steps[-1] == "since", "SE-P-20", "the discovery document is true"),
    Owner(_said("postEvents/accepted"), "FC-P-19", "every event is taken"),
    Owner(_said("postEvents/duplicates"), "FC-P-23", "rule 8.2: what came before is listed as such"),
    Owner(_at("public_tracking", "/events", "/events/*/occurred_at"), "FC-P-27", "the public page shows what happened"),
    Owner(_at("express_event", "/occurred_at"), "FC-P-21", "the time of occurrence is passed on unchanged"),
    Owner(_at("express_event", "/real_name_check/checked_at"), "RN-P-01", "the time of the check is passed on unchanged"),
    Owner(_at("interruption_notice", "/history/*/at"), "NT-P-16", "the history says when each step was taken"),
    Owner(_said("interruptionNotified/data/starts_at", "interruptFromPlatform/starts_at"), "NT-P-18",
          "the platform's own notice says everywhere when it starts"),
    Owner(lambda it: it.at == "/starts_at", "NT-P-26", "a notice reads as it was given"),
    Owner(_at("consent", "/expires_at"), "MK-P-29", "a consent is registered as it was given"),
    Owner(_at("exchange_status", "/backlog"), "MO-P-03", "the backlog agrees with the facts"),
    Owner(_at("risk_assessment", "/assessed_at", "/next_due_at"), "MO-P-04", "the assessment is not out of date"),
)


def owner(change: Change, place: Place, put: Any) -> str | None:
    """The requirement that is broken where `put` (GONE, a value, or a function that changes the type) stands there; None: lawful.

    Raises LookupError where no row of the table fits.
    """
    lawful = put is not GONE and not callable(put) and place.allows(put)
    changed = Changed(change, place, lawful)
    for row in _TABLE:
        if row.fits(changed):
            return row.requirement
    raise LookupError(f"nobody owns {change}:{place.said}:{place.pointer}")


class OwnerOfStatus(NamedTuple):
    """A row for a status that another stands for."""

    fits: Callable[[Status, int], bool]
    requirement: str | None
    why: str


_SANDBOX = frozenset({"getClock", "advanceClock", "interruptFromPlatform"})
_WAITED = frozenset({("createConsignment", "409"), ("giveNotice", "409")})
_STATUSES = (
    OwnerOfStatus(lambda it, other: it.status.startswith("2"), "SE-P-16", "answers to valid requests have documented statuses"),
    OwnerOfStatus(lambda it, other: it.operation in _SANDBOX, None, "how sandbox operations refuse is not judged"),
    OwnerOfStatus(lambda it, other: (it.operation, it.status) in _WAITED, None, "rule 5.3: the mock waits and replays, it never says so"),
    OwnerOfStatus(lambda it, other: it.operation == "issueToken" and it.status == "401", "SE-P-02", "a wrong secret answers 400 or 401"),
    OwnerOfStatus(lambda it, other: True, "SE-P-13", "an error's document repeats the status, and its code decides it"),
)


def owner_of_status(status: Status, other: int) -> str | None:
    """The requirement that is broken where the operation answers with `other` for this status; None: lawful, or not to be seen."""
    return next(row.requirement for row in _STATUSES if row.fits(status, other))
