"""Which facts the tables of the newest text have a column for, even where every cell is empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.readme import Entry, Link, Section
from catalog.readme.meaning import Thing, walk
from catalog.sync.snapshots import document_of, newest_snapshot


def facts_of_columns(above: Sequence[str]) -> list[str]:
    """Those of the tables whose rows stand right below these names; of all, if there are none."""
    newest = newest_snapshot()
    if newest is None:
        return []
    things: Sequence[Thing] = document_of(newest).sections
    if not above:
        things = [thing for _, thing in walk(things)]
    for name in above:
        called = [one for one in things if isinstance(one, Section | Entry) and one.name == name]
        things = [child for one in called for child in one.children]
    return list(dict.fromkeys(fact for thing in things for fact in _facts(thing)))


def _facts(thing: Thing) -> Iterator[str]:
    if isinstance(thing, Link) or thing.place is None or thing.place.row is None:
        return
    for column in thing.place.row.table.columns:
        # A column of links of a known kind has words in it only by mistake.
        if column.role == "fact" or (column.role == "links" and column.label):
            yield column.fact
