"""What did not hold in the sample, and what could not be decided: keyword arguments for `verdict`, findings inside."""

from typing import Any

HOSTILE = "欧阳\u202e买买提\x1b[31m</script><b>\u200b\ud800"
"""What a hostile system may send: a direction mark, a terminal escape, markup, an invisible blank, half a surrogate pair."""

BROKEN: tuple[dict[str, Any], ...] = (
    {
        "requirement": "FC-P-03", "level": "must", "force": "支持", "clause": ["GO-1", "快递暂行条例(2025) 23"],
        "zh": "快递企业收到的寄递数据与商家录入的一致。", "en": "The courier receives the consignment data that the merchant entered.",
        "verdict": "fail", "looks": 176, "checks": ["test_the_courier_receives_what_the_merchant_entered"],
        "parameters": {"deadline": "PT60S"},
        "rationale": {"zh": "姓名或地址被改动，快件就可能送错人，也无法核对实名信息。",
                      "en": "A name or an address that was altered sends the parcel to the wrong person, and no real-name check can match it."},
        "remedy": {"zh": "全链路使用 UTF-8，原样保存与转发文本：不要替换间隔号（U+00B7），不要截断地址，不要做 Unicode 规范化。",
                   "en": "Use UTF-8 all the way and pass text on as it is: replace no middle dot (U+00B7), cut no address, apply no Unicode normalisation."},
        "findings": [
            {"identifier": "f-3a91c0", "kind": "differs", "pointer": "/recipient/name", "channel": "consignmentCreated",
             "roles": {"by": "iut", "to": "courier_a"}, "expected": "阿卜杜拉·买买提", "seen": "阿卜杜拉?买买提",
             "subjects": ["C-0007", "C-0011", "C-0019", "C-0032"], "times": 4, "of": 44, "exchanges": [17, 21],
             "common": [{"feature": "name:middle-dot", "failing": 4, "failing_of": 4, "others": 0, "others_of": 40},
                        {"feature": "name:long", "failing": 2, "failing_of": 4, "others": 5, "others_of": 40}],
             "curl": 'curl -i -X GET "$TARGET/hulian/v1/consignments/cs_8f27" -H "authorization: Bearer $TOKEN_COURIER_A"',
             "rerun": "hulian run --role platform --target https://sandbox.qinghe.example/hulian/v1 --only FC-P-03 --seed 20261124"},
            {"identifier": "f-77b2d4", "kind": "differs", "pointer": "/recipient/address/detail", "channel": "consignmentCreated",
             "roles": {"by": "iut", "to": "courier_b"},
             "expected": "文三路 478 号华星时代广场 A 座三单元 1702 室（请放门口，勿按门铃，家有婴儿）", "seen": "文三路 478 号华星时代广场 A 座三单元 17",
             "subjects": ["C-0023"], "times": 6, "of": 44, "exchanges": [21],
             "common": [{"feature": "address:long", "failing": 6, "failing_of": 6, "others": 0, "others_of": 38}]},
            {"identifier": "f-1d04ee", "kind": "differs", "pointer": "/remarks", "channel": "getConsignment",
             "roles": {"by": "iut", "to": "courier_b"}, "expected": "轻放", "seen": HOSTILE, "subjects": ["C-0040"], "exchanges": [21]},
        ],
    },
    {
        "requirement": "NB-P-07", "level": "must", "force": "不得", "clause": ["GO-2", "浙江省快递业促进条例 36"],
        "zh": "任何快递企业的等待时间都不比其他企业长。", "en": "No courier waits longer than another.",
        "verdict": "fail", "looks": 1200, "checks": ["test_no_courier_waits_longer"],
        "parameters": {"blocks": 200, "slower": 1.25, "limit": 1.5, "floor": "PT0.1S", "alpha": 0.01},
        "rationale": {"zh": "对个别快递企业放慢数据，等于限制商家自由选择。", "en": "Slower data for one courier restrict the merchant's free choice."},
        "remedy": {"zh": "检查按快递企业区分的限流、队列优先级和缓存，使各家走同一条路径。",
                   "en": "Look for throttles, queue priorities and caches that depend on the courier; let all take the same path."},
        "findings": [
            {"identifier": "f-90aa12", "kind": "worse", "channel": "listConsignments", "roles": {"by": "iut", "to": "courier_b"},
             "params": {"better": "courier_a", "worse": "courier_b", "measure": "feed"},
             "expected": {"median_ratio": "≤ 1.25"}, "seen": {"median_ratio": 2.02, "lower": 1.93, "p": 2.1e-24}, "times": 198, "of": 200,
             "rerun": "hulian replay r-20261124-7KQ2 f-90aa12"},
        ],
    },
    {
        "requirement": "MK-P-02", "level": "must", "force": "应当", "clause": ["GO-10", "GB/T 41833-2022"],
        "zh": "公开查询页面上的电话至少隐藏六位。", "en": "The public tracking view hides at least six digits of a phone number.",
        "verdict": "fail", "looks": 38, "checks": ["test_anybody_with_the_number_sees_no_phone"], "parameters": {"hidden_digits": 6},
        "rationale": {"zh": "持有运单号的任何人都能看到该页面。", "en": "Anybody who holds the waybill number sees this page."},
        "remedy": {"zh": "改用隐藏六位以上的形式，例如 138******78。", "en": "Hide six digits or more, such as 138******78."},
        "findings": [
            {"identifier": "f-c21f08", "kind": "phone_digits_shown", "params": {"hidden": 4, "needed": 6, "shown": "138****2217"}, "pointer": "/recipient/phone/number", "channel": "trackWaybill",
             "roles": {"by": "iut", "to": "consumer"}, "expected": "138******17", "seen": "138****2217", "subjects": ["C-0007"],
             "times": 38, "of": 38, "exchanges": [44],
             "curl": 'curl -i -X GET "$TARGET/hulian/v1/tracking/SF1000000000017"'},
        ],
    },
    {
        "requirement": "MK-P-04", "level": "must", "force": "不得", "clause": ["GO-12"],
        "zh": "错误信息、首部和地址中不出现个人信息。", "en": "No personal information in errors, headers or addresses.",
        "verdict": "fail", "looks": 911, "checks": ["test_nobody_is_sent_what_is_not_theirs"],
        "rationale": {"zh": "错误信息常被写入日志并转发给无关人员。", "en": "Errors end in logs that many people read."},
        "remedy": {"zh": "错误说明中只给出字段位置，不回显内容。", "en": "Name the place of the field in an error, never its content."},
        "findings": [
            {"identifier": "f-e5d7a3", "kind": "leak", "pointer": "/detail", "channel": "createConsignment", "nature": "said",
             "roles": {"by": "iut", "to": "merchant_2"}, "params": {"what": "phone", "encoding": "base64"},
             "seen": "duplicate of order ORD-7 (contact MTM4MDAxMzIyMTc=)", "subjects": ["C-0007"], "times": 1, "of": 911, "exchanges": [52]},
        ],
    },
    {
        "requirement": "NT-P-05", "level": "must", "force": "应当", "clause": ["GO-20"],
        "zh": "及时公示中断情况。", "en": "The interruption is published in time.", "method": "stimulated",
        "verdict": "fail", "looks": 3, "checks": ["test_an_interruption_is_published"], "parameters": {"deadline": "PT24H"},
        "rationale": {"zh": "商家和消费者需要时间另作安排。", "en": "Merchants and consumers need time to arrange otherwise."},
        "remedy": {"zh": "协商失败后即时发布到 /public-notices。", "en": "Publish on /public-notices as soon as the negotiation has failed."},
        "findings": [
            {"identifier": "f-42b6f9", "kind": "absent", "nature": "missing", "channel": "listPublicNotices",
             "params": {"record": "interruption_notice", "deadline": "2026-11-27T01:15:03.000Z", "way": "pull"}, "expected": "2026-11-27T01:15:03.000Z",
             "roles": {"by": "iut", "to": "consumer"}, "subjects": ["N-0002"], "times": 3, "of": 3, "exchanges": [61]},
        ],
    },
    {
        "requirement": "FC-P-08", "level": "should", "force": "约定", "clause": ["GO-4"],
        "zh": "快件事件按登记时间排序。", "en": "Events come in the order of their record time.",
        "verdict": "fail", "looks": 60, "findings": [
            {"identifier": "f-0c55be", "kind": "unordered", "pointer": "/items/3/recorded_at", "channel": "listConsignmentEvents",
             "roles": {"by": "iut", "to": "merchant_1"}, "expected": "2026-11-24T09:14:07+08:00", "seen": "2026-11-24T09:13:59+08:00",
             "subjects": ["C-0007"], "times": 2, "of": 60, "exchanges": [44]},
        ],
    },
)  # fmt: skip

