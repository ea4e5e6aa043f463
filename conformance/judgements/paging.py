"""Paging: does a page lead to the next one, and the last one nowhere?

In: the answer that is a page.  Out: what is wrong with its link.  Source: rule 6.2 of the interface; RFC 8288.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from httpx import Response

from conformance.judgements.schemas import Departure
from conformance.records import Answer
from conformance.untrusted import parsed


def link_departure(answer: Answer) -> Departure | None:
    """The link to the next page is missing, leads elsewhere than the cursor in the body, or stands on the last page."""
    page = parsed(answer.body.raw)
    if not isinstance(page, dict) or "next_cursor" not in page:
        return None
    cursor, link = page["next_cursor"], linked(answer)
    if cursor is None:
        return Departure(kind="link_beyond_the_last", seen=link) if link is not None else None
    if page.get("resume_cursor", cursor) != cursor:
        return Departure(kind="resumes_elsewhere", pointer="/resume_cursor", expected=cursor, seen=str(page["resume_cursor"]))
    if link is None:
        return Departure(kind="link_missing", expected=cursor)
    try:
        found = parse_qs(urlsplit(link).query).get("cursor", [""])[0]
    except ValueError:  # an address that is none
        found = link
    return Departure(kind="link_elsewhere", expected=cursor, seen=found) if found != cursor else None


def linked(answer: Answer) -> str | None:
    """The address of the next page."""
    values = [value for name, value in answer.headers if name.lower() == "link"]
    return Response(200, headers={"link": ", ".join(values)}).links.get("next", {}).get("url") if values else None
