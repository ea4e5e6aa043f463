"""Faults against non-blocking: one counterpart treated worse than another, data held up or lost.

Timing faults act on a base of 0.2 s, above the floors that the requirements name.
"""

from __future__ import annotations

from typing import Any

from conformance.mock.faults import fault, further
from conformance.mock.questions import (
    AnswerDelay,
    AnswerHeaders,
    AssignedCourier,
    BegunAnew,
    ChangeStored,
    CursorNext,
    DeliveryLane,
    EarlierTokensHold,
    EntryDemands,
    EventAccepted,
    FailsWith,
    FeedHas,
    FeedPage,
    FeedReady,
    FieldsShown,
    HandOver,
    Kept,
    OfferedCouriers,
    PageSize,
    RateLimit,
    RetrySchedule,
    SubscriptionsAllowed,
    TokenLifetime,
    TrackingFound,
    WaybillRead,
    WebhookDelay,
    Withheld,
    WorkTime,
)
from conformance.mock.trade_clock import posix
from conformance.mock.triggers import daily, during, fraction, only_for, toward

BASE = 0.2
"""Seconds that everybody waits in the timing faults."""
COURIER_B = "SBXB"
_READING = ("listConsignments", "getConsignment")


@fault(
    "new-courier-not-offered", breaks="NB-P-01", title=("新快递不在可选之列", "The new courier is not offered"), question=OfferedCouriers
)
def new_courier_not_offered(honest, q):
    """Merchants cannot choose the newcomer."""
    return [offer for offer in honest(q) if offer["courier_code"] != "SBXN"]


@fault(
    "courier-b-hidden-from-merchant-2",
    breaks="NB-P-01",
    title=("快递乙不向商家二开放", "Courier B is hidden from merchant 2"),
    question=OfferedCouriers,
    when=toward("merchant_2"),
)
def courier_b_hidden_from_merchant_2(honest, q):
    """One merchant is not shown one courier."""
    return [offer for offer in honest(q) if offer["courier_code"] != COURIER_B]


@fault("surcharge-for-courier-b", breaks="NB-P-02", title=("快递乙须另付费", "Courier B costs a surcharge"), question=OfferedCouriers)
def surcharge_for_courier_b(honest, q):
    """Other terms apply to one courier."""
    surcharge = "另收接口费每单 0.10 元。 A fee of 0.10 yuan a consignment."
    return [{**offer, "terms": surcharge} if offer["courier_code"] == COURIER_B else offer for offer in honest(q)]


@fault("courier-b-marked", breaks="NB-P-02", title=("快递乙标为不可选", "Courier B is marked unavailable"), question=OfferedCouriers)
def courier_b_marked(honest, q):
    """One courier is shown as unavailable although nothing interrupts it."""
    return [{**offer, "available": False} if offer["courier_code"] == COURIER_B else offer for offer in honest(q)]


@fault(
    "courier-replaced",
    breaks="NB-P-03",
    title=("所选快递乙被换成快递甲", "Courier B, chosen, is replaced by courier A"),
    question=AssignedCourier,
    when=only_for(lambda q: q.chosen == COURIER_B and q.before is None) & fraction(3),
)
def courier_replaced(honest, q):
    """Every third consignment for courier B goes to courier A."""
    return "SBXA"


@fault(
    "change-of-courier-ignored",
    breaks="NB-P-04",
    title=("更换快递的请求被忽略", "A change of courier is ignored"),
    question=ChangeStored,
    when=only_for(lambda q: "courier_code" in q.patch),
)
def change_of_courier_ignored(honest, q):
    """Answered 200, not carried out."""
    return {name: value for name, value in honest(q).items() if name not in ("courier_code", "service_product")}


@fault("former-courier-not-told", breaks="NB-P-04", title=("原快递不知已被更换", "The former courier is not told"), question=HandOver)
def former_courier_not_told(honest, q):
    """It goes on believing that it performs."""
    return False, honest(q)[1]


