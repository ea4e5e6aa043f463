"""Enumeration: schemathesis lists what breaks the interface's schemas; the differences from a valid request are kept.

In: a role's OpenAPI document.  Out: mutations, deterministic, one for each operation, rule and place.  schemathesis is known here
only, and only when somebody writes the file anew: `python -m conformance.contract.enumeration` (`docs/decisions/0006`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.coverage._operation import iter_coverage_cases

from conformance.contract.mutations import Location, Mutation, written
from conformance.records import JSON
from conformance.resources import folder

CONFIG = {
    "seed": 1,
    "generation": {"database": "none", "with-security-parameters": False, "mode": "all"},
    "cache": {"enabled": False},
}
LONGEST = 20_000
"""Longer values are shortened in no way: such mutations are left out, since scenarios make huge inputs themselves."""
TRACKED = {"Traceparent", "traceparent"}
"""A header that may be ignored when it is malformed (W3C Trace Context)."""


def enumerate_mutations(role: str) -> list[Mutation]:
    """Every mutation of a role's operations."""
    path = folder("specs") / f"{role}.openapi.yaml"
    schema = schemathesis.openapi.from_path(str(path), config=schemathesis.Config.from_dict(CONFIG))
    found: dict[str, Mutation] = {}
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), "an operation that cannot be read breaks test_specs first"
        for mutation in of_operation(result.ok(), schema.config.generation):
            found.setdefault(mutation.name, mutation)
    return list(found.values())


def of_operation(operation: Any, config: Any) -> Iterator[Mutation]:
    """The mutations of one operation: its negative cases against the first valid one."""
    cases = list(iter_coverage_cases(
        operation=operation, generation_modes=list(GenerationMode), generation_config=config,
        generate_duplicate_query_parameters=False, unexpected_methods=set(),
    ))
    template = next((case.body for case in cases if not negative(case)), None)
    identity = operation.definition.raw["operationId"]
    for case in filter(negative, cases):
        yield from of_case(identity, case, template)


def negative(case: Any) -> bool:
    return bool(case.meta.generation.mode == GenerationMode.NEGATIVE)


def of_case(operation: str, case: Any, template: JSON) -> Iterator[Mutation]:
    """The mutation of one negative case, if it can be told as one."""
    data = case.meta.phase.data
    rule = str(data.scenario.value if hasattr(data.scenario, "value") else data.scenario).lower()
    location = str(getattr(data.parameter_location, "value", data.parameter_location)).lower()
    if location == "body":
        yield from of_body(operation, rule, case.body, template)
    elif location == "header" and data.parameter == "Content-Type" and rule == "unsupported_content_type":
        yield Mutation(operation=operation, rule=rule, location="media", value=case.headers["Content-Type"])
    elif location in ("query", "header") and data.parameter not in TRACKED:
        given = (case.query if location == "query" else case.headers) or {}
        kind: Location = "query" if location == "query" else "header"
        if rule == "missing_parameter":
            yield Mutation(operation=operation, rule=rule, location=kind, pointer=data.parameter, absent=True)
        elif isinstance(given.get(data.parameter), str | int | float | bool):
            yield Mutation(operation=operation, rule=rule, location=kind, pointer=data.parameter, value=str(given[data.parameter]))


def of_body(operation: str, rule: str, body: JSON, template: JSON) -> Iterator[Mutation]:
    if not isinstance(body, dict):
        if isinstance(body, str | int | float | bool | list) or body is None:
            yield Mutation(operation=operation, rule=rule, location="body", value=body)
        return
    changes = list(differences(template, body))
    if len(changes) == 1 and len(repr(changes[0][1])) <= LONGEST:
        pointer, value, absent = changes[0]
        yield Mutation(operation=operation, rule=rule, location="body", pointer=pointer, value=value, absent=absent)


def differences(before: JSON, after: JSON, pointer: str = "") -> Iterator[tuple[str, JSON, bool]]:
    """Where two JSON values differ: pointer, the new value, whether it is absent now."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            below = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in after:
                yield below, None, True
            elif name not in before:
                yield below, after[name], False
            else:
                yield from differences(before[name], after[name], below)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, f"{pointer}/{index}")
    elif before != after or type(before) is not type(after):
        yield pointer, after, False


def main(role: str = "platform") -> None:
    path = folder("fixtures") / "cases" / f"contract-{role}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(enumerate_mutations(role)), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
