"""The lock on the line: what a client that insists on TLS, one that knows old versions only, and one without TLS are told."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import msgspec
import pytest
from anyio.streams.tls import TLSStream

from conformance.binding.lock import Lock, inspected
from conformance.catalogue import Catalogue
from conformance.check import checks_in
from conformance.evidence import Evidence
from conformance.judging import judge_check
from conformance.parties import Party
from conformance.records import Started
from conformance.specification import specification
from conformance.vocabulary import LineInspected

PEM = Path(__file__).resolve().parents[1] / "tls/localhost.pem"
"""A key and its own certificate, for localhost, good for a hundred years and for nothing but tests."""
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}'


def server(*, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    if newest is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    return context


def knowing() -> ssl.SSLContext:
    """A client that trusts the certificate."""
    return ssl.create_default_context(cafile=str(PEM))


@asynccontextmanager
async def served(context: ssl.SSLContext | None) -> AsyncIterator[int]:
    """The port of a server that answers everything with an empty object, over TLS where a context is given."""
    async def answer(stream: anyio.abc.ByteStream) -> None:
        async with stream:
            try:
                whole = stream if context is None else await TLSStream.wrap(
                    stream, server_side=True, ssl_context=context, standard_compatible=False
                )
                await whole.receive()
                await whole.send(ANSWER)
            except (anyio.EndOfStream, anyio.BrokenResourceError, ssl.SSLError):
                return

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    async with anyio.create_task_group() as group:
        group.start_soon(listener.serve, answer)
        yield listener.extra(anyio.abc.SocketAttribute.local_port)
        group.cancel_scope.cancel()


def seen(context: ssl.SSLContext | None, scheme: str, verify: ssl.SSLContext | None = None) -> Lock:
    async def look() -> Lock:
        async with served(context) as port:
            return await inspected(f"{scheme}://127.0.0.1:{port}", "/", verify)

    return anyio.run(look)


def test_a_line_without_tls_is_lawful_on_this_machine() -> None:
    assert seen(None, "http") == Lock(loopback=True, scheme="http", failure="no TLS")


def test_a_line_with_tls_is_looked_at_wherever_it_is() -> None:
    assert seen(server(), "https", knowing()) == Lock(loopback=True, scheme="https", version="TLSv1.3")


def test_a_certificate_that_nobody_known_signed_is_none() -> None:
    lock = seen(server(), "https")
    assert lock.version is None
    assert "certificate verify failed" in (lock.failure or "")


def test_a_server_that_speaks_old_versions_is_found() -> None:
    lock = seen(server(newest=ssl.TLSVersion.TLSv1_2), "https", knowing())
    assert (lock.version, lock.old) == ("TLSv1.2", "TLSv1.1")


def test_elsewhere_an_answer_without_tls_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conformance.binding.lock.loopback", lambda host: False)
    assert seen(None, "http") == Lock(loopback=False, scheme="http", failure="no TLS", plain=200)


GOOD = Lock(loopback=False, scheme="https", version="TLSv1.3")


@pytest.mark.parametrize(
    ("lock", "verdict", "kinds"),
    [
        (GOOD, "pass", []),
        (Lock(loopback=True, scheme="https", version="TLSv1.2"), "pass", []),
        (Lock(loopback=True, scheme="http", failure="no TLS"), "inconclusive", []),
        (msgspec.structs.replace(GOOD, version=None, failure="certificate verify failed"), "fail", ["tls_missing"]),
        (msgspec.structs.replace(GOOD, old="TLSv1.1"), "fail", ["tls_old"]),
        (msgspec.structs.replace(GOOD, plain=200), "fail", ["served_without_tls"]),
        (Lock(loopback=True, scheme="https", failure="certificate has expired"), "fail", ["tls_missing"]),
    ],
)
def test_what_is_judged_of_a_lock(lock: Lock, verdict: str, kinds: list[str]) -> None:
    act = LineInspected(n=2, by=Party("nobody"), data=msgspec.to_builtins(lock))
    [one] = [check for check in checks_in("conformance.checks") if check.requirement == "SE-P-22"]
    catalogue = Catalogue.load()
    requirement = catalogue["SE-P-22"]
    values = {name: parameter.value() for name, parameter in requirement.parameters.items()}
    rule = catalogue.frozen_rules({"SE-P-22": (requirement.level, values)})["SE-P-22"]
    outcome = judge_check(one, Evidence([Started(plan={}, cast=()), act], specification("platform")), rule)
    assert (outcome.verdict, [finding.kind for finding in outcome.findings]) == (verdict, kinds)
