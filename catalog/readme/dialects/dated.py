"""News: `- [2023/05] A sentence about it.`"""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.dialects.authors import bytes_of
from catalog.readme.dialects.said import Said
from catalog.readme.places import Part
from catalog.readme.reading import BLANK_CHARACTERS, Reading, holds_block

_DATED: Final = re.compile(
    r"[\[(*_【]*(?P<date>\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}日?|月)?)[\])*_】]*\s*[:：,，-]?\s*"
)


def read_dated(reading: Reading, text: Block) -> Said | None:
    """News: a date, and a sentence about it."""
    words = reading.text(text.first, text.last)
    dated = _DATED.match(words)
    if dated is None or not words[dated.end() :].strip():
        return None
    start, end = bytes_of((text.first, text.last), words, dated.span("date"))
    marks = words[: dated.start("date")]
    note = reading.trimmed(text.first + len(dated.group().encode()), text.last)
    if holds_block(reading.text(*note)):
        return None
    said = "\n".join(line.strip(BLANK_CHARACTERS) for line in reading.text(*note).split("\n"))
    parts = [
        Part("name", text.first, start, end, min(end + len(marks.encode()), note.start)),
        Part("note", note.start, *note, note.end),
    ]
    return Said(dated["date"], (start, end), said, [], [], parts)
