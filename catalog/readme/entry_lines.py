"""Which line of a list an entry gets: composed of parts, a row of a table, or neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from catalog.readme.composing import Composer
from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.meaning import Branch, Entry, Link, Thing, walk
from catalog.readme.parser import parse
from catalog.readme.patterns import Pattern, pattern_of
from catalog.readme.places import BranchPlace
from catalog.readme.ranges import Replacement
from catalog.readme.rows import TableWriter
from catalog.readme.slots import Shape
from catalog.readme.style import Style, marker_at

# So many further lines of a list are looked at to learn how it writes something.
_MOST_PATTERNS: Final = 120


class EntryLines:
    """How the entries of a document are written."""

    def __init__(self, document: ListDocument, style: Style) -> None:
        self.document = document
        self.raw = document.raw
        self.style = style
        self.tables: dict[int, TableWriter] = {}

    @cached_property
    def patterns(self) -> list[Pattern]:
        """The lines of all entries in the order of the text."""
        found = (
            pattern_of(self.raw, thing)
            for _, thing in walk(self.document.sections)
            if isinstance(thing, Entry)
        )
        return sorted((one for one in found if one is not None), key=lambda one: one.place.start)

    @cached_property
    def has_line_notes(self) -> bool:
        """Whether notes stand in the lines of their entries rather than below them."""
        in_line = own = 0
        for _, thing in walk(self.document.sections):
            place = thing.place
            if isinstance(thing, Entry) and thing.note and isinstance(place, BranchPlace):
                in_line += place.note is None
                own += place.note is not None
        return in_line > own

    # Items.

    def near(self, kin: Iterable[Thing], at: int, indent: int) -> list[Pattern]:
        """The lines of siblings, then others that stand as far in, the nearest first."""
        own_kin = {
            one.place.start: one
            for one in islice(kin, _MOST_PATTERNS)
            if isinstance(one, Entry) and one.place is not None
        }
        patterns_of_kin = (pattern_of(self.raw, one) for one in own_kin.values())
        first = [pattern for pattern in patterns_of_kin if pattern is not None]
        patterns = self.patterns
        behind = bisect_left(patterns, at, key=lambda one: one.place.start)
        further = patterns[max(0, behind - _MOST_PATTERNS) : behind + _MOST_PATTERNS]
        further.sort(key=lambda one: abs(one.place.start - at))
        seen = {one.place.start for one in first}
        own = [one for one in further if one.place.start not in seen]
        near = [one for one in own if one.place.marker - one.place.start == indent]
        return [*first, *near]

    def has_line(self, entry: Entry, kin: Sequence[Thing]) -> bool:
        """Whether a new entry is to be composed like its siblings."""
        if entry.facts or (entry.note and self.has_line_notes):
            return True
        nearest = next((one for one in kin if isinstance(one, Entry)), None)
        return nearest is not None and bool(getattr(nearest.place, "parts", ()))

    def new_line(self, child: Arranged, entry: Entry, shape: Shape, at: int) -> bytes | None:
        """The line of a newcomer; None if it would not say what it shall."""
        links = [below for below in child.children if isinstance(below.thing, Link)]
        if links != child.children[: len(links)]:
            return None
        kin = self.near(shape.kin, at, len(shape.indent))
        line = Composer(self.raw, self.style, kin).new(entry, links)
        text = (shape.indent + shape.marker).encode() + line
        if shape.is_top and not _says(text, entry, len(links)):
            return None
        return text

    def new_lines(self, branch: Branch, at: int) -> bytes | None:
        """The entries of a new heading, like those of the nearest; None if they are unlike."""
        entries = [child for child in branch.children if isinstance(child, Entry)]
        near = next(iter(self.near((), at, 0)), None)
        if near is None or not near.place.parts or len(entries) < len(branch.children):
            return None
        text = b""
        for number, entry in enumerate(entries):
            marker = marker_at(near.raw[near.place.marker : near.place.text].decode(), number)
            child = Arranged(entry, None, [Arranged(one, None, []) for one in entry.children])
            if any(isinstance(one, Entry) for one in entry.children):
                return None
            line = self.new_line(child, entry, Shape("item", "", marker, True), at)
            if line is None:
                return None
            text += line
        return text or None

    def changed_line(
        self, part: Entry, wanted: Entry, links: Sequence[Arranged], kin: Iterable[Thing]
    ) -> Replacement | None:
        """A line that says what is wanted in the place of one that is there."""
        pattern = pattern_of(self.raw, part)
        place = part.place
        if pattern is None or place is None:
            return None
        near = self.near(kin, place.start, place.marker - place.start)
        near = [one for one in near if one.place.start != place.start]
        line = Composer(self.raw, self.style, near).changed(part, pattern, wanted, links)
        return Replacement(place.text, place.head_end, line)

    # Rows.

    def make_room(
        self, parts: Sequence[Thing], children: Sequence[Arranged]
    ) -> Iterator[Replacement]:
        """Prepare the tables among these siblings for the rows that are wanted."""
        rows: dict[int, list[Entry]] = {}
        table_at: dict[int, int] = {}
        for index, part in enumerate(parts):
            place = part.place
            if isinstance(part, Entry) and place is not None and place.row is not None:  # type: ignore[union-attr]
                rows.setdefault(place.row.table.start, []).append(part)  # type: ignore[union-attr]
                table_at[index] = place.row.table.start  # type: ignore[union-attr]
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
            self.tables[start] = writer
            yield from writer.make_room(wanted[start])

    def table_of(self, thing: Thing | None) -> TableWriter | None:
        place = thing.place if isinstance(thing, Entry) else None
        return self.tables.get(place.row.table.start) if place is not None and place.row else None


def _says(text: bytes, entry: Entry, links: int) -> bool:
    """Whether this line alone is read as this entry."""
    sections = parse(f"## A\n\n{text.decode()}\n").sections
    if len(sections) != 1 or len(sections[0].children) != 1:
        return False
    read = sections[0].children[0]
    return (
        isinstance(read, Entry)
        and (read.name, read.note, read.facts) == (entry.name, entry.note, entry.facts)
        and read.children == entry.children[:links]
    )
