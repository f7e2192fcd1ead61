"""An item of a list, in whichever dialect it is written.

First it is read as the nested dialect, which is the strictest. What says more - a text on its line,
a labelled line, a note or authors below it - is read as one line of parts.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block
from catalog.readme.dialects import nested
from catalog.readme.dialects.below import Below, read_below
from catalog.readme.dialects.flat import read_flat
from catalog.readme.dialects.item_texts import leave_ways_out, take_text
from catalog.readme.dialects.line import read_line
from catalog.readme.dialects.line_names import date_of_link
from catalog.readme.dialects.names import BOXES, is_name, marked
from catalog.readme.dialects.prose import (
    MOST_WORDS_OF_A_NAME,
    is_marked_as_name,
    is_prose,
    label_of,
    name_and_note,
)
from catalog.readme.dialects.runs import are_in_brackets, first_link
from catalog.readme.dialects.said import Said
from catalog.readme.dialects.table import read_table
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, Part, Span
from catalog.readme.reading import BLANK_CHARACTERS, BLANKS, Reading, holds_block
from catalog.readme.source import plain_text

_DASHES: Final = b"-:"
_TAG: Final = 0x3C
_SAYS_MORE: Final = re.compile(rb"\s*(?:-|\xe2\x80[\x92-\x95]|:|\xef\xbc\x9a)\s*\S")


def read_item(
    reading: Reading, item: Block, depth: int, *, is_top: bool = False
) -> list[Entry | Link]:
    """What an item says: an entry, or links of the entry around it; nothing if that is unclear.

    `is_top` says that it stands right below a heading. A table below an item is read here, too.
    """
    if item.kind == "table":
        return [*read_table(reading, item)]
    parts = item.children
    if depth > nested.MAX_DEPTH or not parts:
        return []
    if parts[0].kind != "paragraph":
        take_text(reading, item)
        parts = item.children
    text = parts[0]
    if text.kind != "paragraph" or text.first < 0:
        return []
    if reading.raw[text.first] == _TAG or (text.inlines and text.inlines[-1].url[:1] == "#"):
        leave_ways_out(reading, text)
    below: list[Below] = []
    if len(parts) > 1:
        below = read_below(reading, parts[1:], is_linked=bool(text.inlines))
    words = "" if text.inlines else reading.text(*reading.trim(text.first, text.last))
    is_said = bool(words) and name_and_note(words) is not None
    if not is_said and not (below and any(one.key and not one.is_quote for one in below)):
        if words and len(parts) == 1 and _is_no_name(words, is_top=is_top):
            return []
        if not text.inlines or not (
            _says_more(reading, text) or (is_top and _is_dated(reading, text))
        ):
            read = nested.read_item(reading, item, depth, read_item, is_top=is_top)
            if read:
                return read
    if not is_top and not below and _begins_as_link(reading, text):
        return []
    return _read_entry(reading, item, depth, below)


def _says_more(reading: Reading, text: Block) -> bool:
    """Whether words stand behind the last link, which the nested dialect does not know."""
    raw, at, end = reading.raw, text.inlines[-1].end, text.last
    while at < end and raw[at] in BLANKS:
        at += 1
    return at < end and (raw[at] in _DASHES or (raw[at] < 0x80 and raw[at : at + 1].isalnum()))


def _is_dated(reading: Reading, text: Block) -> bool:
    """Whether a date stands before its only link, which has the name."""
    (link, *others) = text.inlines
    return not others and date_of_link(reading.text(text.first, link.start)) != ""


def _begins_as_link(reading: Reading, text: Block) -> bool:
    """Whether a line below an entry begins with a picture, or as `[paper](url)` does: no name."""
    if text.inlines and text.inlines[0].start == text.first and reading.is_picture(text.inlines[0]):
        return True
    link = first_link(text.inlines)
    if link is None or (link.start > text.first and are_in_brackets(reading.raw, text.inlines)):
        return False
    title = reading.text(link.inner_start, link.inner_end)
    is_named = _SAYS_MORE.match(reading.raw, link.end, text.last) is not None
    return not is_named and titles.kind_of_title(plain_text(title)) is not None


def _is_no_name(words: str, *, is_top: bool) -> bool:
    """Whether words alone on an item are a sentence, or a labelled value of nobody's."""
    if words[:3] in BOXES:
        return True
    if is_marked_as_name(words):
        return not is_top and titles.meant_by(words) is not None
    return is_prose(words, most_words=MOST_WORDS_OF_A_NAME) or (
        not is_top and label_of(words) is not None
    )


