"""Exchanges, timelines and ratios of the sample: what its findings cite."""

from __future__ import annotations

import json
import random
from typing import Any

from .sample_findings import HOSTILE

JSON = dict[str, Any]

CONSIGNMENT = {
    "consignment_id": "cs_8f27", "order_no": "ORD-20261124-0007", "courier_code": "SBXA", "status": "created", "version": 1,
    "recipient": {"name": "阿卜杜拉?买买提", "phone": {"number": "13800132217", "kind": "mobile"},
                  "address": {"region_code": "330106", "province": "浙江省", "city": "杭州市", "district": "西湖区", "detail": "文三路 478 号"}},
    "items": [{"name": "茶叶", "category": "食品", "quantity": 2, "weight_grams": 500}],
}  # fmt: skip
JSON_TYPE = [["content-type", "application/json; charset=utf-8"]]


def exchange(n: int, wire: int, sender: str, answerer: str, operation: str, request: tuple[str, str, Any], answer: JSON) -> JSON:
    method, target, body = request
    return {
        "n": n, "wire_us": wire, "took_us": 8_400, "trade": f"2026-11-24T09:14:{wire // 1_000_000 % 60:02}+08:00",
        "sender": sender, "answerer": answerer, "operation": operation, "answer": answer,
        "request": {"method": method, "target": target, "headers": [["authorization", "Bearer «token:3»"], *JSON_TYPE],
                    "body": None if body is None else {"text": json.dumps(body, ensure_ascii=False), "size": 700}},
    }  # fmt: skip


def answer(status: int, body: Any) -> JSON:
    text = body if isinstance(body, str) or body is None else json.dumps(body, ensure_ascii=False)
    return {"status": status, "headers": [*JSON_TYPE, ["x-request-id", "\x1b[2J9c1e"]], "body": text}


def exchanges() -> JSON:
    pushed = {"type": "consignment.created", "timestamp": "2026-11-24T09:14:03+08:00", "data": CONSIGNMENT}
    problem = {"type": "about:blank", "title": "Conflict", "status": 409, "code": "duplicate_order",
               "detail": "duplicate of order ORD-7 (contact MTM4MDAxMzIyMTc=)"}  # fmt: skip
    many = [
        exchange(12, 1_204_118, "merchant_1", "iut", "createConsignment", ("POST", "/consignments", CONSIGNMENT), answer(201, CONSIGNMENT)),
        exchange(17, 3_377_020, "iut", "courier_a", "consignmentCreated", ("POST", "/hooks/courier-a", pushed), answer(204, None)),
        exchange(21, 4_010_377, "courier_b", "iut", "getConsignment", ("GET", "/consignments/cs_8f27", None), answer(200, {"remarks": HOSTILE})),
        exchange(44, 9_120_001, "consumer", "iut", "trackWaybill", ("GET", "/tracking/SF1000000000017", None),
                 answer(200, {"waybill_no": "SF1000000000017", "recipient": {"name": "阿**", "phone": {"number": "138****2217"}}})),
        exchange(52, 11_840_220, "merchant_2", "iut", "createConsignment", ("POST", "/consignments", CONSIGNMENT), answer(409, problem)),
        exchange(61, 88_000_000, "consumer", "iut", "listPublicNotices", ("GET", "/public-notices", None), {"failure": "timeout", "detail": "no byte within 30 s"}),
    ]  # fmt: skip
    return {str(each["n"]): each for each in many}


def moment(n: int, wire: int, trade: str, what: str, way: tuple[str | None, str | None], label: str, at: int | None = None) -> JSON:
    return {"n": n, "wire_us": wire, "trade": trade, "what": what, "from": way[0], "to": way[1], "label": label, "exchange": at}


def timelines() -> JSON:
    return {
        "C-0007": [
            moment(11, 1_203_000, "2026-11-24T09:14:01+08:00", "act", ("merchant_1", "courier_a"), "ConsignmentEntered"),
            moment(12, 1_204_118, "2026-11-24T09:14:01+08:00", "exchange", ("merchant_1", "iut"), "createConsignment 201", 12),
            moment(17, 3_377_020, "2026-11-24T09:14:03+08:00", "exchange", ("iut", "courier_a"), "consignmentCreated 204", 17),
            moment(17, 3_377_020, "2026-11-24T09:14:03+08:00", "telling", ("iut", "courier_a"), "consignment", 17),
            moment(21, 4_010_377, "2026-11-24T09:14:04+08:00", "exchange", ("courier_b", "iut"), "getConsignment 200", 21),
            moment(44, 9_120_001, "2026-11-24T09:14:09+08:00", "telling", ("iut", "consumer"), "public_tracking", 44),
            moment(58, 61_204_000, "2026-11-24T09:15:01+08:00", "watch", ("courier_a", None), "consignmentCreated"),
        ],
        "N-0002": [
            moment(59, 62_000_000, "2026-11-24T09:15:02+08:00", "act", ("operator", "courier_b"), "InterruptionStimulated"),
            moment(60, 62_900_000, "2026-11-24T09:15:03+08:00", "telling", ("iut", "courier_b"), "interruption_notice"),
            moment(61, 88_000_000, "2026-11-27T09:15:03+08:00", "exchange", ("consumer", "iut"), "listPublicNotices timeout", 61),
            moment(62, 88_100_000, "2026-11-27T09:15:03+08:00", "watch", ("consumer", None), "listPublicNotices"),
        ],
    }


def ratios(course: str) -> list[float | None]:
    """200 ratios as a run gives them: equal, twice as slow, half as slow, slow from block 140 on, noisy, or none."""
    if course == "none":
        return []
    dice = random.Random(course)
    centre = {"slow": 2.02, "fast": 0.5}.get(course, 1.0)
    spread = 0.4 if course == "noisy" else 0.06
    series: list[float | None] = []
    for block in range(200):
        beyond = 1.9 if course == "late" and 140 <= block < 176 else 1.19 if course == "noisy" else 1.0
        series.append(None if block == 77 else round(centre * beyond * dice.lognormvariate(0, spread), 3))
    return series
