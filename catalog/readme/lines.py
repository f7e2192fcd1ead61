"""The lines around a place in the source, which is the begin of one; lines moved sideways."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from catalog.readme.style import width

_HTML: Final = re.compile(rb" {0,3}<[a-zA-Z/!?]")
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


def behind_html(raw: bytes, start: int, at: int) -> int:
    """The end of the HTML that begins with the line at `start`: a blank line ends it, else `at`."""
    if raw[start:at].lstrip()[:1] != b"<":
        return at
    while at < len(raw) and not is_blank(raw, at):
        at = end_of_line(raw, at)
    return at


def ends_with_html(text: bytes) -> bool:
    """Whether the last lines are HTML, to which any line belongs that is not blank."""
    lines = text.rstrip().split(b"\n")
    last = list(takewhile(bytes.strip, reversed(lines)))
    return any(_HTML.match(line) for line in last)


def is_among_lines(raw: bytes, at: int, begin: int) -> bool:
    """Whether another line of its paragraph, behind `begin`, stands right before or behind this."""
    behind = end_of_line(raw, at)
    follows = at > begin and not is_blank_before(raw, at)
    return follows or (behind < len(raw) and not is_blank(raw, behind))


def break_of_line(raw: bytes, at: int) -> bytes:
    """The blanks with which the line here says that the next begins on its own."""
    line = raw[at : end_of_line(raw, at)].rstrip(b"\r\n")
    blanks = line[len(line.rstrip(b" ")) :]
    return blanks if len(blanks) > 1 else b""


def begins_item(raw: bytes, at: int) -> bool:
    """Whether an item of a list begins here."""
    return _ITEM.match(raw, at) is not None


def item_marker(raw: bytes, at: int) -> bytes:
    """The bullet with its blanks, if an item of a list begins here."""
    found = _ITEM.match(raw, at)
    return found.group() if found is not None else b""


def indent_at(raw: bytes, at: int) -> int:
    """How many blanks and tabs begin the line here."""
    line = raw[at : end_of_line(raw, at)]
    return len(line) - len(line.lstrip(b" \t"))


def needs_break(raw: bytes, at: int) -> bool:
    """Whether text that ends here would run on into the line here: neither blank nor an item."""
    return not is_blank(raw, at) and not begins_item(raw, at)


def moved(text: bytes, indent: int, marker: str, to_indent: str, to_marker: str) -> bytes:
    """An item's lines in another column. Lines that were not indented with it stay as they are."""
    first, *lines = text.split(b"\n")
    content = indent + width(marker)
    by = len(to_indent) + width(to_marker) - content
    first = to_indent.encode() + to_marker.encode() + first[indent + len(marker) :]
    below = [
        b" " * (content + by) + line[content:]
        if line[:content].isspace() and line.strip()
        else line
        for line in lines
    ]
    return b"\n".join([first, *below])
