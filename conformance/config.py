"""Configuration: `hulian.toml`, read strictly.

In: a file and the environment (secrets are its variables).  Out: a `Config`, or everything that is wrong at once, each with its
line.  A key that is not known is never passed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import toml_rs

from conformance.errors import HulianError
from conformance.resources import folder
from conformance.spelling import nearest


class Account(msgspec.Struct, frozen=True):
    """One of our identities at the target."""

    client_id: str
    client_secret: str
    code: str

    def __repr__(self) -> str:
        return f"Account({self.client_id!r}, «secret», {self.code!r})"


class Statement(msgspec.Struct, frozen=True):
    """What a person states about a requirement; `evidence` are files."""

    requirement: str
    by: str
    at: str
    statement: str
    evidence: tuple[str, ...]


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is configured (`specs/config.schema.json` says what each means).  `source` is the file that it was read from."""

    role: str = ""
    target: str = ""
    profile: str = "contract"
    scope: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    seed: int = 0
    rate: float | None = None
    budget: float = 600.0
    announced: bool = True
    callback_bind: str = "127.0.0.1:0"
    callback_url: str | None = None
    ca_file: str | None = None
    phones: tuple[str, ...] = ()
    parties: Mapping[str, Account] = msgspec.field(default_factory=dict)
    attestation: tuple[Statement, ...] = ()
    source: Path | None = None

    def with_options(self, **options: Any) -> Config:
        """The same with what was said on the command line; None and nothing change nothing."""
        return msgspec.structs.replace(self, **{name: value for name, value in options.items() if value not in (None, ())})

    @property
    def shown(self) -> dict[str, Any]:
        """All of it but secrets and telephone numbers (how many there are is said)."""
        plain = {name: getattr(self, name) for name in self.__struct_fields__ if name not in HIDDEN}
        accounts = {name: {"client_id": one.client_id, "code": one.code} for name, one in sorted(self.parties.items())}
        stated = [msgspec.to_builtins(one) for one in self.attestation]
        return {**plain, "phones": len(self.phones), "parties": accounts, "attestation": stated}


HIDDEN = ("parties", "phones", "attestation", "source")
"""What is not shown as it is."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong at a line: `code` is a word `config.…` of `reports/words/errors.yaml`."""

    line: int
    code: str
    params: Mapping[str, object]


class ConfigError(HulianError):
    """A configuration that cannot be used; tells everything that is wrong with it."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__("bad_config", path=str(path), problems=problems)
        self.path, self.problems = path, problems

    def __str__(self) -> str:
        import os

        from conformance.words import language, say  # only when somebody wants to read it

        lang = language(os.environ)
        lines = (f"{self.path}:{one.line}: {say(f'config.{one.code}', lang, **one.params)}" for one in self.problems)
        return "\n".join((*lines, say("error.bad_config", lang, n=len(self.problems))))


def read(path: Path, environment: Mapping[str, str]) -> Config:
    """The configuration in the file.  Raises `HulianError` no_config, and ConfigError."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise HulianError("no_config", path=str(path), why=error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(path, [Problem(line, "not_utf8", {})]) from None
    values, lines = parsed(text, path)
    problems = [*schema_problems(values, lines)]
    if not problems:
        values = {**values, "parties": dict(accounts(values.get("parties") or {}, lines, environment, problems))}
        problems += twice(values["parties"], lines)
        values["attestation"] = [digested(one, path.parent, lines, problems) for one in values.get("attestation", ())]
    if problems:
        raise ConfigError(path, sorted(problems, key=lambda one: one.line))
    if "ca_file" in values:
        values["ca_file"] = str(path.parent / values["ca_file"])
    return msgspec.convert({**values, "source": str(path)}, Config, dec_hook=lambda kind, value: Path(value))


Place = tuple[str | int, ...]


def parsed(text: str, path: Path) -> tuple[dict[str, Any], Mapping[Place, int]]:
    """The values, and the line of each key.  Only this function knows the TOML reader."""
    try:
        document = toml_rs.load_with_metadata(text, toml_version="1.0.0")
    except toml_rs.TOMLDecodeError as error:
        why = str(error).strip().splitlines()[-1]
        raise ConfigError(path, [Problem(int(getattr(error, "lineno", 1)), "syntax", {"why": why})]) from None
    return dict(document.value), dict(places(document.meta["nodes"], ()))


