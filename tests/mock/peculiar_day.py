"""A day on which what seldom happens does: values that few orders have, several of everything, receivers of every kind.

In: faults.  Out: a transcript like that of `tests.mock.day`, part by part, made so that each of the finer faults shows in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import trio
from starlette.requests import Request
from starlette.responses import Response

from conformance.mock.trade_clock import rfc3339
from tests.mock.day import Day, _numbered, read
from tests.mock.sandbox_client import EPOCH, SECRET, Inbox, contact, entry, event, world

PARTIES = ("merchant_1", "merchant_2", "courier_a", "courier_b", "courier_new", "authority")
IDENTITY = "11010519491231002X"
_BORN = "2025-12-31T"
_TRADE = ["consignment.created", "consignment.updated", "consignment.cancelled"]


class Slow(Inbox):
    """Keeps the caller waiting beyond every time-out, once."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.heard:
            self.heard.append((trio.current_time(), _NO_HEADERS, b"waited"))
            await trio.sleep(30)
        await super().__call__(scope, receive, send)


class Stubborn(Inbox):
    """Answers each message with `statuses`, one attempt after the other, the last for ever."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        raw = await request.body()
        before = sum(heard == raw for _, _, heard in self.heard)
        self.heard.append((trio.current_time(), httpx.Headers(scope["headers"]), raw))
        await Response(status_code=self.statuses[min(before, len(self.statuses) - 1)])(scope, receive, send)


_NO_HEADERS: Any = {"webhook-id": "-", "webhook-timestamp": "0", "webhook-signature": "-"}


class PeculiarDay(Day):
    """A day that knows its consignments by order number."""

    ids: dict[str, str]

    async def enters(self, who: str, order_no: str, courier: str, **changes: Any) -> str:
        made = await self.enter(who, order_no, courier, **changes)
        self.ids[order_no] = str(made.get("consignment_id", "none"))
        return self.ids[order_no]

    async def reports(self, who: str, order_no: str, waybill: str, *events: dict[str, Any], parcel: str = "1") -> None:
        body = {"consignment_id": self.ids[order_no], "parcel_no": parcel, "events": list(events)}
        await self.post(who, f"/waybills/{waybill}/events", body)

    async def asks(self, who: str, order_no: str, purpose: str, *fields: str, **more: Any) -> None:
        body = {"order_no": order_no, "purpose": purpose, "fields": list(fields), "jurisdiction": "CN", **more}
        await self.call(who, "POST", "/data-requests", body)

    async def consent(self, order_no: str, recipient: str, *fields: str, seconds: float = 86_400, **more: Any) -> str:
        until = rfc3339(EPOCH + trio.current_time() + seconds)
        body = {"order_no": order_no, "purpose": "value_added", "recipient_code": recipient, "fields": list(fields), "expires_at": until}
        return str(read(await self.call("merchant_1", "POST", "/consents", {**body, **more})).get("consent_id", "none"))


async def peculiar(*faults: str, like: list[str] | None = None) -> list[str]:
    """The transcript; with `like`, the day of another platform, it ends with the first part that is not like it."""
    inboxes: dict[str, Inbox] = {name: Inbox() for name in PARTIES}
    inboxes |= {"merchant_2": Stubborn(302, 500, 204), "courier_b": Stubborn(404, 500, 500, 500, 500, 500), "courier_new": Slow()}
    inboxes |= {"second": Stubborn(500), "gone": Inbox(410), "left": Inbox(), "failing": Stubborn(500), "few": Inbox()}
    named = [(name.replace("_", "-"), inbox) for name, inbox in inboxes.items()]
    async with world(named, faults=faults) as w:
        day = PeculiarDay(w)
        day.ids = {}
        parts: list[str] = []
        for part in _PARTS:
            await part(day)
            parts.append(_numbered(day.said))
            if like is not None and parts[-1] != like[len(parts) - 1]:
                return parts
        await trio.sleep(4 * 3600)
    told = [
        f"{at:.1f} {name} {dict(headers)} {hashlib.sha256(str(headers['webhook-signature']).encode()).hexdigest()[:9]} {raw.decode()}"
        for name, inbox in inboxes.items()
        for at, headers, raw in inbox.heard
    ]
    return [*parts, *sorted(told)]


def _person(
    name: str, number: str, kind: str, detail: str = "文三路9号澜苑3号楼2单元501室", region: Any = None, **phone: Any
) -> dict[str, Any]:
    made = contact(name, number, kind)
    made["phone"].update(phone)
    made["address"].update({"detail": detail, **(region or {})})
    return made


def _parcels(*weights: int) -> list[dict[str, Any]]:
    return [{"parcel_no": str(place), "weight_grams": weight} for place, weight in enumerate(weights, 1)]


def _items(count: int, **more: Any) -> list[dict[str, Any]]:
    kinds = ("medicine", "fresh", "battery", "book", "food", "other")
    return [{"name": f"物{place}", "category": kinds[place % 6], "quantity": 2, "value_fen": 99, **more} for place in range(count)]


HONG_KONG = {"region_code": "810000", "province": "香港特别行政区", "city": "香港", "district": "油尖旺区"}
DONGGUAN = {"region_code": "441900", "province": "广东省", "city": "东莞市", "town": "虎门镇"}


async def _entries(day: PeculiarDay) -> None:
    """Subscriptions, and consignments that few merchants enter."""
    for name in PARTIES:
        types = {"courier": _TRADE, "merchant": ["waybill.event"], "authority": ["interruption.reported"]}[name.split("_")[0]]
        hook = {"url": f"http://{name.replace('_', '-')}.localhost/hook", "event_types": types, "secret": SECRET}
        await day.call(name, "POST", "/subscriptions", hook)
        await day.call(name, "GET", "/subscriptions")
    second = {"url": "http://second.localhost/hook", "event_types": _TRADE, "secret": "whsec_" + "YW5vdGhlcg" * 4}
    await day.call("courier_a", "POST", "/subscriptions", second)
    few = {"url": "http://few.localhost/hook", "event_types": ["consignment.cancelled"], "secret": SECRET}
    await day.call("courier_a", "POST", "/subscriptions", few)
    long_name = "阿卜杜热合曼买买提吐尔逊依布拉音玉素甫库尔班艾尼瓦尔麦麦提敏"
    remarks = " 轻放\n勿压 "
    await day.enters(
        "merchant_1",
        "o-abc.1-long-number-0001",
        "SBXA",
        recipient=_person("O'Brien", "+85291234567", "international", "'Rose' 路2-501", HONG_KONG),
        payment_mode="monthly",
        remarks=remarks,
    )
    rare = _person(
        "𠮷", "0755-26345678", "landline", "滨江路12号5楼东户", {"district": "土默特左旗", "postal_code": "010010"}, extension="0123"
    )
    rare["company"] = "青山公司"
    await day.enters(
        "merchant_1",
        "O-rare",
        "SBXA",
        recipient=rare,
        sender=_person("陳龍", "13900001234", "mobile"),
        items=_items(6),
        payment_mode="collect",
        value_added={"cod_fen": 115, "insured_fen": 2_000_000},
    )
    town = _person("李四", "17012345678", "virtual", "虎门大道2-501", DONGGUAN, extension="0456")
    del town["address"]["district"]
    await day.enters("merchant_1", "O-town", "SBXA", recipient=town, parcels=_parcels(700, 900))
    await day.enters(
        "merchant_1",
        "O-many",
        "SBXB",
        recipient=_person(long_name, "+8613812345678", "mobile", "学府路1号B座12A"),
        parcels=_parcels(*range(100, 1200, 100), 50),
    )
    await day.enters("merchant_2", "O-dots", "SBXB", recipient=_person("欧阳·龴买", "13812345678", "mobile"), parcels=_parcels(300, 400))
    await day.enters("merchant_2", "O-new", "SBXN")
    await day.enters("merchant_1", "O-astral", "SBXB", recipient=_person("𠮷", "13812349999", "mobile"))
    await trio.sleep(40)
    for number in range(15):
        region = {"region_code": "370202" if number < 3 else "420106" if number < 7 else "610113"}
        await day.enters(
            "merchant_1", f"O-quick-{number}", "SBXA", recipient=_person("王小明", f"1390000{number:04d}", "mobile", region=region)
        )
    await day.enters("merchant_1", "O-cut", "SBXA", remarks="长" * 501)
    for courier in ("courier_a", "courier_b", "courier_new"):
        await day.all_pages(courier, "/consignments", 5)
    for order in ("O-rare", "O-town", "o-abc.1-long-number-0001"):
        await day.call("courier_a", "GET", f"/consignments/{day.ids[order]}")
        await day.call("merchant_1", "GET", f"/consignments/{day.ids[order]}")
    for merchant in ("merchant_2", "merchant_1"):
        await day.all_pages(merchant, "/consignments", 20)
    await trio.sleep(120)
    for merchant in ("merchant_1", "merchant_2"):
        await day.all_pages(merchant, "/consignments", 20)
    for courier in ("courier_a", "courier_b", "courier_new") * 3:
        await day.all_pages(courier, "/consignments", 50)


async def _changes(day: PeculiarDay) -> None:
    """Corrections, one after the other; a change of courier with a new address; cancellations."""
    target = f"/consignments/{day.ids['O-rare']}"
    await day.call("merchant_1", "PATCH", target, {"recipient": _person("𠮷", "13700001111", "mobile")})
    await day.call("merchant_1", "PATCH", target, {"recipient": _person("𠮷", "17099998888", "virtual", extension="12")})
    odd = f"/consignments/{day.ids['o-abc.1-long-number-0001']}"
    await day.call("merchant_1", "PATCH", odd, {"remarks": None})
    await day.call("merchant_1", "PATCH", odd, {"remarks": f"证件 {IDENTITY}"})
    await day.all_pages("courier_a", "/consignments", 50)
    moved = f"/consignments/{day.ids['O-quick-0']}"
    await day.call(
        "merchant_1",
        "PATCH",
        moved,
        {"courier_code": "SBXB", "service_product": "express", "recipient": _person("赵新", "13611112222", "mobile")},
    )
    for who in ("courier_a", "courier_b"):
        await day.call(who, "GET", f"{moved}/events")
        await day.all_pages(who, "/consignments", 50)
    await day.call("merchant_1", "PATCH", moved, {"remarks": "换后"})
    await day.call("merchant_1", "POST", f"{target}/cancel", {"reason": "duplicate"})
    await day.call("merchant_1", "POST", f"{target}/cancel", {"reason": "duplicate"})
    await day.call("merchant_1", "PATCH", target, {"remarks": "晚"})
    await day.call("courier_a", "GET", target)
    for number in range(1, 7):
        await day.call("merchant_1", "PATCH", f"/consignments/{day.ids[f'O-quick-{number}']}", {"remarks": f"备注{number}"})
    await trio.sleep(90)
    await day.all_pages("courier_a", "/consignments", 50)


async def _reports(day: PeculiarDay) -> None:
    """Events of every kind, again, late, ahead, retracted; the public looks on."""
    check = {"outcome": "agreement", "checked_at": f"{_BORN}08:00:00+08:00"}
    picked = event("t1", "PICKED_UP", f"{_BORN}09:00:00.25+08:00", real_name_check=check)
    picked["location"]["facility"] = "西湖网点"
    delivered = event("t5", "DELIVERED", f"{_BORN}19:00:00+08:00", sign_off={"manner": "locker", "consent_ref": "x"})
    await day.reports("courier_a", "O-town", "WA00000001", picked, event("t2", "ARRIVED_HUB", f"{_BORN}12:00:00+09:00"))
    await day.reports(
        "courier_a", "O-town", "WA00000001", event("t3", "STALLED", f"{_BORN}12:00:00+09:00", exception_reason="drone_grounded")
    )
    await day.reports(
        "courier_a",
        "O-town",
        "WA00000001",
        event("t4", "FORWARDED_BY_A_DRONE_OF_SOMEBODY", f"{_BORN}13:00:00+08:00", related_waybill_no="WA99999999"),
    )
    for _ in range(2):
        await day.call("", "GET", "/tracking/WA00000001")
    await day.reports("courier_a", "O-town", "WA00000002", event("u1", "OUT_FOR_DELIVERY", f"{_BORN}15:00:00+08:00"), parcel="2")
    await day.reports("courier_a", "O-town", "WA00000001", delivered)
    await day.reports("courier_a", "O-town", "WA00000001", delivered)
    ahead = rfc3339(EPOCH + trio.current_time() + 100)
    await day.reports(
        "courier_a",
        "O-town",
        "WA00000001",
        event("t6", "STALLED", f"{_BORN}11:00:00+08:00"),
        event("t7", "STALLED", "2025-12-20T11:00:00+08:00"),
    )
    await day.reports("courier_a", "O-town", "WA00000001", event("t8", "STALLED", ahead, retracts="t3"))
    await day.reports(
        "courier_b", "O-dots", "WB00000003", event("b1", "OUT_FOR_DELIVERY", f"{_BORN}18:00:00+08:00", exception_reason="refused")
    )
    await day.reports("courier_b", "O-dots", "WA00000001", event("b2", "STALLED", f"{_BORN}18:00:00+08:00"), parcel="2")
    await day.reports("courier_a", "o-abc.1-long-number-0001", "WA00000005", {**delivered, "event_id": "d1"})
    await day.call("", "GET", "/tracking/WA00000005")
    await day.reports("courier_a", "O-quick-4", "WA00000005", event("n1", "STALLED", f"{_BORN}20:00:00+08:00"))
    await day.reports("courier_a", "o-abc.1-long-number-0001", "WA00000005", event("d0", "ARRIVED_HUB", f"{_BORN}12:00:00+08:00"))
    await day.reports("courier_b", "O-many", "WB00000007", {**delivered, "event_id": "d2"})
    await day.reports("courier_b", "O-astral", "WB00000011", event("b3", "PICKED_UP", f"{_BORN}18:00:00+08:00", real_name_check=check))
    await trio.sleep(6)
    await day.call("merchant_2", "GET", "/exchange-status")
    for order in ("O-town", "O-dots"):
        for _ in range(4):
            await day.call("merchant_1" if order == "O-town" else "merchant_2", "GET", f"/consignments/{day.ids[order]}/events")
    for number in ("WA00000001", "WA00000002", "WB00000003", "WA00000005", "WB00000007", "WB00000011", "short", "SBXA123456", "QQ00000000"):
        await day.call("", "GET", f"/tracking/{number}")
    for second in range(32):
        await day.reports("courier_a", "O-quick-8", "WA00000008", event(f"q{second}", "STALLED", f"{_BORN}10:00:{second:02d}+08:00"))
    await trio.sleep(90)
    await day.call("merchant_2", "GET", f"/consignments/{day.ids['O-dots']}/events")
    extras: list[dict[str, Any]] = [
        {"real_name_check": {**check, "id_number": IDENTITY}},
        {"id_number": IDENTITY, "real_name_check": check},
    ]
    for extra in extras:
        await day.reports("courier_a", "O-quick-9", "WA00000009", {**picked, "event_id": f"i{len(extra)}", **extra})
        await day.call("merchant_1", "GET", f"/consignments/{day.ids['O-quick-9']}/events")
        await day.call("", "GET", "/tracking/WA00000009")


async def _refusals(day: PeculiarDay) -> None:
    """What is refused, repeated, or not the caller's."""
    w = day.w
    odd: list[dict[str, Any]] = [
        {"sender": _person("无", "13900001234", "mobile")},
        {"recipient": _person("　", "13900001234", "mobile")},
        {"recipient": _person("ＴＥＳＴ", "13900001234", "mobile")},
        {"remarks": "证 11010519491231002x"},
        {"items": _items(1, name=f"证{IDENTITY}")},
        {"recipient": {**_person("张三", "13900001234", "mobile"), "id_number": IDENTITY}},
        {"payment_mode": "barter"},
        {"remarks": "钟\u0007"},
    ]
    for place, changes in enumerate(odd):
        await day.enters("merchant_1", f"O-odd-{place}", "SBXA", **changes)
        await day.all_pages("courier_a", "/consignments", 50)
    for body in (entry(order_no="O-k"), entry(order_no="O-k"), entry(order_no="O-k"), entry(order_no="O-other")):
        await day.call("merchant_1", "POST", "/consignments", body, Idempotency_Key="again")
    batch = {"consignment_id": day.ids["O-quick-7"], "parcel_no": "1", "events": [event("k1", "STALLED", f"{_BORN}10:00:00+08:00")]}
    other = {**batch, "events": [event("k2", "STALLED", f"{_BORN}10:00:00+08:00")]}
    for report in (batch, batch, other):
        await day.call("courier_a", "POST", "/waybills/WA00000010/events", report, Idempotency_Key="batch")
    await day.call("courier_a", "POST", "/waybills/WA00000011/events", other, Idempotency_Key="batch")
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(_at_once, day)
    await day.raw("courier_a", "POST", "/waybills/WA00000010/events", b"{}", "text/plain")
    await day.raw("merchant_1", "POST", "/consignments", b"{", "application/json")
    await day.raw("merchant_1", "POST", "/consignments", b"{}", "text/xml")
    await day.call("merchant_1", "GET", "/consignments?limit=5000")
    await day.call("", "GET", "/nowhere")
    await day.call("third_party", "GET", "/subscriptions")
    for who, target in (
        ("courier_a", "/analytics/shipments"),
        ("authority", "/consignments"),
        ("merchant_2", "/merchants/M-SBX-1/couriers"),
    ):
        await day.call(who, "GET", target)
    subscription = read(await w.call("courier_a", "GET", "/subscriptions"))["items"][0]["subscription_id"]
    for who in ("", "courier_b"):
        await day.call(who, "DELETE", f"/subscriptions/{subscription}")
    await day.call("courier_b", "GET", f"/consignments/{day.ids['O-quick-7']}")
    await day.call("courier_a", "GET", "/subscriptions")
    await day.call("", "GET", "/risk-assessments")
    for _ in range(3):
        form = {"grant_type": "client_credentials"}
        day._note("", "POST", "/oauth/token", await w.http.post("/oauth/token", data=form, auth=("sandbox-analyst", "wrong")))
    granted = await w.http.post("/oauth/token", data=form, auth=("sandbox-analyst", "sandbox-analyst-secret"))
    day.said.append(f"token {granted.headers.get('cache-control')} {read(granted).get('expires_in')}")
    token = await w.token("courier_a")
    for altered in (token.swapcase(), token + ".x"):
        headers = {"Authorization": f"Bearer {altered}"}
        day._note("forger", "GET", "/consignments", await w.http.get("/consignments", headers=headers))
    notice = {"reason": "maintenance", "scope": ["consignments"], "justification": "升级", "major_impact": False, "arrangement": "照常"}
    notice["starts_at"] = rfc3339(EPOCH + trio.current_time() + 12 * 86_400)
    person = {"name": "值班", "phone": "010-12345678", "email": "duty@courier.example"}
    await day.post("courier_a", "/interruption-notices", {**notice, "contact": {**person, "fax": "010-1"}})
    await day.post("courier_b", "/interruption-notices", {**notice, "contact": person, "major_impact": True})
    await trio.sleep(120)
    given = read(await w.call("courier_b", "GET", "/interruption-notices"))["items"][0]["notice_id"]
    talk = {"reply": "propose", "proposal": "改在夜间", "message": "夜间影响小"}
    for without in ({**talk, "reply": "reject"}, {"reply": "propose"}, {**talk, "proposal": " \u3000"}, talk):
        await day.post("courier_b", f"/interruption-notices/{given}/replies", without)
    await day.call("merchant_2", "PATCH", f"/consignments/{day.ids['O-quick-7']}", {"courier_code": 7})
    for courier_code in ("NOBODY-17", "SBXA"):
        mended = entry(order_no="O-mended", courier_code=courier_code)
        await day.call("merchant_1", "POST", "/consignments", mended, Idempotency_Key="mended")


