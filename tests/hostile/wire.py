"""Hostility on the wire: what no HTTP client should have to read.

In: a talk.  Out: bytes that are too many, too slow, packed, cut, contradictory or no HTTP at all.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import Final

from tests.hostile.kind import kind
from tests.hostile.talk import Talk, head

MEGABYTE: Final = 1024 * 1024
SPACES: Final = b" " * 65536
JSON: Final = (b"content-type", b"application/json")
CHUNKED: Final = (b"transfer-encoding", b"chunked")


@cache
def bomb(megabytes: int, rounds: int = 1) -> bytes:
    """So many megabytes of spaces, packed so many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    raw = b"".join([*(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)), packer.flush()])
    for _ in range(rounds - 1):
        raw = gzip.compress(raw)
    return raw


# -- too much -----------------------------------------------------------------------------------------------------------------


@kind(heavy=True)
async def a_gigabyte(talk: Talk) -> None:
    """A body of 1 GB, announced as such."""
    await talk.writes(head(200, [JSON, (b"content-length", b"%d" % (1024 * MEGABYTE))]))
    await talk.pours(lambda: SPACES, times=1024 * MEGABYTE // len(SPACES))


@kind(heavy=True)
async def a_stream_without_end(talk: Talk) -> None:
    """A chunked body that never ends."""
    await talk.writes(head(200, [JSON, CHUNKED]))
    await talk.pours(lambda: b"10000\r\n" + SPACES + b"\r\n")


@kind(heavy=True)
async def a_list_without_end(talk: Talk) -> None:
    """JSON that begins well and never ends, without a length."""
    await talk.writes(head(200, [JSON, (b"connection", b"close")]) + b'{"items":[')
    await talk.pours(lambda: b'{"order_no":"X"},' * 4096)


@kind()
async def a_gzip_bomb(talk: Talk) -> None:
    """A gigabyte of spaces, packed into one megabyte."""
    await talk.says(bomb(1024), (b"content-encoding", b"gzip"))


@kind(heavy=True)
async def a_deflate_bomb(talk: Talk) -> None:
    """The same as deflate, without the header of zlib."""
    await talk.says(bomb(1024)[10:], (b"content-encoding", b"deflate"))


@kind(heavy=True)
async def a_bomb_in_a_bomb(talk: Talk) -> None:
    """Packed twice, and so announced."""
    await talk.says(bomb(1024, 2), (b"content-encoding", b"gzip, gzip"))


@kind(heavy=True)
async def an_unknown_packing(talk: Talk) -> None:
    """A content coding that nobody asked for."""
    await talk.says(bomb(1), (b"content-encoding", b"br"))


@kind(heavy=True)
async def a_header_of_a_megabyte(talk: Talk) -> None:
    """One header of 1 MB."""
    await talk.says(b"{}", (b"x-long", b"x" * MEGABYTE))


@kind(heavy=True)
async def headers_without_end(talk: Talk) -> None:
    """Header after header."""
    await talk.writes(b"HTTP/1.1 200 OK\r\n")
    await talk.pours(lambda: b"x-more: y\r\n" * 1000)


@kind(heavy=True)
async def hints_without_end(talk: Talk) -> None:
    """1xx answers for ever, and never the one that counts."""
    await talk.pours(lambda: b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" * 100)


@kind(first=None, later=frozenset({0}))
async def a_hundred_hints(talk: Talk) -> None:
    """A hundred 1xx answers, then the right one: that is allowed."""
    await talk.writes(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
    await talk.answers(await talk.honest())


# -- too slow -----------------------------------------------------------------------------------------------------------------


@kind()
async def a_byte_a_second(talk: Talk) -> None:
    """The right answer, one byte a second, from the status line on."""
    answer = await talk.honest()
    await talk.drips(head(answer.status, [JSON, (b"content-length", b"%d" % len(answer.body))]) + answer.body, 1)


@kind(heavy=True)
async def a_header_a_second(talk: Talk) -> None:
    """One header a second, for ever."""
    await talk.writes(b"HTTP/1.1 200 OK\r\n")
    await talk.pours(lambda: b"x-more: y\r\n", pause=1)


@kind()
async def nothing(talk: Talk) -> None:
    """Takes the request and says nothing."""
    await talk.is_left()


# -- cut, and contradictory -----------------------------------------------------------------------------------------------------


@kind()
async def cut_anywhere(talk: Talk) -> None:
    """The right answer, cut after one byte more each time."""
    answer = await talk.honest()
    whole = head(answer.status, [JSON, (b"content-length", b"%d" % len(answer.body))]) + answer.body
    cut = talk.store["cut"] = talk.store.get("cut", -1) + 1
    await talk.writes(whole[: cut % len(whole)])
    talk.closes()


@kind()
async def longer_than_announced(talk: Talk) -> None:
    """More bytes than the content length says."""
    await talk.writes(head(200, [JSON, (b"content-length", b"2")]) + b'{}{"items": []}')


@kind(heavy=True)
async def shorter_than_announced(talk: Talk) -> None:
    """Fewer bytes than the content length says, and then the end."""
    await talk.writes(head(200, [JSON, (b"content-length", b"999999")]) + b'{"items": []}')
    talk.closes()


@kind(heavy=True)
async def less_than_nothing(talk: Talk) -> None:
    """A negative content length."""
    await talk.writes(head(200, [JSON, (b"content-length", b"-1")]) + b"{}")


@kind()
async def two_lengths(talk: Talk) -> None:
    """Two different content lengths."""
    await talk.writes(head(200, [JSON, (b"content-length", b"2"), (b"content-length", b"30")]) + b'{"items": []}')


@kind(heavy=True)
async def broken_chunks(talk: Talk) -> None:
    """Chunks whose sizes are no numbers."""
    await talk.writes(head(200, [JSON, CHUNKED]) + b"zz\r\n{}\r\n0\r\n\r\n")


@kind(heavy=True)
async def enormous_chunks(talk: Talk) -> None:
    """One chunk of 2^64 bytes, of which two come."""
    await talk.writes(head(200, [JSON, CHUNKED]) + b"ffffffffffffffff\r\n{}")
    talk.closes()


# -- no HTTP ------------------------------------------------------------------------------------------------------------------


@kind()
async def http_0_9(talk: Talk) -> None:
    """A page without a status line, as in 1991."""
    await talk.writes(b"<html><body>hello</body></html>")
    talk.closes()


@kind(heavy=True)
async def http_2(talk: Talk) -> None:
    """The settings frame of HTTP/2."""
    await talk.writes(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x04\x00\x10\x00\x00" * 20)
    await talk.is_left()


@kind(heavy=True)
async def status_999(talk: Talk) -> None:
    """A status that no document knows."""
    await talk.writes(head(b"999 Odd", [JSON, (b"content-length", b"2")]) + b"{}")


@kind(heavy=True)
async def status_000(talk: Talk) -> None:
    """Status 000."""
    await talk.writes(head(b"000 Nothing", [JSON, (b"content-length", b"2")]) + b"{}")


@kind()
async def control_characters_in_headers(talk: Talk) -> None:
    """Header values with escapes, null characters and bare line ends."""
    await talk.writes(b"HTTP/1.1 200 OK\r\nx-a: \x1b[31mred\x00\rx\r\ncontent-length: 2\r\n\r\n{}")


@kind()
async def control_sequences_of_one_byte_in_headers(talk: Talk) -> None:
    """Header values with C1 controls, which HTTP lets pass and terminals obey."""
    answer = await talk.honest()
    await talk.answers(answer._replace(status=500), [(b"x-a", b"\x9b31mred\x9d0;title\x9c\x85")])


@kind(heavy=True)
async def headers_without_names(talk: Talk) -> None:
    """Lines that are no headers."""
    await talk.writes(b"HTTP/1.1 200 OK\r\n: empty\r\nno colon here\r\n\r\n{}")


@kind(heavy=True)
async def a_redirect_to_itself(talk: Talk) -> None:
    """Look here, for ever."""
    await talk.says(b"", (b"location", talk.request.target.encode()), status=307)


@kind(heavy=True)
async def a_redirect_elsewhere(talk: Talk) -> None:
    """Look at another host, with your token."""
    await talk.says(b"", (b"location", b"http://127.0.0.1:9/take/your/token"), status=302)
