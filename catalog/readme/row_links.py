"""The links in the rows of a table: a change keeps their marks, a newcomer takes the others'."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.fields import relink
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.padding import MOST_ASKED
from catalog.readme.pictures import pictured_like_one_of
from catalog.readme.places import LinkPlace, Part, RowPlace
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.reading import Reading
from catalog.readme.row_images import RowImages


class Piece(NamedTuple):
    """A value of a cell as it shall be written."""

    key: str
    text: bytes
    part: Part | None
    """Where it stands in the cell as it was."""


class RowLinks(RowImages):
    """Such links of one table."""

    def link(
        self, number: int, child: Arranged, was: Entry | None, rows: Sequence[RowPlace]
    ) -> Piece:
        link = child.thing
        assert isinstance(link, Link)
        key = "name" if is_own(link) else "link"
        part = None
        if child.source is not None and was is not None:
            row = was.place.row if was.place is not None else None
            own = row.parts[number] if row is not None and number < len(row.parts) else ()
            part = next((p for p in own if p.link == child.source[-1]), None)
        if part is not None and was is not None:
            before = was.children[part.link]
            assert isinstance(before, Link)
            return Piece(key, self._relinked(before, link, part, was.name), part)
        column = self.columns[number]
        context = column.kind if is_own(link) else column.context
        wanted = replace(link, label="", title=link.title or link.label)
        near = self.entries_near(rows[0].cells[0][0] if rows else 0)
        beside = itertools.chain.from_iterable(row.children for row in near)
        if picture := pictured_like_one_of(self.raw, beside, wanted):
            return Piece(key, picture, None)
        text = renderer.link_text(wanted, self.style, context).encode()
        is_alone = not is_own(link) and not link.remark and b"![" not in text
        if is_alone and self._are_bracketed(number, rows):
            text = b"[" + text + b"]"
        return Piece(key, text, None)

    def _are_bracketed(self, number: int, rows: Sequence[RowPlace]) -> bool:
        """Whether most of the nearest links of a column stand in brackets: `[[code](...)]`."""
        beside = (
            part
            for row in rows
            if number < len(row.parts)
            for part in row.parts[number]
            if part.link >= 0
        )
        seen = [self.marked(b"", part) for part in itertools.islice(beside, MOST_ASKED)]
        return seen.count(b"[]") * 2 > len(seen)

    def _relinked(self, was: Link, wanted: Link, part: Part, name: str) -> bytes:
        replacements: list[Replacement] = []
        new_name = wanted.label if is_own(wanted) else ""
        if is_own(wanted):
            wanted = replace(wanted, label="")
        if was != wanted:
            replacements += relink(self.raw, self.style, was, wanted)
        if is_own(was) and new_name and new_name != name and isinstance(was.place, LinkPlace):
            reading = Reading(self.raw)
            inline = was.place.link
            span = reading.trimmed(inline.inner_start, inline.inner_end)
            replacements.append(Replacement(*span, new_name.encode()))
        text = replaced(self.raw, replacements, part.start, part.end)
        return self.raw[part.outer_start : part.start] + text + self.raw[part.end : part.outer_end]

    def is_bracketed(self, part: Part | None) -> bool:
        """Whether a link has a pair of brackets that is not its own alone."""
        return part is not None and self.marked(b"", part) == b"()"

    def marked(self, value: bytes, part: Part | None) -> bytes:
        marks = b"" if part is None else self.raw[part.outer_start : part.start]
        if part is None or (marks and value.startswith(marks)):
            return value
        return marks + value + self.raw[part.end : part.outer_end]
