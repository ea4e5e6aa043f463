"""Asking for tokens in every way that OAuth 2 knows for client credentials, rightly or not (RFC 6749, 2.3.1 and 4.4).

In: a stage, an act, credentials.  Out: an exchange; the token is not kept.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from conformance.binding.http import Credentials, Reply
from conformance.records import Act, Case

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

FORM: Final = "application/x-www-form-urlencoded"
GRANT: Final = "grant_type=client_credentials"


async def asks_for_a_token(
    stage: Trade, act: Act, shown: Credentials, *, basic: bool = False, form: str = GRANT, case: Case | None = None
) -> Reply:
    """Shows credentials in the form, or by HTTP Basic; `form` is the rest of the form."""
    headers = {"content-type": FORM}
    if basic:
        pair = f"{quote(shown.client_id, safe='')}:{quote(shown.client_secret, safe='')}"
        stage.binding.keep(pair, f"pair:{act.by}:{len(stage.theatre.journal.records)}")
        headers["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form = "&".join(filter(None, (form, urlencode({"client_id": shown.client_id, "client_secret": shown.client_secret}))))
    return await stage.binding.call(
        "issueToken", as_=act.by, act=stage.act(act), raw=form.encode(), headers=headers, token="", case=case
    )