@fault("new-courier-not-told", breaks="NB-P-04", title=("更换后的快递得不到数据推送", "The new courier is not told"), question=HandOver)
def new_courier_not_told(honest, q, memory):
    """The change is recorded, and nobody comes for the parcel: not pushed, and below, not in the feed."""
    memory[q.after["courier_code"], q.after["consignment_id"]] = True
    return honest(q)[0], False


@further("new-courier-not-told", question=FeedHas, when=toward("courier") & during("listConsignments"))
def not_in_the_new_feed(honest, q, memory):
    """It could read it, if it knew the number."""
    return honest(q) and (q.to.code, q.entry["consignment_id"]) not in memory


@fault(
    "fields-stripped-for-courier-b",
    breaks="NB-P-05",
    title=("给快递乙的字段较少", "Courier B gets fewer fields"),
    question=FieldsShown,
    when=toward("courier_b"),
)
def fields_stripped_for_courier_b(honest, q):
    """Weights and values of the goods, company and town are left out."""
    shown = honest(q)
    items = [{name: item[name] for name in ("name", "category", "quantity")} for item in shown["items"]]
    return {**shown, "items": items, "sender": _bare(shown["sender"]), "recipient": _bare(shown["recipient"])}


def _bare(contact: dict[str, Any]) -> dict[str, Any]:
    address = {name: value for name, value in contact["address"].items() if name not in ("town", "postal_code")}
    return {"name": contact["name"], "phone": contact["phone"], "address": address}


@fault(
    "courier-b-gets-masked-data",
    breaks="NB-P-06",
    title=("给快递乙的电话、姓名被遮盖", "Courier B gets masked names and phones"),
    question=FieldsShown,
    when=toward("courier_b"),
)
def courier_b_gets_masked_data(honest, q):
    """Protection of privacy as a pretext: nobody can be reached."""
    shown = honest(q)
    recipient = shown["recipient"]
    number = recipient["phone"]["number"]
    phone = {**recipient["phone"], "number": number[:3] + "****" + number[7:]}
    return {**shown, "recipient": {**recipient, "name": recipient["name"][:1] + "**", "phone": phone}}


@fault(
    "slow-feed-for-courier-b",
    breaks="NB-P-07",
    title=("快递乙拉取慢一倍", "Courier B waits twice as long for its feed"),
    question=AnswerDelay,
    when=toward("courier") & during(*_READING),
)
def slow_feed_for_courier_b(honest, q):
    """Everybody waits a base time, courier B twice that."""
    return honest(q) + BASE * (2 if q.caller.code == COURIER_B else 1)


@fault(
    "slow-tenth-pull-for-courier-b",
    breaks="NB-P-07",
    title=("快递乙每十次拉取有一次极慢", "Every tenth pull of courier B is very slow"),
    question=AnswerDelay,
    when=toward("courier_b") & during(*_READING) & fraction(10),
)
def slow_tenth_pull_for_courier_b(honest, q):
    """A tail that averages hide."""
    return honest(q) + 10 * BASE


@fault(
    "slow-events-for-courier-b",
    breaks="NB-P-08",
    title=("快递乙上报事件慢一倍", "Courier B waits twice as long when it posts events"),
    question=AnswerDelay,
    when=toward("courier") & during("postEvents"),
)
def slow_events_for_courier_b(honest, q):
    """Everybody waits a base time, courier B twice that."""
    return honest(q) + BASE * (2 if q.caller.code == COURIER_B else 1)


@fault(
    "slow-push-to-courier-b",
    breaks="NB-P-09",
    title=("给快递乙的推送晚两秒", "Pushes to courier B come two seconds late"),
    question=WebhookDelay,
    when=toward("courier_b"),
)
def slow_push_to_courier_b(honest, q):
    """Still within the deadline, never as early as the others'."""
    return honest(q) + 2.0


@fault(
    "stale-feed-for-courier-b",
    breaks="NB-P-10",
    title=("快递乙的拉取流晚两秒", "Courier B's feed is two seconds behind"),
    question=FeedReady,
    when=toward("courier_b") & during("listConsignments"),
)
def stale_feed_for_courier_b(honest, q):
    """A cache with a longer lifetime for one courier."""
    return honest(q) and q.age >= 2.0


