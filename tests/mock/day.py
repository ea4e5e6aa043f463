"""A day on the platform: every operation, ordinary and otherwise, in virtual time.

In: a world and its inboxes.  Out: a transcript in which ids are numbered and tokens left out, so that two days can be compared.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import httpx
import trio
from standardwebhooks import Webhook

from conformance.mock.trade_clock import rfc3339
from tests.mock.sandbox_client import EPOCH, SECRET, Inbox, World, contact, entry, event, world

TYPES: dict[str, list[str]] = {
    "courier": ["consignment.created", "consignment.updated", "consignment.cancelled"],
    "merchant": ["waybill.event"],
    "authority": [],
}
NOTICES: dict[str, list[str]] = {
    "courier": ["notified", "replied", "reported", "published", "withdrawn"],
    "merchant": ["published", "notified", "replied"],
    "authority": ["reported", "withdrawn"],
}
PARTIES = ("merchant_1", "merchant_2", "courier_a", "courier_b", "courier_new", "authority")
DAY = 86_400


class Day:
    """What was said, and what was told."""

    def __init__(self, w: World) -> None:
        self.w = w
        self.said: list[str] = []
        self.keys = 0

    async def call(self, who: str, method: str, target: str, body: Any = None, **headers: str) -> httpx.Response:
        answer = await self.w.call(who, method, target, body, **headers)
        self._note(who, method, target, answer)
        if "interruption" in target:
            await trio.sleep(0.01)  # what follows from it happens before the next
        return answer

    async def post(self, who: str, target: str, body: Any) -> dict[str, Any]:
        """A POST with a key of its own."""
        self.keys += 1
        answer = await self.call(who, "POST", target, body, Idempotency_Key=f"key-{self.keys}")
        return read(answer)

    async def raw(self, who: str, method: str, target: str, content: bytes, media: str, **more: str) -> None:
        headers = {"Authorization": f"Bearer {await self.w.token(who)}", "Content-Type": media, "Idempotency-Key": "raw"}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        self._note(who, method, target, await self.w.http.request(method, target, content=content, headers=headers))

    async def enter(self, who: str, order_no: str, courier: str, **changes: Any) -> dict[str, Any]:
        return await self.post(who, "/consignments", entry(order_no=order_no, courier_code=courier, **changes))

    async def entered(self) -> list[dict[str, Any]]:
        """What the merchants find in their lists, off the record."""
        lists = [read(await self.w.call(merchant, "GET", "/consignments?limit=50")) for merchant in ("merchant_1", "merchant_2")]
        return [record for page in lists for record in page.get("items", [])]

    async def all_pages(self, who: str, target: str, limit: int = 3) -> None:
        """Follow the cursor to the end, at most ten pages."""
        cursor = ""
        for _ in range(10):
            answer = await self.call(who, "GET", f"{target}?limit={limit}{cursor}")
            if not read(answer).get("next_cursor"):
                return
            cursor = f"&cursor={read(answer)['next_cursor']}"

    def _note(self, who: str, method: str, target: str, answer: httpx.Response) -> None:
        headers = sorted((name, value) for name, value in answer.headers.items() if name != "content-length")
        self.said.append(f"{trio.current_time():.3f} {who} {method} {target} → {answer.status_code} {headers} {answer.text}")


async def transcript(*faults: str, variants: tuple[str, ...] = (), like: list[str] | None = None) -> list[str]:
    """A day of a platform with these faults: what was said, part by part, then what was told, sorted.

    With `like`, the day of another platform, it ends with the first part that is not like it.
    """
    inboxes = {name: Inbox() for name in PARTIES}
    inboxes["courier_new"] = Inbox(*[500] * 60)
    async with world([(name.replace("_", "-"), inbox) for name, inbox in inboxes.items()], faults=faults, variants=variants) as w:
        day = Day(w)
        parts: list[str] = []
        for part in PARTS:
            await part(day)
            parts.append(_numbered(day.said))
            if like is not None and parts[-1] != like[len(parts) - 1]:
                return parts
        await trio.sleep(4 * 3600)
    told = [
        f"{at:.3f} {name} {headers['webhook-id']} {headers['webhook-timestamp']} {_verified(headers, raw)} {raw.decode()}"
        for name, inbox in inboxes.items()
        for at, headers, raw in inbox.heard
    ]
    return [*parts, *sorted(_anonymous(line) for line in told)]


def _numbered(lines: list[str]) -> str:
    """Ids in the order in which they appear; what is random otherwise left out."""
    seen: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        return seen.setdefault(found.group(), f"{found.group(1)}-#{len(seen)}")

    text = re.sub(r"\b(C|N|K|D|sub|msg)-[0-9a-f]{16}\b", number, "\n".join(lines))
    text = re.sub(r'"access_token":"[^"]*"', '"access_token":"…"', text)
    return re.sub(r'"shipment_ref":"([0-9a-f]{16})"', lambda found: seen.setdefault(found.group(), f'"ref":{len(seen)}'), text)


def _anonymous(line: str) -> str:
    return re.sub(r"\b(C|N|K|D|sub|msg)-[0-9a-f]{16}\b", r"\1", line)


def _verified(headers: httpx.Headers, raw: bytes) -> bool:
    moment = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    return Webhook(SECRET).sign(headers["webhook-id"], moment, raw.decode()) == headers["webhook-signature"]


def read(answer: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer; nothing where it cannot be read."""
    try:
        return dict(answer.json())
    except ValueError:
        return {}


