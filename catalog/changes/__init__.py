"""The one door for writes.

    with changes.record(who="Li", origin="admin") as recording:
        recording.create(LanguageModel(...))
        recording.update(model, name="ByT5")
        recording.delete(family)

All of it is one transaction and one ChangeSet, which says who changed which field of which row,
and from which `undo` and `restore` put things back. Read in this order:

    recording.py   record() and Recording: what a caller can do
    checks.py      what is checked before a row is written, and what must hold of the trees after
    places.py      whose child a row is; the order of siblings; moving a branch
    names.py       slugs of new records; which are taken; former names
    journal.py     rows written in bulk, each write noted
    undoing.py     undo and restore
    reversal.py    what has to be written to reverse some changes, or what forbids it
    orders.py      an order put back, though the numbers that stated it have moved on
"""

from catalog.changes.journal import TABLES, ChangeRefused, table_of
from catalog.changes.names import give_slugs, slugs_in_use
from catalog.changes.places import branch_of, children_of, group_of, natural_neighbour
from catalog.changes.recording import Recording, generation, record
from catalog.changes.undoing import UndoReport, restore, undo

__all__ = [
    "TABLES",
    "ChangeRefused",
    "Recording",
    "UndoReport",
    "branch_of",
    "children_of",
    "generation",
    "give_slugs",
    "group_of",
    "natural_neighbour",
    "record",
    "restore",
    "slugs_in_use",
    "table_of",
    "undo",
]