# The entry.


def _read_entry(
    reading: Reading, item: Block, depth: int, below: list[Below]
) -> list[Entry | Link]:
    text, *blocks = item.children
    marker = item.start
    start = reading.start_of_own_line(marker)
    if start < 0:
        return []
    end = reading.end_of_line(text.last)
    line = (start, marker, text.first, end, "", "")
    said = read_flat(reading, text, line) or read_line(reading, text, line)
    if said is None:
        has_facts = any(one.key and not one.is_quote for one in below)
        said = _read_name_and_note(reading, text)
        if said is None and has_facts:
            said = _read_name_alone(reading, text)
        if said is None:
            return []
    below = _not_said_before(below, said)
    if below and not _are_all(blocks, below):
        below = below[: next((i for i, one in enumerate(below) if not one.key), len(below))]
    said = _with_below(reading, said, below) if below else said
    head_end = reading.end_of_line(below[-1].end) if below else end
    children: list[Entry | Link] = [*said.links]
    for block in blocks:
        if block.kind == "list":
            for child in block.children:
                if child.start >= head_end:
                    children += read_item(reading, child, depth + 1)
        elif block.kind == "table":
            children += read_table(reading, block)
    name_start, name_end = said.name_span
    item_end = max(head_end, reading.end_of_line(item.end)) if blocks else head_end
    parts = tuple(said.parts)
    place = BranchPlace(
        "item",
        start,
        marker,
        text.first,
        name_start,
        name_end,
        head_end,
        item_end,
        None,
        None,
        parts,
    )
    return [Entry(said.name, said.note, titles.in_order(said.facts), tuple(children), place)]


def _not_said_before(below: list[Below], said: Said) -> list[Below]:
    """What is said below, up to the first fact that the entry's own line states already."""
    if not below:
        return below
    stated = {fact for fact, _ in said.facts}
    again = (n for n, one in enumerate(below) if any(part.key in stated for part in one.parts))
    return below[: next(again, len(below))] if stated else below


def _are_all(blocks: list[Block], below: list[Below]) -> bool:
    """Whether nothing else stands below an entry than what says more of it.

    A bullet without a word says nothing.
    """
    lines = sum(
        sum(bool(item.children) for item in block.children) if block.kind == "list" else 1
        for block in blocks
    )
    return lines == len(below) and all(
        block.kind in ("list", "paragraph", "quote") for block in blocks
    )


def _read_name_alone(reading: Reading, text: Block) -> Said | None:
    """A name without links, whose facts stand below it."""
    if any(one.kind != "image" for one in text.inlines):
        return None
    span = reading.trimmed(text.first, text.last)
    words = reading.text(*span)
    name = words.rstrip(":：" + BLANK_CHARACTERS)
    if not is_name(name) or not plain_text(name):
        return None
    inner = Span(span.start, span.start + len(name.encode()))
    return Said(name, inner, "", [], [], [Part("name", span.start, *inner, inner.end)])


def _read_name_and_note(reading: Reading, text: Block) -> Said | None:
    """A name without a link, and the note behind a dash."""
    if text.inlines:
        return None
    span = reading.trimmed(text.first, text.last)
    words = reading.text(*span)
    found = name_and_note(words)
    if found is None or not is_name(found["name"]) or not plain_text(found["name"]):
        return None
    if is_marked_as_name(found["name"]):
        return None
    if holds_block(found["note"]):
        return None
    outer, inner = marked(reading.raw, span.start, span.start + len(found["name"].encode()))
    note_start = span.start + len(words[: found.start("note")].encode())
    note = "\n".join(line.strip(BLANK_CHARACTERS) for line in found["note"].split("\n"))
    parts = [
        Part("name", outer[0], *inner, outer[1]),
        Part("note", note_start, note_start, span.end, span.end),
    ]
    return Said(reading.text(*inner), inner, note, [], [], parts)


def _with_below(reading: Reading, said: Said, below: list[Below]) -> Said:
    for one in below:
        for part in one.parts:
            if part.link >= 0:
                said.parts.append(part._replace(link=len(said.links)))
                said.links.append(one.links[part.link])
            elif part.key == "other":
                said.parts.append(part)
            elif part.key == "note":
                if said.note:
                    continue
                said = said._replace(note=one.value)
                said.parts.append(part)
            else:
                value = one.value or " ".join(reading.text(part.start, part.end).split())
                said.parts.append(part)
                said.facts.append((part.key, value))
    return said
