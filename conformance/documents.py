"""A data file that people edit: YAML, read strictly.

In: a path and a JSON Schema.  Out: the document as plain values.  A key that stands twice, a tag, a value that the
schema doesn't allow: each is refused with file and place, since a data file that says two things says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import yaml

from conformance.errors import SuiteError


class MalformedDocument(SuiteError):
    """A data file of the suite, or of a pack, that can't be used as it is."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__("malformed_document", path=str(path), place=place, problem=problem)


class _StrictLoader(yaml.CSafeLoader):
    """YAML that refuses a key twice in one mapping, which plain YAML lets win silently."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    loader.flatten_mapping(node)
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path, schema: Path | None = None) -> Mapping[str, Any]:
    """The mapping in the YAML file at `path`, valid by the JSON Schema at `schema`.

    Raises MalformedDocument for what isn't YAML, has a key twice, isn't a mapping or isn't valid.
    """
    try:
        document = yaml.load(path.read_text("utf-8"), _StrictLoader)  # a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        place = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise MalformedDocument(path, place, str(error.problem)) from None
    if not isinstance(document, dict):
        raise MalformedDocument(path, "", "a mapping is expected")
    for fault in _validator(schema).iter_errors(document) if schema else ():
        raise MalformedDocument(path, "/" + "/".join(map(str, fault.instance_path)), fault.message)
    return cast(Mapping[str, Any], document)


@cache
def _validator(schema: Path) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(schema.read_text("utf-8")))
