"""Who the sandbox knows: one frozen record a party, with its credentials, counterpart code and OAuth scopes.

In: nothing.  Out: `SANDBOX`, the parties with well-known credentials that `specs/sandbox.openapi.yaml` names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A counterpart of the platform: `kind` is its OAuth role, `code` what consignments and notices call it."""

    name: str
    kind: str
    code: str
    title: str = ""

    @property
    def client_id(self) -> str:
        return "sandbox-" + self.name.replace("_", "-")

    @property
    def client_secret(self) -> str:
        return self.client_id + "-secret"


ANYBODY = Party("consumer", "public", "")
"""Somebody without credentials."""

PLATFORM = Party("iut", "platform", "P-SBX", "Hulian mock platform 互联模拟平台")
"""The mock itself."""

SANDBOX: tuple[Party, ...] = (
    Party("merchant_1", "merchant", "M-SBX-1", "Sandbox merchant 1"),
    Party("merchant_2", "merchant", "M-SBX-2", "Sandbox merchant 2"),
    Party("courier_a", "courier", "SBXA", "Sandbox courier A"),
    Party("courier_b", "courier", "SBXB", "Sandbox courier B"),
    Party("courier_new", "courier", "SBXN", "Sandbox courier N"),
    Party("analyst", "analyst", "R-SBX", "Sandbox analyst"),
    Party("third_party", "third_party", "T-SBX", "Sandbox third party"),
    Party("authority", "authority", "G-SBX", "Sandbox authority"),
    Party("operator", "operator", "OPERATOR", "Sandbox operator"),
)
BY_CODE = {party.code: party for party in SANDBOX}
BY_CLIENT = {party.client_id: party for party in SANDBOX}
COURIERS = tuple(party for party in SANDBOX if party.kind == "courier")
MERCHANTS = tuple(party for party in SANDBOX if party.kind == "merchant")
AUTHORITY = next(party for party in SANDBOX if party.kind == "authority")
