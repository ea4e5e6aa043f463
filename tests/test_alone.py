"""A run of one requirement decides it on the healthy mock: what is chosen to be played for it is enough."""

from __future__ import annotations

import pytest

from conformance.catalogue import Catalogue
from tests.conftest import embedded

UNSEEN = {"SE-P-19", "SE-P-22"}
"""What the healthy mock gives no occasion for: a 429, and TLS on loopback."""
KNOWN = ["NB-P-17", "NB-P-18", "NT-P-08", "NT-P-21", "NT-P-23", "RN-P-01"]
"""Those that were undecided once."""
OBSERVED = [one.id for one in Catalogue.load().for_role("platform") if one.method != "attested" and one.id not in UNSEEN]


@pytest.mark.parametrize("requirement", sorted({*KNOWN, *OBSERVED[::12]}))
def test_a_requirement_passes_alone(requirement: str) -> None:
    assert embedded(only=[requirement]).verdicts == {requirement: "pass"}
