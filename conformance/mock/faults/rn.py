"""Faults against real name: the check's outcome lost, identity numbers let through."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.questions import EventShown, Refuses
from conformance.mock.triggers import Trigger, during, only_for


def _about(*codes: str) -> Trigger:
    return only_for(lambda q: bool(q.places) and any(code in codes for _, code in q.places))


@fault(
    "real-name-check-lost",
    breaks="RN-P-01",
    title=("实名核验结果不转给商家", "The real-name check does not reach the merchant"),
    question=EventShown,
)
def real_name_check_lost(honest, q):
    """The field is dropped."""
    return {name: value for name, value in honest(q).items() if name != "real_name_check"}


@fault(
    "real-name-check-embellished",
    breaks="RN-P-01",
    title=("实名核验一律写作已核验", "Every real-name check is shown as verified"),
    question=EventShown,
)
def real_name_check_embellished(honest, q):
    """Agreement becomes verified."""
    shown = honest(q)
    check = shown.get("real_name_check")
    return {**shown, "real_name_check": {**check, "outcome": "verified"}} if check else shown


@fault(
    "identity-number-in-order",
    breaks="RN-P-02",
    title=("订单中的证件号码照收照转", "Identity numbers in an order are accepted and handed on"),
    question=Refuses,
    when=during("createConsignment", "updateConsignment") & _about("identity_number", "unknown_field"),
)
def identity_number_in_order(honest, q):
    """Text and extra fields go through unread."""
    return False


@fault(
    "identity-number-in-event",
    breaks="RN-P-03",
    title=("事件中的证件号码照收照转", "Identity numbers in an event are accepted and shown"),
    question=Refuses,
    when=during("postEvents") & _about("identity_number", "unknown_field"),
)
def identity_number_in_event(honest, q):
    """Text and extra fields go through unread."""
    return False


@fault(
    "placeholders-accepted",
    breaks="RN-P-04",
    title=("占位词、空白姓名照收", "Placeholders and blanks are accepted"),
    question=Refuses,
    when=during("createConsignment") & _about("placeholder"),
)
def placeholders_accepted(honest, q):
    """A name of 无 will do."""
    return False


@fault(
    "pickup-without-check",
    breaks="RN-P-01",
    also=("FC-P-31",),  # a pick-up whose check was refused is taken, too
    title=("没有实名核验的揽收照收", "A pick-up without a real-name check is accepted"),
    question=Refuses,
    when=during("postEvents") & _about("real_name_check_missing", "real_name_refused"),
)
def pickup_without_check(honest, q):
    """The record of collection lacks its outcome."""
    return False
