"""A person whom a parcel comes from or goes to, as frozen data.

In: drawn values.  Out: the contact as the interface writes it.
"""

from dataclasses import dataclass

Text = str | None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number; `kind` is the interface's word for it (mobile, landline, virtual)."""

    number: str
    kind: str
    extension: Text = None


@dataclass(frozen=True, slots=True)
class Address:
    """Region and detail.

    `door` is the end of `detail` that a mask must hide (unit, floor, room), empty where an address ends with its house;
    `mark` is the piece of `detail` that no other person of a run has.
    """

    region_code: str
    province: str
    city: str
    detail: str
    mark: str
    door: str = ""
    district: Text = None
    town: Text = None
    postal_code: Text = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `features` say what is special: "name:astral", "address:no-room"."""

    name: str
    phone: Phone
    address: Address
    features: frozenset[str]

    def contact(self) -> dict[str, object]:
        """The person as a contact of the interface; what they don't have is left out."""
        phone = {"number": self.phone.number, "extension": self.phone.extension, "kind": self.phone.kind}
        address = {
            "region_code": self.address.region_code,
            "province": self.address.province,
            "city": self.address.city,
            "district": self.address.district,
            "town": self.address.town,
            "detail": self.address.detail,
            "postal_code": self.address.postal_code,
        }
        return {"name": self.name, "phone": _present(phone), "address": _present(address)}


def _present(fields: dict[str, Text]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}
