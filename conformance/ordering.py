"""Ordering: from what somebody asked for to an order that the engine takes and a line to the target.

In: a configuration with the options of the command line in it.  Out: an `Ordered`, with what the console should say about it;
or one error that says what is missing.  The same door for the command, the API and pytest.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from conformance.binding.line import Line, Tcp
from conformance.catalogue import Catalogue
from conformance.config import Config, read
from conformance.engine import Order
from conformance.errors import HulianError
from conformance.express import EXPRESS, SANDBOX, cast, sandbox_cast, sandbox_secrets
from conformance.pack import Pack
from conformance.parties import Member, Party
from conformance.plan import Choice
from conformance.records import Attested
from conformance.resources import folder
from conformance.spelling import nearest

OPTIONAL = ("operator",)
"""Identities without which a run is possible: nobody then moves the target's business clock."""
NEEDED = tuple(name for name, (_, _, client) in SANDBOX.items() if client and name not in OPTIONAL)


class Note(msgspec.Struct, frozen=True):
    """What the console should say: `code` is a word `note.…` of `reports/words/cli.yaml`."""

    code: str
    params: dict[str, object] = {}


class Ordered(msgspec.Struct, frozen=True):
    """`config` is what holds in the end, options, file and defaults together."""

    order: Order
    line: Line
    config: Config
    notes: tuple[Note, ...] = ()


@cache
def roles() -> tuple[str, ...]:
    """The roles that there is an interface document for."""
    documents = folder("specs").glob("*.openapi.yaml")
    return tuple(sorted(path.name.split(".")[0] for path in documents if path.name != "sandbox.openapi.yaml"))


def only_role() -> str | None:
    """The role that a system under test must have, where there is only one; whoever says none means that."""
    return roles()[0] if len(roles()) == 1 else None


def ordered(config: Config, *, line: Line | None = None, journal: Path | None = None, nonce: str = "", pack: Pack = EXPRESS) -> Ordered:
    """The order and the line.  `line` leads to a target of one's own (in process); else it leads to `config.target` over TCP.

    Raises `HulianError`: no_role, unknown_role, no_target, bad_target, bad_ca_file, unknown_host, unknown_profile, unknown_theme,
    unknown_only, not_loopback, missing_credentials.
    """
    config = config.with_options(role=config.role or only_role())
    chosen = choice(config, pack.catalogue())
    if line is None:
        line = line_to(config)
    members, pairs, notes = identities(config, line)
    order = Order(
        pack=pack, choice=chosen, cast=members, secrets=pairs, phones=config.phones, rate=config.rate, budget=config.budget,
        nonce=nonce or ("" if line.virtual else secrets.token_hex(3)), journal=journal, attested=attested(config, pack.catalogue()),
    )
    return Ordered(order=order, line=line, config=config, notes=tuple(notes))


def line_to(config: Config) -> Line:
    """The line to the configuration's target.  That its host exists is seen here, before anything else is asked for."""
    if not config.target:
        raise HulianError("no_target")
    line = Tcp(config.target, callback_bind=config.callback_bind, callback_url=config.callback_url, ca_file=config.ca_file)
    parts = urlsplit(config.target)
    if not loopback(config.target):
        try:
            socket.getaddrinfo(parts.hostname, parts.port or parts.scheme)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise HulianError("unknown_host", target=config.target, host=parts.hostname, why=why) from None
    return line


def choice(config: Config, catalogue: Catalogue) -> Choice:
    """What was asked for, checked against the catalogue: whatever names nothing is refused, with the nearest that there is."""
    if not config.role:
        raise HulianError("no_role", known=", ".join(roles()))
    if config.role not in roles():
        raise HulianError("unknown_role", role=config.role, known=", ".join(roles()))
    catalogue.profile(config.profile)
    requirements = catalogue.for_role(config.role)
    themes = sorted({one.theme for one in requirements})
    scope = tuple(word.strip() for theme in config.scope for word in theme.split(",") if word.strip())
    for theme in scope:
        if theme not in themes:
            raise HulianError("unknown_theme", theme=theme, nearest=nearest(theme, themes), known=", ".join(themes))
    ids = [one.id for one in requirements]
    only = tuple(pattern.upper() for pattern in config.only)
    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in ids):
            raise HulianError("unknown_only", pattern=pattern, nearest=nearest(pattern.strip("*?"), ids))
    return Choice(
        role=config.role, profile=config.profile, scope=scope, only=only, seed=config.seed, announced=config.announced
    )


def attested(config: Config, catalogue: Catalogue) -> tuple[Attested, ...]:
    """What people state, as records.  Raises `HulianError` not_attested for a statement about what is tested."""
    known = [one.id for one in catalogue.for_role(config.role) if one.method == "attested"]
    for one in config.attestation:
        if one.requirement not in known:
            raise HulianError("not_attested", id=one.requirement, known=", ".join(known))
    return tuple(Attested(**msgspec.structs.asdict(one)) for one in config.attestation)


Identities = tuple[tuple[Member, ...], dict[str, tuple[str, str]], list[Note]]


def identities(config: Config, line: Line) -> Identities:
    """Who plays, with which credentials: those of the configuration, or on loopback, where it gives none, the sandbox's."""
    near = line.virtual or loopback(line.target)
    if near and not config.parties:
        members = sandbox_cast(config.role, config.seed)
        return members, sandbox_secrets(members), [] if line.virtual else [Note("sandbox", {"target": line.target})]
    lacking = [f"[parties.{name}]" for name in NEEDED if name not in config.parties]
    if not near and not config.phones:
        lacking.append("phones")
    if lacking:
        code = "missing_credentials" if near else "not_loopback"
        raise HulianError(code, target=line.target, lacking=", ".join(lacking), file=str(config.source or "hulian.toml"))
    known = {
        name: (kind, config.parties[name].code, config.parties[name].client_id) if name in config.parties else (kind, "", "")
        for name, (kind, _, _) in SANDBOX.items()
    }
    members = cast(known, config.seed)
    secret_of = {account.client_id: account.client_secret for account in config.parties.values()}
    pairs = {str(member.party): (member.client_id, secret_of[member.client_id]) for member in members if member.client_id}
    return members, pairs, [*noted(config, line, near)]


def noted(config: Config, line: Line, near: bool) -> list[Note]:
    """What is possible, but seldom meant."""
    notes = []
    if not near and not config.callback_url:
        host = config.callback_bind.rpartition(":")[0]
        if loopback(f"http://{host}"):
            notes.append(Note("callback", {"bind": config.callback_bind}))
    if Party("operator") not in config.parties:
        notes.append(Note("operator"))
    return notes


def loopback(target: str) -> bool:
    """Whether the URL's host is this machine."""
    host = urlsplit(target).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def embedded(faults: tuple[str, ...] = ()) -> Line:
    """The line to the embedded mock.  It is loaded by name, since nothing that judges may depend on the mock."""
    made: Line = import_module("conformance.demo").line(faults)
    return made


def from_pytest(option: Callable[[str], Any]) -> tuple[Order, Line]:
    """The order that pytest's `--hulian-…` options describe.  Without a target the embedded mock is judged."""
    path = option("--hulian-config")
    config = read(Path(path), os.environ) if path else Config()
    config = config.with_options(
        role=option("--hulian-role"), target=option("--hulian-target"), seed=option("--hulian-seed"),
        profile=option("--hulian-profile"), scope=tuple((option("--hulian-scope") or "").split(",")) if option("--hulian-scope") else (),
    )
    found = ordered(config, line=None if config.target else embedded())
    return found.order, found.line
