"""Regions that comparisons tell apart: one in each corner of the country, near and far.

In: a person.  Out: the same person, living there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from conformance.people import Person


class Region(NamedTuple):
    """As `fixtures/people/regions.yaml` writes it."""

    code: str
    province: str
    city: str
    district: str
    post: str


REGIONS: Final = (
    Region("330106", "浙江省", "杭州市", "西湖区", "310013"),
    Region("440106", "广东省", "广州市", "天河区", "510630"),
    Region("510107", "四川省", "成都市", "武侯区", "610041"),
    Region("650102", "新疆维吾尔自治区", "乌鲁木齐市", "天山区", "830002"),
)


def living_in(region: Region, person: Person) -> Person:
    """The person with house and door as before, in that region."""
    address = replace(
        person.address, region_code=region.code, province=region.province, city=region.city, district=region.district, town=None,
        postal_code=region.post,
    )
    return replace(person, address=address)