UNDECIDED: tuple[dict[str, Any], ...] = (
    {"requirement": "NB-P-08", "level": "should", "force": "约定", "clause": ["GO-2"], "zh": "各快递企业的流量限制一致。",
     "en": "Rate limits are the same for every courier.", "verdict": "inconclusive", "looks": 90,
     "reason": {"code": "statistics", "params": {"used": 90, "need": 100}}},
    {"requirement": "NT-P-04", "level": "must", "force": "应当", "clause": ["GO-19"], "zh": "协商不成且影响重大时事先报告主管部门。",
     "en": "Without agreement and with major impact, the authorities are told beforehand.", "verdict": "inconclusive", "looks": 0,
     "method": "stimulated", "reason": {"code": "capability", "params": {"capability": "sandbox_interruptions"}}},
    {"requirement": "NT-P-06", "level": "must", "force": "不得", "clause": ["GO-16"], "zh": "通知的生效时间之前数据照常传输。",
     "en": "Data go on until the time that the notice gives.", "verdict": "inconclusive", "looks": 12, "method": "stimulated",
     "reason": {"code": "unconfirmed", "params": {"times": 1, "of": 2}}},
    {"requirement": "MK-P-07", "level": "should", "force": "应当", "clause": ["GO-10"], "zh": "分析数据集中没有过小的分组。",
     "en": "The analytics data set has no cell that is too small.", "verdict": "not-applicable", "looks": 0,
     "reason": {"code": "capability", "params": {"capability": "analytics"}}},
    {"requirement": "FC-P-10", "level": "may", "force": "鼓励", "clause": ["GO-15"], "zh": "字段说明随发现文档提供。",
     "en": "Field descriptions come with the discovery document.", "verdict": "error", "looks": 0,
     "reason": {"code": "suite", "params": {"message": "KeyError: 'fields'"}}},
    {"requirement": "GO-P-01", "level": "should", "force": "应当", "clause": ["GO-9", "网络数据安全管理条例 9"], "zh": "用户数据妥善存储。",
     "en": "User data are stored properly.", "verdict": "pass", "looks": 1, "method": "attested"},
    {"requirement": "GO-P-02", "level": "may", "force": "鼓励", "clause": ["GO-15"], "zh": "建立数据中断风险评估制度。",
     "en": "The risk of interruptions is assessed.", "verdict": "inconclusive", "looks": 0, "method": "attested",
     "reason": {"code": "attestation", "params": {}}},
)  # fmt: skip
