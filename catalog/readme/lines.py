"""Questions about the lines around a place in the source, a place being the begin of a line."""

from __future__ import annotations

import re
from typing import Final

_ITEM: Final = re.compile(rb"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]")


def end_of_line(raw: bytes, at: int) -> int:
    return raw.find(b"\n", at) + 1 or len(raw)


def start_of_line_before(raw: bytes, at: int) -> int:
    return raw.rfind(b"\n", 0, max(at - 1, 0)) + 1


def behind_blanks(raw: bytes, at: int) -> int:
    """The end of the blank lines that begin here."""
    while at < len(raw) and is_blank(raw, at):
        at = end_of_line(raw, at)
    return at


def is_blank_before(raw: bytes, at: int) -> bool:
    """Whether the line before is blank; before the first line nothing stands."""
    return not raw[start_of_line_before(raw, at) : at].strip()


def is_blank(raw: bytes, at: int) -> bool:
    """Whether the line here is blank; behind the last line nothing stands."""
    return not raw[at : end_of_line(raw, at)].strip()


def begins_item(raw: bytes, at: int) -> bool:
    """Whether an item of a list begins here."""
    return _ITEM.match(raw, at) is not None


def needs_break(raw: bytes, at: int) -> bool:
    """Whether text that ends here would run on into the line here: neither blank nor an item."""
    return not is_blank(raw, at) and not begins_item(raw, at)
