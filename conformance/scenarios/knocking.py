"""Knocking: at every door without a key, with a key that does not fit, with somebody else's, and at other people's things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from conformance.actors.actor import Actor
from conformance.actors.courier import Courier
from conformance.actors.errands import Errand
from conformance.actors.keys import another, counterfeits, wrong_secrets
from conformance.actors.merchant import Merchant
from conformance.actors.possessions import Possessions
from conformance.actors.tokens import asks_for_a_token
from conformance.actors.trade import Trade
from conformance.binding.http import Credentials
from conformance.contract.inside import UNKNOWN
from conformance.guise import unmarked
from conformance.scenario import scenario
from conformance.specification import specification
from conformance.vocabulary import DoorTried, OthersAsked, TokenAsked, TokenShown

LONGEST_LIFE: Final = 86_400.0
"""Seconds that a token may live at most (rule 14.2)."""
MARGIN: Final = 120.0
"""Seconds after the end of a token's life that leave no doubt."""
DIGITS: Final = 8
"""So many characters of an id are changed to get one that nobody has."""


def protected(stage: Trade, owned: Possessions) -> list[Errand]:
    """The errands that take a token, of what is declared."""
    known = specification("platform").operations
    declared = {*stage.theatre.capabilities, None}
    return [errand for errand in owned.errands() if known[errand.operation].secured and errand.capability in declared]


@scenario(shows={DoorTried, TokenAsked})
async def knocking_with_keys_that_do_not_fit(stage: Trade) -> None:
    """Every protected operation without a token and with one that nobody issued; tokens asked for with wrong secrets."""
    owned = await Possessions(stage, stage.merchant_1, stage.courier_a, stage.courier_b).acquire()
    for errand in protected(stage, owned):
        good = await stage.binding.token_of(errand.actor.party)
        forged = dict(counterfeits(good, errand.actor.member.client_id, stage.rng))
        for how, token in {"none": "", **forged}.items():
            if how in ("none", "invented", "unsigned") or errand.operation in ("getConsignment", "createConsignment", "postEvents"):
                if how in ("altered", "cut", "extended", "other_case"):
                    stage.binding.keep(token, f"counterfeit:{how}:{errand.actor.party}")
                await errand.run(stage, DoorTried(by=errand.actor.party, intent="hostile", data={**errand.data, "key": how}), token=token)
    for actor, other in ((stage.merchant_1, stage.merchant_2), (stage.courier_a, stage.courier_b)):
        await asks_for_tokens(stage, actor, other)
    await owned.give_up()


async def asks_for_tokens(stage: Trade, actor: Actor, other: Actor) -> None:
    """With the right secret, then with wrong ones; in the form and in the header."""
    known, others = stage.binding.credentials[actor.party], stage.binding.credentials[other.party].client_secret
    stranger = Credentials(another(known.client_id, stage.rng), known.client_secret)
    wrong = {how: Credentials(known.client_id, secret) for how, secret in wrong_secrets(known.client_secret, others)}
    for how, shown in {"right": known, **wrong, "unknown_client": stranger}.items():
        stage.binding.keep(shown.client_secret, f"wrong:{how}:{actor.party}")
        for by in ("form", "basic"):
            intent: Literal["ordinary", "hostile"] = "ordinary" if how == "right" else "hostile"
            act = TokenAsked(by=actor.party, intent=intent, data={"how": how, "by": by})
            await asks_for_a_token(stage, act, shown, basic=by == "basic")


@scenario(shows={TokenShown})
async def tokens_that_have_run_out(stage: Trade) -> None:
    """A merchant and a courier keep a token, and show it once more when its life is over."""
    life = min(stage.theatre.limits.get("token_lifetime_seconds", LONGEST_LIFE), LONGEST_LIFE)
    await stage.together(*(partial(keeps_a_token, stage, actor, life) for actor in (*stage.merchants, *stage.couriers)))


async def keeps_a_token(stage: Trade, actor: Actor, life: float) -> None:
    """Shows a token when it is fresh, and twice when it is over."""
    taken = stage.now
    reply = await stage.binding.take_token(actor.party)
    token, name = str(reply.get("access_token") or ""), stage.subject("T")
    operation = "listConsignments" if actor.member.kind == "merchant" or "pull" in stage.theatre.capabilities else "listSubscriptions"
    data = {"token": name, "taken": taken, "life": round(life * 1e6)}
    for wait in (0.0, life + MARGIN, life):
        await stage.sleep(wait)
        act = stage.act(TokenShown(by=actor.party, about=(name,), intent="hostile" if wait else "ordinary", data=data))
        await stage.binding.call(operation, as_=actor.party, act=act, query={"limit": 1}, token=token or "none")
    for errand in writes(stage, actor):
        act = TokenShown(by=actor.party, about=(name,), intent="hostile", data=data)
        await errand.run(stage, act, token=token or "none")


