"""Codings: what machines make of a text: escapes, base64, hex, other character sets.

In: a text.  Out: bytes, per coding.  Base64 comes for the three offsets at which a text may start, so that it is found
inside a larger one (JWT, RFC 7519).
"""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

_UNESCAPED: Final = ("", "-_.!~*'()", ";,/?:@&=+$-_.!~*'()#", "/")  # everything, encodeURIComponent, encodeURI, paths
URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_ESCAPED_UNIT: Final = re.compile(r"(?<=[uU])\{?[0-9a-f]{4,8}|(?<=[uU])\{[0-9a-f]+")


def utf8(text: str) -> bytes:
    """The text in UTF-8; lone surrogates, which JSON can carry, as they come."""
    return text.encode("utf-8", "surrogatepass")


def charsets(text: str) -> dict[str, bytes]:
    """The text in the character sets that the trade uses beside UTF-8."""
    return {
        "utf-16": text.encode("utf-16-le", "surrogatepass"),
        "utf-16-be": text.encode("utf-16-be", "surrogatepass"),
        "gb18030": text.encode("gb18030", "replace"),
    }


def percent(text: str) -> list[bytes]:
    """Percent-encoding (RFC 3986) of UTF-8 and GB 18030, by different rules, once and twice."""
    forms: list[str] = []
    for data in (utf8(text), charsets(text)["gb18030"]):
        forms += [quote(data, safe=safe) for safe in _UNESCAPED] + [quote_plus(data), "".join(f"%{b:02X}" for b in data)]
    forms.append(quote(forms[0], safe=""))
    return _bytes(text, [*forms, *(re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), form) for form in forms)])


def percent_plain(text: str) -> list[bytes]:
    """Percent-encoding of UTF-8 as query strings have it."""
    return _bytes(text, [quote(utf8(text)), quote_plus(utf8(text))])


def entities(text: str) -> list[bytes]:
    """HTML entities, decimal and hexadecimal, for all characters or the foreign ones."""
    references = ("&#{};", "&#x{:x};", "&#x{:X};", "&#X{:X};")
    everything = ["".join(form.format(ord(c)) for c in text) for form in references]
    foreign = ["".join(html.escape(c) if c.isascii() else form.format(ord(c)) for c in text) for form in references]
    named = [html.escape(text).replace("&#x27;", quote) for quote in ("&#x27;", "&#39;", "&apos;", "'")]
    return _bytes(text, everything + foreign + named)


def escapes(text: str) -> list[bytes]:
    """JSON's and other languages' backslash escapes, once and twice."""
    data = charsets(text)["utf-16-be"]
    units = [data[place : place + 2].hex() for place in range(0, len(data), 2)]
    forms = ["".join(f"\\u{unit}" for unit in units), json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]]
    forms += ["".join(f"\\u{{{ord(c):x}}}" for c in text), "".join(f"\\U{ord(c):08x}" for c in text)]
    forms += ["".join(f"%u{unit}" for unit in units), forms[1].replace("/", "\\/")]
    forms += [form.replace("\\", "\\\\") for form in forms[:2]]
    return _bytes(text, [*forms, *(_ESCAPED_UNIT.sub(lambda digits: digits[0].upper(), form) for form in forms)])


def hexes(text: str) -> list[bytes]:
    """Hexadecimal of the text in every character set, plain and with separators."""
    forms: list[str] = []
    for data in (utf8(text), *charsets(text).values()):
        forms += [data.hex(), data.hex(" "), data.hex(":"), "".join(f"\\x{byte:02x}" for byte in data)]
    return _bytes(text, [*forms, *(form.upper().replace("\\X", "\\x") for form in forms)])


def base64s(text: str) -> list[bytes]:
    """Base64 (RFC 4648) of the text, of its JSON escapes and of its other character sets, at any offset."""
    sources = [utf8(text), json.dumps(text)[1:-1].encode(), *charsets(text).values()]
    return list(dict.fromkeys(form for source in sources for form in base64_forms(source)))


def base64_forms(data: bytes) -> list[bytes]:
    """The characters that the data have in every base64 text: three offsets, both alphabets, and these escaped."""
    forms: list[bytes] = []
    for offset in range(3):
        sure = slice(-(-offset * 8 // 6), (offset + len(data)) * 8 // 6)
        plain = base64.b64encode(bytes(offset) + data)[sure]
        escaped = quote(plain, safe="").encode()
        forms += [plain, plain.translate(URL_SAFE), escaped, plain.replace(b"/", b"\\/")]
    return list(dict.fromkeys(forms))


def others(text: str) -> list[bytes]:
    """Quoted-printable (RFC 2045), and UTF-8 taken for Latin-1."""
    quoted = quopri.encodestring(utf8(text)).replace(b"=\n", b"").rstrip(b"\n")
    return [form for form in (quoted, utf8(text).decode("latin-1").encode()) if form != utf8(text)]


CODINGS: Final[Mapping[str, Callable[[str], list[bytes]]]] = {
    "percent": percent,
    "html": entities,
    "unicode-escape": escapes,
    "base64": base64s,
    "hex": hexes,
    "utf-16": lambda text: [form for name, form in charsets(text).items() if name != "gb18030"],
    "gb18030": lambda text: [charsets(text)["gb18030"]],
    "mail": others,
}


def _bytes(text: str, forms: Iterable[str]) -> list[bytes]:
    return [utf8(form) for form in dict.fromkeys(forms) if form != text]
