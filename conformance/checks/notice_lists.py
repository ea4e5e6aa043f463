"""Lists of notices: what had to stand in a party's list, and in the public one, when it was read from the beginning to the end.

In: evidence.  Out: walks, and for each what its reader, or anybody, had been told before.  Source: rules 6.3 and 12.6 of the interface.
What was told less than a minute before may still be on its way there; what is older than any retention may be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks.feeds import KEPT, UNDER_WAY, Walk, walks
from conformance.checks.talks import TABLE, shown
from conformance.evidence import Evidence, Telling
from conformance.judgements.dialogue import steps, time_of
from conformance.records import JSON, Act, Instant
from conformance.untrusted import named
from conformance.vocabulary import NOTICE, NoticesRead, PublicNoticesRead


def own(evidence: Evidence) -> Iterator[Walk]:
    """Every list of its notices that a party read whole."""
    return _whole(evidence, evidence.each(NoticesRead))


def public(evidence: Evidence) -> Iterator[Walk]:
    """Every list of public notices that somebody read whole."""
    return _whole(evidence, evidence.each(PublicNoticesRead))


def _whole(evidence: Evidence, acts: Sequence[Act]) -> Iterator[Walk]:
    return (walk for walk in walks(evidence, NOTICE, acts) if walk.whole and walk.acts[0].data["cursor"] is None)


def due_on(evidence: Evidence, walk: Walk) -> Iterator[Telling]:
    """How the reader was last told before of each notice to which it is a party, or of which authorities had been told."""
    member = evidence.cast[walk.party]
    for told in evidence.derived(_notices).values():
        known = [one for one in told if one.to == walk.party and _lately(one.at, walk)]
        parties = {named(one.value.get(role)) for one in known[-1:] for role in ("giver", "receiver")}
        if member.kind == "authority" or member.code in parties:
            yield from known[-1:]


def published_before(evidence: Evidence, walk: Walk) -> Iterator[Telling]:
    """Each notice that had been published before, as somebody was last told of it before."""
    for told in evidence.derived(_notices).values():
        known = [one for one in told if _lately(one.at, walk)]
        if any(_lately(at, walk) for one in known[-1:] if (at := time_of(one.value.get("published_at"))) is not None):
            yield from known[-1:]


def listed(walk: Walk, known: Telling) -> list[Telling]:
    """How the notice stands in that list: every version of it, or the one."""
    id = known.value.get("notice_id")
    return [one for one in walk.told if isinstance(one.value, dict) and one.value.get("notice_id") == id]


def as_new(walk: Walk, known: Telling) -> bool:
    """Whether it stands there in the version that was known, or a later one; a version that is no number is left to the schema."""
    versions = [one.value.get("version") for one in (known, *listed(walk, known))]
    numbers = [version for version in versions if isinstance(version, int)]
    return len(numbers) < len(versions) or max(numbers[1:], default=numbers[0]) >= numbers[0]


def outdated(evidence: Evidence, known: Telling, state: JSON) -> bool:
    """Whether that is a state which the notice had before it was as known, and never again as far as it was told."""
    told, last = steps(known.value), steps(evidence.derived(_notices)[named(known.value.get("notice_id"))][-1].value)
    before, after = ([TABLE.result(step.event) for step in history] for history in (told, last[len(told):]))
    return state in (TABLE.initial, *before) and state not in (known.value.get("state"), *after)


def in_order(walk: Walk) -> bool:
    """Whether the public list goes by the time of publication."""
    times = [time_of(one.value.get("published_at")) for one in walk.told if isinstance(one.value, dict)]
    known = [at for at in times if at is not None]
    return known == sorted(known)


def _notices(evidence: Evidence) -> dict[str, list[Telling]]:
    """Every notice, by its id, with all that was told of it, in the order of its versions."""
    subjects = dict.fromkeys(subject for telling in evidence.told(NOTICE) for subject in sorted(telling.about))
    told = (shown(evidence, subject) for subject in subjects)
    return {named(found[0].value.get("notice_id")): found for found in told if found}


def _lately(at: Instant, walk: Walk) -> bool:
    return walk.started - KEPT < at < walk.started - UNDER_WAY
