"""A row for each entry: `| Model | Date | Checkpoints | Paper |`.

The column with the names says who the row is about; what the other columns say, their titles tell
(titles.py). A row without a name, and cells beyond the titles, stay kept text.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects.cells import cells_of, is_sign_for_nothing, value_of_cell
from catalog.readme.dialects.columns import NAME_AND_NOTE, read_columns
from catalog.readme.dialects.names import MARKS, is_name, marked
from catalog.readme.dialects.pictured import without_echoes
from catalog.readme.dialects.runs import (
    BETWEEN,
    Context,
    Standing,
    behind_images,
    first_link,
    read_link,
    read_run,
    trimmed_end,
)
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, Column, Part, Range, RowPlace, Span, Table
from catalog.readme.reading import Reading, holds_block
from catalog.readme.source import plain_text

# What may stand before a linked name and says nothing: marks, anchors, breaks and emoji.
_SIGNS: Final = re.compile(
    r"(?: [^\w<:] | :(?:\w+:)? | <br\s*/?> | <a\s[^<>]*>\s*</a> | <!--(?:(?!-->).)*--> )*",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BREAKS: Final = re.compile(rb"(?:\s|<br\s*/?>|<a\s[^<>]*>\s*</a>)*", re.IGNORECASE)
_BREAKS_AT_END: Final = re.compile(rb"(?<!\s)(?:\s*<br\s*/?>)+\s*\Z", re.IGNORECASE)


def read_table(reading: Reading, block: Block) -> list[Entry]:
    """The entries of a table; none if no column can hold their names."""
    table = read_columns(reading, block)
    if table is None:
        return []
    entries = []
    for row in block.children[1:]:
        entry = _read_row(reading, row, table)
        if entry is not None:
            entries.append(entry)
    return entries


# A row.


def _read_row(reading: Reading, row: Block, table: Table) -> Entry | None:
    raw = reading.raw
    start = reading.start_of_own_line(row.start)
    if start < 0:
        return None
    end = raw.find(b"\n", row.start) + 1 or len(raw)
    cells = tuple(cells_of(raw, row.start, end))
    if table.name >= len(cells):
        return None
    said = _Row(reading, (start, row.start, row.start, end))
    for column, cell, block in zip(table.columns, cells, row.children, strict=False):
        said.read(column, cell, block)
    if not said.is_named:
        return None
    said.take_first_for_second()
    said.leave_echoes()
    said.put_own_first()
    place = BranchPlace(
        "row",
        start,
        row.start,
        row.start,
        *said.name_span,
        end,
        end,
        said.note_span,
        None,
        (),
        RowPlace(table, cells, tuple(said.parts)),
    )
    return Entry(said.name, said.note, titles.in_order(said.facts), tuple(said.links), place)


class _Row:
    """A row while it is read, cell by cell."""

    def __init__(self, reading: Reading, line: tuple[int, int, int, int]) -> None:
        self.reading = reading
        self.raw = reading.raw
        self.line = line
        self.is_named = False
        self.name = ""
        self.name_span: Range = (0, 0)
        self.note = ""
        self.note_span: Span | None = None
        self.facts: list[tuple[str, str]] = []
        self.links: list[Link] = []
        self.own = 0
        """The number of the link that the name is."""
        self.parts: list[tuple[Part, ...]] = []
        self.cell: list[Part] = []

    def read(self, column: Column, cell: Range, block: Block) -> None:
        """The next cell; it may be empty, or hold a sign for nothing."""
        self.cell = []
        start, end = value_of_cell(self.raw, *cell)
        holds_names = column.role == "name"
        if start < end and (holds_names or not is_sign_for_nothing(self.raw, start, end)):
            inlines = block.inlines
            if inlines and (inlines[0].start < start or inlines[-1].end > end):  # in a comment
                inlines = [one for one in inlines if start <= one.start and one.end <= end]
            if holds_names:
                self.is_named = self._read_name(column, inlines, start, end)
            elif not self._read_links(column, inlines, start, end):
                if column.role == "note":  # pictures before it say nothing to read
                    start, _ = self._behind_pictures(inlines, start)
                self._read_text(column, start, end)
        self.parts.append(tuple(self.cell))

    def _add_links(self, run: list[Standing]) -> None:
        for one in run:
            self.cell.append(one.part("link", len(self.links)))
            self.links.append(one.link)

    # A cell with links, or with words.

    def _read_links(self, column: Column, inlines: list[Inline], start: int, end: int) -> bool:
        if column.role != "links" or first_link(inlines) is None:
            return False
        context = (*self.line, column.context, column.label)
        run = read_run(self.reading, inlines, start, end, context)
        if run:
            self._add_links(run)
        return bool(run)

    def _read_text(self, column: Column, start: int, end: int) -> None:
        text = self.reading.text(start, end).rstrip(":：")  # at its end it would mark a name
        end = start + len(text.encode())
        if not text.strip():
            return
        key = column.fact
        if column.role == "note":
            key = column.label if holds_block(text) else "note"
        self._add_text(key, text, start, end)

    def _add_text(self, key: str, text: str, start: int, end: int) -> None:
        if key == "note":
            self.note, self.note_span = text, Span(start, end)
        else:
            self.facts.append((key, " ".join(text.split("\r"))))
        self.cell.append(Part(key, start, start, end, end))

    # The name.

    def _read_name(self, column: Column, inlines: list[Inline], start: int, end: int) -> bool:
        """The name, with or without its own link, and further links behind it."""
        start, inlines = self._behind_pictures(inlines, start)
        first = first_link(inlines)
        if column.fact == "note" and (noted := NAME_AND_NOTE.match(self.raw, start, end)):
            return self._read_name_and_note(noted, end)
        if first is None:
            breaks = _BREAKS_AT_END.search(self.raw, start, end)
            return self._read_words(start, end if breaks is None else breaks.start())
        context = (*self.line, column.context, "")
        run = read_run(self.reading, inlines, start, end, context)
        if run:
            if not self._read_own(column, run[0], start, end):
                return False
            self._add_links(run[1:])
            return True
        behind = inlines[inlines.index(first) :]
        if _SIGNS.fullmatch(self.reading.text(start, first.start)):
            return self._read_own_and_words(column, behind, end, context)
        name_end = trimmed_end(self.raw, start, first.start)
        if name_end <= start or name_end == first.start:
            return False
        rest = read_run(self.reading, behind, name_end, end, context)
        if rest is None or not self._read_words(start, name_end):
            return False
        self._add_links(rest)
        return True

    def _behind_pictures(self, inlines: list[Inline], at: int) -> tuple[int, list[Inline]]:
        """Past pictures that stand here, and anchors and breaks; and the inlines behind them."""
        number = 0
        for inline in inlines:
            before = self.reading.text(at, inline.start)
            if not self.reading.is_picture(inline) or not _SIGNS.fullmatch(before):
                break
            at = inline.end
            number += 1
        breaks = _BREAKS.match(self.raw, at)
        return at if breaks is None else breaks.end(), inlines[number:]

    def _read_name_and_note(self, noted: re.Match[bytes], end: int) -> bool:
        """A name in bold and the note behind it; a number before it counts the rows."""
        note = self.reading.text(noted.end(), end)
        if holds_block(note) or not self._read_words(*noted.span("outer")):
            return False
        self._add_text("note", note, noted.end(), end)
        return True

    def _read_words(self, start: int, end: int) -> bool:
        outer, inner = marked(self.raw, start, end)
        name = self.reading.text(*inner).rstrip(":：")
        inner = (inner[0], inner[0] + len(name.encode()))
        if not plain_text(name) or not is_name(name):
            return False
        self.name, self.name_span = name, inner
        self.cell.append(Part("name", outer[0], *inner, outer[1]))
        return True

    def _read_own(self, column: Column, one: Standing, start: int, end: int) -> bool:
        """A link that is the name, with `**` on both of its sides or without.

        A name states no kind: that is for the badge, the title of the column or the address.
        """
        link = one.link
        if not is_name(link.title) or link.url == link.title:
            return False
        assert link.place is not None
        inline = link.place.link
        self.name, self.name_span = (
            link.title,
            self.reading.trim(inline.inner_start, inline.inner_end),
        )
        self.own = len(self.links)
        kind = link.kind
        if link.place.badge is None:
            kind = titles.kind_said(column.kind, link.title, link.url)
        place = link.place._replace(context=column.kind)
        self.links.append(Link("", link.url, kind, "", link.remark, place))
        self.cell.append(_with_marks(self.raw, one, start, end).part("name", self.own))
        return True

    def _read_own_and_words(
        self, column: Column, inlines: list[Inline], end: int, context: Context
    ) -> bool:
        """A linked name and words behind it, which are a fact under the title of the column."""
        link = inlines[0]
        one = read_link(self.reading, inlines[: behind_images(inlines, 0)], link.end, context)
        if one is None or not self._read_own(column, one, link.start, link.end):
            return False
        further = [inline for inline in inlines if inline.start >= one.end]
        start, _ = self._behind_pictures(further, one.end)
        behind = BETWEEN.match(self.raw, start, end)
        start = behind.end() if behind is not None else start
        if start < end and (text := self.reading.text(start, end)).strip(":："):
            self._add_text(column.fact, text, start, end)
        return True

    def take_first_for_second(self) -> None:
        """What the second column for a thing says is that thing where the first is empty."""
        facts, self.facts = self.facts, []
        stated = {fact for fact, _ in facts} | ({"note"} if self.note else set())
        renamed: dict[str, str] = {}
        for fact, value in facts:
            meant = titles.meant_by(fact)
            known = (
                "" if meant is None else {"fact": meant.word, "note": "note"}.get(meant.role, "")
            )
            if known in ("", *stated) or (known == "note" and holds_block(value)):
                self.facts.append((fact, value))
                continue
            stated.add(known)
            renamed[fact] = known
            if known == "note":
                self.note = value
            else:
                self.facts.append((known, value))
        if not renamed:
            return
        self.parts = [
            tuple(one._replace(key=renamed.get(one.key, one.key)) for one in cell)
            for cell in self.parts
        ]
        if "note" in renamed.values():
            part = next(one for cell in self.parts for one in cell if one.key == "note")
            self.note_span = Span(part.start, part.end)

    def leave_echoes(self) -> None:
        """Pictures that lead where other links of the row lead stay what they are."""
        parts, links = without_echoes([part for cell in self.parts for part in cell], self.links)
        if len(links) == len(self.links):
            return
        self.links = links
        self.own = next((one.link for one in parts if one.key == "name" and one.link >= 0), 0)
        left = iter(parts)
        self.parts = [
            tuple(one for _ in cell if (one := next(left)).key != "other") for cell in self.parts
        ]

    def put_own_first(self) -> None:
        """The own link of an entry comes before all others, wherever its column stands."""
        own = self.own
        if own == 0:
            return
        self.links.insert(0, self.links.pop(own))
        moved = {own: 0} | {number: number + 1 for number in range(own)}
        self.parts = [
            tuple(part._replace(link=moved.get(part.link, part.link)) for part in cell)
            for cell in self.parts
        ]


def _with_marks(raw: bytes, one: Standing, start: int, end: int) -> Standing:
    """The link with `**` on both of its sides."""
    for mark in MARKS:
        size = len(mark)
        if (
            one.start - size >= start
            and one.end + size <= end
            and raw.startswith(mark, one.start - size)
            and raw.startswith(mark, one.end)
        ):
            return Standing(one.link, one.start - size, one.end + size)
    return one
