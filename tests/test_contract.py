"""The contract's cases are what schemathesis enumerates today, and each breaks the schema that it is made for."""

from __future__ import annotations

from conformance.contract.enumeration import enumerate_mutations
from conformance.contract.mutations import Mutation, mutated, written
from conformance.resources import folder


def test_the_file_of_mutations_is_what_a_fresh_enumeration_gives() -> None:
    text = (folder("fixtures") / "cases" / "contract-platform.json").read_text("utf-8")
    assert text == written(enumerate_mutations("platform")), "run `make cases` and read the difference"


def test_a_mutation_changes_one_place() -> None:
    body = {"a": {"b": [1, 2]}, "c~/": 3}
    taken = Mutation(operation="x", rule="r", location="body", pointer="/a/b/0", absent=True)
    put = Mutation(operation="x", rule="r", location="body", pointer="/c~0~1", value="new")
    assert mutated(body, taken) == {"a": {"b": [2]}, "c~/": 3}
    assert mutated(body, put) == {"a": {"b": [1, 2]}, "c~/": "new"}
    assert body == {"a": {"b": [1, 2]}, "c~/": 3}
