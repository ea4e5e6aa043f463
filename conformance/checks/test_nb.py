"""Non-blocking: no courier is treated worse than another, and nothing stands between couriers and their data."""

from __future__ import annotations

from conformance.check import check
from conformance.checks.side_by_side import failed, measured, stratified
from conformance.checks.waiting import SIDE_BY_SIDE


@check("NB-P-07", needs=SIDE_BY_SIDE, least=12)
def test_all_couriers_wait_alike_for_what_they_pull(evidence, expect, rule):
    floor = rule.duration("floor")
    measured(evidence, expect, {"feed": floor, "read": floor})


@check("NB-P-08", needs=SIDE_BY_SIDE, least=6)
def test_all_couriers_wait_alike_when_they_report(evidence, expect, rule):
    measured(evidence, expect, {"event_post": rule.duration("floor")})


@check("NB-P-09", needs=SIDE_BY_SIDE, least=6)
def test_what_is_pushed_reaches_all_couriers_alike(evidence, expect, rule):
    measured(evidence, expect, {"webhook": rule.duration("floor")})


@check("NB-P-10", needs=SIDE_BY_SIDE, least=6)
def test_consignments_show_in_all_feeds_alike(evidence, expect, rule):
    measured(evidence, expect, {"freshness": rule.duration("floor")})


@check("NB-P-11", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_meet_errors_alike(evidence, expect, rule):
    failed(evidence, expect)


@check("NB-P-25", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_wait_alike_whichever_the_merchant(evidence, expect, rule):
    stratified(evidence, expect, "merchant", rule.duration("floor"))


@check("NB-P-26", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_wait_alike_whichever_the_region(evidence, expect, rule):
    stratified(evidence, expect, "region", rule.duration("floor"))


@check("NB-P-28", needs=SIDE_BY_SIDE, least=6)
def test_the_events_of_all_couriers_show_alike(evidence, expect, rule):
    floor = rule.duration("floor")
    measured(evidence, expect, {"visibility": floor, "event_webhook": floor})