async def _at_once(day: PeculiarDay) -> None:
    answer = await day.w.call("merchant_1", "POST", "/consignments", entry(order_no="O-once"), Idempotency_Key="once")
    day.said.append(f"at once → {answer.status_code}")


async def _requests(day: PeculiarDay) -> None:
    """Consents, and requests for data that rest on them or do not."""
    everything = ("recipient_name", "recipient_phone", "recipient_region")
    order, abroad = "O-quick-9", {"jurisdiction": "HK"}
    theirs = await day.consent(order, "T-SBX", *everything, cross_border=True)
    region = await day.consent(order, "T-SBX", "recipient_region", seconds=30)
    courier = await day.consent(order, "SBXA", "recipient_name")
    home = await day.consent(order, "SBXB", "recipient_name")
    await day.consent("O-dots", "T-SBX", "recipient_name")
    for _ in range(2):
        await day.asks("third_party", order, "value_added", *everything, consent_id=theirs)
    await day.asks("third_party", order, "value_added", "recipient_name", consent_id=theirs, **abroad)
    await day.asks("third_party", "O-quick-10", "value_added", "recipient_name", consent_id=theirs)
    await day.asks("third_party", order, "value_added", "recipient_name")
    await day.asks("third_party", order, "delivery", "recipient_name")
    await day.asks("courier_b", order, "value_added", "recipient_name", consent_id=courier)
    await day.asks("courier_b", order, "value_added", "recipient_name", consent_id=home, **abroad, cross_border_basis="security_assessment")
    for who in ("analyst", "courier_a"):
        for purpose in ("data_mining", "profiling", "value_added"):
            await day.asks(who, order, purpose, "recipient_region")
    await day.asks("third_party", order, "resale", "recipient_name", consent_id=theirs)
    await day.asks("third_party", order, "value_added", "status")
    for consent in (region, theirs, region):
        await day.asks("third_party", order, "value_added", "recipient_region", consent_id=consent)
    await day.asks("courier_a", order, "delivery", "recipient_region", consent_id="consent-none")
    await day.asks("courier_a", order, "delivery", "recipient_address", "recipient_phone")
    await day.asks("courier_a", "O-town", "delivery", "recipient_address")
    await day.call("merchant_2", "DELETE", f"/consents/{theirs}")
    for _ in range(2):
        await day.call("merchant_1", "DELETE", f"/consents/{theirs}")
    await day.asks("third_party", order, "value_added", "recipient_name", consent_id=theirs)
    await day.call("merchant_1", "PATCH", f"/consignments/{day.ids[order]}", {"remarks": "撤回之后"})
    await day.all_pages("courier_a", "/consignments", 50)
    await trio.sleep(60)
    await day.asks("third_party", order, "value_added", "recipient_region", consent_id=region)


