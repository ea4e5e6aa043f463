"""Identity numbers as GB 11643 builds them, of people born so long ago that nobody has one.

In: a generator.  Out: eighteen characters, in order, or of something else: a wrong check character, no date, no province (rule 7.6).
"""

from __future__ import annotations

from random import Random
from typing import Final

_REGIONS: Final = ("110105", "310104", "440305", "330106", "510107", "810000", "830000")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def number(rng: Random) -> str:
    """A number that is in order."""
    body = f"{rng.choice(_REGIONS)}18{rng.randint(80, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    return body + check_character(body)


def with_small_x(rng: Random) -> str:
    """A number that is in order and ends in a small x."""
    return next(found for found in iter(lambda: number(rng), "") if found.endswith("X")).lower()


def full_width(rng: Random) -> str:
    """A number that is in order, in full-width characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in number(rng))


def near_miss(rng: Random) -> str:
    """Eighteen digits that look like one, with a wrong check character: a number of something else."""
    body = number(rng)[:17]
    return body + rng.choice([digit for digit in "0123456789" if digit != check_character(body)])


def no_date(rng: Random) -> str:
    """Eighteen characters with a right check character where no month can be: an order number."""
    body = f"{rng.choice(_REGIONS)}20{rng.randint(0, 99):02}{rng.randint(13, 99)}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    return body + check_character(body)


def no_province(rng: Random) -> str:
    """Likewise in order but for the first two digits, which are no province's."""
    body = f"{rng.choice((10, 20, 30, 40, 60, 70, 99))}{number(rng)[2:17]}"
    return body + check_character(body)


def check_character(body: str) -> str:
    """ISO 7064, MOD 11-2."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
