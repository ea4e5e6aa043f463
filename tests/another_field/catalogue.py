"""The library's catalogue: two requirements, one profile."""

from __future__ import annotations

from conformance.catalogue import Catalogue
from conformance.profiles import Profile
from conformance.requirements import Requirement
from conformance.rules import Parameter

TEXT = {"zh": "图书馆", "en": "library"}


def catalogue() -> Catalogue:
    def requirement(number: int, title: str, **more: object) -> Requirement:
        return Requirement(
            id=f"LB-L-{number:02}", theme="LB", level="must", force="应当", clause=("RFC 1",), title={"zh": title, "en": title},
            rationale=TEXT, remedy=TEXT, method="observed", **more,  # type: ignore[arg-type]
        )

    deadline = Parameter(unit="duration", default="PT5M", why=TEXT)
    requirements = [
        requirement(1, "A loan stands in the list in time.", parameters={"deadline": deadline}),
        requirement(2, "A loan is listed under the reader who took it."),
    ]
    profile = Profile(name="plain", edition="2026.1", title=TEXT, purpose=TEXT, levels="catalogue", when_absent={})
    return Catalogue({one.id: one for one in requirements}, {"plain": profile}, {"LB": TEXT})
