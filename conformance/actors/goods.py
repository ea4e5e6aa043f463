"""What is in the parcels.  Invented, drawn from a seed.

In: a generator.  Out: items, parcels and value-added services as the interface writes them.
"""

from __future__ import annotations

from random import Random

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
