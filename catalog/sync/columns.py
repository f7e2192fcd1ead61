"""The columns of the newest text's tables: what they have a place for, even where it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.readme import Entry, Link, Section
from catalog.readme.meaning import Thing, walk
from catalog.readme.places import Column
from catalog.sync.snapshots import document_of, newest_snapshot


def columns_below(names: Sequence[str]) -> Mapping[str, str]:
    """By its fact the title of each column of the tables whose rows stand right below these names.

    Those of all tables, if there are no names. Where two tables differ, the title is empty.
    """
    return _titles(_below(names) if names else _everywhere())


def columns_of(names: Sequence[str]) -> Mapping[str, str]:
    """The same of the row to which these names lead."""
    *above, own = names
    return _titles(row for row in _below(above) if not isinstance(row, Link) and row.name == own)


def _below(names: Sequence[str]) -> Sequence[Thing]:
    newest = newest_snapshot()
    things: Sequence[Thing] = document_of(newest).sections if newest is not None else ()
    for name in names:
        called = [one for one in things if isinstance(one, Section | Entry) and one.name == name]
        things = [child for one in called for child in one.children]
    return things


def _everywhere() -> Iterator[Thing]:
    yield from (thing for _, thing in walk(_below(())))


def _titles(things: Iterable[Thing]) -> Mapping[str, str]:
    titles: dict[str, str] = {}
    for thing in things:
        for column in _columns(thing):
            title = titles.setdefault(column.fact, column.title)
            titles[column.fact] = title if title == column.title else ""
    return titles


def _columns(thing: Thing) -> Iterator[Column]:
    if isinstance(thing, Link) or thing.place is None or thing.place.row is None:
        return
    for column in thing.place.row.table.columns:
        # A column of links of a known kind has words in it only by mistake.
        if column.role == "fact" or (column.role == "links" and column.label):
            yield column
