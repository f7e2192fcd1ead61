"""What can be a name, and the marks round a value: `**T5**`."""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.places import Range
from catalog.readme.reading import BLANK_CHARACTERS, MAX_NAME, holds_block, is_single_line
from catalog.readme.source import plain_text

# Most names are a few words.
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9.()-]{0,30}(?: [A-Za-z0-9.()-]{1,30}){0,6}")
MARKS: Final = (b"**", b"__", b"*", b"_")
_SAYS_NOTHING: Final = BLANK_CHARACTERS + "*_-"
# What begins so is a task, ticked or not.
BOXES: Final = ("[ ]", "[x]", "[X]")
# A number may lead a name, `4. Surveys`, although it would begin a list if it stood at the begin
# of a line: a heading has it behind its hashes, and an item behind its bullet (item_texts.py).
_NUMBER: Final = re.compile(r"\d{1,9}[.)] {1,4}(?=\S)")


def is_name(text: str) -> bool:
    """Whether a text can be a name wherever it is written."""
    return _PLAIN.fullmatch(text) is not None or (
        bool(text.strip(_SAYS_NOTHING))
        and len(text) <= MAX_NAME
        and is_single_line(text)
        and "](" not in text
        and text.lstrip(BLANK_CHARACTERS)[:3] not in BOXES
        and not holds_block(
            text if (number := _NUMBER.match(text)) is None else text[number.end() :]
        )
    )


def marked(raw: bytes, start: int, end: int) -> tuple[Range, Range]:
    """A value with the marks round the whole of it, and without."""
    for mark in MARKS:
        size = len(mark)
        inside = raw[start + size : end - size]
        if (
            end - start > 2 * size
            and raw.startswith(mark, start)
            and raw.endswith(mark, start, end)
            and mark[:1] not in inside
            and inside.strip() == inside
        ):
            return (start, end), (start + size, end - size)
    return (start, end), (start, end)


def begins_with(text: str, name: str) -> bool:
    """Whether a note's text begins with this name as a word."""
    name = plain_text(name)
    if not name or (text[:1].isalnum() and text[0] != name[0]):
        return False
    plain = plain_text(text)
    if not plain.startswith(name):
        return False
    after = plain[len(name) : len(name) + 1]
    return not (after.isalnum() and after.isascii())
