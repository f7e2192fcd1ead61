"""The columns of a table: which holds the names, and what the others say of them."""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block
from catalog.readme.dialects.cells import cells_of
from catalog.readme.places import Column, Range, Table
from catalog.readme.reading import Reading
from catalog.readme.source import plain_text

_ABOUT_DATA: Final = re.compile(r"data|corpus|corpora|数据|语料|benchmark|评测")
# `3) **BERT** - A paper about it`: a name in bold, and a note behind it.
NAME_AND_NOTE: Final = re.compile(
    rb"""(?:\d{1,3}[.)]\s+)? (?P<outer>\*\*(?P<name>[^*\n]{1,300})\*\*)
        (?: \s+(?:-{1,2}|\xe2\x80[\x92-\x95])\s*
          | \s*(?:-{1,2}|:|\xe2\x80[\x92-\x95]|\xef\xbc\x9a)\s+ ) (?=\S)""",
    re.VERBOSE,
)
_SIZES: Final = frozenset({"size", "sizes", "scale", "大小", "规模"})
_WORD: Final = re.compile(r"\w")


def read_columns(reading: Reading, block: Block) -> Table | None:
    raw = reading.raw
    if reading.start_of_own_line(block.start) < 0 or not block.children:
        return None
    head = block.children[0]
    start = reading.start_of_line(head.start)
    rule = raw.find(b"\n", head.start) + 1
    rows_start = raw.find(b"\n", rule) + 1 or len(raw)
    if not rule or rows_start > reading.end_of_line(block.end):
        return None
    cells = cells_of(raw, head.start, rule)
    rules = cells_of(raw, rule, rows_start)
    said = [" ".join(plain_text(reading.text(*reading.trim(*cell))).split()) for cell in cells]
    name = _column_of_names(raw, block, said) if _is_of_entries(block, said) else -1
    if name < 0 or len(rules) < len(cells):
        return None
    is_data = _ABOUT_DATA.search(said[name].casefold()) is not None
    columns: list[Column] = []
    taken: set[str] = set()
    for number, (title, cell, line) in enumerate(zip(said, cells, rules, strict=False)):
        column = _column(number, title, cell, line, taken, is_name=number == name, is_data=is_data)
        taken |= {column.fact, column.kind} if column.role == "links" else {column.fact}
        columns.append(column)
    if not any(column.role == "note" for column in columns) and _hold_notes(raw, block, name):
        columns[name] = columns[name]._replace(fact="note")
    return Table(start, rows_start, reading.end_of_line(block.end), tuple(columns), name)


def _column(
    number: int,
    title: str,
    cell: Range,
    rule: Range,
    taken: set[str],
    *,
    is_name: bool,
    is_data: bool,
) -> Column:
    """What stands below a title. A second column for the same thing keeps its own title."""
    meant = titles.meant_by(title)
    if is_data and title.casefold() in _SIZES:
        meant = titles.meant_by("data size")
    own = titles.own_name(title) or f"column {number + 1}"
    if own in taken:
        own = f"column {number + 1}"
    # A sign such as a chain is no label: in a line it would be the name before its link.
    role, fact, kind, label = "links", own, "", own if _WORD.search(own) else ""
    if is_name:
        role, label = "name", ""
        kind = meant.word if meant is not None and meant.role == "links" else ""
        beside = titles.fact_beside(title)
        fact = beside if beside and beside not in taken else own
    elif meant is not None and meant.role == "fact":
        role, fact = "fact", own if meant.word in taken else meant.word
    elif meant is not None and meant.role == "note":
        role, fact = ("fact", own) if "note" in taken else ("note", "note")
    elif meant is not None and meant.role == "links" and meant.word not in taken:
        kind, label = meant.word, ""
    return Column(title, role, fact, kind, label, *cell, *rule)


def _is_of_entries(block: Block, said: list[str]) -> bool:
    """Whether a title says something to us, or a cell links somewhere."""
    if any(titles.meant_by(title) is not None for title in said):
        return True
    return any(cell.inlines for row in block.children[1:] for cell in row.children)


def _column_of_names(raw: bytes, block: Block, said: list[str]) -> int:
    """The first that is called so; else one that is no known fact and has words in most rows.

    That is the very first, if it has no title and others say what they hold, or if it links to
    what the rows are about; else the first with a title that no other has.
    """
    meant = [titles.meant_by(title) for title in said]
    for number, one in enumerate(meant):
        if one is not None and one.role == "name":
            return number
    if said and not said[0] and _has_words(raw, block, 0):
        rows = block.children[1:]
        linked = sum(bool(row.children and row.children[0].inlines) for row in rows)
        if any(meant) or linked * 2 > len(rows):
            return 0
    for number, one in enumerate(meant):
        is_open = one is None or one.role == "links"
        if said[number] and is_open and _has_words(raw, block, number):
            if _say_kinds(raw, block, number):
                return 0 if _are_makers(raw, block, meant[0]) else -1
            return number if said.count(said[number]) == 1 else -1
    return -1


def _say_kinds(raw: bytes, block: Block, number: int) -> bool:
    """Whether most cells of a column begin with a link that says what it is: `[Paper](url)`."""
    rows = block.children[1:]
    found = 0
    for row in rows:
        cell = row.children[number] if number < len(row.children) else row
        if cell.inlines and cell.inlines[0].start == cell.first:
            title = raw[cell.inlines[0].inner_start : cell.inlines[0].inner_end].decode()
            found += titles.kind_of_title(plain_text(title)) is not None
    return found * 2 > len(rows) and (number > 0 or len(rows) > 1)


def _are_makers(raw: bytes, block: Block, meant: titles.Meant | None) -> bool:
    """Whether the first column has the name of another maker in each row."""
    cells = [row.children[0] for row in block.children[1:] if row.children]
    makers = {raw[cell.first : cell.last] for cell in cells if cell.first >= 0}
    is_of_makers = meant is not None and meant.word == "organisation"
    return is_of_makers and len(makers) == len(cells)


def _hold_notes(raw: bytes, block: Block, number: int) -> bool:
    """Whether a note stands behind most of the names in this column."""
    rows = block.children[1:]
    found = 0
    for row in rows:
        cell = row.children[number] if number < len(row.children) else row
        found += cell.first >= 0 and NAME_AND_NOTE.match(raw, cell.first, cell.last) is not None
    return found * 2 > len(rows)


def _has_words(raw: bytes, block: Block, number: int) -> bool:
    """Whether most rows have a letter in this column."""
    rows = block.children[1:]
    filled = 0
    for row in rows:
        cell = row.children[number] if number < len(row.children) else row
        text = raw[cell.first : cell.last] if cell.first >= 0 else b""
        filled += any(map(str.isalpha, text.decode()))
    return filled * 2 > len(rows)
