"""Who takes part: the implementation under test and the parties that the suite plays.

In: the field's cast (who there is, of which kind).  Out: names that records, scenarios and checks share.
"""

from __future__ import annotations

from typing import NewType

import msgspec

Party = NewType("Party", str)
Subject = NewType("Subject", str)

IUT = Party("iut")
"""The implementation under test (ISO/IEC 9646)."""

NOBODY = Party("nobody")
"""Somebody without credentials who is not part of the cast."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One party of the cast.

    `kind` is a word of the field; `code` is what the implementation under test calls the party; `client_id` its public
    credential, if it has one.  Secrets are never part of the cast.
    """

    party: Party
    kind: str
    code: str = ""
    client_id: str = ""
