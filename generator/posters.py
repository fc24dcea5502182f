"""What is put up on the wall: one sheet for each record that many people have to have before their eyes."""

from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.location import Location
from generator.kinds.model import Model
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.standard import Standard

SORTS = ("locations", "procedures", "classifications", "standards", "models")
"""Folders of the kinds that have posters, in the order in which they are listed."""


def has_poster(record: Record) -> bool:
    """Whether a record has a poster: of procedures only those for emergencies have one."""
    if isinstance(record, Procedure):
        return bool(record.first_actions)
    return isinstance(record, (Location, Classification, Standard, Model))


def posters(book: Handbook, pack: str) -> dict[str, list[Record]]:
    """The records of a pack that have a poster, by folder; every folder of SORTS is there."""
    found: dict[str, list[Record]] = {folder: [] for folder in SORTS}
    for record in book.current:
        if record.pack == pack and has_poster(record):
            found[record.folder].append(record)
    return found
