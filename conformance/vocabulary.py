"""The words of the trade: what the suite does (acts), and what is told (kinds of tellings).

In: nothing.  Out: names for scenarios to write and for checks to read.  What each act's `data` holds is said here, and nowhere else.
"""

from __future__ import annotations

from typing import Final

from conformance.records import Act

# -- kinds of tellings: the record schemas of the interface (`x-record`) ---------------------------------------------------

CONSIGNMENT: Final = "consignment"
EVENT: Final = "express_event"
TRACKING: Final = "public_tracking"
OFFER: Final = "courier_offer"
NOTICE: Final = "interruption_notice"
CONSENT: Final = "consent"
DECISION: Final = "data_decision"
ANALYTICS: Final = "analytics_row"
SUBSCRIPTION: Final = "subscription"
DISCOVERY: Final = "discovery"
STATUS: Final = "exchange_status"
RISK: Final = "risk_assessment"
PROBLEM: Final = "problem"


# -- consignments ------------------------------------------------------------------------------------------------------------


class CouriersAsked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant asks which couriers it can choose."""


class ConsignmentEntered(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant enters a consignment for the courier `to`.  `data` is the body as entered."""


class ConsignmentTried(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant enters, or corrects to, what cannot be taken as it is.

    `data`: {"entry": the body, "place": JSON pointer to what is wrong, "why": beyond (too long), unlisted (no such field), identity (an
    identity number), blank (nothing, or a placeholder), forbidden (a rule is against it; then "code": what the refusal must say),
    again (it was done before)}.
    """


class ConsignmentCorrected(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The merchant corrects it.  `data` is the merge patch; `to` the performing courier."""


class CourierChanged(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The merchant gives it to another courier, `to`.  `data`: {"from": party, "courier_code": code}."""


class ConsignmentCancelled(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The merchant cancels it.  `to` is the courier that performed it."""


class ConsignmentRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads one consignment."""


class FeedRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads a page of its consignments.  `data`: {"cursor": what it gave, or null; "limit": …; "walk": one reading to the end}."""


# -- events ------------------------------------------------------------------------------------------------------------------


class EventsReported(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A courier posts events.  `data`: {"consignment_id", "parcel_no", "waybill_no", "events": [as posted]}; `to` is the merchant
    whose consignment it is."""


class EventsTried(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A courier posts what cannot be taken as it is.  `data` as for `EventsReported`, and "why": identity (an identity number),
    unchecked (a pick-up without real-name check), forbidden (a rule is against it; then "code": what the refusal must say); "number": the
    identity number."""


class EventsRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant or the performing courier reads a consignment's events.  `data` as for `FeedRead`."""


class TrackingLooked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody looks a waybill up on the public page.  `data`: {"waybill_no", "known": whether it exists}."""


# -- subscriptions -------------------------------------------------------------------------------------------------------------


class Subscribed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party registers a receiver.  `data`: {"box": name of the receiver, "secret": whsec_…, "event_types": […]}."""


class Unsubscribed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party takes a receiver away, or asks for that once more (`malformed`).  `data`: {"box": its name, "again": whether it was
    gone already, "said": whether the receiver itself had said so (410)}."""


class ReceiverDown(Act, frozen=True, kw_only=True, omit_defaults=True):
    """From now on the receiver of `by` refuses everything.  `data`: {"box", "status", "main": whether it is there for the whole run}."""


class ReceiverUp(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The receiver of `by` accepts again.  `data`: {"box"}."""


# -- personal information ----------------------------------------------------------------------------------------------------


class ConsentGiven(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant registers a user's consent.  `data`: {"consent": our name for it, "entry": the body}; `to` is who may use it."""


class ConsentWithdrawn(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The merchant passes on that the user withdrew it.  `data`: {"consent": our name for it}."""


class DataRequested(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party asks for the data of an order.  `data`: {"consent": our name for the one it refers to, or null; "request": the body}."""


class AnalyticsRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The analyst reads a page of the data set.  `data`: {"cursor": …, "walk": one reading to the end}."""


class Pried(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody reaches for what is not theirs, or errs on purpose.  `data`: {"how": a word for it}; `about` is what it reached for."""


# -- interruption notices ----------------------------------------------------------------------------------------------------


class NoticeGiven(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party gives the platform notice.  `data` is the body as entered."""


class NoticeSpoiled(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party gives notice without something, or for times that cannot be.  `data`: {"pointer": what lacks, "how": absent, blank, null or
    empty; or backwards or past}."""


class NoticeRepeated(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The giver sends a notice once more, with the same key and body.  `data` is the body."""


class InterruptionOrdered(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The operator makes the platform give a notice of its own to `to`.  `data` is the order."""


class NoticeStepTaken(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party tries a step of the dialogue.  `data`: {"event": of dialogues/notice.yaml, "role": giver or receiver, "body"}."""


class NoticeRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads a notice."""


class NoticesRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads a page of its notices.  `data` as for `FeedRead`."""


class PublicNoticesRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody reads a page of the public notices.  `data` as for `FeedRead`."""


class DoneInTheGap(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Something is done while an interruption is in effect, or tried again after it.  `about`: the consignment.

    `data`: {"what": entered, corrected, cancelled or reported; "notice": its subject; "body": as sent}; `to` is who has to learn of it.
    """


# -- equal treatment ---------------------------------------------------------------------------------------------------------


class Comparing(Act, frozen=True, kw_only=True, omit_defaults=True):
    """From now on all couriers do the same side by side.

    `data`: {"blocks": how many, "poll": µs between two looks at what is not there yet, "strata": what blocks have in common}.
    """


class PageAsked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A courier asks, with the same backlog as the others, for the beginning of its feed, or the page after it.  `data`: {"limit": … or
    null, "page": 0 or 1}."""


class BurstSent(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A courier sends many requests one right after the other.  `data`: {"round", "size"}."""


class TokenTaken(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party asks for a token."""


class TokenUsed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party uses a token shortly before the end of the life that it was given with.  `data`: {"age": in µs}."""


class OffersRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A merchant reads a page of its choice of couriers.  `data` as for `FeedRead`."""


class DiscoveryRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody reads what the platform says of itself."""


class PullsStopped(Act, frozen=True, kw_only=True, omit_defaults=True):
    """From now on the courier pulls nothing."""


class PullsResumed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """The courier pulls again, from where it had stopped."""


# -- monitoring --------------------------------------------------------------------------------------------------------------


class StatusRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads a page of the exchange status.  `data` as for `FeedRead`."""


class RisksRead(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party reads a page of the risk assessments.  `data` as for `FeedRead`."""


# -- security ----------------------------------------------------------------------------------------------------------------


class OperationTried(Act, frozen=True, kw_only=True, omit_defaults=True):
    """An operation is called rightly (ordinary), or with one thing wrong (malformed); the exchange's case says which is whose twin.

    `data`: {"operation", "capability": what has to be declared for it, or null; "declared": false where it is not (malformed)}.
    """


class DoorTried(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A protected operation is called with a key that does not fit (hostile).

    `data`: {"operation", "key": none, another word for how a token was made, or role for a good token of another role}.
    """


class TokenAsked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A token is asked for.  `data`: {"how": right, or what is wrong with the credentials; "by": form or basic}."""


class TokenShown(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A token is shown again and again.  `data`: {"token": our name for it, "taken": trade time, "life": its life in µs}."""


class OthersAsked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A party asks for somebody else's object, or for one that does not exist (hostile).

    `data`: {"pair": the same for the two that must be answered alike, "which": foreign or unknown, "id": as asked for,
    "hidden": whether such an object has to be answered as not found}.
    """


class SentAgain(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A request is sent under an idempotency key that several requests share.

    `data`: {"key", "how": first, again, reordered, at_once, other_body (malformed), other_caller, other_path, other_key,
    mistaken (malformed) or corrected; "operation", "body"}.
    """


class Misdirected(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A method that a path does not know, a body in another media type or coding, or a path that there is not.

    `data`: {"what": method, media or path; "value"}.
    """


class RequestCrafted(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A request made to break its reader (hostile).  `data`: {"how": a word for it}."""


class StillServed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """An ordinary request right after one that was made to break its reader.  `data`: {"after": its word}."""


class Flooded(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A question that is asked more often than the declared rate allows, where that is not very often (hostile).

    `data`: {"rate": requests a minute, as declared}.
    """


class Probed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Something is done in several ways that must not matter; what is forbidden (hostile, malformed) is refused in each.

    `data`: {"probe": a word for what is done, "group": the same for the ways that are compared, "way": announced, plain (in plain
    clothes, for strangers), seen (the same for people whom the platform saw before), before or after the party first announced
    itself; "body": as sent, or null}.  Of a probe that is repeated in one way the last counts.
    """


class LineInspected(Act, frozen=True, kw_only=True, omit_defaults=True):
    """How the line to the target is protected, as the suite saw it.

    `data`: {"loopback", "scheme", "version": of TLS, or null; "failure": why there is no valid TLS, or null; "old": the version that
    was agreed on when only old ones were offered, or null; "plain": the status of an answer without TLS, or null}.
    """