async def _manners(day: PeculiarDay) -> None:
    """What few do: twins in a batch, a product alone, keys alike, blank places, and headers that change nothing."""
    w = day.w
    await day.enters("merchant_1", "O-manners", "SBXA")
    ids = day.ids["O-manners"]
    for key in ("Key-a", "key-A", "k" * 70 + "1", "k" * 70 + "2"):
        await day.call("merchant_1", "POST", "/consignments", entry(order_no=f"O-{key[-1]}-{len(key)}"), Idempotency_Key=key)
    await day.call("merchant_1", "PATCH", f"/consignments/{ids}", {"service_product": "express"})
    await day.call("merchant_1", "PATCH", f"/consignments/{ids}", {"recipient": _person("无", "13900001234", "mobile")})
    town = _person("张三", "13900001234", "mobile", region={"town": f"{IDENTITY}镇"})
    await day.call("merchant_1", "PATCH", f"/consignments/{ids}", {"recipient": town})
    await day.enters("merchant_1", "O-second-nothing", "SBXA", items=[*_items(1), *_items(1, name="无")])
    await day.enters("merchant_1", "O-wide", "SBXA", remarks="证１１０１０５１９４９１２３１００２Ｘ")
    twin = event("m1", "IN_TRANSIT", f"{_BORN}10:00:00+08:00")
    await day.reports("courier_a", "O-manners", "WA00000021", twin, twin)
    nowhere = event("m2", "IN_TRANSIT", f"{_BORN}10:00:00+08:00")
    nowhere["location"]["city"] = " "
    struck = {**event("m3", "IN_TRANSIT", f"{_BORN}10:00:00+08:00"), "description": f"证 {IDENTITY}"}
    for odd in (nowhere, struck):
        await day.reports("courier_a", "O-manners", "WA00000021", odd)
    for who in ("courier_a", "merchant_1"):
        page = read(await day.call(who, "GET", f"/consignments/{ids}/events"))
        await day.call(who, "GET", f"/consignments/{ids}/events?cursor={page.get('resume_cursor')}")
    await day.call("merchant_1", "PATCH", f"/consignments/{day.ids['O-second-nothing']}", {"remarks": "x"})
    moved = await day.enters("merchant_1", "O-moved", "SBXA")
    await day.reports("courier_a", "O-moved", "WA00000022", event("m4", "PICKUP_ASSIGNED", f"{_BORN}10:00:00+08:00"))
    await day.call("merchant_1", "PATCH", f"/consignments/{moved}", {"courier_code": "SBXN", "service_product": "express"})
    await day.call("courier_new", "GET", f"/consignments/{moved}/events")
    await day.call("merchant_1", "GET", f"/consignments/{ids}", Accept="text/html")
    await day.call("merchant_1", "GET", f"/consignments/{ids}", traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    await day.asks("third_party", "O-manners", "value_added", "recipient_name")
    token = await w.token("courier_a")
    await trio.sleep(3700)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "worn-out"}
    late = {"consignment_id": ids, "parcel_no": "1", "events": [event("m5", "IN_TRANSIT", f"{_BORN}11:00:00+08:00")]}
    day._note("late", "POST", "events", await w.http.post("/waybills/WA00000021/events", json=late, headers=headers))
    w._tokens.clear()


