"""The report as data: `report.json`, of which every other form is a projection.

In: the plan, the outcomes, the evidence.  Out: one plain dictionary (`reports/schema/report.schema.json`).  Everything but `run`
follows from the journal, so that judging again gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low

import msgspec

from conformance.catalogue import Catalogue, Requirement
from conformance.clock import moment
from conformance.controls import Fed
from conformance.digest import judging_digest
from conformance.evidence import Evidence
from conformance.outcomes import Finding, Outcome, Overall, exit_code, overall
from conformance.parties import Subject
from conformance.plan import Entry, Plan
from conformance.records import JSON, Act, Answer, Attested, Body, Ended, Exchange, Load, Resumed, Started
from conformance.repeat import curl, rerun, variables
from conformance.rules import written
from conformance.version import __version__

FORMAT = "hulian.report/1"
EXCERPT = 4000
"""Characters of a body that a report shows."""
SHOWN = 6
"""Exchanges and subjects that are shown for one finding."""
LEVELS = ("must", "should", "may")
VERDICTS = ("pass", "fail", "inconclusive", "not-applicable", "error")


def report(
    plan: Plan, catalogue: Catalogue, outcomes: Mapping[str, Outcome], evidence: Evidence, controls: Fed, *, run: Mapping[str, JSON],
) -> dict[str, JSON]:
    """The whole report."""
    result = result_of(plan, outcomes, controls)
    last = next((record for record in reversed(evidence.records) if isinstance(record, Ended | Resumed)), None)
    ended = last if isinstance(last, Ended) else None
    interrupted = ended is None or ended.reason == "interrupted"
    verdicts = [verdict(entry, catalogue[entry.id], outcomes[entry.id], evidence) for entry in plan.entries]
    found = [one for entry in plan.entries for one in outcomes[entry.id].findings]
    started = next(record for record in evidence.records if isinstance(record, Started))
    document: dict[str, JSON] = {
        "format": FORMAT,
        "outcome": result,
        "exit_code": exit_code(result, interrupted=interrupted),
        "scope": {"themes": list(plan.themes), "extent": plan.extent, "left_out": left_out(plan, catalogue)},
        "themes": {theme: dict(catalogue.themes[theme]) for theme in sorted(catalogue.themes)},
        "profile": {"name": plan.profile, "edition": plan.edition, "title": dict(catalogue.profile(plan.profile).title)},
        "role": plan.role,
        "verdicts": verdicts,
        "counts": counts(verdicts),
        "exchanges": {str(n): exchange(evidence.exchange(n), evidence) for n in cited(found, evidence)},
        "variables": variables(filter(None, (shown_by(one, evidence) for one in found)), evidence),
        "timelines": {subject: timeline(Subject(subject), evidence) for subject in subjects(found)},
        "parity": parity(outcomes[entry.id] for entry in plan.entries),
        "attestations": [
            {"requirement": one.requirement, "by": one.by, "at": one.at, "statement": one.statement, "evidence": list(one.evidence)}
            for one in evidence.records if isinstance(one, Attested)
        ],
        "controls": controls.row,
        "iut": iut(started, ended, run),
        "suite": {"version": __version__, "edition": plan.edition, "judging_digest": judging_digest(), **load(evidence.loads)},
        "run": dict(run),
    }
    return document


def load(loads: Sequence[Load]) -> dict[str, JSON]:
    """How the suite itself fared, in milliseconds; nothing in virtual time, in which nobody is late."""
    if not loads:
        return {}
    stalls = [until - since for one in loads for since, until in one.stalls]
    offset = next((one.offset for one in loads if one.offset is not None), None)
    return {"load": {
        "lag_median_ms": median_low(one.median for one in loads) / 1000, "lag_worst_ms": max(one.worst for one in loads) / 1000,
        "stalls": len(stalls), "stood_still_ms": sum(stalls) / 1000,
        "round_trip_ms": median_low(one.trip for one in loads) / 1000, "clock_offset_ms": None if offset is None else offset / 1000,
    }}


def parity(outcomes: Iterable[Outcome]) -> list[JSON]:
    """The comparisons of parties that outcomes rest on, each once, measure by measure."""
    found = {(row["measure"], row["better"], row["worse"]): row for one in outcomes for row in one.comparisons}
    measures = list(dict.fromkeys(row["measure"] for row in found.values()))
    return sorted(found.values(), key=lambda row: measures.index(row["measure"]))


def result_of(plan: Plan, outcomes: Mapping[str, Outcome], controls: Fed) -> Overall:
    """The outcome of the run.  Where a check does not tell its controls apart the suite is broken, whatever else was found."""
    return "error" if controls.mistakes else overall((entry.level, outcomes[entry.id].verdict) for entry in plan.entries)


def left_out(plan: Plan, catalogue: Catalogue) -> list[str]:
    """The themes of the role that were not looked at."""
    return sorted({one.theme for one in catalogue.for_role(plan.role)} - set(plan.themes))


def verdict(entry: Entry, requirement: Requirement, outcome: Outcome, evidence: Evidence) -> dict[str, JSON]:
    return {
        "requirement": entry.id, "theme": requirement.theme, "level": entry.level, "force": requirement.force,
        "clause": list(requirement.clause), "method": requirement.method, "title": dict(requirement.title),
        "rationale": dict(requirement.rationale), "remedy": dict(requirement.remedy), "verdict": outcome.verdict,
        "reason": {"code": outcome.reason.code, "params": outcome.reason.params} if outcome.reason else None,
        "looks": outcome.looks, "checks": list(outcome.checks), "parameters": parameters(entry, requirement),
        "findings": [finding(entry.id, one, evidence) for one in outcome.findings],
    }


def parameters(entry: Entry, requirement: Requirement) -> dict[str, JSON]:
    """The numbers by which it was judged; durations as the catalogue writes them (ISO 8601)."""
    timed = {name for name, one in requirement.parameters.items() if one.unit == "duration"}
    given: dict[str, JSON] = msgspec.to_builtins(entry.parameters)
    return {name: written(value) if name in timed and isinstance(value, int) else value for name, value in given.items()}


def finding(requirement: str, one: Finding, evidence: Evidence) -> dict[str, JSON]:
    shown = pertinent(one, evidence)[:SHOWN]
    first = shown_by(one, evidence)
    return {
        "id": one.id, "kind": one.kind, "params": one.params, "nature": one.nature, "pointer": one.place.pointer or None,
        "channel": one.place.operation or None, "roles": {"by": one.place.by or None, "to": one.place.to or None},
        "expected": one.expected, "seen": one.seen, "subjects": list(one.subjects), "times": one.times, "of": one.of,
        "common": [
            {"feature": c.feature, "failing": c.failing, "failing_of": c.failing_of, "others": c.others, "others_of": c.others_of}
            for c in one.common
        ],
        "began": began(one, evidence), "exchanges": shown,
        "curl": curl(first) if first is not None else None, "rerun": rerun(requirement, evidence),
    }


def pertinent(one: Finding, evidence: Evidence) -> list[int]:
    """The exchanges that a finding rests on; of those that show only that the target lived, while something was missing, none."""
    cited = [n for n in one.exchanges if n]
    if one.began is None:
        return cited
    return [n for n in cited if not concerned(evidence.exchange(n), evidence).isdisjoint(one.subjects)] or cited


def concerned(one: Exchange, evidence: Evidence) -> frozenset[str]:
    """Whom an exchange was about."""
    act = evidence.act_of(one)
    return frozenset(act.about if act is not None else ()).union(*(telling.about for telling in evidence.tellings_in(one)))


def shown_by(one: Finding, evidence: Evidence) -> Exchange | None:
    """The request that shows it by itself.  What was missing was missing over time: no single request does."""
    cited = next((n for n in one.exchanges if n), None)
    return evidence.exchange(cited) if cited is not None and one.nature == "said" else None


def began(one: Finding, evidence: Evidence) -> JSON:
    """The request from which on something was waited for that did not come; null where nothing was."""
    if one.began is None:
        return None
    first = evidence.exchange(one.began)
    return {"exchange": one.began, "operation": first.operation, "trade": moment(first.trade), "by": first.sender}


def counts(verdicts: Iterable[Mapping[str, JSON]]) -> dict[str, dict[str, int]]:
    found = Counter((one["level"], one["verdict"]) for one in verdicts)
    return {level: {word: found[level, word] for word in VERDICTS} for level in LEVELS}


def cited(found: Iterable[Finding], evidence: Evidence) -> list[int]:
    """Exchanges that findings cite, the first few of each."""
    shown = {n for one in found for n in pertinent(one, evidence)[:SHOWN]}
    return sorted(shown | {one.began for one in found if one.began is not None})


def subjects(found: Iterable[Finding]) -> list[str]:
    return sorted({subject for one in found for subject in one.subjects[:SHOWN]})


def exchange(one: Exchange, evidence: Evidence) -> dict[str, JSON]:
    answer: dict[str, JSON]
    if isinstance(one.answer, Answer):
        answer = {"status": one.answer.status, "headers": pairs(one.answer.headers), "body": excerpt(one.answer.body)}
    else:
        answer = {"failure": one.answer.kind}
    return {
        "n": one.n, "wire_us": one.wire, "took_us": one.took, "trade": moment(one.trade), "sender": one.sender, "answerer": one.answerer,
        "operation": one.operation, "answer": answer,
        "request": {
            "method": one.request.method, "target": one.request.target, "headers": pairs(one.request.headers),
            "body": excerpt(one.request.body),
        },
    }


def pairs(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[name, value] for name, value in headers]


def excerpt(body: Body) -> str | None:
    if not body.size:
        return None
    text = body.text if body.text is not None else f"(base64) {body.base64}"
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}… ({body.size} bytes)"


def timeline(subject: Subject, evidence: Evidence) -> list[JSON]:
    """What happened to one subject, in order: what we did, what was exchanged, what it was told."""
    rows: list[dict[str, JSON]] = []
    for record in evidence.records:
        match record:
            case Act() if subject in record.about:
                rows.append(row(record, "act", record.by, record.to, type(record).__name__))
            case Exchange():
                act = evidence.act_of(record)
                if act is not None and subject in act.about:
                    rows.append({**row(record, "exchange", record.sender, record.answerer, summary(record)), "exchange": record.n})
                elif any(subject in telling.about for telling in evidence.tellings_in(record)):
                    rows.append({**row(record, "telling", record.sender, record.answerer, summary(record)), "exchange": record.n})
    return rows[:60]


def row(record: Act | Exchange, what: str, by: str, to: str | None, label: str) -> dict[str, JSON]:
    return {"n": record.n, "wire_us": record.wire, "trade": moment(record.trade), "what": what, "from": by, "to": to, "label": label}


def summary(one: Exchange) -> str:
    came = str(one.answer.status) if isinstance(one.answer, Answer) else one.answer.kind
    return f"{one.operation} → {came}"


def iut(started: Started, ended: Ended | None, run: Mapping[str, JSON]) -> dict[str, JSON]:
    """What the implementation under test says that it is."""
    said = started.discovery if isinstance(started.discovery, dict) else {}
    organisation = said.get("organisation")
    name = organisation.get("name") if isinstance(organisation, dict) else organisation
    declared = said.get("capabilities")
    return {
        "organisation": text(name), "interface_version": text(said.get("interface_version")),
        "software_version": {"start": text(said.get("software_version")), "end": ended.software_version if ended else None},
        "capabilities": sorted(one for one in declared if isinstance(one, str)) if isinstance(declared, list) else [],
        "target": str(started.run.get("target", "")),
    }


def text(value: JSON) -> str | None:
    return value if isinstance(value, str) else None


