"""How to repeat what was seen: one request as a `curl`, or the requirement as a command.

In: an exchange.  Out: text that can be pasted.  Secrets are names of environment variables, never left out.
"""

from __future__ import annotations

import re
import shlex

from conformance.evidence import Evidence
from conformance.parties import IUT
from conformance.records import Exchange, Started

LEFT_OUT = {"host", "content-length", "connection", "accept-encoding", "user-agent", "hulian-run", "hulian-step"}
SECRET = re.compile("«([^»]+)»")


def curl(one: Exchange) -> str | None:
    """The request as a command; None for what the target itself sent."""
    if one.sender == IUT:
        return None
    headers = [f"{name}: {value}" for name, value in one.request.headers if name.lower() not in LEFT_OUT]
    parts = ["curl -i", "-X", one.request.method, f'"$TARGET{quoted(one.request.target)}"']
    parts += [f'-H "{quoted(header)}"' for header in headers]
    if one.request.body.size:
        body = one.request.body.text
        parts.append(f"--data-binary {shlex.quote(body)}" if body is not None and len(body) < 8000 else "--data-binary @body")
    return " ".join(parts)


def quoted(text: str) -> str:
    """Text inside double quotes of a shell; a secret's name becomes a variable."""
    escaped = re.sub(r'(["\\$`])', r"\\\1", text)
    return SECRET.sub(lambda match: "$" + re.sub(r"\W+", "_", "HULIAN_" + match[1]).upper(), escaped)


def rerun(requirement: str, evidence: Evidence) -> str:
    """The command that looks at this requirement again, with the same seed."""
    started = next(record for record in evidence.records if isinstance(record, Started))
    target = started.run.get("target", "URL")
    shown = "" if str(target).startswith("http://iut.") else f" --target {target}"
    verb = "run" if shown else "demo"
    role = f" --role {started.plan.get('role')}" if shown else ""
    given = started.run.get("options")
    options = f" {shlex.join(map(str, given))}" if isinstance(given, list) else ""
    return f"hulian {verb}{role}{shown}{options} --only {requirement} --seed {started.plan.get('seed')}"
