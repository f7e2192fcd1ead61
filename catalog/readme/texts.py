"""The text of a thing for another place: its own lines if possible, else composed or rendered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import partial

from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.entry_lines import EntryLines
from catalog.readme.fields import is_note_detached
from catalog.readme.html_headings import at_level, hashes_of, is_html
from catalog.readme.labelled_headings import text_like_sibling
from catalog.readme.lines import moved
from catalog.readme.meaning import Address, Branch, Entry, Link, Section, Thing, name_of
from catalog.readme.places import BranchPlace, Place, Table
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.slots import Shape, Slot, place_of, shape_of
from catalog.readme.style import style_of


class Unstatable(ValueError):
    """The list's form has no way to say what the edits ask for."""


class Texts:
    """Makes the text of things; what changes in their own lines is the writer's."""

    def __init__(self, document: ListDocument, anew: frozenset[Address]) -> None:
        self.document = document
        self.raw = document.raw
        self.anew = anew
        self.around = {at[:n] for at in anew for n in range(1, len(at) + 1)}
        """The addresses of what is rendered anew, and of all that it stands in."""
        self.style = style_of(document)
        self.newline = self.style.newline.encode()
        self.lines = EntryLines(document, self.style)
        self.out: list[Replacement] = []
        self.cleared: set[int] = set()
        """Where the lines begin that were taken away."""

    def _change(self, wanted: Arranged, part: Thing, shape: Shape) -> None:
        """Change what differs, on the lines where it stands."""
        raise NotImplementedError

    def _shape(
        self,
        thing: Thing,
        owner: BranchPlace | None,
        siblings: Iterable[Thing],
        behind: int = 0,
    ) -> Shape:
        return shape_of(thing, self.raw, self.style, owner, siblings, behind)

    def _as_heading(
        self, child: Arranged, shape: Shape, owner: BranchPlace | None, ahead: Slot | None
    ) -> Shape:
        """What is a heading stays one below a heading, if no item would come below it."""
        place = None if child.source is None else place_of(self.document.thing(child.source))
        if owner is None or place is None or not place.form == owner.form == "heading":
            return shape
        if ahead is not None and place_of(ahead.parts[0]).form != "heading":
            return shape
        return Shape("heading", "", self._marker_below(place, owner), True, shape.kin)

    def _marker_below(self, place: Place, owner: BranchPlace) -> str:
        """Its own level, if that is below the owner's."""
        marker, above = hashes_of(self.raw, place), hashes_of(self.raw, owner)
        return marker if marker.count("#") > above.count("#") > 0 else f"#{above}"

    def _text(self, child: Arranged, shape: Shape, at: int) -> bytes:
        """The lines of a thing for another place: its own if they can be, else rendered."""
        if child.source is not None and child.source not in self.anew:
            text = self._carried(child, self.document.thing(child.source), shape)
            if text is not None:
                return text
        if shape.form == "heading" and child.source is None:
            return self._new_heading(child, shape, at)
        self._refuse_to_lose_kept_text(child)
        thing = child.grown()
        if shape.form == "row":
            return self._row_text(child, thing, shape)
        if shape.form in ("item", "paragraph") and isinstance(thing, Entry):
            return self.lines.new_item(thing, shape, at)
        style = replace(self.style, marker=shape.marker)
        if shape.form == "heading" and not isinstance(thing, Link):
            return self._heading_text(child, thing, shape, at).encode()
        if shape.form == "paragraph" and isinstance(thing, Link):
            return (renderer.link_text(thing, style) + style.newline).encode()
        assert not isinstance(thing, Section)
        return renderer.item_text(thing, style, shape.indent, is_top=shape.is_top).encode()

    def _new_heading(self, child: Arranged, shape: Shape, at: int) -> bytes:
        """A heading that is new, with what moves below it."""
        moved = [
            below
            for below in child.children
            if below.source is not None
            and place_of(self.document.thing(below.source)).form == "heading"
        ]
        rest = replace(child, children=[one for one in child.children if one not in moved])
        for one in rest.children:
            self._refuse_to_lose_kept_text(one)
        thing = rest.grown()
        assert not isinstance(thing, Link)
        text = self._heading_text(rest, thing, shape, at)
        texts = [text.encode()]
        for one in moved:
            assert one.source is not None
            marker = hashes_of(self.raw, place_of(self.document.thing(one.source)))
            deeper = marker if marker.count("#") > shape.marker.count("#") else f"#{shape.marker}"
            texts.append(self._text(one, Shape("heading", "", deeper, True), at))
        return self.newline.join(texts)

    def _heading_text(self, child: Arranged, thing: Branch, shape: Shape, at: int) -> str:
        """A heading with entries written as those of other headings are."""
        style = replace(self.style, heading=shape.marker)
        labelled = text_like_sibling(self.raw, thing, shape.kin, style)
        if labelled is not None:
            return labelled
        is_plain = any(
            isinstance(one.place, BranchPlace)
            and one.place.note_lines is not None
            and self.raw[one.place.note_lines.start : one.place.note_lines.start + 1] != b">"
            for one in shape.kin[:1]
        )
        entries = [below for below in child.children if isinstance(below.thing, Entry)]
        lines = self.lines.new_entries(
            thing,
            at,
            partial(self._own_row, entries),
            are_rows=any(map(self._is_row, entries)),
        )
        if lines is None:
            return renderer.heading_text(thing, style, is_note_plain=is_plain)
        head = replace(thing, children=())
        text = renderer.heading_text(head, style, is_note_plain=is_plain)
        return text + style.newline * style.is_open + lines.decode()

    def _own_row(self, entries: Sequence[Arranged], number: int, table: Table) -> bytes | None:
        """The row of one of these with its own changes, if it stands under the same titles."""
        child = entries[number]
        part = None if child.source is None else self.document.thing(child.source)
        if not isinstance(part, Entry) or child.source in self.anew:
            return None
        place = part.place
        if place is None or place.row is None or not place.row.table.is_like(table):
            return None
        return self._carried(child, part, Shape("row", "", "", True, (part,)))

    def _is_row(self, child: Arranged) -> bool:
        return (
            child.source is not None and place_of(self.document.thing(child.source)).form == "row"
        )

    def _new_table(self, newcomers: Sequence[Arranged], at: int) -> bytes | None:
        """The first entries of a heading as a table, if those nearest to them stand in one."""
        entries = [thing for child in newcomers if isinstance(thing := child.grown(), Entry)]
        if len(entries) < len(newcomers) or not self.lines.is_table_nearest(at):
            return None
        return self.lines.new_table(entries, at, partial(self._own_row, newcomers))

    def _row_text(self, child: Arranged, thing: Thing, shape: Shape) -> bytes:
        nearest = next((one for one in shape.kin if self.lines.table_of(one)), None)
        table = self.lines.table_of(nearest)
        if table is None or not isinstance(thing, Entry) or not isinstance(nearest, Entry):
            raise Unstatable(f"No row of a table can say “{name_of(thing)}”.")
        if not all(isinstance(below, Link) for below in thing.children):
            raise Unstatable(f"A row of a table has no place below “{thing.name}”.")
        return table.new(thing, child.children, nearest)

    def _carried(self, child: Arranged, part: Thing, shape: Shape) -> bytes | None:
        """The lines of a thing with its own changes, in another column; None if impossible."""
        place = place_of(part)
        indent, marker = self.raw[place.start : place.marker], self.raw[place.marker : place.text]
        is_detached = isinstance(place, BranchPlace) and is_note_detached(self.raw, place)
        if shape.form == "row" and not self._is_same_table(part, shape):
            return None
        if (
            place.form != shape.form
            or b"\t" in indent + marker
            or (is_detached and not shape.is_top)
            or self._is_line_shared(child, place)
        ):
            return None
        inner = copy(self)
        inner.out = []
        inner._change(child, part, shape)
        text = replaced(self.raw, inner.out, place.start, place.end)
        text = text if text.endswith(b"\n") else text + self.newline
        if shape.form == "item":
            mine = marker.decode()
            if mine[:1] != shape.marker[:1] or mine[:1].isdigit():
                mine = shape.marker
            text = moved(text, len(indent), marker.decode(), shape.indent, mine)
        if shape.form == "heading":
            level, was = shape.marker.count("#"), hashes_of(self.raw, place).count("#")
            if 0 < was != level > 0:
                is_tag = is_html(self.raw, place)
                rest = text[len(indent + marker) :]
                text = at_level(text, level) if is_tag else indent + shape.marker.encode() + rest
        return text

    def _is_same_table(self, part: Thing, shape: Shape) -> bool:
        """Whether a row can stand among these as it is: in their table, or under equal titles."""
        mine = self.lines.table_of(part)
        theirs = next(filter(None, map(self.lines.table_of, shape.kin)), None)
        return mine is not None and theirs is not None and mine.table.is_like(theirs.table)

    def _is_line_shared(self, child: Arranged, place: Place) -> bool:
        if isinstance(place, BranchPlace) or child.source is None:
            return False
        siblings = self.document.thing(child.source[:-1])
        assert not isinstance(siblings, Link)
        return sum(place_of(sibling).start == place.start for sibling in siblings.children) > 1

    def _refuse_to_lose_kept_text(self, child: Arranged) -> None:
        """Text that belongs to the file alone cannot be rendered from what a thing says."""
        if child.source is not None:
            kept = self.document.kept_within(place_of(self.document.thing(child.source)).lines)
            if kept is not None:
                text = self.raw[kept.start : kept.end].decode().strip()
                raise Unstatable(
                    f"Line {self.document.line(kept.start)} of the list would be lost, which no "
                    f"record holds: {text[:60]!r}. Move it out of the way in the file first."
                )
        for below in child.children:
            self._refuse_to_lose_kept_text(below)
