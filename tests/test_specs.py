"""The interface documents hold together: valid, resolvable, every example true to its schema, every field explained and sourced."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SPECS = Path(__file__).resolve().parent.parent / "specs"
DOCUMENTS = ("platform.openapi.yaml", "sandbox.openapi.yaml")
METHODS = {"get", "post", "patch", "put", "delete"}
FORBIDDEN = {"$id", "$schema", "prefixItems", "if", "then", "else", "allOf", "anyOf", "oneOf", "unevaluatedProperties"}


def _load(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


PATHS = [SPECS / name for name in DOCUMENTS] + sorted((SPECS / "schemas").glob("*.json"))
FILES: dict[str, Any] = {path.as_uri(): _load(path) for path in PATHS}
REGISTRY: Registry[Any] = Registry().with_resources((uri, DRAFT202012.create_resource(content)) for uri, content in FILES.items())
SCHEMAS = {path.stem: FILES[path.as_uri()] for path in PATHS if path.suffix == ".json"}
CODES = {path.stem: _load(path) for path in sorted((SPECS / "codes").glob("*.yaml"))}
DIALOGUES = {path.stem: _load(path) for path in sorted((SPECS / "dialogues").glob("*.yaml"))}


def _document(name: str) -> Any:
    return FILES[(SPECS / name).as_uri()]


def _walk(node: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    yield where, node
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from _walk(value, f"{where}/{key}")


def _follow(base: str, node: Any) -> tuple[str, Any]:
    while isinstance(node, dict) and "$ref" in node:
        target, fragment = urldefrag(urljoin(base, node["$ref"]))
        base, node = target, FILES[target]
        for part in fragment.strip("/").split("/") if fragment else ():
            node = node[part.replace("~1", "/").replace("~0", "~")]
    return base, node


def _operations(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    document = _document(name)
    for group in ("paths", "webhooks"):
        for path, item in document.get(group, {}).items():
            for method in METHODS & item.keys():
                yield f"{group} {method} {path}", item[method]


def _media(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each content of each request and answer: where, the base of its references, the media type object."""
    base = (SPECS / name).as_uri()
    for where, operation in _operations(name):
        bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for status, body in bodies.items():
            at, resolved = _follow(base, body)
            for media in resolved.get("content", {}).values():
                yield f"{where} {status}", at, media


def _examples(base: str, media: dict[str, Any]) -> list[Any]:
    return [_follow(base, example)[1]["value"] for example in media.get("examples", {}).values()]