@fault(
    "errors-for-courier-b",
    breaks="NB-P-11",
    title=("快递乙每五次请求有一次 503", "Every fifth request of courier B answers 503"),
    question=FailsWith,
    when=toward("courier_b") & fraction(5),
)
def errors_for_courier_b(honest, q):
    """A soft outage for one."""
    return "unavailable"


@fault(
    "throttled-courier-b",
    breaks="NB-P-11",
    title=("快递乙每七次请求有一次 429", "Every seventh request of courier B answers 429"),
    question=FailsWith,
    when=toward("courier_b") & fraction(7),
)
def throttled_courier_b(honest, q):
    """Throttled although it stays within the rate."""
    return "rate_limited"


@fault(
    "small-pages-for-courier-b",
    breaks="NB-P-12",
    title=("快递乙每页只有五条", "Courier B gets pages of five"),
    question=PageSize,
    when=toward("courier_b"),
)
def small_pages_for_courier_b(honest, q):
    """The same backlog takes one courier many more requests."""
    return min(5, honest(q))


@fault(
    "lower-rate-for-courier-b",
    breaks="NB-P-13",
    title=("快递乙的限流额减半", "Courier B may send half as many requests"),
    question=RateLimit,
    when=toward("courier_b"),
)
def lower_rate_for_courier_b(honest, q):
    """The limit differs by courier."""
    return honest(q) // 2


@fault(
    "throttled-within-rate",
    breaks="NB-P-14",
    title=("未超声明额度即限流", "Throttled within the declared rate"),
    question=FailsWith,
    when=toward("courier") & fraction(20),
)
def throttled_within_rate(honest, q):
    """All couriers alike, now and then."""
    return "rate_limited"


@fault(
    "short-tokens-for-courier-b",
    breaks="NB-P-15",
    title=("快递乙的令牌有效期减半", "Courier B's tokens last half as long"),
    question=TokenLifetime,
    when=toward("courier_b"),
)
def short_tokens_for_courier_b(honest, q):
    """It has to log in twice as often."""
    return honest(q) / 2


@fault(
    "fewer-retries-for-courier-b",
    breaks="NB-P-16",
    title=("给快递乙只重试两次", "Courier B's messages are retried twice only"),
    question=RetrySchedule,
    when=toward("courier_b"),
)
def fewer_retries_for_courier_b(honest, q):
    """An outage costs one courier more."""
    return honest(q)[:2]


@fault(
    "one-subscription-for-courier-b",
    breaks="NB-P-17",
    title=("快递乙只能有一个订阅", "Courier B may have one subscription"),
    question=SubscriptionsAllowed,
    when=toward("courier_b"),
)
def one_subscription_for_courier_b(honest, q):
    """The others may have many."""
    return 1


@fault(
    "more-asked-for-courier-b",
    breaks="NB-P-18",
    title=("选快递乙须多填公司名", "Choosing courier B needs a company name"),
    question=EntryDemands,
)
def more_asked_for_courier_b(honest, q):
    """A hidden mandatory field for one courier."""
    lacking = q.entered["courier_code"] == COURIER_B and "company" not in q.entered["recipient"]
    return (*honest(q), ("/recipient/company", "required")) if lacking else honest(q)


@fault("one-queue-for-all", breaks="NB-P-19", title=("所有端点共用一个推送队列", "One queue for all endpoints"), question=DeliveryLane)
def one_queue_for_all(honest, q):
    """A dead endpoint holds up everybody behind it."""
    return "one"


@fault(
    "feed-forgets",
    breaks="NB-P-20",
    title=("拉取流只留最近五分钟", "The feed keeps five minutes only"),
    question=FeedHas,
    when=toward("courier") & during("listConsignments"),
)
def feed_forgets(honest, q):
    """Who comes back later misses what came before."""
    return honest(q) and q.age <= 300


