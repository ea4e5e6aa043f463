"""A pass needs grounds: something was taken on, and told of again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from conformance.evidence import Need
from conformance.grounds import lacking
from conformance.records import Answer, Body
from tests.kernel.making import BOB, THING, ThingMade, evidence, listed, made, posted, pushed

NEEDS: set[Need] = {ThingMade, THING}
THIS, OTHER = '{"id": "7", "name": "mine", "colour": "teal"}', '{"id": "8", "name": "another", "colour": "pink"}'


def test_what_was_taken_on_and_told_of_again_is_ground_enough(tmp_path: Path) -> None:
    assert lacking(evidence(tmp_path, made("T-1"), posted(1, THIS, THIS), listed(BOB, f'{{"items": [{THIS}]}}', 5)), NEEDS) is None
    push = f'{{"type": "thing.made", "data": {THIS}}}'
    assert lacking(evidence(tmp_path, made("T-1"), posted(1, THIS, "{}"), pushed(BOB, push, 5)), NEEDS) is None


def test_what_was_refused_is_none(tmp_path: Path) -> None:
    refused = msgspec.structs.replace(posted(1, THIS, "{}"), answer=Answer(400, (), Body.of(b"{}")))
    told = listed(BOB, f'{{"items": [{THIS}]}}', 5)
    assert lacking(evidence(tmp_path, made("T-1"), refused, told), {ThingMade}) is not None


def test_an_answer_that_the_interface_does_not_have_is_none(tmp_path: Path) -> None:
    odd = msgspec.structs.replace(posted(1, THIS, THIS), answer=Answer(202, (), Body.of(b"{}")))
    assert lacking(evidence(tmp_path, made("T-1"), odd), {ThingMade}) is not None


def test_what_is_forgotten_is_none(tmp_path: Path) -> None:
    forgotten = evidence(tmp_path, made("T-1"), posted(1, THIS, THIS), listed(BOB, '{"items": []}', 5))
    assert lacking(forgotten, {ThingMade}) is not None
    assert lacking(forgotten, {THING}) is not None
    assert lacking(forgotten, {ThingMade}, memory=False) is None, "what rests on no memory"


def test_what_is_told_of_something_else_is_none(tmp_path: Path) -> None:
    elsewhere = evidence(tmp_path, made("T-1"), posted(1, THIS, OTHER), listed(BOB, f'{{"items": [{OTHER}]}}', 5))
    assert lacking(elsewhere, {ThingMade}) is not None
    assert lacking(elsewhere, {THING}) is not None
