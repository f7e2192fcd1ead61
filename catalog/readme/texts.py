"""The text of a thing for another place: its own lines if possible, else composed or rendered."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import partial

from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.entry_lines import EntryLines
from catalog.readme.fields import is_note_detached, is_note_plain
from catalog.readme.gaps import is_open
from catalog.readme.html_headings import at_level, hashes_of, is_html
from catalog.readme.kept_text import Kept, kept_of, pictures_of
from catalog.readme.labelled_headings import text_like_sibling
from catalog.readme.lines import moved
from catalog.readme.meaning import (
    Address,
    Branch,
    Entry,
    Link,
    Section,
    Thing,
    name_of,
)
from catalog.readme.places import BranchPlace, Place
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.rereading import holds_table
from catalog.readme.shapes import Shapes
from catalog.readme.slots import Shape, place_of


class Unstatable(ValueError):
    """The list's form has no way to say what the edits ask for."""


class Texts(Shapes):
    """Makes the text of things; what changes in their own lines is the writer's."""

    def __init__(self, document: ListDocument, anew: frozenset[Address], fewest: int) -> None:
        super().__init__(document)
        self.fewest = fewest
        """What so many rows of a table say and no column can is worth a column."""
        self.anew = anew
        self.around = {at[:n] for at in anew for n in range(1, len(at) + 1)}
        """The addresses of what is rendered anew, and of all that it stands in."""
        self.newline = self.style.newline.encode()
        self.lines = EntryLines(document, self.style)
        self.out: list[Replacement] = []
        self.gone_until: dict[int, int] = {}
        """Where what was taken away ends, with the blank lines behind it, by its own end."""
        self.cleared: set[int] = set()
        """Where the lines begin that were taken away."""

    def _change(self, wanted: Arranged, part: Thing, shape: Shape) -> None:
        """Change what differs, on the lines where it stands."""
        raise NotImplementedError

    def _run(
        self,
        newcomers: Sequence[Arranged],
        shapes: Sequence[Shape],
        at: int,
        owner: BranchPlace | None,
        gap: bytes,
        apart: bytes,
        *,
        follows_item: bool,
    ) -> bytes:
        """The lines of newcomers that stand one behind the other, with the gap between items, or
        what parts other blocks."""
        text = b""
        for child, shape in zip(newcomers, shapes, strict=True):
            is_item = shape.form == "item"
            is_apart = shape.is_top and not (is_item and follows_item) and shape.form != "row"
            if is_item and follows_item:
                text += gap
            elif is_apart and (
                text or not is_open(self.raw, self.style, at, owner, is_item=is_item)
            ):
                text += apart
            text += self._text(child, shape, at)
            follows_item = is_item
        return text

    def _text(self, child: Arranged, shape: Shape, at: int) -> bytes:
        """The lines of a thing for another place: its own if they can be, else rendered."""
        if isinstance(child.thing, Section) and child.source is not None:
            place = place_of(self.document.thing(child.source))
            shape = shape._replace(marker=hashes_of(self.raw, place))  # one may stand higher
        if child.source is not None and child.source not in self.anew:
            part = self.document.thing(child.source)
            text = self._carried(child, part, shape)
            if text is not None:
                return text
        if shape.form == "heading":
            return self._heading(child, shape, at)
        text = self._new_text(child, shape, at)
        text += self._pictures_below(child, shape, text) + self._kept_below(child, shape)
        self._refuse_to_lose_kept_text(child, text)
        return text

    def _new_text(self, child: Arranged, shape: Shape, at: int) -> bytes:
        thing = child.grown()
        style = replace(self.style, marker=shape.marker)
        if shape.form == "row":
            return self._row_text(child, thing, shape, at)
        if shape.form in ("item", "paragraph") and isinstance(thing, Entry):
            return self.lines.new_item(thing, shape, at)
        if shape.form == "paragraph" and isinstance(thing, Link):
            return f"{shape.indent}{renderer.link_text(thing, style)}{style.newline}".encode()
        assert not isinstance(thing, Section)
        return renderer.item_text(thing, style, shape.indent, is_top=shape.is_top).encode()

    def _pictures_below(self, child: Arranged, shape: Shape, text: bytes) -> bytes:
        """The pictures of an item's line where that is written anew: a line of their own."""
        part = None if child.source is None else self.document.thing(child.source)
        wanted = child.grown()
        if not isinstance(part, Entry) or not isinstance(wanted, Entry) or shape.form != "item":
            return b""
        if place_of(part).form != "item":
            return b""
        pictures = [one for one in pictures_of(self.raw, part, wanted) if one not in text]
        below = self.style.below(shape.indent, shape.marker).encode()
        line = self.newline + below + b" ".join(pictures) + self.newline
        return line if pictures else b""

    def _kept_below(self, child: Arranged, shape: Shape) -> bytes:
        """The kept text of an entry that is written anew, if it is to stand as far in as it did."""
        part = None if child.source is None else self.document.thing(child.source)
        if part is None or isinstance(part, Link):
            return b""
        place = place_of(part)
        if (
            place.form != shape.form
            or self.raw[place.start : place.marker].decode() != shape.indent
        ):
            return b""
        lead, rest = kept_of(self.document, part)
        return b"".join(self.newline + text + self.newline for text in (*lead, *rest))

    def _heading(self, child: Arranged, shape: Shape, at: int) -> bytes:
        """A heading that is new or written anew, and the headings below it."""
        deeper: list[tuple[Arranged, tuple[Thing, ...]]] = []
        others: list[Arranged] = []
        for one in child.children:
            kin = self._kin_below(one, shape.kin)
            if kin or self._is_heading(one):
                deeper.append((one, kin))
            else:
                others.append(one)
        rest = replace(child, below=others)
        texts = [self._heading_text(rest, shape, at)]
        self._refuse_to_lose_kept_text(rest, texts[0])
        markers = {self._marker_below(one, shape.marker) for one, _ in deeper}
        marker = min(markers, key=len, default="")
        for one, kin in deeper:
            texts.append(self._text(one, Shape("heading", "", marker, True, kin), at))
        return self.newline.join(texts)

    def _heading_text(self, child: Arranged, shape: Shape, at: int) -> bytes:
        """A heading with entries written as those of other headings are, and its kept text."""
        thing = child.grown()
        assert not isinstance(thing, Link)
        part = None if child.source is None else self.document.thing(child.source)
        kept = kept_of(self.document, part) if isinstance(part, Branch) else Kept()
        style = replace(self.style, heading=shape.marker)
        labelled = text_like_sibling(self.raw, thing, shape.kin, style)
        if labelled is not None:
            return self._apart(labelled.encode(), *kept.lead, *kept.rest)
        is_plain = self._is_note_plain(part) or is_note_plain(thing, style)
        entries = [below for below in child.children if isinstance(below.thing, Entry)]
        forms = set(filter(None, map(self._form_of, entries)))
        are_rows = "row" in forms
        own = partial(self._own_lines, entries)
        lines = self.lines.new_entries(thing, at, own, forms=forms)
        if part is not None and are_rows and not (lines and holds_table(lines)):
            raise Unstatable(f"The table below “{name_of(thing)}” cannot say this.")
        if lines is None:
            text = renderer.heading_text(thing, style, is_note_plain=is_plain)
            return self._apart(text.encode(), *kept.lead, *kept.rest)
        head = replace(thing, children=())
        text = renderer.heading_text(head, style, is_note_plain=is_plain)
        if kept.lead:
            return self._apart(text.encode(), *kept.lead, lines, *kept.rest)
        text += style.newline * style.is_open
        return self._apart(text.encode() + lines, *kept.rest)

    def _is_note_plain(self, part: Thing | None) -> bool:
        """Whether this has a note that is no quote."""
        place = None if part is None else part.place
        note = place.note_lines if isinstance(place, BranchPlace) else None
        return note is not None and self.raw[note.start : note.start + 1] != b">"

    def _apart(self, *texts: bytes) -> bytes:
        """Runs of lines with a blank line between them."""
        whole = (text if text.endswith(b"\n") else text + self.newline for text in texts)
        return self.newline.join(whole)

    def _own_lines(self, entries: Sequence[Arranged], number: int, shape: Shape) -> bytes | None:
        """The lines of one of these with its own changes, if they can stand in this shape."""
        child = entries[number]
        if child.source is None:
            return None
        part = self.document.thing(child.source)
        return self._carried(child, part, shape) if child.source not in self.anew else None

    def _form_of(self, child: Arranged) -> str:
        """How a thing is written now; empty if it is new."""
        return "" if child.source is None else place_of(self.document.thing(child.source)).form

    def _new_table(self, newcomers: Sequence[Arranged], at: int) -> bytes | None:
        """The first entries of a heading as a table, if those nearest to them stand in one."""
        entries = [thing for child in newcomers if isinstance(thing := child.grown(), Entry)]
        if len(entries) < len(newcomers) or not self.lines.is_table_nearest(at):
            return None
        return self.lines.tables.new(entries, at, partial(self._own_lines, newcomers))

    def _row_text(self, child: Arranged, thing: Thing, shape: Shape, at: int) -> bytes:
        nearest = next((one for one in shape.kin if self.lines.tables.of(one)), None)
        table = self.lines.tables.of(nearest)
        if table is None or not isinstance(thing, Entry) or not isinstance(nearest, Entry):
            raise Unstatable(f"No row of a table can say “{name_of(thing)}”.")
        if not all(isinstance(below, Link) for below in thing.children):
            raise Unstatable(f"A row of a table has no place below “{thing.name}”.")
        is_in_place = place_of(nearest).start == at
        return table.new(thing, child.children, nearest, is_in_place=is_in_place)

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
        mine = self.lines.tables.of(part)
        theirs = next(filter(None, map(self.lines.tables.of, shape.kin)), None)
        return mine is not None and theirs is not None and mine.table.is_like(theirs.table)

    def _is_line_shared(self, child: Arranged, place: Place) -> bool:
        if isinstance(place, BranchPlace) or child.source is None:
            return False
        siblings = self.document.thing(child.source[:-1])
        assert not isinstance(siblings, Link)
        return sum(place_of(sibling).start == place.start for sibling in siblings.children) > 1

    def _refuse_to_lose_kept_text(self, child: Arranged, text: bytes) -> None:
        """Text that belongs to the file alone cannot be rendered from what a thing says."""
        part = None if child.source is None else self.document.thing(child.source)
        if part is not None and not isinstance(part, Link):
            lead, rest = kept_of(self.document, part)
            wanted = child.grown()
            assert not isinstance(wanted, Link)
            kept = (*lead, *rest, *pictures_of(self.raw, part, wanted))
            lost = next((one for one in kept if one not in text), b"")
            if lost:
                line = self.document.line(self.raw.index(lost, place_of(part).start))
                words = lost.decode().strip()[:60]
                raise Unstatable(
                    f"Line {line} of the list would be lost, which no record holds: {words!r}. "
                    "Move it out of the way in the file first."
                )
        for below in child.children:
            self._refuse_to_lose_kept_text(below, text)