async def _morning(day: Day) -> None:
    """Everybody logs in, subscribes, looks around; consignments are entered."""
    for name in PARTIES:
        form = {"grant_type": "client_credentials"}
        client = f"sandbox-{name.replace('_', '-')}"
        day._note(name, "POST", "/oauth/token", await day.w.http.post("/oauth/token", data=form, auth=(client, client + "-secret")))
    day._note("", "POST", "/oauth/token", await day.w.http.post("/oauth/token", data=form, auth=(client, "wrong")))
    for name in PARTIES:
        kind = name.split("_")[0]
        types: list[str] = [*TYPES[kind], *(f"interruption.{step}" for step in NOTICES[kind])]
        body: dict[str, Any] = {"url": f"http://{name.replace('_', '-')}.localhost/hook", "event_types": types, "secret": SECRET}
        await day.call(name, "POST", "/subscriptions", body)
        if name == "courier_b":
            dead = {**body, "url": f"{body['url']}/dead", "event_types": types[:1]}
            await day.call(name, "POST", "/subscriptions", dead)
        await day.call(name, "GET", "/subscriptions")
    await day.call("merchant_1", "POST", "/subscriptions", {**body, "surprise": 1})
    await day.call("", "GET", "/.well-known/hulian")
    for merchant in ("1", "2"):
        await day.call(f"merchant_{merchant}", "GET", f"/merchants/M-SBX-{merchant}/couriers")
    for number in range(12):
        courier = ("SBXA", "SBXB", "SBXN")[number % 3]
        await day.enter(f"merchant_{1 + number % 2}", f"O-{number}x{number}", courier, **_varied(number))
    await trio.sleep(5)


