"""A row for each entry: `| Model | Date | Checkpoints | Paper |`.

The column with the names says who the row is about; what the other columns say, their titles tell
(titles.py). A row without a name, and cells beyond the titles, stay kept text.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.dialects.columns import cells_of, read_columns
from catalog.readme.dialects.names import MARKS, is_name, marked
from catalog.readme.dialects.runs import (
    BETWEEN,
    Context,
    as_own,
    read_link,
    read_run,
    span_of_title,
    trimmed_end,
)
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, Column, Part, RowPlace, Span, Table
from catalog.readme.reading import (
    BLANKS,
    Reading,
    holds_block,
    is_single_line,
)
from catalog.readme.source import Block, Inline, plain_text

_COMMENTS_FIRST: Final = re.compile(rb"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
_NO_BREAK: Final = "\u00a0".encode()


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
    line = Context(start, row.start, row.start, end)
    read = [
        _read_cell(reading, column, cell, block, line)
        for column, cell, block in zip(table.columns, cells, row.children, strict=False)
    ]
    name, name_span = "", Span(0, 0)
    links: list[Link] = []
    facts: list[tuple[str, str]] = []
    note, note_span = "", None
    parts: list[tuple[Part, ...]] = []
    for column, found in zip(table.columns, read, strict=False):
        if column.role == "name" and not found:
            return None
        placed = []
        for value, part in found:
            if isinstance(value, Link):
                placed.append(part._replace(link=len(links)))
                links.append(value)
                continue
            placed.append(part)
            if part.key == "name":
                name, name_span = value, Span(part.start, part.end)
            elif part.key == "note":
                note, note_span = value, Span(part.start, part.end)
            else:
                facts.append((part.key, value))
        parts.append(tuple(placed))
    own = next((i for i, link in enumerate(links) if not link.title), -1)
    if own >= 0:
        name, name_span = _name_of_own(reading, links[own])
        links, parts = _own_first(links, parts, own)
    place = BranchPlace(
        "row",
        start,
        row.start,
        row.start,
        *name_span,
        head_end=end,
        end=end,
        note=note_span,
        row=RowPlace(table, cells, tuple(parts)),
    )
    return Entry(name, note, titles.in_order(facts), tuple(links), place)


def _own_first(
    links: list[Link], parts: list[tuple[Part, ...]], own: int
) -> tuple[list[Link], list[tuple[Part, ...]]]:
    """The own link of an entry comes before all others, wherever its column stands."""
    if own == 0:
        return links, parts
    order = [own, *(i for i in range(len(links)) if i != own)]
    moved = {was: now for now, was in enumerate(order)}
    renumbered = [
        tuple(part._replace(link=moved.get(part.link, -1)) for part in cell) for cell in parts
    ]
    return [links[i] for i in order], renumbered


def _name_of_own(reading: Reading, own: Link) -> tuple[str, Span]:
    assert own.place is not None
    span = span_of_title(reading, own)
    title = reading.text(*span)
    return title if is_single_line(title) else " ".join(title.split()), span


def _read_cell(
    reading: Reading, column: Column, cell: Span, block: Block, line: Context
) -> list[tuple[Link | str, Part]]:
    """The values of a cell with their parts; none if it is empty."""
    raw = reading.raw
    start, end = value_of_cell(raw, *cell)
    if start >= end:
        return []
    label = "" if column.role == "name" else column.label
    context = Context(line.start, line.marker, line.text, line.end, column.kind, label)
    inlines = [one for one in block.inlines if start <= one.start and one.end <= end]
    if column.role == "name":
        return _read_name(reading, inlines, Span(start, end), context, column.fact)
    is_linked = any(one.kind != "image" for one in inlines)
    if column.role == "links" and is_linked:
        run = read_run(reading, inlines, start, end, context)
        if run is not None:
            return list(run)
    text = reading.text(start, end)
    key = column.fact
    if column.role == "note":
        key = column.label if holds_block(text) else "note"
    return [(text, Part(key, start, start, end, end))]


def value_of_cell(raw: bytes, start: int, end: int) -> Span:
    """What a reader sees of a cell: without its padding, and comments at its ends."""
    start, end = _unpadded(raw, start, end)
    if raw[start : start + 4] == b"<!--" and (before := _COMMENTS_FIRST.match(raw, start, end)):
        start = before.end()
    while raw[max(start, end - 3) : end] == b"-->":
        comment = raw.rfind(b"<!--", start, end)
        if comment < 0:
            break
        start, end = _unpadded(raw, start, comment)
    return Span(start, max(start, end))


def _unpadded(raw: bytes, start: int, end: int) -> Span:
    """Without blanks at both ends, and without those that do not break, which pasting brings."""
    while end > start:
        if raw[end - 1] in BLANKS:
            end -= 1
        elif raw.endswith(_NO_BREAK, start, end):
            end -= 2
        else:
            break
    while start < end:
        if raw[start] in BLANKS:
            start += 1
        elif raw.startswith(_NO_BREAK, start, end):
            start += 2
        else:
            break
    return Span(start, end)


def _read_name(
    reading: Reading, inlines: list[Inline], cell: Span, context: Context, fact: str
) -> list[tuple[Link | str, Part]]:
    """The name, with or without its own link, and further links behind it."""
    raw, (start, end) = reading.raw, cell
    links = [one for one in inlines if one.kind != "image"]
    if not links:
        outer, inner = marked(raw, start, end)
        name = reading.text(*inner)
        if not plain_text(name) or not is_name(name):
            return []
        return [(name, Part("name", outer.start, *inner, outer.end))]
    run = read_run(reading, inlines, start, end, context)
    if run is not None:
        (own, part), *further = run
        if not is_name(own.title) or own.url == own.title:
            return []
        outer_start, outer_end = _with_marks(raw, part, start, end)
        own_part = part._replace(key="name", outer_start=outer_start, outer_end=outer_end)
        return [(as_own(own), own_part), *further]
    if links[0].start == start:
        return _read_name_and_words(reading, links[0], Span(start, end), context, fact)
    name_end = trimmed_end(raw, start, links[0].start)
    if name_end <= start or name_end == links[0].start:
        return []
    outer, inner = marked(raw, start, name_end)
    name = reading.text(*inner)
    behind = [one for one in inlines if one.start >= links[0].start]
    rest = read_run(reading, behind, name_end, end, context)
    if rest is None or not plain_text(name) or not is_name(name):
        return []
    return [(name, Part("name", outer.start, *inner, outer.end)), *rest]


def _read_name_and_words(
    reading: Reading, link: Inline, cell: Span, context: Context, fact: str
) -> list[tuple[Link | str, Part]]:
    """A linked name and words behind it, which are a fact under the title of the column."""
    one = read_link(reading, [link], link.end, context)
    if one is None or not is_name(one[0].title) or one[0].url == one[0].title:
        return []
    behind = BETWEEN.match(reading.raw, link.end, cell.end)
    words = Span(behind.end() if behind is not None else link.end, cell.end)
    if words.start >= words.end:
        return []
    own = as_own(one[0])
    part = one[1]._replace(key="name")
    return [(own, part), (reading.text(*words), Part(fact, words.start, *words, words.end))]


def _with_marks(raw: bytes, part: Part, start: int, end: int) -> tuple[int, int]:
    """The part with `**` on both of its sides."""
    outer_start, outer_end = part.outer_start, part.outer_end
    for mark in MARKS:
        size = len(mark)
        if (
            outer_start - size >= start
            and outer_end + size <= end
            and raw.startswith(mark, outer_start - size)
            and raw.startswith(mark, outer_end)
        ):
            return outer_start - size, outer_end + size
    return outer_start, outer_end
