"""The discovery document: what the mock declares.

In: limits and capabilities.  Out: the document.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock.calls import Answer, Call
from conformance.mock.couriers import since
from conformance.mock.parties import PLATFORM, SANDBOX
from conformance.mock.questions import DiscoveryShown
from conformance.mock.world import World
from conformance.version import __version__

CAPABILITIES = (
    "push",
    "pull",
    "courier_change",
    "notices",
    "consents",
    "data_requests",
    "analytics",
    "public_tracking",
    "monitoring",
    "sandbox_clock",
    "sandbox_interruptions",
)


@dataclass(frozen=True, slots=True)
class Discovery:
    """Declares."""

    world: World
    capabilities: tuple[str, ...]

    async def get(self, call: Call) -> Answer:
        """`getDiscovery`."""
        document = {
            "role": "platform",
            "organisation": {"code": PLATFORM.code, "name": PLATFORM.title},
            "interface_version": "1.0",
            "software_version": f"hulian-mock {__version__}",
            "capabilities": list(self.capabilities),
            "counterparts": [
                {"code": party.code, "name": party.title, "kind": party.kind, "since": since(party)}
                for party in SANDBOX
                if party.kind != "operator"
            ],
            "limits": self.world.limits.document(),
            "contacts": [
                {"purpose": purpose, "email": f"{purpose}@platform.example"} for purpose in ("technical", "security", "privacy", "notices")
            ],
        }
        return Answer(200, self.world.ask(DiscoveryShown(document)))
