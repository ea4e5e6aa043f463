"""The contract: every operation as it is meant, then with one thing wrong at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final, Literal
from urllib.parse import urlencode

from conformance.actors.actor import Actor
from conformance.actors.errands import Errand
from conformance.actors.possessions import Possessions
from conformance.actors.tokens import GRANT, asks_for_a_token
from conformance.actors.trade import Trade
from conformance.contract.exceptions import demanded
from conformance.contract.inside import forbidden, inside
from conformance.contract.mutations import Mutation, mutated, mutations
from conformance.contract.unreadable import LIMIT, samples, unreadable
from conformance.parties import Party
from conformance.records import JSON, Case
from conformance.scenario import scenario
from conformance.specification import specification
from conformance.vocabulary import DISCOVERY, PROBLEM, OperationTried

UNDO: Final = {
    "createSubscription": ("deleteSubscription", "subscription_id", None),
    "giveNotice": ("withdrawNotice", "notice_id", {"message": "改期"}),
}
"""What is taken back as soon as it was accepted, by which operation, under which id, with which body."""
TEXTS: Final = {"createConsignment": "remarks", "updateConsignment": "remarks"}
"""Operations that get every sort of unreadable body, and a text in theirs; the others get a sample."""
COURIER: Final = ("/courier_code", "/service_product")
"""Members that belong to the errand that changes the courier."""


TRACED: Final = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "x-request-priority": "low"}
ENDS: Final = (
    "cancelConsignment", "deleteSubscription", "withdrawConsent", "withdrawNotice", "replyToNotice", "reportNotice",
    "giveNotice",
)
"""What cannot be done twice alike, or would make too much of it."""


class Turns:
    """No party sends more than a third of the declared rate; the rest is for the scenarios beside this one."""

    def __init__(self, stage: Trade) -> None:
        self._stage, self._sent = stage, Counter[Party]()
        self._most = max(1, int(stage.theatre.limits.get("rate_per_minute", 60)) // 3)

    async def turn(self, actor: Actor) -> None:
        """Returns when the party may send its next request."""
        self._sent[actor.party] += 1
        if self._sent[actor.party] % self._most == 0:
            await self._stage.sleep(60)


@scenario(shows={OperationTried, DISCOVERY, PROBLEM})
async def every_operation_rightly_and_wrongly(stage: Trade) -> None:
    """A merchant and a courier call each operation once as it is meant, and then with every single mistake that its schema names."""
    owned = await Possessions(stage, stage.merchant_2, stage.courier_b, stage.courier_new).acquire()
    await acknowledged(stage)
    turns = Turns(stage)
    served: dict[str, Errand] = {}
    for errand in owned.errands():
        if errand.capability in {*stage.theatre.capabilities, None}:
            reply = await errand.rightly(stage)
            await takes_back(stage, errand, reply.json if reply.ok else {})
            served[errand.name] = errand
            await in_other_manners(stage, errand)
        else:
            undeclared = {**errand.data, "declared": False}
            await errand.run(stage, OperationTried(by=errand.actor.party, intent="malformed", data=undeclared))
    await asks(stage, Case("issueToken"))
    await asks(stage, Case("issueToken basic"), basic=True)
    await stage.together(*(partial(mistakes, stage, errand, turns) for errand in served.values()))
    for mutation in demanded(mutations("platform")["issueToken"]):
        form = "" if mutation.absent else urlencode({"grant_type": str(mutation.value)})
        await asks(stage, case_of(mutation, "issueToken"), form=form)
    await owned.comes_too_late()
    await stage.heartbeat()


async def in_other_manners(stage: Trade, errand: Errand) -> None:
    """The same with headers, and in a writing, that change nothing (rules 1.1, 1.6 and 1.7), where it may be done more than once."""
    if errand.operation in ENDS:
        return
    manners: dict[str, Mapping[str, str]] = {"accept": {"accept": "text/html, application/xml;q=0.9"}, "traced": TRACED}
    spacious: bytes | None = None
    if errand.operation == "createConsignment":
        manners |= {"charset": {"content-type": "application/json; charset=utf-8"}, "spacious": {"content-type": "application/json"}}
        spacious = json.dumps(errand.body, ensure_ascii=False).encode().ljust(LIMIT - 1)
    for manner, headers in manners.items():
        act = OperationTried(by=errand.actor.party, about=errand.about, to=errand.to.party if errand.to else None, data=errand.data)
        case = Case(f"{errand.name} ({manner})", (f"manner:{manner}",))
        reply = await errand.run(stage, act, raw=spacious if manner == "spacious" else None, headers=headers, case=case)
        await takes_back(stage, errand, reply.json if reply.ok else {})


async def acknowledged(stage: Trade) -> None:
    """Waits until the platform must have acknowledged a notice, where there are notices."""
    if "notices" in stage.theatre.capabilities:
        await stage.sleep(stage.theatre.limits.get("acknowledgement_deadline_seconds", 86_400) + 1)


async def mistakes(stage: Trade, errand: Errand, turns: Turns) -> None:
    """All mistakes that can be made with an errand."""
    known = specification("platform").operations[errand.operation]
    enumerated = mine(errand, demanded((*mutations("platform").get(errand.operation, ()), *inside(known))))
    for mutation in (*enumerated, *forbidden(known, errand.name)):
        await turns.turn(errand.actor)
        await wrongly(stage, errand, mutation)
    if errand.body is not None and not errand.variant:
        whole = unreadable(errand.body, TEXTS[errand.operation]) if errand.operation in TEXTS else ()
        for word, raw in {**dict(whole), **dict(samples())}.items():
            await turns.turn(errand.actor)
            rule = "unreadable" if len(raw) <= LIMIT else "too_large"
            mutation = Mutation(operation=errand.operation, rule=rule, location="body", pointer=f"({word})")
            act = OperationTried(by=errand.actor.party, intent="malformed", data=errand.data)
            await errand.run(stage, act, raw=raw, headers={"content-type": "application/json"}, case=case_of(mutation, errand.name))


def mine(errand: Errand, found: Iterable[Mutation]) -> Iterator[Mutation]:
    """Those that belong to this variant of the operation: what changes the courier goes with the errand that does."""
    changes = errand.capability == "courier_change" or errand.operation == "createConsignment"
    for mutation in found:
        if changes if mutation.pointer in COURIER else not errand.variant:
            yield mutation


async def wrongly(stage: Trade, errand: Errand, mutation: Mutation) -> None:
    """Runs the errand with one thing wrong; what broke the target is tried once more, since once may be chance."""
    for _ in range(2):
        act = OperationTried(by=errand.actor.party, intent="malformed", data=errand.data)
        case = case_of(mutation, errand.name)
        if mutation.location == "body":
            reply = await errand.run(stage, act, body=mutated(errand.body, mutation), case=case)
        elif mutation.location == "query":
            reply = await errand.run(stage, act, query={**errand.query, mutation.pointer: str(mutation.value)}, case=case)
        else:
            name = "content-type" if mutation.location == "media" else mutation.pointer.lower()
            given: dict[str, JSON] = {name: None if mutation.absent else str(mutation.value)}
            reply = await errand.run(stage, act, headers=given, case=case)
        await takes_back(stage, errand, reply.json if reply.ok else {})
        if 0 < reply.status < 500:
            return


def case_of(mutation: Mutation, twin: str) -> Case:
    """The mutation as a case, with what cases may have in common."""
    place = mutation.pointer or "/"
    return Case(mutation.name, (f"rule:{mutation.rule}", f"part:{mutation.location}", f"place:{place}"), twin=twin)


async def takes_back(stage: Trade, errand: Errand, made: JSON) -> None:
    """Takes back what should not stay."""
    operation, name, body = UNDO.get(errand.operation, ("", "", None))
    if operation and isinstance(made, dict) and isinstance(made.get(name), str):
        await stage.binding.call(operation, as_=errand.actor.party, path={name: made[name]}, body=body)


async def asks(stage: Trade, case: Case, *, basic: bool = False, form: str = GRANT) -> None:
    """Asks for a token with the merchant's own credentials, and the rest of the form as given."""
    party = stage.merchant_2.party
    intent: Literal["ordinary", "malformed"] = "malformed" if case.twin else "ordinary"
    act = OperationTried(by=party, intent=intent, data={"operation": "issueToken", "capability": None})
    await asks_for_a_token(stage, act, stage.binding.credentials[party], basic=basic, form=form, case=case)