async def _partings(day: PeculiarDay) -> None:
    """Who unsubscribes while something is under way, or is gone; what is not allowed, too large, or asked for by a former courier."""
    subscriptions: dict[str, str] = {}
    for who, inbox in (("courier_new", "gone"), ("courier_b", "left"), ("courier_b", "failing")):
        hook = {"url": f"http://{inbox}.localhost/hook", "event_types": _TRADE, "secret": SECRET}
        subscriptions[inbox] = str(read(await day.call(who, "POST", "/subscriptions", hook)).get("subscription_id"))
    await day.enters("merchant_1", "O-parting-1", "SBXB", recipient=_person("钱七", "13611113333", "mobile"))
    await day.enters("merchant_1", "O-parting-2", "SBXN", recipient=_person("孙八", "13611114444", "mobile"))
    await trio.sleep(2)
    for inbox in ("left", "failing"):
        await day.call("courier_b", "DELETE", f"/subscriptions/{subscriptions[inbox]}")
    await day.enters("merchant_1", "O-parting-3", "SBXB", recipient=_person("周九", "13611115555", "mobile"))
    await day.enters("merchant_1", "O-parting-4", "SBXN", recipient=_person("吴十", "13611116666", "mobile"))
    await trio.sleep(3600 - 1)
    day.w._tokens.clear()
    for inbox in ("left", "failing", "gone"):
        await day.call("courier_b" if inbox != "gone" else "courier_new", "DELETE", f"/subscriptions/{subscriptions[inbox]}")
    await day.call("courier_a", "GET", "/consignments?cursor=nobody-gave-this")
    await day.call("courier_a", "PUT", "/consignments")
    await day.raw("merchant_1", "POST", "/consignments", b" " * (1024 * 1024 + 2) + b"{}", "application/json")
    await day.enters("merchant_1", "O-former", "SBXA", recipient=_person("郑十一", "13611117777", "mobile"))
    await day.asks("courier_a", "O-former", "delivery", "recipient_phone")
    await day.asks("courier_a", "O-former", "delivery", "recipient_phone", jurisdiction="HK")
    await day.call("merchant_1", "PATCH", f"/consignments/{day.ids['O-former']}", {"courier_code": "SBXB", "service_product": "express"})
    await day.asks("courier_a", "O-former", "delivery", "recipient_phone")
    await day.asks("third_party", "O-nobodys", "value_added", "recipient_name")
    await day.consent("O-former", "T-SBX", "recipient_name", seconds=-60)
    await day.consent("O-former", "NOBODY-17", "recipient_name")
    # Last, so that nothing is sent there where it is not refused.
    open_net = {"url": "http://receiver.invalid/hook", "event_types": _TRADE, "secret": SECRET}
    await day.call("courier_a", "POST", "/subscriptions", open_net)


