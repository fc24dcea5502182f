"""A place of work: its address, its hours and whom to call there."""

from generator.kinds.parts import Contact, Item
from generator.kinds.record import Record
from generator.limits import Window
from generator.messages import say
from generator.values import Phone, Slug, Text


class Location(Record):
    """A hotel, branch, shop or centre."""

    kind = "location"
    folder = "locations"
    label = say("location")

    address: Text
    """The postal address, as one would say it to an ambulance."""
    packs: list[Slug]
    """The packs used at this place."""
    hours: Window
    """When the place is open."""
    facilities: list[Item] = []
    """What is present here, and where."""
    emergency_phone: Phone
    """The in-house number for emergencies."""
    contacts: list[Contact]
    """How to reach each post."""
