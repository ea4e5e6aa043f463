"""Small records and evidence for the kernel's tests, over an interface of two operations that is nobody's trade."""

from __future__ import annotations

from pathlib import Path

import yaml

from conformance.evidence import Evidence
from conformance.parties import IUT, Member, Party, Subject
from conformance.records import Act, Answer, Body, Exchange, Record, Request, Started, Watch
from conformance.specification import Specification

SECOND = 1_000_000
ANN, BOB = Party("ann"), Party("bob")
THING = "thing"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "things", "version": "1"},
    "paths": {
        "/things": {
            "post": {
                "operationId": "makeThing",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
            },
            "get": {
                "operationId": "listThings",
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"properties": {"items": {"items": {"$ref": "#/components/schemas/Thing"}}}}
                            }
                        }
                    }
                },
            },
        }
    },
    "webhooks": {
        "thingMade": {
            "post": {
                "operationId": "thingMade", "x-type": "thing.made",
                "requestBody": {
                    "content": {"application/json": {"schema": {"properties": {"data": {"$ref": "#/components/schemas/Thing"}}}}}
                },
                "responses": {"204": {"description": "ok"}},
            }
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "x-record": THING, "x-identity": ["id", "name"], "x-canary": ["/colour", "/size/height"],
                "properties": {"id": {}, "name": {}, "colour": {}, "size": {"properties": {"height": {}}}},
            }
        }
    },
}


class ThingMade(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody makes a thing for somebody."""


def specification(folder: Path) -> Specification:
    path = folder / "things.yaml"
    path.write_text(yaml.safe_dump(DOCUMENT))
    return Specification(path)


def evidence(folder: Path, *records: Record) -> Evidence:
    """Evidence over records, numbered in the order given."""
    cast = (Member(party=ANN, kind="maker", code="A"), Member(party=BOB, kind="user", code="B"))
    return Evidence([Started(plan={}, cast=cast), *numbered(records)], specification(folder))


def numbered(records: tuple[Record, ...]) -> list[Record]:
    import msgspec

    return [msgspec.structs.replace(record, n=n) for n, record in enumerate(records, 1)]


def made(subject: str, at: int = 0, **more: object) -> ThingMade:
    return ThingMade(by=ANN, to=BOB, about=(Subject(subject),), trade=at, wire=at, **more)  # type: ignore[arg-type]


def posted(act: int, body: str, answer: str, at: int = 0) -> Exchange:
    return Exchange(
        sender=ANN, answerer=IUT, operation="makeThing", act=act, trade=at, wire=at,
        request=Request("POST", "/things", (), Body.of(body.encode())), answer=Answer(201, (), Body.of(answer.encode())),
    )


def listed(by: Party, body: str, at: int, status: int = 200) -> Exchange:
    return Exchange(
        sender=by, answerer=IUT, operation="listThings", trade=at, wire=at,
        request=Request("GET", "/things"), answer=Answer(status, (), Body.of(body.encode())),
    )


def pushed(to: Party, body: str, at: int) -> Exchange:
    return Exchange(
        sender=IUT, answerer=to, operation="thingMade", trade=at, wire=at,
        request=Request("POST", "/box", (), Body.of(body.encode())), answer=Answer(204),
    )


def watch(party: Party, since: int, until: int, channel: str = "push") -> Watch:
    return Watch(party=party, channel=channel, since=since, until=until)