async def _figures(day: PeculiarDay) -> None:
    """Analytics twice, the status of the exchange, the end of a token, a limit."""
    for number, name in enumerate(("李", "王小明")):
        for place in range(5):
            person = _person(name, "13812345678", "mobile")
            await day.enters("merchant_2", f"O-f{number}{place}", "SBXN", recipient=person, parcels=_parcels(1234))
    for _ in range(2):
        await day.call("analyst", "GET", "/analytics/shipments?limit=100")
    for who in ("courier_b", "merchant_2", "authority"):
        await day.call(who, "GET", "/exchange-status")
    await trio.sleep(400)
    for who in ("merchant_2", "courier_a", "authority"):
        await day.call(who, "GET", "/exchange-status")
    await day.call("authority", "GET", "/risk-assessments")
    for _ in range(32):
        await day.call("merchant_1", "GET", "/merchants/M-SBX-1/couriers")
    await day.call("", "GET", "/.well-known/hulian")
    await trio.sleep(4000)
    await day.call("courier_a", "GET", "/consignments")
    day.w._tokens.clear()
    await day.reports("courier_a", "O-quick-8", "WA00000008", event("q3", "STALLED", f"{_BORN}10:00:03+08:00"))
    kept = entry(order_no="O-kept")
    await day.call("merchant_1", "POST", "/consignments", kept, Idempotency_Key="kept")
    await trio.sleep(13 * 3600)
    day.w._tokens.clear()
    await day.call("merchant_1", "POST", "/consignments", kept, Idempotency_Key="kept")
    await trio.sleep(13 * 86_400)
    day.w._tokens.clear()
    await day.call("", "GET", "/public-notices")


