"""The tables of a document, and those who write their rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import product
from typing import Final

from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.meaning import Entry, Link, Thing
from catalog.readme.places import BranchPlace, Table
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.rereading import say
from catalog.readme.rows import TableWriter
from catalog.readme.slots import Shape, place_of
from catalog.readme.style import Style

# So many tables are tried for a new one to be like them.
_MOST_TABLES: Final = 5

OwnLines = Callable[[int, Shape], bytes | None]
"""The lines that the entry with this number has already, if they can stand in this shape."""


class Tables:
    """How the rows of a document are written."""

    def __init__(self, document: ListDocument, style: Style) -> None:
        self.document = document
        self.raw = document.raw
        self.style = style
        self._writers: dict[int, TableWriter] = {}

    def make_room(
        self, parts: Sequence[Thing], children: Sequence[Arranged], fewest: int
    ) -> Iterator[Replacement]:
        """Prepare the tables among these siblings for the rows that are wanted.

        What `fewest` of them say and no column can is worth a column.
        """
        rows: dict[int, list[Entry]] = {}
        table_at: dict[int, int] = {}
        for index, part in enumerate(parts):
            place = part.place
            if not isinstance(part, Entry) or not isinstance(place, BranchPlace):
                continue
            if place.row is not None:
                rows.setdefault(place.row.table.start, []).append(part)
                table_at[index] = place.row.table.start
        if not rows:
            return
        wanted: dict[int, list[Entry]] = {start: [] for start in rows}
        last = next(iter(rows))
        for child in children:
            if child.source is not None and child.source[-1] in table_at:
                last = table_at[child.source[-1]]
            elif child.source is not None:
                continue
            grown = child.grown()
            if isinstance(grown, Entry):
                wanted[last].append(grown)
        for start, entries in rows.items():
            place = entries[0].place
            assert place is not None
            assert place.row is not None
            writer = TableWriter(self.raw, self.style, place.row.table, entries)
            self._writers[start] = writer
            yield from writer.make_room(wanted[start], fewest)

    def of(self, thing: Thing | None) -> TableWriter | None:
        place = thing.place if isinstance(thing, Entry) else None
        if place is None or place.row is None:
            return None
        table = place.row.table
        if table.start not in self._writers:
            self._writers[table.start] = TableWriter(self.raw, self.style, *self._rows[table.start])
        return self._writers[table.start]

    def new(self, entries: Sequence[Entry], at: int, own: OwnLines) -> bytes | None:
        """A table with the titles of the nearest that can say all of this, or has room for it."""
        if not all(isinstance(child, Link) for entry in entries for child in entry.children):
            return None
        nearest = self._near(at)
        for is_changed, (table, rows) in product((False, True), nearest):
            writer = TableWriter(self.raw, self.style, table, rows)
            room = writer.make_room(entries) if is_changed else ()
            text = replaced(self.raw, room, table.start, table.rows_start)
            for number, entry in enumerate(entries):
                links = [Arranged(child, None, []) for child in entry.children]
                shape = Shape("row", "", "", True, tuple(rows[:1]))
                row = own(number, shape) if not is_changed else None
                text += row or writer.new(entry, links, rows[-1], number + 1)
            if say(text, entries):
                return text
        return None

    def is_nearer(self, at: int, distance: int) -> bool:
        """Whether a row stands nearer than something in this distance, -1 for nothing."""
        tables = self._near(at)
        return bool(tables) and not 0 <= distance < _distance(tables[0], at)

    def _near(self, at: int) -> list[tuple[Table, list[Entry]]]:
        """The nearest tables of the list with their rows, the nearest first."""
        behind = bisect_left(self._starts, at)
        around = self._starts[max(0, behind - _MOST_TABLES) : behind + _MOST_TABLES]
        tables = [self._rows[start] for start in around]
        return sorted(tables, key=partial(_distance, at=at))[:_MOST_TABLES]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self._rows)

    @cached_property
    def _rows(self) -> dict[int, tuple[Table, list[Entry]]]:
        found: dict[int, tuple[Table, list[Entry]]] = {}
        for _, thing in self.document.things:
            if isinstance(thing, Entry) and thing.place is not None and thing.place.row:
                table = thing.place.row.table
                found.setdefault(table.start, (table, []))[1].append(thing)
        return found


def _distance(table: tuple[Table, list[Entry]], at: int) -> int:
    """From the nearest row of a table."""
    return min(abs(place_of(row).start - at) for row in table[1])
