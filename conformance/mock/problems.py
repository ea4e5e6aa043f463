"""Problem details (RFC 9457): the closed list of codes, and the document of a refusal.

In: a problem code and the places that are wrong.  Out: status and document.  Texts say nothing of internals or persons.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock.questions.question import Document


@dataclass(frozen=True, slots=True)
class Kind:
    """What one code means; `at_fault` is `caller`, `platform` or `counterpart`."""

    status: int
    title: str
    at_fault: str = "caller"
    retryable: bool = False


KINDS: dict[str, Kind] = {
    "unreadable": Kind(400, "The body is no JSON that we accept"),
    "idempotency_key_missing": Kind(400, "Idempotency-Key is missing"),
    "unauthenticated": Kind(401, "No valid token"),
    "insufficient_scope": Kind(403, "Not allowed with this token"),
    "not_found": Kind(404, "Not found"),
    "method_not_allowed": Kind(405, "Method not allowed"),
    "state_conflict": Kind(409, "Not possible in the present state"),
    "waybill_conflict": Kind(409, "The waybill number belongs to another parcel"),
    "event_id_reused": Kind(409, "The event id was used for another event"),
    "idempotency_in_progress": Kind(409, "The first request with this key is still being answered", retryable=True),
    "too_large": Kind(413, "The body is too large"),
    "unsupported_media_type": Kind(415, "Content type not supported"),
    "invalid": Kind(422, "The request breaks a rule"),
    "idempotency_key_reused": Kind(422, "The Idempotency-Key was used with another body"),
    "rate_limited": Kind(429, "Rate limit exceeded", retryable=True),
    "internal": Kind(500, "An error of the platform", "platform", retryable=True),
    "not_supported": Kind(501, "Capability not declared", "platform"),
    "unavailable": Kind(503, "Not available now", "platform", retryable=True),
}


def document(code: str, errors: tuple[tuple[str, str], ...], detail: str | None = None) -> Document:
    """The problem document of `code`, with the places at fault."""
    kind = KINDS[code]
    problem: Document = {
        "type": f"urn:hulian:problem:{code}",
        "title": kind.title,
        "status": kind.status,
        "code": code,
        "party_at_fault": kind.at_fault,
        "retryable": kind.retryable,
    }
    if detail is not None:
        problem["detail"] = detail
    if errors:
        problem["errors"] = [{"pointer": pointer[:300], "code": why} for pointer, why in errors[:100]]
    return problem