def _validator(base: str, schema: Any) -> Draft202012Validator:
    pointer = {"$ref": urljoin(base, schema["$ref"])} if "$ref" in schema else schema
    return Draft202012Validator(pointer, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _bilingual(text: str) -> bool:
    """Chinese first; English after a blank line or, on one line, after a slash."""
    chinese, _, english = text.partition("\n\n" if "\n\n" in text else " / ")
    return bool(re.search(r"[\u4e00-\u9fff]", chinese) and re.search(r"[A-Za-z]{2}", english))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_valid_openapi(name: str) -> None:
    OpenAPIV31SpecValidator(_document(name), base_uri=(SPECS / name).as_uri()).validate()
    assert _document(name)["jsonSchemaDialect"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("uri", FILES)
def test_every_reference_resolves_and_stands_alone(uri: str) -> None:
    for where, node in _walk(FILES[uri]):
        if isinstance(node, dict) and "$ref" in node:
            assert set(node) == {"$ref"}, f"a keyword beside $ref at {where}"
            _follow(uri, node)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_plain_and_valid(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    used = {key for _, node in _walk(SCHEMAS[name]) if isinstance(node, dict) for key in node}
    assert not used & FORBIDDEN


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained_in_two_languages_and_sourced(name: str) -> None:
    base = (SPECS / "schemas" / f"{name}.json").as_uri()
    for where, node in _walk(SCHEMAS[name]):
        for field, schema in (node.get("properties", {}) if isinstance(node, dict) else {}).items():
            meant = _follow(base, schema)[1]
            assert _bilingual(meant["description"]), f"{where}/{field}"
            assert meant["x-source"], f"{where}/{field}"


@pytest.mark.parametrize("name", SCHEMAS)
def test_identities_and_canaries_name_fields_of_the_schema(name: str) -> None:
    schema, base = SCHEMAS[name], (SPECS / "schemas" / f"{name}.json").as_uri()
    assert set(schema.get("x-identity", [])) <= schema["properties"].keys()
    for pointer in schema.get("x-canary", []):
        at, node = base, schema
        for part in pointer.strip("/").split("/"):
            at, node = _follow(at, node["items"] if part.isdigit() else node["properties"][part])
        assert node["type"] == "string", pointer


def test_request_schemas_refuse_unknown_fields() -> None:
    bodies = {
        media["schema"]["$ref"].rsplit("/", 1)[-1]
        for name in DOCUMENTS
        for where, _, media in _media(name)
        if where.endswith("request") and where.startswith("paths") and media["schema"]["$ref"].endswith(".json")
    }
    assert len(bodies) > 10
    assert [body for body in bodies if SCHEMAS[body.removesuffix(".json")].get("additionalProperties") is not False] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_is_true_to_its_schema(name: str) -> None:
    looks = 0
    for where, base, media in _media(name):
        for example in _examples(base, media):
            errors = [f"{error.json_path}: {error.message}" for error in _validator(base, media["schema"]).iter_errors(example)]
            assert errors == [], where
            looks += 1
    assert looks >= 4


def test_every_success_and_every_message_has_an_example() -> None:
    for name in DOCUMENTS:
        for where, base, media in _media(name):
            if " 2" in where or where.endswith("request"):
                assert _examples(base, media), where


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for name in DOCUMENTS for _, operation in _operations(name)]
    assert len(ids) == len(set(ids)) >= 35


def test_every_operation_is_described_in_two_languages() -> None:
    for name in DOCUMENTS:
        for where, operation in _operations(name):
            assert _bilingual(operation["summary"]), where
            assert _bilingual(operation["description"]), where


@pytest.mark.parametrize("name", CODES)
def test_a_code_list_has_both_languages_and_no_code_twice(name: str) -> None:
    codes = CODES[name]
    assert codes["id"] == name
    assert codes["source"]
    assert {"zh", "en"} <= codes["title"].keys()
    for part in ("codes", "places", "service_products"):
        entries = codes.get(part, [])
        assert len({entry["code"] for entry in entries}) == len(entries)
        assert all(entry["zh"] and entry["en"] for entry in entries)


@pytest.mark.parametrize(
    ("listed", "schema", "path"),
    [
        ("notice_reasons", "interruption_notice", "reason"),
        ("real_name_outcomes", "real_name_check", "outcome"),
        ("purposes", "data_request", "purpose"),
        ("cross_border_bases", "data_request", "cross_border_basis"),
        ("decision_reasons", "data_decision", "reason"),
        ("item_categories", "item", "category"),
        ("problems", "problem", "code"),
        ("capabilities", "discovery", "capabilities"),
        ("event_types", "subscription", "event_types"),
    ],
)
def test_a_closed_list_and_its_schema_agree(listed: str, schema: str, path: str) -> None:
    field = SCHEMAS[schema]["properties"][path]
    enum = field.get("enum") or field["items"]["enum"]
    assert set(enum) == {entry["code"] for entry in CODES[listed]["codes"]}


def test_the_places_of_a_problem_and_the_schema_agree() -> None:
    place = SCHEMAS["problem"]["properties"]["errors"]["items"]["properties"]["code"]
    assert set(place["enum"]) == {entry["code"] for entry in CODES["problems"]["places"]}


def test_scopes_roles_capabilities_and_types_refer_to_what_exists() -> None:
    operations = {op["operationId"]: op for name in DOCUMENTS for _, op in _operations(name)}
    scopes = _document(DOCUMENTS[0])["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]["scopes"]
    granted = {entry["code"]: set(entry["scopes"]) for entry in CODES["roles"]["codes"]}
    assert set().union(*granted.values()) == set(scopes)
    for oid, operation in operations.items():
        needed = {scope for demand in operation["security"] for scope in demand.get("oauth", [])}
        holders = {role for role, scope in granted.items() if needed and needed <= scope}
        assert holders == set(operation.get("x-roles", [])), oid
    for entry in CODES["capabilities"]["codes"]:
        assert set(entry["operations"]) <= operations.keys()
        assert all("501" in operations[oid]["responses"] for oid in entry["operations"])
    for entry in CODES["event_types"]["codes"]:
        assert operations[entry["operation"]]["x-type"] == entry["code"]


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue_is_a_closed_table_that_can_end(name: str) -> None:
    table = DIALOGUES[name]
    states, events = table["states"].keys(), table["events"].keys()
    for entry in [table, *table["states"].values(), *table["events"].values()]:
        assert {"zh", "en"} <= entry["title"].keys()
    assert {table["initial"], *table["final"]} <= states
    steps = table["transitions"]
    assert all({step["from"], step["to"]} <= states and step["event"] in events and step["by"] for step in steps)
    assert len({(step["from"], step["event"]) for step in steps}) == len(steps)
    assert not {step["from"] for step in steps} & set(table["final"])
    reached, known = {table["initial"]}, 0
    while len(reached) > known:
        known = len(reached)
        reached |= {step["to"] for step in steps if step["from"] in reached}
    assert reached == set(states)


def test_the_dialogues_agree_with_schemas_and_codes() -> None:
    notice, parcel = DIALOGUES["notice"], DIALOGUES["parcel"]
    assert set(SCHEMAS["interruption_notice"]["properties"]["state"]["enum"]) == notice["states"].keys()
    assert set(SCHEMAS["notice_step"]["properties"]["event"]["enum"]) == notice["events"].keys()
    assert {entry["code"]: entry["state"] for entry in CODES["tracking"]["codes"]} == {
        code: event["to"] for code, event in parcel["events"].items()
    }
    assert all(parcel["events"][step["event"]]["to"] == step["to"] for step in parcel["transitions"])


def test_the_sandbox_credentials_follow_the_rule() -> None:
    for party in _document("sandbox.openapi.yaml")["x-parties"]:
        assert party["client_id"] == "sandbox-" + party["party"].replace("_", "-")
        assert party["role"] in {entry["code"] for entry in CODES["roles"]["codes"]}


def test_the_mapping_to_the_national_standard_names_fields_that_exist() -> None:
    mapping = _load(SPECS / "mapping" / "gbt40043.yaml")
    assert mapping["standard"] == "GB/T 40043-2021"
    for field in mapping["fields"]:
        schema, _, name = field.partition(".")
        assert name in SCHEMAS[schema]["properties"], field