def places(nodes: Any, at: Place) -> Iterator[tuple[Place, int]]:
    """Where each key stands: its line, by its place."""
    inside: Mapping[str, Any] = nodes if isinstance(nodes, dict) else {}
    for name, node in inside.items():
        if isinstance(node, dict) and "key_line" in node:
            yield (*at, name), node["key_line"]
            yield from places(node.get("value"), (*at, name))
        else:  # a table under a heading of its own
            under = dict(places(node, (*at, name)))
            yield (*at, name), min(under.values(), default=2) - 1
            yield from under.items()


@cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads((folder("specs") / "config.schema.json").read_text("utf-8")))


@cache
def _known(place: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that the schema knows at a place."""
    document: dict[str, Any] = json.loads((folder("specs") / "config.schema.json").read_text("utf-8"))
    node = document
    for step in place:
        node = node.get("properties", {}).get(step, {})
        while "$ref" in node or "else" in node:
            node = document["$defs"][str(node.get("$ref") or node["else"]["$ref"]).rpartition("/")[2]]
    return tuple(node.get("properties", ()))


def schema_problems(values: Mapping[str, Any], lines: Mapping[Place, int]) -> Iterator[Problem]:
    """What the schema has against the values."""
    for fault in _validator().iter_errors(values):
        place = tuple(fault.instance_path)
        kind: Any = fault.kind
        if kind.name == "additionalProperties":
            for key in kind.unexpected:
                known = _known(tuple(map(str, place)))
                yield Problem(line_of((*place, key), lines), "unknown_key", {"key": key, "nearest": nearest(key, known)})
        elif kind.name == "required":
            yield Problem(line_of(place, lines), "missing_key", {"key": kind.property, "within": dotted(place)})
        elif place and place[-1] == "client_secret" and isinstance(fault.instance, str):
            yield Problem(line_of(place, lines), "plain_secret", {"key": dotted(place)})
        else:
            yield Problem(line_of(place, lines), "bad_value", {"key": dotted(place), "why": fault.message})


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of the place, or of what it stands in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def dotted(place: Place) -> str:
    return ".".join(map(str, place)) or "hulian.toml"


def accounts(
    parties: Mapping[str, Mapping[str, Any]], lines: Mapping[Place, int], environment: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Account]]:
    """The identities, their secrets taken from the environment; what is not set there becomes a problem."""
    for party, given in parties.items():
        words = dict(given)
        for key, word in given.items():
            if isinstance(word, dict):
                words[key] = environment.get(word["env"], "")
                if not words[key]:
                    place: Place = ("parties", party, key)
                    problems.append(Problem(line_of(place, lines), "no_variable", {"key": dotted(place), "name": word["env"]}))
        yield party, Account(**words)


def digested(stated: Mapping[str, Any], beside: Path, lines: Mapping[Place, int], problems: list[Problem]) -> Mapping[str, Any]:
    """The statement with the digest of each file that is its evidence."""
    named = []
    for name in stated["evidence"]:
        try:
            named.append(f"{name} sha256:{hashlib.sha256((beside / name).read_bytes()).hexdigest()}")
        except OSError as error:
            problems.append(Problem(line_of(("attestation",), lines), "no_evidence", {"name": name, "why": error.strerror or str(error)}))
    return {**stated, "evidence": named}


def twice(parties: Mapping[str, Account], lines: Mapping[Place, int]) -> Iterator[Problem]:
    """Identities that are the same for the target: then nothing between them could be told apart."""
    for key in ("client_id", "code"):
        seen: dict[str, str] = {}
        for party, account in parties.items():
            word = getattr(account, key)
            if word in seen and word:
                place: Place = ("parties", party, key)
                yield Problem(line_of(place, lines), "same_identity", {"key": dotted(place), "other": f"parties.{seen[word]}.{key}"})
            seen.setdefault(word, party)
