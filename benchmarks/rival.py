"""schemathesis alone, pointed at the interface's document: its default phases and checks, with the tokens that each operation asks for.

In: the address of a mock, a file with what it reports on healthy mocks (its own baseline).  Out: what it reports besides.
"""

from __future__ import annotations

import json
import shutil
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from benchmarks.measuring import Spent, spent
from conformance.resources import folder

BEARERS: Mapping[str, tuple[str, ...]] = {
    "courier-a": ("postEvents",), "third-party": ("requestData",), "analyst": ("listAnalyticsShipments",),
}
"""Who asks, where the merchant may not."""
MERCHANT = "merchant-1"
Entry: TypeAlias = tuple[str, str, str, str]
"""What schemathesis knows a failure again by: check, kind of failure, signature, operation."""


class Reported(NamedTuple):
    """What it spent, the failures that no healthy mock shows at any operation, and those that one shows at another operation only.
    Where it was `cut` off before its end it reports nothing."""

    spent: Spent
    new: frozenset[Entry]
    elsewhere: frozenset[Entry]
    cut: bool


def learns(target: str, known: Path, seed: int, limit: float) -> Spent:
    """Runs it against a healthy mock and adds what it reports to the file `known`."""
    config = known.with_suffix(".toml")
    config.write_text(configuration(target), "utf-8")
    return spent(
        "-m", "schemathesis.cli", "--config-file", str(config), "run", str(folder("specs") / "platform.openapi.yaml"),
        "--seed", str(seed), "--baseline", str(known), "--baseline-update", "--no-color", limit=limit,
    )  # fmt: skip


def reports(target: str, known: Path, seed: int, limit: float) -> Reported:
    """Runs it against some mock; says what it reports that it did not report on healthy ones."""
    copy = known.with_name("seen.json")
    shutil.copyfile(known, copy)
    spending = learns(target, copy, seed, limit)
    before, after = entries(known), entries(copy)
    kinds = {entry[:3] for entry in before}
    found = after - before
    new = frozenset(entry for entry in found if entry[:3] not in kinds)
    return Reported(spending, new, found - new, spending.wall >= limit)


def entries(known: Path) -> frozenset[Entry]:
    """The failures that a baseline lists."""
    listed = json.loads(known.read_text("utf-8"))["entries"]
    return frozenset((one["check"], one["failure"], one["signature"], one["operation"]) for one in listed)


def configuration(target: str) -> str:
    """Its configuration: where, with which tokens and an existing merchant; nothing of earlier runs is read or kept."""
    lines = [
        f'base-url = "{target}"', f"headers = {bearer(target, MERCHANT)}", "[cache]", "enabled = false",
        "[generation]", 'database = "none"', "[parameters]", 'merchant_id = "M-SBX-1"',
    ]  # fmt: skip
    for client, operations in BEARERS.items():
        lines += ["[[operations]]", f"include-operation-id = {json.dumps(operations)}", f"headers = {bearer(target, client)}"]
    return "\n".join(lines) + "\n"


def bearer(target: str, client: str) -> str:
    """The header with a fresh token of one of the sandbox's clients, as TOML.  Raises URLError where none is to be had."""
    form = {"grant_type": "client_credentials", "client_id": f"sandbox-{client}", "client_secret": f"sandbox-{client}-secret"}
    with urllib.request.urlopen(f"{target}/oauth/token", urllib.parse.urlencode(form).encode()) as answer:
        return f'{{ Authorization = "Bearer {json.load(answer)["access_token"]}" }}'
