"""`- [name](url) - A note.`: the most frequent line of all lists, read at one look.

Whatever is more or less than that - badges, remarks, further links, other signs - is left to
line.py, which reads this line to the same result, at more than twice the cost.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import kinds
from catalog.readme.blocks import Block
from catalog.readme.dialects import nested
from catalog.readme.dialects.names import is_name
from catalog.readme.dialects.runs import Context
from catalog.readme.dialects.said import Said
from catalog.readme.meaning import Link
from catalog.readme.places import LinkPlace, Part
from catalog.readme.reading import BLANK_CHARACTERS, Reading, holds_block

_BEFORE_NOTE: Final = re.compile(rb"(?: +(?:-|\xe2\x80[\x93\x94])|:) +(?=[A-Za-z0-9])")


def read_flat(reading: Reading, text: Block, line: Context) -> Said | None:
    """What such a line says; None for any other."""
    if len(text.inlines) != 1:
        return None
    raw, inline = reading.raw, text.inlines[0]
    start, end, url = inline.start, inline.end, inline.url
    if start != text.first or inline.kind not in nested.LINKS or inline.has_image:
        return None
    behind = _BEFORE_NOTE.match(raw, end, text.last)
    name = nested.title_of(reading, inline)
    if behind is None or not is_name(name) or name == url:
        return None
    if not nested.is_storable(reading, name, url, start):
        return None
    note_start, note_end = reading.trim(behind.end(), text.last)
    note = raw[note_start:note_end].decode()
    if holds_block(note):
        return None
    if "\n" in note:
        note = "\n".join(part.strip(BLANK_CHARACTERS) for part in note.split("\n"))
    place = LinkPlace("head", *line[:4], start, end, inline, None, -1, None)
    parts = [
        Part("name", start, start, end, end, 0),
        Part("note", note_start, note_start, note_end, note_end),
    ]
    link = Link("", url, kinds.guess_kind(url), "", "", place)
    name_span = reading.trim(inline.inner_start, inline.inner_end)
    return Said(name, name_span, note, [], [link], parts)
