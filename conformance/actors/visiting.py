"""Visiting: one merchant, one courier and those around them do what is compared, in one guise, for people of one sort.

In: a stage, who they are, how they appear, what is entered.  Out: acts of one way, and exchanges.  Nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from conformance.actors import identity
from conformance.actors.actor import Actor
from conformance.actors.business import picked_up
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.binding.http import Reply
from conformance.guise import Guise
from conformance.people import Person
from conformance.records import JSON
from conformance.vocabulary import Probed

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

Intent = Literal["ordinary", "malformed", "hostile"]
TRAITS = ("name:three-characters", "phone:mobile", "region:ordinary", "address:unit-room")
KEPT = ("region_code", "province", "city", "district", "detail")
"""Of an address; what some have and others don't would make answers differ."""
SPARE = 3
"""How many are drawn for each that is needed."""


class Visit:
    """One way of a group.  `others` are a second courier, a user and an outside company, in the same guise."""

    def __init__(
        self, stage: Trade, group: str, way: str, guise: Guise, merchant: Merchant, courier: Courier, other: Courier, entry: dict[str, JSON]
    ) -> None:
        self.stage, self.group, self.way = stage, group, way
        self.merchant, self.courier, self.other = merchant.dressed(guise), courier.dressed(guise), other.dressed(guise)
        self.consumer, self.third_party = stage.consumer.dressed(guise), stage.third_party.dressed(guise)
        self.entry = {**entry, **self._names()}
        self.subject = stage.subject("C")
        self.id = self.event_id = ""
        self._awaited: set[str] = set()
        self.waybill_no, self.place = self.courier.new_waybill(), self.courier.place

    def _names(self) -> dict[str, JSON]:
        number = self.stage.theatre.count("order")
        return {"order_no": self.merchant.order_number(number), "remarks": f"请轻放 {self.merchant.mark(number)}"}

    @property
    def pulls(self) -> bool:
        return "pull" in self.stage.theatre.capabilities

    async def goes(self, *, whole: bool) -> None:
        """All of it; unless `whole`, without what has nothing to do with whom it is for."""
        await self.enters()
        await self.follows()
        if whole:
            await self.tries()

    async def enters(self) -> None:
        """The merchant looks for a courier and enters a consignment; the courier finds it."""
        await self._does(self.merchant, "offers", "listCouriers", path={"merchant_id": self.merchant.code}, query={"limit": 100})
        reply = await self._does(self.merchant, "entry", "createConsignment", body=self.entry, to=self.courier)
        self.id = str(reply.get("consignment_id") or "none")
        if self.pulls:
            await self._finds()
        reader: Actor = self.courier if self.pulls else self.merchant
        await self._does(reader, "record", "getConsignment", path={"consignment_id": self.id})

    async def follows(self) -> None:
        """The courier reports, the merchant and everybody look."""
        event = picked_up(self.stage, self.courier)
        self.event_id = str(event["event_id"])
        body = {"consignment_id": self.id, "parcel_no": "1", "events": [event]}
        await self._does(self.courier, "report", "postEvents", path={"waybill_no": self.waybill_no}, body=body, to=self.merchant)
        await self._looks()

    async def tries(self) -> None:
        """What is not allowed, and what there is beside."""
        path, fields = {"consignment_id": self.id}, ["recipient_phone"]
        refused = {"order_no": self.entry["order_no"], "purpose": "value_added", "fields": fields, "jurisdiction": "CN"}
        if self.pulls:
            await self._does(self.other, "foreign", "getConsignment", path=path, intent="hostile")
            await self._does(self.courier, "page", "listConsignments", query={"limit": 1})
        forged = self.stage.rng.randbytes(24).hex()
        await self._does(self.merchant, "forged", "getConsignment", path=path, intent="hostile", token=forged)
        numbered = {**self.entry, **self._names(), "remarks": f"证件 {identity.number(self.stage.rng)}"}
        await self._does(self.merchant, "identity", "createConsignment", body=numbered, intent="malformed", nameless=True)
        if "data_requests" in self.stage.theatre.capabilities:
            await self._does(self.third_party, "request", "requestData", body=refused)

    async def looks_again(self) -> None:
        """What had not come yet may be there now."""
        if "feed" in self._awaited:
            await self._finds()
        if self._awaited & {"tracking", "events"}:
            await self._looks()

    async def _finds(self) -> None:
        query = {"cursor": self.place} if self.place else {}
        reply = await self._does(self.courier, "feed", "listConsignments", query=query)
        self._awaits("feed", holds(reply, "consignment_id", self.id))

    async def _looks(self) -> None:
        if "public_tracking" in self.stage.theatre.capabilities:
            reply = await self._does(self.consumer, "tracking", "trackWaybill", path={"waybill_no": self.waybill_no}, token="")
            self._awaits("tracking", reply.ok)
        reply = await self._does(self.merchant, "events", "listConsignmentEvents", path={"consignment_id": self.id})
        self._awaits("events", holds(reply, "event_id", self.event_id))

    def _awaits(self, probe: str, there: bool) -> None:
        self._awaited = self._awaited - {probe} if there else self._awaited | {probe}

    async def _does(
        self, actor: Actor, probe: str, operation: str, *, path: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None, body: JSON = None, to: Actor | None = None, intent: Intent = "ordinary",
        token: str | None = None, nameless: bool = False,
    ) -> Reply:
        act = Probed(
            by=actor.party, about=() if nameless or probe in ("offers", "page") else (self.subject,), to=to.party if to else None,
            intent=intent, features=(f"probe:{probe}", f"way:{self.way}"),
            data={"probe": probe, "group": self.group, "way": self.way, "body": body},
        )
        _, reply = await actor.does(act, operation, path=path, query=query, body=body, token=token)
        return reply


def holds(reply: Reply, member: str, value: str) -> bool:
    """Whether one of the items of a page has it."""
    items = reply.get("items")
    return isinstance(items, list) and any(isinstance(item, dict) and item.get(member) == value for item in items)


def contact(person: Person) -> dict[str, JSON]:
    """A person with no more than everybody has."""
    whole: dict[str, JSON] = person.contact()
    address = {name: value for name, value in whole["address"].items() if name in KEPT}
    return {**whole, "address": address}


def people(stage: Trade, many: int) -> Sequence[dict[str, JSON]]:
    """So many contacts, of the same form if there are as many: what tells them apart is in what they hold."""
    drawn = [contact(stage.people.person(TRAITS)) for _ in range(SPARE * many)]
    usual = Counter(map(form, drawn)).most_common(1)[0][0]
    return sorted(drawn, key=lambda one: form(one) != usual)[:many]


def form(one: dict[str, JSON]) -> tuple[JSON, ...]:
    """Which members a contact has, and how long its name and number are."""
    return *sorted(one["address"]), *sorted(one["phone"]), one["phone"]["kind"], len(one["name"]), len(one["phone"]["number"])
