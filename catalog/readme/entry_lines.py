"""Which line of a list an entry gets: composed of parts, a row of a table, or neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, takewhile
from operator import itemgetter
from typing import Final

from catalog.readme import renderer
from catalog.readme.composing import Composer
from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.gaps import gap_between
from catalog.readme.habits import Habits
from catalog.readme.meaning import Branch, Entry, Link, Thing, is_own
from catalog.readme.note_lines import indent_below, nearest_with_note_below, note_below
from catalog.readme.patterns import Pattern, are_links_below, are_links_beside, pattern_of
from catalog.readme.ranges import Replacement
from catalog.readme.rereading import say, says
from catalog.readme.slots import Shape, is_unnumbered, place_of
from catalog.readme.style import Style, marker_at, width
from catalog.readme.tables import OwnLines, Tables

# So many further lines of a list are looked at to learn how it writes something.
_MOST_PATTERNS: Final = 120
_FORMS: Final = ("item", "paragraph")


class EntryLines(Habits):
    """How the entries of a document are written."""

    def __init__(self, document: ListDocument, style: Style) -> None:
        super().__init__(document)
        self.style = style
        self.newline = style.newline.encode()
        self.tables = Tables(document, style)

    @cached_property
    def entries(self) -> list[tuple[int, Entry]]:
        """All that are items or paragraphs, with where they begin, in the order of the text."""
        found = [
            (thing.place.start, thing)
            for _, thing in self.document.things
            if isinstance(thing, Entry) and thing.place and thing.place.form in _FORMS
        ]
        return sorted(found, key=itemgetter(0))

    # Items.

    def near(self, kin: Iterable[Thing], at: int, indent: int, form: str) -> list[Pattern]:
        """The lines of siblings, then others of that form as far in, or all, the nearest first."""
        own_kin = {
            one.place.start: one
            for one in islice(kin, _MOST_PATTERNS)
            if isinstance(one, Entry) and one.place is not None
        }
        patterns_of_kin = (pattern_of(self.raw, one) for one in own_kin.values())
        first = [pattern for pattern in patterns_of_kin if pattern is not None]
        behind = bisect_left(self.entries, at, key=itemgetter(0))
        around = self.entries[max(0, behind - _MOST_PATTERNS) : behind + _MOST_PATTERNS]
        around.sort(key=lambda one: abs(one[0] - at))
        seen = {one.place.start for one in first}
        further = (pattern_of(self.raw, one) for start, one in around if start not in seen)
        own = [pattern for pattern in further if pattern is not None]
        near = [
            one
            for one in own
            if one.place.marker - one.place.start == indent and one.place.form == form
        ]
        return [*first, *(near or own)]

    def new_item(self, entry: Entry, shape: Shape, at: int) -> bytes:
        """The lines of a newcomer with all below it: as lines around are, if they then say it."""
        ways = [False, True] if entry.note and shape.form == "item" else [False]
        if len(ways) > 1 and nearest_with_note_below(self._kin(shape, at)):
            ways.reverse()
        for is_note_below in ways:
            text = self._composed(entry, shape, at, is_note_below=is_note_below)
            if says(text, entry, shape):
                return text
        if shape.form == "item" and self.is_flat:
            text = self._composed(entry, shape, at, is_link_parted=True)
            if says(text, entry, shape):
                return text
        return self._as_item(entry, shape)

    def _kin(self, shape: Shape, at: int) -> list[Pattern]:
        return self.near(shape.kin, at, len(shape.indent), shape.form)

    def _as_item(self, entry: Entry, shape: Shape) -> bytes:
        marker = shape.marker if shape.form == "item" else self.style.marker
        style = replace(self.style, marker=marker)
        return renderer.item_text(entry, style, shape.indent, is_top=shape.is_top).encode()

    def _composed(
        self,
        entry: Entry,
        shape: Shape,
        at: int,
        *,
        is_note_below: bool = False,
        is_link_parted: bool = False,
    ) -> bytes:
        """The lines of a newcomer, which need not be read as what they shall say.

        `is_link_parted` says that its links are not to stand as those around, which are read only
        where a title says their kind: `Lin's [blog](url)`.
        """
        kin = self._kin(shape, at)
        if is_link_parted:
            kin = [one for one in kin if not one.holds_link]
        links = list(takewhile(lambda child: isinstance(child, Link), entry.children))
        own = sum(map(is_own, links))
        below = self.style.below(shape.indent, shape.marker)
        style = replace(self.style, marker=renderer.plain_marker(shape.marker))
        said = replace(entry, note="") if is_note_below else entry
        like = nearest_with_note_below(kin) if is_note_below else None
        if shape.form == "paragraph" or like is not None or self._has_line(said, shape, kin):
            number = own if are_links_below(kin) else len(links)
            arranged = [Arranged(link, None, []) for link in links[:number]]
            column = len(shape.indent) + width(shape.marker)
            line = Composer(self.raw, self.style, kin, column).new(said, arranged)
            if is_note_below:
                line += note_below(entry.note, like, below, style)
        else:
            number = own
            is_enough = shape.is_top or len(entry.children) > own
            head = renderer.head_text(entry, style, is_link_enough=is_enough) + style.newline
            line = head.encode() + note_below(entry.note, None, below, style)
        text = (shape.indent + shape.marker).encode() + line
        for child in entry.children[number:]:
            if isinstance(child, Link):
                text += renderer.item_text(child, style, below).encode()
            else:
                text += self._composed(child, Shape("item", below, style.marker, False), at)
        return text

    def are_links_below(self, part: Entry, kin: Iterable[Thing]) -> bool:
        """Whether a first link of this entry goes below its line, as those of its neighbours."""
        pattern = pattern_of(self.raw, part)
        if pattern is None or pattern.holds_link:
            return False
        return are_links_below(self._near_to(part, kin))

    def are_links_beside(self, part: Entry, kin: Iterable[Thing]) -> bool:
        """Whether a first link of this item goes into its line, as those of its neighbours."""
        is_open = all(
            isinstance(one, Link) and place_of(one).form == "head" for one in part.children
        )
        return is_open and are_links_beside(self._near_to(part, kin))

    def _near_to(self, part: Entry, kin: Iterable[Thing]) -> list[Pattern]:
        place = part.place
        assert place is not None
        near = self.near(kin, place.start, place.marker - place.start, place.form)
        return [one for one in near if one.place.start != place.start]

    def _has_line(self, entry: Entry, shape: Shape, kin: Sequence[Pattern]) -> bool:
        """Whether a new entry is to be composed like its siblings."""
        if entry.facts or (entry.note and self.has_line_notes):
            return True
        has_links = sum(isinstance(child, Link) and not is_own(child) for child in entry.children)
        if has_links and self.has_line_links and any(one.holds_link for one in kin):
            return True
        if has_links and shape.form == "item" and self.is_flat:
            return True
        if not shape.kin:
            return bool(kin and kin[0].place.parts)
        nearest = next((one for one in shape.kin if isinstance(one, Entry)), None)
        return nearest is not None and bool(getattr(nearest.place, "parts", ()))

    def new_entries(
        self, branch: Branch, at: int, own: OwnLines, *, forms: Container[str] = ()
    ) -> bytes | None:
        """The entries of a new heading, like those of the nearest; None if there are none.

        What are rows or items now, by their forms, stay so, if that is possible.
        """
        entries = [child for child in branch.children if isinstance(child, Entry)]
        model = self._items_near(at)
        if not entries or len(entries) < len(branch.children):
            return None
        is_table = "row" in forms or ("item" not in forms and self.is_table_nearest(at, model))
        text = self.tables.new(entries, at, own) if is_table else None
        if text is None and model:
            text = self._new_items(entries, model, at, own)
            if not say(text, entries):
                text = self.tables.new(entries, at, own) or text
        return text

    def is_table_nearest(self, at: int, items: Sequence[Thing] | None = None) -> bool:
        """Whether the nearest entries below a heading are rows, not these items."""
        near = self._items_near(at) if items is None else items
        distance = min((abs(place_of(one).start - at) for one in near), default=-1)
        return self.tables.is_nearer(at, distance)

    def _new_items(
        self, entries: Sequence[Entry], model: Sequence[Thing], at: int, own: OwnLines
    ) -> bytes:
        place = place_of(model[0])
        if place.form == "paragraph":
            shape = Shape("paragraph", "", "", True, tuple(model))
            texts = [
                own(number, shape) or self.new_item(entry, shape, at)
                for number, entry in enumerate(entries)
            ]
            return self.newline.join(texts)
        indent = self.raw[place.start : place.marker].decode()
        marker = self.raw[place.marker : place.text].decode()
        gap = self.style.newline * (gap_between(self.raw, model, "item") or 0)
        is_counted = not is_unnumbered(self.raw, model, self.style)
        items = []
        for number, entry in enumerate(entries):
            beside = marker_at(marker, number if is_counted else 0)
            shape = Shape("item", indent, beside, True)
            items.append(own(number, shape) or self.new_item(entry, shape, at))
        return gap.encode().join(items)

    def _items_near(self, at: int) -> Sequence[Thing]:
        """The items or paragraphs right below the nearest heading which has some."""
        behind = bisect_left(self._below_headings, at, key=itemgetter(0))
        near = self._below_headings[max(0, behind - 1) : behind + 1]
        return min(near, key=lambda one: abs(one[0] - at), default=(0, ()))[1]

    @cached_property
    def _below_headings(self) -> list[tuple[int, Sequence[Thing]]]:
        """Where items and paragraphs right below headings begin, each with those of its heading."""
        found: list[tuple[int, Sequence[Thing]]] = []
        for _, thing in self.document.things:
            if isinstance(thing, Link) or place_of(thing).form != "heading":
                continue
            for form in _FORMS:
                entries = [one for one in thing.children if isinstance(one, Entry)]
                alike = [one for one in entries if place_of(one).form == form]
                found += ((place_of(one).start, alike) for one in alike)
        return sorted(found, key=itemgetter(0))

    def changed_line(
        self, part: Entry, wanted: Entry, links: Sequence[Arranged], kin: Iterable[Thing]
    ) -> Replacement | None:
        """A line that says what is wanted in the place of one that is there.

        What no paragraph can say becomes an item.
        """
        pattern = pattern_of(self.raw, part)
        place = part.place
        if pattern is None or place is None:
            return None
        near = self._near_to(part, kin)
        composer = Composer(self.raw, self.style, near)
        line = composer.changed(part, pattern, wanted, links)
        if self._is_note_lost(line, part, wanted, links, near):
            line = composer.changed(part, pattern, replace(wanted, note=""), links)
            below = indent_below(self.raw, place, self.style)
            line += note_below(wanted.note, nearest_with_note_below(near), below, self.style)
        shape = Shape("paragraph", "", "", True)
        if place.form == "paragraph" and not says(line, wanted, shape):
            end = b"" if self.raw[: place.head_end].endswith(b"\n") else self.newline
            item = self._as_item(wanted, shape).removesuffix(end)
            return Replacement(place.start, place.head_end, item)
        return Replacement(place.text, place.head_end, line)

    def _is_note_lost(
        self,
        line: bytes,
        part: Entry,
        wanted: Entry,
        links: Sequence[Arranged],
        near: Iterable[Pattern],
    ) -> bool:
        """Whether an item's new note is not read in its line, which cannot be written anew.

        It would be like those of its neighbours then, but cannot if it holds what no record does.
        """
        place = part.place
        assert place is not None
        if place.form != "item" or not wanted.note or part.note:
            return False
        is_noted = any(one.find("note") >= 0 for one in near)
        if is_noted and all(one.key != "other" for one in place.parts):
            return False
        stated = tuple([one.thing for one in links if isinstance(one.thing, Link)])
        marker = self.raw[place.marker : place.text]
        return not say(marker + line, (replace(wanted, children=stated),))
