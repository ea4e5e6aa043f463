"""What is in the parcels.  Invented, drawn from a seed.

In: a generator.  Out: items, parcels and value-added services as the interface writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from conformance.records import JSON

GOODS = (
    ("纯棉短袖T恤", "apparel"), ("荔枝 5斤装", "fresh"), ("蓝牙耳机", "electronics"), ("《红楼梦》", "book"), ("挂面", "food"),
    ("洗手液（补充装）", "liquid"), ("感冒清热颗粒", "medicine"), ("保温杯", "household"), ("护手霜", "cosmetics"), ("充电宝", "battery"),
)


def things(rng: Random, many: int | None = None) -> list[JSON]:
    """One to three different items (or `many`)."""
    chosen = rng.sample(GOODS, many or rng.randint(1, 3))
    return [
        {
            "name": name, "category": category, "quantity": rng.randint(1, 9),
            "weight_grams": rng.randint(50, 3000), "value_fen": rng.randint(100, 99_999),
        }
        for name, category in chosen
    ]


def parcels(rng: Random, many: int) -> list[JSON]:
    """So many parcels, numbered, each of another weight."""
    weights = rng.sample(range(100, 20_000), many)
    return [{"parcel_no": str(number), "weight_grams": weight} for number, weight in enumerate(weights, 1)]


def value_added(rng: Random) -> JSON:
    """Cash to collect and insured value, in fen, never the same."""
    cod, insured = rng.sample(range(101, 99_999), 2)
    return {"cod_fen": cod, "insured_fen": insured}


def heavy(number: str, weight: int) -> JSON:
    """A parcel of that weight in grams."""
    return {"parcel_no": number, "weight_grams": weight}


def thing(name: str, quantity: int = 1, **more: JSON) -> JSON:
    """An item with no more than what must be said of it."""
    return {"name": name, "category": "household", "quantity": quantity, **more}


ASSORTMENT: Final[Mapping[str, Mapping[str, JSON]]] = {
    "parcels:several": {"parcels": [heavy("1", 1250), heavy("2", 730), heavy("3", 18_000)]},
    "parcels:alike": {"parcels": [heavy("1", 1000), heavy("2", 1000), heavy("3", 1000)]},
    "parcels:odd-numbers": {"parcels": [heavy("01", 400), heavy("1", 500), heavy("A-1", 600), heavy("a-1", 700)]},
    "parcels:fifty": {"parcels": [heavy(str(number), 100 + 7 * number) for number in range(1, 51)]},
    "parcels:with-waybills": {"parcels": [heavy("1", 900), heavy("2", 901)]},
    "parcels:extreme-weights": {"parcels": [heavy("1", 1), heavy("2", 10_000_000)]},
    "items:hundred": {"items": [thing(f"零件 {number} 号", number, weight_grams=number) for number in range(1, 101)]},
    "items:alike": {"items": [thing("毛巾", 2), thing("毛巾", 2), thing("毛巾", 3)]},
    "items:bare": {"items": [thing("相框")]},
    "items:extreme": {
        "items": [thing("螺钉", 100_000, weight_grams=10_000_000, value_fen=10_000_000_000), thing("样品", weight_grams=0, value_fen=0)]
    },
    "payment:collect": {"payment_mode": "collect"},
    "payment:monthly": {"payment_mode": "monthly"},
    "payment:third-party": {"payment_mode": "third_party"},
    "value-added:none": {"value_added": None},
    "value-added:cash-only": {"value_added": {"cod_fen": 1}},
    "value-added:insured-only": {"value_added": {"insured_fen": 199_999}},
    "value-added:nothing": {"value_added": {"cod_fen": 0, "insured_fen": 0}},
    "value-added:large": {"value_added": {"cod_fen": 3_000_000_019, "insured_fen": 9_999_999_999}},
    "value-added:odd-fen": {"value_added": {"cod_fen": 1_999, "insured_fen": 100_001}},
    "remarks:none": {"remarks": None},
    "order:split": {},
    "order:long": {},
    "phone:expiring": {},
}
"""What consignments can be like, by the feature that tells them apart: fields that replace those of an ordinary one."""
