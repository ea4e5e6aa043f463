"""The lock on the line: how a target at a URL is protected, seen from outside.

In: a target.  Out: what a client that insists on TLS finds, what one that offers only old versions gets, and what one without TLS is told.
"""

from __future__ import annotations

import ipaddress
import ssl
import warnings
from typing import Final
from urllib.parse import urlsplit

import anyio
import httpx
import msgspec
from anyio.streams.tls import TLSAttribute

from conformance.untrusted import parsed

PATIENCE: Final = 10.0
PLAIN: Final = 80


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """`version` is that of TLS with a valid certificate, `failure` why there is none; `old` the version that was agreed on when only
    retired ones were offered; `plain` the status of an answer without TLS on the usual port."""

    loopback: bool
    scheme: str
    version: str | None = None
    failure: str | None = None
    old: str | None = None
    plain: int | None = None


def loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


async def inspected(target: str, path: str, verify: ssl.SSLContext | None = None) -> Lock:
    """Looks at the lock of a target; `path` is harmless to ask for.  On loopback a line without TLS is lawful, and not asked for."""
    parts = urlsplit(target)
    host, scheme = parts.hostname or "", parts.scheme
    here = loopback(host)
    version, failure, old = None, "no TLS", None
    if scheme == "https":
        version, failure = await handshake(host, parts.port or 443, verify or ssl.create_default_context())
        old, _ = await handshake(host, parts.port or 443, retired())
    plain = None if here else await without(host, PLAIN if scheme == "https" else parts.port or PLAIN, path)
    return Lock(loopback=here, scheme=scheme, version=version, failure=None if version else failure, old=old, plain=plain)


def retired() -> ssl.SSLContext:
    """A client that knows TLS 1.0 and 1.1 only, and takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


async def handshake(host: str, port: int, context: ssl.SSLContext) -> tuple[str | None, str]:
    """The version that was agreed on, or None and why not."""
    try:
        with anyio.fail_after(PATIENCE):
            stream = await anyio.connect_tcp(host, port, tls=True, ssl_context=context, tls_standard_compatible=False)
            async with stream:
                return stream.extra(TLSAttribute.tls_version), ""
    except (OSError, TimeoutError, anyio.BrokenResourceError, anyio.EndOfStream) as error:
        cause = error.__cause__ or error
        return None, str(cause)[:200] or type(cause).__name__


async def without(host: str, port: int, path: str) -> int | None:
    """The status of a plain request, None where nobody answers, or with a page or a redirection instead of data."""
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.get(f"http://{host}:{port}{path}")
            return answer.status_code if answer.is_success and isinstance(parsed(answer.content), dict) else None
    except httpx.HTTPError:
        return None
