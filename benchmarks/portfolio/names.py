"""Names of companies and people, made up and each different."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

FIRST = """Aster Birch Cobalt Delta Ember Fjord Granite Harbor Indigo Juniper Kestrel Linden Meridian Northwind Onyx
Prairie Quartz Ridge Sable Tundra Umber Vesper Willow Xenon Yarrow Zephyr Alder Basalt Cedar Drift Elm Falcon Garnet
Heron Iris Jasper Karst Larch Marble Nimbus Opal Pine Quill Raven Slate Thistle Ursa Vale Wren Yew""".split()
SECOND = """Cognition Vision Analytics Language Data Robotics Speech Insight Forecast Signals Research Systems Reason
Labs Models Networks Search Translation Knowledge Intelligence""".split()
THIRD = """One Nova Prime Edge Core Works Group Partners Digital Europe Nordic Iberia Alpine Baltic Atlantic Pacific
Global Applied General United First Open Clear Bright""".split()
PEOPLE = "Priya Jonas Amara Luca Sofia Mateo Ingrid Kofi Hana Pavel Noor Elena".split()
FAMILIES = "Raman Berg Diallo Rossi Novak Silva Larsen Mensah Sato Horak Haddad Popov".split()


class Named(NamedTuple):
    name: str
    site: str
    number: str
    contact: str
    mail: str


def names(random: Random) -> Iterator[Named]:
    """24,000 different companies in no order, then the same with a number."""
    every = [f"{first} {second} {third}" for first in FIRST for second in SECOND for third in THIRD]
    random.shuffle(every)
    for serial in range(10**9):
        again, place = divmod(serial, len(every))
        name = f"{every[place]} {again + 1}" if again else every[place]
        domain = f"{name.lower().replace(' ', '-')}.example"
        person = f"{random.choice(PEOPLE)} {random.choice(FAMILIES)}"
        mail = f"{person.lower().replace(' ', '.')}@{domain}"
        yield Named(name, f"https://{domain}", f"HRB {100000 + serial}", person, mail)
