"""How to repeat what was seen: one request as a `curl`, or the requirement as a command.

In: an exchange.  Out: text that can be pasted, and where the variables in it come from.  Secrets are never in it: they are variables,
named after the party whose they are.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from urllib.parse import urlsplit

from conformance.evidence import Evidence
from conformance.parties import IUT, Party
from conformance.records import JSON, Answer, Exchange, Started

LEFT_OUT = {"host", "content-length", "connection", "accept-encoding", "user-agent", "hulian-run", "hulian-step"}
SECRET = re.compile("«([^»]+)»")
NUMBERED = re.compile(r"(:[^:]+):\d+$")
"""The end of the name of one of many secrets of the same sort and party, such as `token:courier_a:17`."""
MEMBER = """sed -n 's/.*"{name}" *: *"\\([^"]*\\)".*/\\1/p'"""
LONGEST = 8000
EMBEDDED = "http://iut."
MOCK = "http://127.0.0.1:8080"


def curl(one: Exchange, options: str = "-i") -> str | None:
    """The request as a command; None for what the target itself sent."""
    if one.sender == IUT:
        return None
    headers = [f"{name}: {value}" for name, value in one.request.headers if name.lower() not in LEFT_OUT]
    parts = [f"curl {options}", "-X", one.request.method, f'"$TARGET{quoted(one.request.target)}"']
    parts += [f'-H "{quoted(header)}"' for header in headers]
    if one.request.body.size:
        body = one.request.body.text
        parts.append(f"--data-binary {literal(body)}" if body is not None and len(body) < LONGEST else "--data-binary @body")
    return " ".join(parts)


def quoted(text: str) -> str:
    """Text inside double quotes of a shell; a secret's name becomes a variable."""
    escaped = re.sub(r'(["\\$`])', r"\\\1", text)
    return SECRET.sub(lambda match: f"${variable(match[1])}", escaped)


def literal(text: str) -> str:
    """Text as one word of a shell, as it stands but for secrets."""
    pieces = SECRET.split(text)
    return "".join(f'"${variable(piece)}"' if place % 2 else shlex.quote(piece) for place, piece in enumerate(pieces) if piece)


def variable(secret: str) -> str:
    """The variable of a shell for a secret of that name."""
    return re.sub(r"\W+", "_", NUMBERED.sub(r"\1", secret)).upper()


def variables(shown: Iterable[Exchange], evidence: Evidence) -> list[JSON]:
    """What the commands of these exchanges take from variables, in the order in which they are to be set.

    `command` sets one; without a command it is a value that the run made up and did not keep.
    """
    found: dict[str, JSON] = {}
    exchanges = [one for one in shown if one.sender != IUT]
    for secret in dict.fromkeys(name for one in exchanges for name in secrets_in(one)):
        for row in rows(secret, evidence):
            found.setdefault(str(row["name"]), row)
    if not exchanges:
        return []
    return [{"name": "TARGET", "sort": "target", "party": None, "client": None, "command": f"TARGET={origin(evidence)}"}, *found.values()]


def secrets_in(one: Exchange) -> list[str]:
    """The names of the secrets in a request."""
    return SECRET.findall("\n".join((one.request.target, *(value for _, value in one.request.headers), one.request.body.text or "")))


def rows(secret: str, evidence: Evidence) -> list[dict[str, JSON]]:
    """A secret's variable, after those that it is made from."""
    sort, _, rest = secret.partition(":")
    party = rest.partition(":")[0]
    member = evidence.cast.get(Party(party))
    if member is None or sort not in ("secret", "token", "credentials"):
        return [{"name": variable(secret), "sort": "made", "party": None, "client": None, "command": None}]
    name, own = variable(secret), f"secret:{party}"
    row: dict[str, JSON] = {"name": name, "sort": sort, "party": party, "client": member.client_id}
    if sort == "secret":
        return [{**row, "command": f"read -rs {name}"}]
    if sort == "credentials":
        pair = f'"{quoted(member.client_id)}:${variable(own)}"'
        return [*rows(own, evidence), {**row, "command": f"{name}=$(printf %s {pair} | base64 | tr -d '\\n')"}]
    got = obtained(secret, evidence)
    before = [each for other in (secrets_in(got) if got is not None else ()) for each in rows(other, evidence)]
    return [*before, {**row, "command": f"{name}=$({curl(got, '-s')} | {member_of(secret, got)})" if got is not None else None}]


def obtained(secret: str, evidence: Evidence) -> Exchange | None:
    """The exchange in which the target gave us the secret."""
    given = (one for one in evidence.exchanges if isinstance(one.answer, Answer) and f"«{secret}»" in (one.answer.body.text or ""))
    return next((one for one in given if one.sender != IUT), None)


def member_of(secret: str, one: Exchange) -> str:
    """The command that takes the secret out of the answer."""
    text = one.answer.body.text if isinstance(one.answer, Answer) else None
    name = re.search(rf'"([^"]+)"\s*:\s*"«{re.escape(secret)}»"', text or "")
    return MEMBER.replace("{name}", name[1] if name else "token")


def origin(evidence: Evidence) -> str:
    """Where the target is, without the path that stands in every request; for an embedded one, where `hulian mock` serves."""
    target = str(started(evidence).run.get("target", ""))
    parts = urlsplit(target)
    return MOCK if target.startswith(EMBEDDED) or not parts.netloc else shlex.quote(f"{parts.scheme}://{parts.netloc}")


def rerun(requirement: str, evidence: Evidence) -> str:
    """The command that looks at this requirement again, with the same seed."""
    plan, run = started(evidence).plan, started(evidence).run
    target = run.get("target", "URL")
    shown = "" if str(target).startswith(EMBEDDED) else f" --target {target}"
    verb = "run" if shown else "demo"
    role = f" --role {plan.get('role')}" if shown else ""
    given = run.get("options")
    options = f" {shlex.join(map(str, given))}" if isinstance(given, list) else ""
    return f"hulian {verb}{role}{shown}{options} --only {requirement} --seed {plan.get('seed')}"


def started(evidence: Evidence) -> Started:
    """How the run began."""
    return next(record for record in evidence.records if isinstance(record, Started))