def writes(stage: Trade, actor: Actor) -> Iterator[Errand]:
    """What a merchant or a courier may write, as long as its token is good."""
    if isinstance(actor, Merchant):
        yield Errand("createConsignment", actor, body=actor.writes_out(stage.courier_a))
    if isinstance(actor, Courier):
        batch = {"consignment_id": unmarked(stage.plan.nonce, "none", 0), "parcel_no": "1", "events": [actor.happening("IN_TRANSIT")]}
        yield Errand("postEvents", actor, path={"waybill_no": actor.new_waybill()}, body=batch)


@scenario(shows={DoorTried})
async def knocking_at_the_wrong_door(stage: Trade) -> None:
    """Every protected operation with a good token of each role that it is not for."""
    owned = await Possessions(stage, stage.merchant_2, stage.courier_new, stage.courier_b).acquire()
    known = specification("platform").operations
    for errand in protected(stage, owned):
        roles = known[errand.operation].node.get("x-roles", ())
        for stranger in (stage.merchant_1, stage.courier_a, stage.analyst, stage.third_party, stage.authority, stage.operator):
            if stranger.member.kind not in roles and stranger.party in stage.binding.credentials:
                data = {**errand.data, "key": "role"}
                features = (f"role:{stranger.member.kind}",)
                await errand.run(stage, DoorTried(by=stranger.party, intent="hostile", data=data, features=features), by=stranger)
    await owned.give_up()


@scenario(shows={OthersAsked})
async def reaching_for_other_peoples_things(stage: Trade) -> None:
    """Merchants and couriers ask for objects of others, and for objects that do not exist, with bodies that are right and wrong."""
    one, two = (stage.merchant_1, stage.courier_a), (stage.merchant_2, stage.courier_b)
    for (merchant, courier), (other_merchant, other_courier) in ((one, two), (two, one)):
        owned = await Possessions(stage, merchant, courier, stage.courier_new).acquire()
        for number, (errand, stranger) in enumerate(reaches(stage, owned, other_merchant, other_courier)):
            await reach(stage, errand, stranger, f"{merchant.party}-{number}")
            if errand.path and errand.body is not None and errand.operation != "postEvents":
                mistaken = replace(errand, body={**errand.body, UNKNOWN: 42})
                await reach(stage, mistaken, stranger, f"{merchant.party}-{number}-mistaken")
        await owned.give_up()


def reaches(stage: Trade, owned: Possessions, merchant: Merchant, courier: Courier) -> Iterator[tuple[Errand, Actor]]:
    """Errands with objects of others, and who tries them in the owner's place."""
    readable = ("getConsignment", "listConsignmentEvents") if "pull" in stage.theatre.capabilities else ("listConsignmentEvents",)
    for errand in protected(stage, owned):
        named = errand.path and errand.operation != "postEvents"
        if named or errand.operation in ("giveConsent", "postEvents"):
            yield errand, merchant if isinstance(errand.actor, Merchant) else courier
        if errand.operation in ("getNotice", "withdrawNotice"):
            yield errand, merchant
        if errand.operation in readable and isinstance(errand.actor, Merchant):
            yield errand, courier


async def reach(stage: Trade, errand: Errand, stranger: Actor, pair: str) -> None:
    """Tries the errand on the owner's object, and on one that does not exist."""
    bodily = {"giveConsent": "order_no", "postEvents": "consignment_id"}.get(errand.operation)
    known = str((errand.body or {})[bodily]) if bodily else next(iter(errand.path.values()))
    for which, id in (("foreign", known), ("unknown", another(known, stage.rng, DIGITS))):
        data = {"pair": pair, "which": which, "id": id, "hidden": bodily is None}
        tried = errand.aimed(id, bodily)
        about = errand.about if which == "foreign" else ()
        await tried.run(stage, OthersAsked(by=stranger.party, about=about, intent="hostile", data=data), by=stranger)
