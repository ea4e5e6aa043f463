"""What the benchmarks run in processes of their own: `python -m benchmarks.tasks TASK …`.  Each prints one line of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import msgspec


def observe(path: str) -> dict[str, float]:
    """A whole run in process, its journal kept at `path`."""
    from conformance.demo import line
    from conformance.engine import Order, run
    from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
    from conformance.plan import Choice

    cast = sandbox_cast("platform", 1)
    order = Order(
        pack=EXPRESS, choice=Choice(role="platform", seed=1), cast=cast, secrets=sandbox_secrets(cast), journal=Path(path)
    )
    began = time.perf_counter()
    result = run(order, line())
    return {"seconds": time.perf_counter() - began, "exchanges": exchanges(result.records)}


def exchanges(records: object) -> int:
    from conformance.records import Exchange

    return sum(isinstance(record, Exchange) for record in records)  # type: ignore[attr-defined]  # any sequence


def parse(path: str) -> dict[str, float]:
    """Reading a journal, as little as can be done with it: chain, JSON, records."""
    import conformance.vocabulary  # noqa: F401  (the acts of the trade)
    from conformance.journal import read

    began = time.perf_counter()
    found = read(Path(path)).records
    return {"seconds": time.perf_counter() - began, "exchanges": exchanges(found)}


def judge(path: str) -> dict[str, float]:
    """Reading a journal and judging it on one core, the report included."""
    import conformance.vocabulary  # noqa: F401  (the acts of the trade)
    from conformance.express import EXPRESS
    from conformance.journal import read
    from conformance.result import judged

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began = time.perf_counter()
    found = read(Path(path)).records
    judged(EXPRESS, found, closing={})
    return {"seconds": time.perf_counter() - began, "exchanges": exchanges(found)}


def leaks(path: str) -> dict[str, float]:
    """Searching every body of a journal for two hundred people's values in all encodings."""
    import random

    import conformance.vocabulary  # noqa: F401  (the acts of the trade)
    from conformance.journal import read
    from conformance.judgements.leaks import Canaries
    from conformance.people import People
    from conformance.records import Answer, Exchange

    crowd = People(random.Random(1), (), set())
    values = {f"{number}:{what}": value for number in range(200) for what, value in named(crowd.person().contact())}
    canaries = Canaries(values)
    bodies = [one.request.body.raw for one in read(Path(path)).records if isinstance(one, Exchange)]
    bodies += [one.answer.body.raw for one in read(Path(path)).records if isinstance(one, Exchange) and isinstance(one.answer, Answer)]
    began = time.perf_counter()
    for body in bodies:
        canaries.find(body)
    return {"seconds": time.perf_counter() - began, "megabytes": sum(map(len, bodies)) / 1e6}


def named(contact: dict[str, object]) -> list[tuple[str, str]]:
    address = contact["address"]
    assert isinstance(address, dict)
    phone = contact["phone"]
    return [
        ("name", str(contact["name"])), ("detail", str(address["detail"])),
        ("phone", str(phone["number"] if isinstance(phone, dict) else phone)),
    ]


def replay(path: str, target: str) -> dict[str, float]:
    """The requests of a journal, sent again by a bare client, one party after the other in its own connection, nothing recorded."""
    return asyncio.run(replayed(Path(path), target))


async def replayed(path: Path, target: str) -> dict[str, float]:
    import httpx

    import conformance.vocabulary  # noqa: F401  (the acts of the trade)
    from conformance.journal import read
    from conformance.parties import IUT
    from conformance.records import Exchange

    sent = [one for one in read(path).records if isinstance(one, Exchange) and one.answerer == IUT]
    clients: dict[str, httpx.AsyncClient] = {}
    tokens: dict[str, str] = {}
    for party in {one.sender for one in sent}:
        clients[party] = httpx.AsyncClient(base_url=target, timeout=30)
        client = f"sandbox-{party.replace('_', '-')}"
        form = {"grant_type": "client_credentials", "client_id": client, "client_secret": f"{client}-secret"}
        tokens[party] = (await clients[party].post("/oauth/token", data=form)).json().get("access_token", "")
    began, cpu = time.perf_counter(), time.process_time()
    for one in sent:
        headers = {name: value for name, value in one.request.headers if name.lower() not in ("host", "content-length", "authorization")}
        headers = {name: value for name, value in headers.items() if value.isascii()}
        if tokens[one.sender]:
            headers["authorization"] = f"Bearer {tokens[one.sender]}"
        try:
            await clients[one.sender].request(one.request.method, one.request.target, headers=headers, content=one.request.body.raw)
        except httpx.HTTPError:
            continue  # what was meant to break its reader may break the connection: it was sent all the same
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu, "exchanges": len(sent)}


if __name__ == "__main__":
    task = {"observe": observe, "parse": parse, "judge": judge, "leaks": leaks, "replay": replay}[sys.argv[1]]
    sys.stdout.write(json.dumps(msgspec.to_builtins(task(*sys.argv[2:]))) + "\n")  # type: ignore[operator]  # each takes texts
