"""The lines of notes: what stays in them stays as it was, a new one is like its neighbours'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from catalog.readme.lines import indent_at
from catalog.readme.patterns import Pattern
from catalog.readme.places import BranchPlace
from catalog.readme.ranges import Replacement
from catalog.readme.renderer import quoted
from catalog.readme.style import Style, width

# What begins the first line of a note and no further one; they go on below it.
_FIRST_ONLY: Final = re.compile(rb"[^\s>]")


def restated(raw: bytes, place: BranchPlace, was: str, note: str, newline: str) -> Replacement:
    """Another note in the place of one; of its lines those that it shares stay as they are."""
    assert place.note is not None
    assert place.note_lines is not None
    prefix = _further_prefix(raw[place.note_lines.start : place.note.start])
    lines = raw[slice(*place.note)].split(b"\n")
    before, after = was.split("\n"), note.split("\n")
    if [line.decode().strip(" \t\r>") for line in lines] != [line.strip(" \t>") for line in before]:
        lines, before = [b""], []
    end = newline.encode().removesuffix(b"\n")
    further = len(before) - len(after)
    behind = len(after) - _shared(before[::-1], after[::-1])
    out: list[bytes] = []
    for number, text in enumerate(after):
        at = min(max(number + further if number >= behind else number, 0), len(lines) - 1)
        is_same = at < len(before) and before[at] == text and (at == 0) == (number == 0)
        if is_same:
            out.append(lines[at] if at < len(lines) - 1 else lines[at] + end)
        else:
            lead = prefix if number else b""
            out.append(lead + text.encode() + _break_of(lines[at]) + end)
    return Replacement(*place.note, b"\n".join(out).rstrip(b" \t\r"))


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    """How many at the begin are the same."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    return sum(1 for _ in pairs)


def _break_of(line: bytes) -> bytes:
    """The blanks that end a line and say that the next begins on its own."""
    line = line.rstrip(b"\r")
    return line[len(line.rstrip(b" ")) :]


def _further_prefix(prefix: bytes) -> bytes:
    """What begins the further lines of a note whose first line begins so."""
    return _FIRST_ONLY.sub(b" ", prefix)


def nearest_with_note_below(kin: Iterable[Pattern]) -> Pattern | None:
    """The nearest item with a note, if that stands below its line."""
    for pattern in kin:
        if pattern.find("note") >= 0:
            return None
        place = pattern.place
        if place.note_lines is not None and place.form == "item":
            lead = pattern.raw[place.head_end : place.note_lines.start]
            is_within = pattern.raw[place.note_lines.start : place.note_lines.start + 1] in b" \t"
            return pattern if is_within and not lead.strip() else None
    return None


def indent_below(raw: bytes, place: BranchPlace, style: Style) -> str:
    """What begins a line below those of an item: as the last of them, or as it must."""
    own = raw[place.start : place.marker].decode()
    below = style.below(own, raw[place.marker : place.text].decode())
    last = raw.rfind(b"\n", place.start, place.head_end - 1) + 1
    indent = raw[last : last + indent_at(raw, last)].decode()
    return indent if last > place.start and width(indent) > width(below) else below


def note_below(note: str, like: Pattern | None, below: str, style: Style) -> bytes:
    """The lines of a note like that of another item; else a quote.

    They stand as far in as there, or further if what is `below` this item must.
    """
    if like is None or like.place.note is None or like.place.note_lines is None:
        return quoted(note, below, style).encode() if note else b""
    start = like.place.note_lines.start
    blank_lines = like.raw[like.place.head_end : start].count(b"\n")
    prefix = like.raw[start : like.place.note.start]
    sign = prefix.lstrip(b" \t")
    blanks = prefix[: len(prefix) - len(sign)]
    if b"\t" not in blanks and len(blanks) < len(below):
        prefix = below.encode() + sign
    end = style.newline.encode()
    first, *further = (line.encode() for line in note.split("\n"))
    lines = [prefix + first, *(_further_prefix(prefix) + line for line in further)]
    return end * blank_lines + b"".join(line + end for line in lines)
