"""A party in plain clothes: nothing in its requests shows that somebody tests, as far as that can be avoided."""

from __future__ import annotations

import json

from conformance.guise import AGENT, worn
from conformance.parties import IUT
from conformance.plan import planned
from conformance.records import Act, Answer, Exchange, Started
from conformance.result import Run
from conformance.vocabulary import DataRequested, DoorTried, FeedRead, OthersAsked, Pried, Probed

TELLTALE = (AGENT, "hulian", "互联", "merchant_1", "merchant_2", "courier_a", "courier_b", "courier_new")
REACHING: tuple[type[Act], ...] = (DataRequested, DoorTried, OthersAsked, Pried)
"""What is done to other parties' things, which have to be called as those called them."""
TOKEN = "issueToken"
"""Its credentials are the sandbox's well-known ones, here with the names by which they are written down."""


def written(exchange: Exchange) -> str:
    """Everything of a request but the credentials."""
    headers = "\n".join(f"{name}: {value}" for name, value in exchange.request.headers if name.lower() != "authorization")
    body = "" if exchange.operation == TOKEN else exchange.request.body.raw.decode("utf-8", "replace")
    return f"{exchange.request.target}\n{headers}\n{body}".lower()


def test_nothing_shows_that_a_party_in_plain_clothes_tests(healthy: Run) -> None:
    plan = planned(next(record for record in healthy.records if isinstance(record, Started)))
    acts = {record.n: record for record in healthy.records if isinstance(record, Act)}
    sent = [one for one in healthy.records if isinstance(one, Exchange) and one.answerer == IUT and one.sender in plan.plain]
    asked = [one for one in sent if worn(one.request.headers) == "plain"]
    ordinary = [one for one in asked if one.act is None or not isinstance(acts[one.act], REACHING)]
    assert len(plan.plain) == 2
    assert len(ordinary) > 3000
    telling = [(one.operation, word) for one in asked for word in TELLTALE if word in written(one).replace("courier_code", "")]
    named = [(one.operation, one.request.target) for one in ordinary if plan.nonce in written(one)]
    assert (telling, named) == ([], [])
    marked = [one.n for one in sent if worn(one.request.headers) == "announced"]
    assert {type(act) for act in acts.values() if act.n > marked[0]} <= {Probed, FeedRead}, "they announce themselves at the very end"
    assert len(marked) == 4


def test_about_half_of_an_announced_runs_requests_are_marked(healthy: Run) -> None:
    asked = [one for one in healthy.records if isinstance(one, Exchange) and one.answerer == IUT]
    marked = sum(worn(one.request.headers) == "announced" for one in asked)
    assert 0.3 < marked / len(asked) < 0.7
    by_party = {str(one.sender): {worn(other.request.headers) for other in asked if other.sender == one.sender} for one in asked}
    assert by_party["consumer"] == by_party["analyst"] == by_party["third_party"] == {"announced", "plain"}


def test_no_connection_carries_the_token_of_another_guise(healthy: Run) -> None:
    """A token that was fetched by an announced request would say who comes."""
    fetched: dict[str, str] = {}
    for one in healthy.records:
        if isinstance(one, Exchange) and one.operation == TOKEN and one.act is None and isinstance(one.answer, Answer):
            fetched[json.loads(one.answer.body.raw).get("access_token", "")] = worn(one.request.headers)
    assert len(fetched) > 50
    for one in healthy.records:
        if isinstance(one, Exchange) and one.answerer == IUT:
            bearer = next((value.removeprefix("Bearer ") for name, value in one.request.headers if name.lower() == "authorization"), "")
            assert fetched.get(bearer, worn(one.request.headers)) == worn(one.request.headers), (one.n, one.operation)