def _varied(number: int) -> dict[str, Any]:
    names = ("欧阳·买买提", "李", "𠮷田 ﾅﾅ", "王小明")
    recipient = contact(names[number // 2 % 4], ("13800001111", "0571-88886666")[number % 2], ("mobile", "landline")[number % 2])
    recipient["address"]["detail"] += f" <A&B座> {'很长的地址' * 15}{number}"
    recipient["address"].update(town="西溪街道", region_code=("330106", "650102")[number // 6])
    recipient["phone"]["extension"] = "801"
    return {
        "recipient": recipient,
        "sender": contact("张三丰", f"1390000{number:04d}", "mobile"),
        "remarks": "轻放  ＯＫ" * 20,
        "value_added": {"cod_fen": 12345, "insured_fen": 99},
        "items": [
            {"name": "棉被", "category": "household", "quantity": 2, "weight_grams": 700},
            {"name": "书", "category": "book", "quantity": 1},
        ],
        "parcels": [{"parcel_no": "1", "weight_grams": 1234}, {"parcel_no": "2", "weight_grams": 555}],
        "payment_mode": "collect",
    }


async def _noon(day: Day) -> None:
    """Couriers pull and report; merchants follow, correct, change, cancel; outsiders try."""
    w = day.w
    ids = {}
    for courier in ("courier_a", "courier_b", "courier_new"):
        await day.all_pages(courier, "/consignments")
        ids[courier] = [record["consignment_id"] for record in await day.entered() if _who(record["courier_code"]) == courier]
    for merchant in ("merchant_1", "merchant_2"):
        await day.all_pages(merchant, "/consignments", 4)
    for record in read(await w.call("merchant_2", "GET", "/consignments")).get("items", []):
        for who in ("merchant_2", "merchant_1", "courier_b"):
            await day.call(who, "GET", f"/consignments/{record['consignment_id']}")
    await day.call("", "GET", "/consignments")
    for number, courier in enumerate(("courier_a", "courier_b")):
        for place, id in enumerate(ids[courier][:2]):
            await _report(day, courier, id, f"{number}aB{place:06d}", place)
    merchant_1 = read(await w.call("merchant_1", "GET", "/consignments")).get("items", [])
    fresh = [record for record in merchant_1 if record["status"] == "created"]
    target = f"/consignments/{fresh[0]['consignment_id']}"
    await day.call("merchant_1", "PATCH", target, {"remarks": "新备注", "recipient": contact("赵六", "13711112222", "mobile")})
    await day.call("merchant_1", "GET", target)
    await day.call(_who(fresh[0]["courier_code"]), "GET", target)
    former, assigned = _who(fresh[0]["courier_code"]), event("PA-1", "PICKUP_ASSIGNED", "2025-12-31T08:00:00+08:00")
    body = {"consignment_id": fresh[0]["consignment_id"], "parcel_no": "1", "events": [assigned]}
    await day.post(former, "/waybills/PA00000001/events", body)
    await day.call("merchant_1", "PATCH", target, {"courier_code": "SBXB", "service_product": "express"})
    for courier in ("courier_a", "courier_b", "courier_new"):
        await day.call(courier, "GET", target)
        await day.all_pages(courier, "/consignments", 50)
    await day.call("merchant_1", "POST", target + "/cancel", {"reason": "duplicate"})
    await day.call("courier_b", "GET", target)
    await trio.sleep(400)
    for courier in ("courier_a", "courier_b"):
        await day.all_pages(courier, "/consignments", 50)
    await _two_changes(day)
    await day.all_pages("courier_b", "/consignments", 3)
    auth = ("sandbox-courier-b", "sandbox-courier-b-secret")
    day._note("courier_b", "POST", "/oauth/token", await w.http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=auth))
    await day.call("courier_b", "GET", "/consignments?limit=1")
    await _mistakes(day)


async def _two_changes(day: Day) -> None:
    """From one courier to the next and on to the third, which delivers."""
    moved = await day.enter("merchant_1", "O-moved", "SBXA")
    for code in ("SBXB", "SBXN"):
        change = {"courier_code": code, "service_product": "express"}
        await day.call("merchant_1", "PATCH", f"/consignments/{moved.get('consignment_id')}", change)
        await trio.sleep(0.5)
    await day.all_pages("courier_b", "/consignments", 50)
    for parcel in moved.get("parcels", []):
        id = f"PM-{parcel['parcel_no']}"
        batch = [event(id, "DELIVERED", "2025-12-31T19:00:00+08:00", sign_off={"manner": "self"})]
        body = {"consignment_id": moved["consignment_id"], "parcel_no": parcel["parcel_no"], "events": batch}
        await day.post("courier_new", f"/waybills/PM0000000{parcel['parcel_no']}/events", body)
    await day.all_pages("merchant_1", "/consignments", 50)


def _who(code: str) -> str:
    return {"SBXA": "courier_a", "SBXB": "courier_b", "SBXN": "courier_new"}[code]


async def _report(day: Day, courier: str, id: str, waybill: str, place: int) -> None:
    """A parcel's life, with a late event, a repeated one, a retraction, a code that nobody knows."""
    check = {"outcome": "agreement", "checked_at": "2025-12-31T09:00:00+08:00"}
    more = {"description": "已揽收", "exception_reason": "other"}
    batches = [
        [event(f"{waybill}-1", "PICKED_UP", "2025-12-31T09:00:00+08:00", real_name_check=check, **more)],
        [event(f"{waybill}-2", "OUT_FOR_DELIVERY", "2025-12-31T18:00:00.5+08:00")],
        [event(f"{waybill}-3", "DRONE_HANDOVER", "2025-12-31T12:00:00+09:00")],
        [event(f"{waybill}-2", "OUT_FOR_DELIVERY", "2025-12-31T18:00:00.5+08:00")],
        [event(f"{waybill}-4", "DELIVERED", "2025-12-31T19:00:00+08:00", sign_off={"manner": "locker", "consent_ref": "x"})],
        [event(f"{waybill}-5", "RETRACTED", "2025-12-31T20:00:00+08:00", retracts=f"{waybill}-4")] if place else [],
    ]
    for batch in filter(None, batches):
        body = {"consignment_id": id, "parcel_no": "1", "events": batch}
        await day.post(courier, f"/waybills/{waybill}/events", body)
        await trio.sleep(0.5)
        record = read(await day.w.call(courier, "GET", f"/consignments/{id}"))
        merchant = {"M-SBX-1": "merchant_1", "M-SBX-2": "merchant_2"}.get(str(record.get("merchant_id")), "merchant_1")
        await day.call(merchant, "GET", f"/consignments/{id}/events")
        await day.call("", "GET", f"/tracking/{waybill}")
        await day.call("", "GET", f"/tracking/{waybill}")


async def _mistakes(day: Day) -> None:
    """What is refused, and how."""
    hidden = {"recipient": {**contact("无", "13800001111", "mobile")}}
    await day.enter("merchant_1", "O-bad", "SBXA", **hidden)
    await day.enter("merchant_1", "O-id", "SBXA", remarks="证件 11010519491231002X")
    await day.enter("merchant_1", "O-long", "SBXA", remarks="长" * 501)
    await day.call("merchant_1", "POST", "/consignments", entry(order_no="O-again"), Idempotency_Key="again")
    await day.call("merchant_1", "POST", "/consignments", entry(order_no="O-again"), Idempotency_Key="again")
    await day.call("merchant_1", "POST", "/consignments", entry(order_no="O-other"), Idempotency_Key="again")
    async with trio.open_nursery() as nursery:
        for _ in range(2):
            nursery.start_soon(_at_once, day)
    await day.raw("merchant_1", "POST", "/consignments", b'{"a": 1, "a": 2}', "application/json")
    await day.raw("merchant_1", "POST", "/consignments", json.dumps(entry()).encode(), "text/xml")
    await day.raw("merchant_1", "POST", "/consignments", json.dumps(entry()).encode(), "application/json", Content_Encoding="gzip")
    await day.call("merchant_1", "PUT", "/consignments")
    await day.call("courier_a", "POST", "/consignments", entry(), Idempotency_Key="no")
    for waybill in ("ZZ00000000", "YY00000000"):
        await day.call("", "GET", f"/tracking/{waybill}")
    await day.w.token("courier_a")
    for altered in (day.w._tokens["courier_a"][:-1] + "!", "forged"):
        headers = {"Authorization": f"Bearer {altered}"}
        day._note("forger", "GET", "/consignments", await day.w.http.get("/consignments", headers=headers))
    check = {"outcome": "verified", "checked_at": "2025-12-31T09:00:00+08:00"}
    id = next(record["consignment_id"] for record in await day.entered() if record["courier_code"] == "SBXA")
    for more in ({"description": "11010519491231002X", "real_name_check": check}, {}):
        batch = [event(f"e-{len(more)}", "PICKED_UP", "2025-12-31T09:00:00+08:00", **more)]
        await day.post("courier_a", "/waybills/QQ12345678/events", {"consignment_id": id, "parcel_no": "2", "events": batch})


async def _at_once(day: Day) -> None:
    await trio.sleep(0)
    answer = await day.w.call("merchant_1", "POST", "/consignments", entry(order_no="O-once"), Idempotency_Key="once")
    day.said.append(f"at once → {answer.status_code}")


async def _afternoon(day: Day) -> None:
    """Consents, data requests, analytics, monitoring."""
    record = next(
        r for r in read(await day.w.call("merchant_1", "GET", "/consignments?limit=50")).get("items", []) if r["status"] != "cancelled"
    )
    order, courier = record["order_no"], _who(record["courier_code"])
    soon = rfc3339(EPOCH + trio.current_time() + 3600)
    consent = {"order_no": order, "purpose": "value_added", "recipient_code": "T-SBX", "fields": ["recipient_region"], "expires_at": soon}
    given = [read(await day.call("merchant_1", "POST", "/consents", consent))["consent_id"] for _ in range(2)]

    async def ask(who: str, purpose: str, *fields: str, **more: Any) -> None:
        body = {"order_no": order, "purpose": purpose, "fields": list(fields), "jurisdiction": "CN", **more}
        await day.call(who, "POST", "/data-requests", body)

    for who in ("third_party", "analyst", courier):
        await ask(who, "value_added", "recipient_region")
        await ask(who, "marketing", "recipient_region")
        await ask(who, "value_added", "recipient_region", consent_id=given[0])
    await ask("third_party", "value_added", "recipient_name", consent_id=given[0])
    await ask(courier, "delivery", "recipient_name", "recipient_phone")
    await ask(courier, "delivery", "recipient_name", jurisdiction="US")
    await ask(courier, "delivery", "recipient_name", jurisdiction="US", cross_border_basis="certification")
    await day.call("merchant_1", "DELETE", f"/consents/{given[0]}")
    await ask("third_party", "value_added", "recipient_region", consent_id=given[0])
    await day.call("merchant_1", "PATCH", f"/consignments/{record['consignment_id']}", {"remarks": "撤回之后"})
    await day.all_pages(courier, "/consignments", 50)
    await trio.sleep(3700)
    day.w._tokens.pop("third_party")
    await ask("third_party", "value_added", "recipient_region", consent_id=given[1])
    await day.call("courier_a", "GET", "/consignments")
    day.w._tokens.clear()
    for number in range(6):
        await day.enter("merchant_2", f"O-many-{number}", "SBXA")
    for _ in range(2):
        await day.call("analyst", "GET", "/analytics/shipments?limit=50")
    for who in ("authority", "courier_new"):
        await day.call(who, "GET", "/exchange-status")
    await day.call("authority", "GET", "/risk-assessments")
    await day.call("courier_a", "GET", "/risk-assessments")


async def _evening(day: Day) -> None:
    """Notices, the couriers' and the platform's own, over weeks."""
    ids = [(await _notice(day, "courier_a", number)).get("notice_id", "none") for number in range(4)]
    short = _entry_of_notice(1)
    await day.post("courier_a", "/interruption-notices", {**_entry_of_notice(-1), "reason": "force_majeure"})
    await day.post("courier_a", "/interruption-notices", {**_entry_of_notice(20), "ends_at": _entry_of_notice(19)["starts_at"]})
    await day.post("courier_a", "/interruption-notices", short)
    await day.post("courier_a", "/interruption-notices", {name: value for name, value in short.items() if name != "contact"})
    await day.call("courier_a", "POST", "/interruption-notices", _entry_of_notice(20), Idempotency_Key="notice")
    await day.call("courier_a", "POST", "/interruption-notices", _entry_of_notice(20), Idempotency_Key="notice")
    await _step(day, "courier_a", ids[0], "replies", {"reply": "accept"})
    await trio.sleep(20)
    await _step(day, "courier_a", ids[0], "replies", {"reply": "propose", "proposal": "分批停止"})
    await _step(day, "courier_a", ids[1], "replies", {"reply": "propose", "proposal": "分批停止"})
    await _step(day, "courier_a", ids[1], "replies", {"reply": "reject"})
    await _step(day, "courier_a", ids[1], "reports", {"authorities": ["postal"], "message": "协商不成"})
    await _step(day, "courier_a", ids[1], "withdrawal", {"message": "另有安排"})
    await _step(day, "courier_a", ids[2], "withdrawal", {"message": "不再需要" * 100})
    for who in ("courier_b", "authority"):
        await day.call(who, "GET", f"/interruption-notices/{ids[0]}")
    orders = [("SBXB", True, 10 * DAY), ("SBXN", True, 12 * DAY)]
    own = []
    for counterpart, major, starts in orders:
        order = {"counterpart": counterpart, "reason": "agreement_expired", "major_impact": major, "starts_in_seconds": starts}
        order["ends_in_seconds"] = starts + DAY
        own.append(read(await day.call("operator", "POST", "/sandbox/interruptions", order)).get("notice_id", "none"))
    await _step(day, "courier_b", own[0], "replies", {"reply": "acknowledge"})
    await _step(day, "courier_b", own[0], "replies", {"reply": "reject", "message": "不能接受"})
    for days in (1, 2, 6, 1.5, 3, 2):
        await _flow(day)
        await trio.sleep(days * DAY)
        day.w._tokens.clear()
        await day.call("", "GET", "/public-notices")
        await day.call("merchant_1", "GET", "/merchants/M-SBX-1/couriers")
        for who in ("courier_a", "courier_b", "courier_new", "authority"):
            await day.all_pages(who, "/interruption-notices", 50)


async def _flow(day: Day) -> None:
    """Data in both directions."""
    for courier in ("courier_a", "courier_b"):
        made = await day.enter("merchant_1", f"O-{trio.current_time():.0f}-{courier}", "SBXA" if courier == "courier_a" else "SBXB")
        await trio.sleep(1)
        await day.all_pages(courier, "/consignments", 50)
        batch = [event(f"t-{day.keys}", "STALLED", "2025-12-31T18:00:00+08:00")]
        body = {"consignment_id": made.get("consignment_id", "none"), "parcel_no": "1", "events": batch}
        await day.post(courier, f"/waybills/WW{day.keys:08d}/events", body)
    if "consignment_id" in made:
        await day.call("merchant_1", "PATCH", f"/consignments/{made['consignment_id']}", {"remarks": f"备注 {day.keys}"})


def _entry_of_notice(days: float) -> dict[str, Any]:
    starts = EPOCH + trio.current_time() + days * DAY
    return {
        "reason": "maintenance",
        "scope": ["consignments"],
        "starts_at": rfc3339(starts),
        "ends_at": rfc3339(starts + DAY),
        "justification": "系统升级",
        "contact": {"name": "值班", "phone": "010-12345678", "email": "duty@courier.example"},
        "major_impact": True,
        "arrangement": "在途快件照常",
    }


async def _notice(day: Day, who: str, number: int) -> dict[str, Any]:
    return await day.post(who, "/interruption-notices", _entry_of_notice(11 + number))


async def _step(day: Day, who: str, id: str, kind: str, body: dict[str, Any]) -> None:
    await day.call(who, "POST", f"/interruption-notices/{id}/{kind}", body)
    await day.call(who, "GET", f"/interruption-notices/{id}")


PARTS = (_morning, _noon, _afternoon, _evening)
