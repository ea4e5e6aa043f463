"""The gauntlet: servers that fulfil nothing, or next to nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Final
from urllib.parse import parse_qs

from conformance.parties import IUT
from conformance.records import JSON, Answer, Exchange, Record
from conformance.untrusted import parsed
from tests.gauntlet.examples import answers, good
from tests.gauntlet.server import DISCOVERY, TOKEN, Asked, Behaviour, Said

Kind = Callable[[], Behaviour]


def said(status: int, value: JSON = None) -> Kind:
    """Always the same."""

    def behaviour(asked: Asked) -> Said:
        return Said.of(status, {} if value is None else value)

    return lambda: behaviour


def examples() -> Behaviour:
    """The document's example of a success, whatever was asked."""
    return lambda asked: good(asked.operation) if asked.operation else Said.of(200, {})


def echo() -> Behaviour:
    """The request's own body."""
    return lambda asked: Said(200, asked.body or b"{}")


def chance(seed: int) -> Kind:
    """Any of the documented answers."""

    def made() -> Behaviour:
        rng = random.Random(seed)
        return lambda asked: rng.choice(list(answers(asked.operation).values())) if asked.operation else Said.of(404, {})

    return made


def nothing_else() -> Behaviour:
    """Nothing is there."""
    return lambda asked: Said.of(404, {"type": "about:blank", "title": "Not Found", "status": 404, "code": "not_found"})


class Forgetful:
    """Takes everything with the right status and a body that fits it, and forgets it at once."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, asked: Asked) -> Said:
        if asked.operation is None:
            return Said.of(404, {})
        told = good(asked.operation)
        document = parsed(told.content) if told.content else None
        if not isinstance(document, dict):
            return told
        if asked.method == "GET":
            emptied = {name: [] if isinstance(value, list) else value for name, value in document.items()}
            return Said.of(told.status, emptied)
        given = parsed(asked.body)
        merged = {**document, **(given if isinstance(given, dict) else {})}
        named = {name: f"{value}-{next(self._numbers)}" for name, value in document.items() if name.endswith("_id")}
        return Said.of(told.status, {**merged, **{name: value for name, value in named.items() if name not in (given or {})}})


class Replayed:
    """What a healthy platform answered in another run, in its order, operation by operation; the last answer again and again."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._left: dict[str, list[Answer]] = {}
        for record in records:
            if isinstance(record, Exchange) and isinstance(record.answer, Answer) and record.answerer == IUT:
                self._left.setdefault(record.operation, []).append(record.answer)
        self._next: dict[str, int] = {}

    def __call__(self, asked: Asked) -> Said:
        name = asked.operation.id if asked.operation else ""
        left, place = self._left.get(name, []), self._next.get(name, 0)
        if not left:
            return Said.of(404, {})
        self._next[name] = place + 1
        answer = left[min(place, len(left) - 1)]
        return Said(answer.status, answer.body.raw, answer.header("content-type") or "application/json")


def open_doors(behaviour: Behaviour) -> Behaviour:
    """The same behind a door that opens: discovery and tokens are as they should be."""

    def opened(asked: Asked) -> Said:
        if asked.operation and asked.operation.id == TOKEN and asked.method == "POST":
            client = parse_qs(asked.body.decode()).get("client_id", ["nobody"])[0]
            return Said.of(200, {"access_token": f"{client}-token", "token_type": "Bearer", "expires_in": 3600, "scope": "merchant"})
        return discovered(behaviour)(asked)

    return opened


def discovered(behaviour: Behaviour) -> Behaviour:
    """The same with a right discovery document."""
    return lambda asked: good(asked.operation) if asked.operation and asked.operation.id == DISCOVERY else behaviour(asked)


KINDS: Final[Mapping[str, Kind]] = {
    "says 200 and {}": said(200),
    "says 200 and an example": examples,
    "says 202": said(202),
    "says 400": said(400),
    "says 401": said(401),
    "says 500": said(500),
    "echoes": echo,
    "answers at random": chance(7),
    "has only a discovery document": nothing_else,
    "forgets": Forgetful,
}
