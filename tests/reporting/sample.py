"""A report made by hand: one platform, judged within four themes, with every kind of verdict, of finding and of hostile value."""

from __future__ import annotations

from typing import Any

from .sample_evidence import exchanges, ratios, timelines
from .sample_findings import BROKEN, UNDECIDED
from .sample_requirements import PLAIN, THEMES

JSON = dict[str, Any]


def finding(identifier: str, kind: str, **given: Any) -> JSON:
    """A finding with everything that it must have; what is given wins."""
    plain: JSON = {
        "id": identifier, "kind": kind, "params": {}, "nature": "said", "pointer": "", "channel": None,
        "roles": {"by": "iut", "to": None}, "expected": None, "seen": None, "subjects": [], "times": 1, "of": 1,
        "common": [], "began": None, "exchanges": [], "curl": None, "rerun": "hulian run --role platform --target http://127.0.0.1:8080 --seed 20261124",
    }  # fmt: skip
    return plain | given


def verdict(requirement: str, level: str, force: str, clause: list[str], zh: str, en: str, **given: Any) -> JSON:
    """A verdict with everything that it must have; what is given wins."""
    plain: JSON = {
        "requirement": requirement, "theme": requirement.split("-")[0], "level": level, "force": force, "clause": clause,
        "method": "observed", "title": {"zh": zh, "en": en}, "verdict": "pass", "reason": None, "looks": 40,
        "checks": [f"test_{requirement.lower().replace('-', '_')}"], "findings": [],
        "remedy": {"zh": "按接口规范实现该要求，然后重新检测。", "en": "Implement the requirement as the specification says, then run again."},
        "rationale": {"zh": "双方约定的接口对此有明确规定。", "en": "The agreed interface says so."}, "parameters": {},
    }  # fmt: skip
    findings = [finding(**each) for each in given.pop("findings", [])]
    return plain | given | {"findings": findings}


def comparison(measure: str, better: str, worse: str, decision: str, numbers: tuple[float | None, ...], course: str, test: str | None = None) -> JSON:
    """One comparison between two parties; `numbers` are median, lower, upper, smallest detectable, p, floor in ms."""
    median, lower, upper, detectable, p, floor = numbers
    series = ratios(course)
    return {
        "measure": measure, "better": better, "worse": worse, "blocks": 200, "used": len(series), "lost": 200 - len(series),
        "decision": decision, "median_ratio": median, "lower": lower, "upper": upper, "smallest_detectable": detectable, "p": p,
        "floor_ms": floor, "ratios": series, "test": test,
    }  # fmt: skip


def parity() -> list[JSON]:
    return [
        comparison("feed", "courier_a", "courier_b", "fail", (2.02, 1.93, 2.11, 1.31, 2.1e-24, 100), "slow", "typical"),
        comparison("feed", "courier_b", "courier_a", "pass", (0.5, 0.47, 0.52, 1.31, 1.0, 100), "fast"),
        comparison("feed", "courier_a", "courier_new", "pass", (1.0, 0.97, 1.03, 1.3, 0.86, 100), "equal"),
        comparison("event_post", "courier_a", "courier_b", "pass", (1.01, 0.97, 1.05, 1.32, 0.71, 100), "equal"),
        comparison("webhook", "courier_a", "courier_b", "fail", (1.04, 0.98, 1.11, 1.44, 2.0e-5, 300), "late", "stretch"),
        comparison("webhook", "courier_a", "courier_new", "inconclusive", (1.19, 0.91, 1.72, 1.93, 0.04, 300), "noisy"),
        comparison("freshness", "courier_a", "courier_b", "inconclusive", (None, None, None, None, 1.0, 2000), "none"),
    ]


def variables() -> list[JSON]:
    asked = "grant_type=client_credentials&client_id=qh-courier-7&client_secret="
    token = f"""curl -s -X POST "$TARGET/hulian/v1/oauth/token" --data-binary '{asked}'"$SECRET_COURIER_A\""""
    taken = """sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p'"""
    both = {"party": "courier_a", "client": "qh-courier-7"}
    return [
        {"name": "TARGET", "sort": "target", "party": None, "client": None, "command": "TARGET=https://sandbox.qinghe.example"},
        {"name": "SECRET_COURIER_A", "sort": "secret", **both, "command": "read -rs SECRET_COURIER_A"},
        {"name": "TOKEN_COURIER_A", "sort": "token", **both, "command": f"TOKEN_COURIER_A=$({token} | {taken})"},
    ]


def verdicts() -> list[JSON]:
    broken = {row["requirement"]: row for row in (*BROKEN, *UNDECIDED)}
    return [verdict(**broken[row[0]]) if row[0] in broken else verdict(*row) for row in PLAIN]


def counted(judged: list[JSON]) -> JSON:
    words = ("pass", "fail", "inconclusive", "not-applicable", "error")
    return {
        level: {word: sum(v["level"] == level and v["verdict"] == word for v in judged) for word in words}
        for level in ("must", "should", "may")
    }


def sample() -> JSON:
    """A fresh copy of the whole report."""
    judged = verdicts()
    return {
        "format": "hulian.report/1",
        "outcome": "non-conformant",
        "exit_code": 1,
        "scope": {"themes": ["FC", "NB", "MK", "NT", "RN", "GO"], "extent": "complete", "left_out": ["SE", "MO"]},
        "themes": THEMES,
        "profile": {"name": "contract", "edition": "2026.1", "title": {"zh": "约定要求集", "en": "Agreed interface"}},
        "role": "platform",
        "verdicts": judged,
        "counts": counted(judged),
        "exchanges": exchanges(),
        "variables": variables(),
        "timelines": timelines(),
        "parity": parity(),
        "attestations": [
            {
                "requirement": "GO-P-01", "by": "青禾电商（虚构）数据安全负责人", "at": "2026-11-20T10:00:00+08:00",
                "statement": "寄递数据静态加密存储，密钥由独立系统管理；每年开展一次个人信息保护影响评估。",
                "evidence": ["pia-2026.pdf sha256:5f1c…e9", "kms-architecture.pdf sha256:09ab…41"],
            }
        ],
        "controls": {"checked": 40, "missing": [], "failed": []},
        "iut": {
            "organisation": "青禾电商（虚构） Qinghe Commerce", "interface_version": "1.0",
            "software_version": {"start": "4.7.2+20261120", "end": "4.7.2+20261120"},
            "capabilities": ["push", "pull", "courier_change", "notices", "consents", "data_requests", "public_tracking", "sandbox_clock"],
            "target": "https://sandbox.qinghe.example/hulian/v1",
        },
        "suite": {"version": "0.1.0", "edition": "2026.1", "judging_digest": "7d3f" * 16},
        "run": {
            "id": "r-20261124-7KQ2", "seed": 20261124, "started_at": "2026-11-24T09:12:04.118+08:00",
            "ended_at": "2026-11-24T09:19:47.502+08:00", "target": "https://sandbox.qinghe.example/hulian/v1",
            "journal_digest": "c4a1" * 16, "announced": True,
        },
    }  # fmt: skip