async def _barred(day: PeculiarDay) -> None:
    """What rules 7.1, 7.5, 7.8 and 8.1 to 8.5 forbid."""
    await day.enters("merchant_1", "O-pigeon", "SBXA", service_product="by-carrier-pigeon")
    await day.enters("merchant_1", "O-alike", "SBXA", parcels=[*_parcels(700), *_parcels(800)])
    await day.enters("merchant_1", "O-ruled", "SBXA", parcels=_parcels(700, 800))
    check = {"outcome": "verified", "checked_at": f"{_BORN}08:00:00+08:00"}
    picked = event("r1", "PICKED_UP", f"{_BORN}09:00:00+08:00", real_name_check=check)
    await day.reports("courier_a", "O-ruled", "WR00000001", picked)
    await day.call("merchant_1", "POST", f"/consignments/{day.ids['O-ruled']}/cancel", {"reason": "duplicate"})
    await day.reports("courier_a", "O-ruled", "WR00000001", {**picked, "description": "另有说明"})
    await day.reports("courier_a", "O-ruled", "WR00000002", event("r2", "IN_TRANSIT", f"{_BORN}10:00:00+08:00"))
    for number, (code, at, more) in enumerate((
        ("IN_TRANSIT", "2030-01-01T00:00:00+08:00", {}),
        ("DELIVERED", f"{_BORN}10:00:00+08:00", {}),
        ("DELIVERED", f"{_BORN}10:00:00+08:00", {"sign_off": {"manner": "proxy"}}),
        ("PICKED_UP", f"{_BORN}10:00:00+08:00", {"real_name_check": {**check, "outcome": "refused"}}),
    )):
        await day.reports("courier_a", "O-ruled", "WR00000001", event(f"r{number + 3}", code, at, **more))
    signed = {"sign_off": {"manner": "self"}}
    await day.reports("courier_a", "O-ruled", "WR00000001", event("r9", "DELIVERED", f"{_BORN}11:00:00+08:00", **signed))
    await day.call("merchant_1", "GET", f"/consignments/{day.ids['O-ruled']}")


_PARTS: tuple[Callable[[PeculiarDay], Awaitable[None]], ...] = (
    _entries, _changes, _reports, _refusals, _requests, _partings, _figures, _barred, _manners,
)
