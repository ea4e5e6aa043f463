"""Synthetic people with names, phones and addresses as the trade meets them.

In: a seeded `random.Random`, and traits such as "name:middle-dot".  Out: people who exist nowhere else, each with
values that can be recognised wherever they turn up.  Pure, but for the fixtures read on first use.
"""

from conformance.people.crowd import People, edge_people, known_traits, person
from conformance.people.person import Address, Person, Phone

__all__ = ["Address", "People", "Person", "Phone", "edge_people", "known_traits", "person"]