@fault("gives-up-early", breaks="NB-P-21", title=("只重试两次便放弃", "Given up after two retries"), question=RetrySchedule)
def gives_up_early(honest, q):
    """Half a minute of outage loses messages, for all alike."""
    return honest(q)[:2]


@fault(
    "acknowledged-and-lost",
    breaks="NB-P-22",
    title=("每第六单确认后丢失", "Every sixth consignment is acknowledged and lost"),
    question=Kept,
    when=fraction(6),
)
def acknowledged_and_lost(honest, q):
    """201, and then nothing."""
    return False


@fault(
    "old-record-read-once",
    breaks="NB-P-22",
    title=("变更之后商家首次读到旧记录", "After a change the merchant reads the old record once"),
    question=FieldsShown,
    when=toward("merchant") & only_for(lambda q: q.channel == "read"),
)
def old_record_read_once(honest, q, memory):
    """The answer to the change is right, and what is read next comes from a cache that is renewed behind it."""
    shown = honest(q)
    old, new, asked = memory.get(shown["consignment_id"], (None, None, 0))
    old, asked = (old, asked + 1) if new == shown else (new, 1)
    memory[shown["consignment_id"]] = old, shown, asked
    return old if old is not None and asked == 2 else shown


@fault("cursor-skips", breaks="NB-P-23", title=("游标跳过一条", "The cursor skips an entry"), question=CursorNext)
def cursor_skips(honest, q):
    """Between pages one entry is missed."""
    return honest(q) + 1


@fault(
    "cursor-repeats",
    breaks="NB-P-23",
    title=("游标重复一条", "The cursor repeats an entry"),
    question=CursorNext,
    when=only_for(lambda q: q.position > q.started + 1),
)
def cursor_repeats(honest, q):
    """Between pages one entry comes twice."""
    return honest(q) - 1


@fault(
    "success-and-nothing",
    breaks="NB-P-24",
    title=("每第四次拉取答 200 而空", "Every fourth pull answers 200 and nothing"),
    question=FeedPage,
    when=toward("courier") & during("listConsignments") & fraction(4),
)
def success_and_nothing(honest, q):
    """Data exist and cannot be given; the answer says that there are none."""
    return []


@fault(
    "merchant-2-slow-for-courier-b",
    breaks="NB-P-25",
    title=("商家二的数据对快递乙较慢", "Merchant 2's consignments are slow for courier B"),
    question=AnswerDelay,
    when=toward("courier") & during("getConsignment"),
)
def merchant_2_slow_for_courier_b(honest, q):
    """Only one merchant's records, only one courier."""
    slow = q.caller.code == COURIER_B and q.found["merchant_id"] == "M-SBX-2"
    return honest(q) + BASE * (3 if slow else 1)


