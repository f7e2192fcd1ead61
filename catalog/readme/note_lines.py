"""The lines of notes: what stays in them stays as it was, a new one is like its neighbours'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from catalog.readme.patterns import Pattern
from catalog.readme.places import BranchPlace
from catalog.readme.ranges import Replacement
from catalog.readme.renderer import quoted
from catalog.readme.style import Style

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
        lines, before = lines[:1], []
    end = newline.encode().removesuffix(b"\n")
    out: list[bytes] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, stop, new_start, new_stop in matcher.get_opcodes():
        for number in range(new_start, new_stop):
            at = min(start + number - new_start, max(start, stop - 1), len(lines) - 1)
            if kind == "equal" and (at == 0) == (number == 0):
                out.append(lines[at] if at < len(lines) - 1 else lines[at] + end)
            else:
                text = (prefix if number else b"") + after[number].encode()
                out.append(text + _break_of(lines[at]) + end)
    return Replacement(*place.note, b"\n".join(out).rstrip(b" \t\r"))


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
