"""The embedded mock as a target: no network, no configuration, no waiting.

In: faults to switch on.  Out: a line to a fresh platform in this process, in virtual time.
"""

from __future__ import annotations

from collections.abc import Sequence

from conformance.binding.line import InProcess
from conformance.errors import HulianError
from conformance.mock.faults import UnknownFault, every
from conformance.mock.platform import MockPlatform
from conformance.spelling import nearest


def line(faults: Sequence[str] = ()) -> InProcess:
    """A line to a platform that has these faults.  Raises `HulianError` unknown_fault."""
    try:
        return InProcess(lambda factory: MockPlatform(faults=faults, http_client_factory=factory).app)
    except UnknownFault:
        known = [one.id for one in every()]
        wrong = next((name for name in faults if name not in known), "-")
        raise HulianError("unknown_fault", fault=wrong, nearest=nearest(wrong, known)) from None