@fault(
    "far-regions-slow-for-courier-b",
    breaks="NB-P-26",
    title=("边远地区的数据对快递乙较慢", "Consignments to far regions are slow for courier B"),
    question=AnswerDelay,
    when=toward("courier") & during("getConsignment"),
)
def far_regions_slow_for_courier_b(honest, q):
    """Only western and northern provinces, only one courier."""
    far = q.found["recipient"]["address"]["region_code"][:2] in ("15", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65")
    return honest(q) + BASE * (3 if far and q.caller.code == COURIER_B else 1)


@fault(
    "events-of-courier-b-refused",
    breaks="NB-P-27",
    title=("快递乙每第五个事件被拒", "Every fifth event of courier B is refused"),
    question=EventAccepted,
    when=toward("courier_b") & fraction(5),
)
def events_of_courier_b_refused(honest, q):
    """As valid as anybody's."""
    return False


@fault(
    "events-of-courier-b-late",
    breaks="NB-P-28",
    title=("快递乙的事件晚两秒可见", "Courier B's events show two seconds late"),
    question=FeedReady,
    when=during("listConsignmentEvents"),
)
def events_of_courier_b_late(honest, q):
    """The merchant sees the others' at once."""
    return honest(q) and (q.entry["courier_code"] != COURIER_B or q.age >= 2.0)


@fault(
    "no-tracking-for-courier-b",
    breaks="NB-P-29",
    title=("公开查询查不到快递乙", "Public tracking does not find courier B's waybills"),
    question=TrackingFound,
    when=toward("courier_b"),
)
def no_tracking_for_courier_b(honest, q):
    """A white list of couriers on the page."""
    return False


@fault(
    "lettered-waybill-numbers-refused",
    breaks="NB-P-30",
    title=("只收纯数字运单号", "Waybill numbers must be digits"),
    question=WaybillRead,
)
def lettered_waybill_numbers_refused(honest, q):
    """A fence of format: letters are not accepted."""
    return honest(q) if q.waybill_no.isdigit() else None


@fault(
    "waybill-numbers-changed",
    breaks="NB-P-30",
    title=("运单号去掉前导零并改大写", "Waybill numbers lose zeros and case"),
    question=WaybillRead,
)
def waybill_numbers_changed(honest, q):
    """The courier's own number is not found any more."""
    return q.waybill_no.upper().lstrip("0").rjust(8, "X")


@fault(
    "connections-lost-for-courier-b",
    breaks="NB-P-11",
    title=("快递乙每第五个连接中断", "Every fifth connection of courier B is lost"),
    question=AnswerHeaders,
    when=toward("courier_b") & fraction(5),
    needs_wire=True,
)
def connections_lost_for_courier_b(honest, q):
    """More is announced than comes, so the server cuts the connection off; in process nobody would notice."""
    return {**honest(q), "Content-Length": "1000000"}


@fault(
    "number-stays-with-parcel", breaks="NB-P-31", title=("更换快递后运单号仍跟着包裹", "A parcel keeps its number after the change"),
    question=BegunAnew,
)
def number_stays_with_parcel(honest, q):
    """So the new courier's own number is a conflict."""
    return q.before


@fault(
    "state-stays-with-parcel", breaks="NB-P-31", title=("更换快递后状态仍跟着包裹", "A parcel keeps its state when the courier changes"),
    question=BegunAnew,
)
def state_stays_with_parcel(honest, q):
    """Numbers are released, the state is not."""
    states = {parcel["parcel_no"]: parcel["status"] for parcel in q.before["parcels"]}
    return {**honest(q), "parcels": [{**parcel, "status": states[parcel["parcel_no"]]} for parcel in honest(q)["parcels"]]}


@fault(
    "five-hundred-for-courier-b",
    breaks="NB-P-14",
    title=("快递乙每分钟五百次后即限流，标头照旧", "Courier B is throttled after five hundred a minute, and the headers don't say so"),
    question=RateLimit,
    when=toward("courier_b"),
)
def five_hundred_for_courier_b(honest, q):
    """A gateway's rule that the platform's own limit knows nothing of."""
    return min(500, honest(q))


@further("five-hundred-for-courier-b", question=AnswerHeaders, when=toward("courier_b"))
def headers_as_ever(honest, q):
    """They state the limit of everybody."""
    return {name: value.replace("q=500", "q=6000") for name, value in honest(q).items()}


@fault(
    "newest-first-on-a-page",
    breaks="NB-P-23",
    title=("每页内最新的在前", "The newest stands first on each page"),
    question=FeedPage,
    when=during("listConsignments"),
)
def newest_first_on_a_page(honest, q):
    """Nothing is missing; who goes by the order takes the old for the new."""
    return tuple(reversed(honest(q)))


@fault(
    "slow-entry-for-courier-b",
    breaks="NB-P-32",
    title=("选快递乙录入要多等一倍", "Who chooses courier B waits twice as long at entry"),
    question=WorkTime,
    when=during("createConsignment"),
)
def slow_entry_for_courier_b(honest, q):
    """Every entry takes a base time, one for courier B twice that."""
    return honest(q) + BASE * (2 if q.body.get("courier_code") == COURIER_B else 1)


@fault(
    "several-parcels-slow-for-courier-b",
    breaks="NB-P-33",
    title=("快递乙读多包裹的寄递单要多等数倍", "Courier B waits several times as long for consignments of several parcels"),
    question=AnswerDelay,
    when=toward("courier") & during("getConsignment"),
)
def several_parcels_slow_for_courier_b(honest, q):
    """What is assembled parcel by parcel takes one courier longer."""
    several = q.caller.code == COURIER_B and len(q.found["parcels"]) > 1
    return honest(q) + BASE * (4 if several else 1)


@fault(
    "courier-b-refused-for-hours",
    breaks="NB-P-11",
    title=("快递乙每天有六个小时拉取答 503", "Courier B's pulls answer 503 for six hours of every day"),
    question=FailsWith,
    when=toward("courier_b") & during(*_READING) & daily(10 * 3600, 16 * 3600),
)
def courier_b_refused_for_hours(honest, q):
    """Batch work comes first, and one courier last."""
    return "unavailable"


@fault(
    "middle-courier-not-told",
    breaks="NB-P-04",
    title=("再次更换时中间的快递不被告知", "When the courier changes again, the one in the middle is not told"),
    question=HandOver,
)
def middle_courier_not_told(honest, q, memory):
    """Only the first change is remembered as one."""
    again = memory.get(q.after["consignment_id"], False)
    memory[q.after["consignment_id"]] = True
    return (False, honest(q)[1]) if again else honest(q)


@fault(
    "delivered-not-listed-to-merchants",
    breaks="NB-P-23",
    title=("商家的列表里没有已完成的寄递单", "What is completed is missing from the merchants' lists"),
    question=FeedHas,
    when=toward("merchant") & during("listConsignments"),
)
def delivered_not_listed_to_merchants(honest, q):
    """A filter that a page of open orders needs, and nobody asked for here."""
    return honest(q) and q.entry["status"] != "completed"


@fault(
    "new-token-ends-old",
    breaks="NB-P-15",
    title=("快递乙的新令牌使旧令牌失效", "A new token of courier B ends its old one"),
    question=EarlierTokensHold,
    when=toward("courier_b"),
)
def new_token_ends_old(honest, q):
    """Only one of its servers can be logged in."""
    return False


@fault(
    "later-pages-small-for-courier-b",
    breaks="NB-P-12",
    title=("快递乙自第二页起每页只有两条", "Courier B gets pages of two from the second on"),
    question=PageSize,
    when=toward("courier_b") & during("listConsignments") & only_for(lambda q: q.later),
)
def later_pages_small_for_courier_b(honest, q):
    """Who looks at first pages sees nothing."""
    return min(2, honest(q))


@fault(
    "withheld-for-a-day-after",
    breaks="NB-P-34",
    title=("中断结束后一天内仍标为不可选", "A courier stays unavailable for a day after its interruption"),
    question=Withheld,
)
def withheld_for_a_day_after(honest, q):
    """A job at night takes the mark away."""
    ended = (one["notice_id"] for one in q.notices if one["state"] == "ended" and q.now < posix(one["ends_at"]) + 86_400)
    return honest(q) or next(ended, None)


@fault(
    "withheld-though-withdrawn",
    breaks="NB-P-34",
    title=("通知撤回后到期仍标为不可选", "A courier is unavailable at the time of a notice that it withdrew"),
    question=Withheld,
)
def withheld_though_withdrawn(honest, q):
    """What was put in the calendar stays there."""
    withdrawn = (one for one in q.notices if one["state"] == "withdrawn" and posix(one["starts_at"]) <= q.now < posix(one["ends_at"]))
    return honest(q) or next((one["notice_id"] for one in withdrawn), None)


@fault(
    "withheld-from-the-notice-on",
    breaks="NB-P-34",
    title=("一收到通知即标为不可选", "A courier is unavailable as soon as it gave notice"),
    question=Withheld,
)
def withheld_from_the_notice_on(honest, q):
    """Ten days too early."""
    return honest(q) or next((one["notice_id"] for one in q.notices if one["state"] not in ("withdrawn", "ended")), None)
