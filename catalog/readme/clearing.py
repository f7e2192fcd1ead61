"""What goes when things are taken away: their lines, and what stands there for their sake."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from catalog.readme.lines import (
    behind_blanks,
    end_of_line,
    is_blank,
    is_blank_before,
    start_of_line_before,
)
from catalog.readme.places import BranchPlace, RowPlace
from catalog.readme.ranges import Replacement, in_order, replaced
from catalog.readme.slots import Slot, place_of


def without(raw: bytes, slot: Slot, since: int) -> Replacement:
    """Take the lines of a slot away, and of the blank lines around it the fewer ones.

    All from `since` up to the slot goes as well.
    """
    start, end = slot.start, slot.end
    form = place_of(slot.parts[0]).form
    before = since if form == "item" else start
    if form == "row" or not is_blank_before(raw, before):
        return Replacement(start, end, b"")
    if form != "item":
        return Replacement(start, behind_blanks(raw, end), b"")
    while before and is_blank_before(raw, before) and end < len(raw) and is_blank(raw, end):
        before, end = start_of_line_before(raw, before), end_of_line(raw, end)
    return Replacement(start, end, b"")


def without_last_blanks(raw: bytes, replacements: Iterable[Replacement]) -> Iterator[Replacement]:
    """Take the blank lines away that would end the text, where its last lines go.

    What is inserted at the end brings a blank line of its own, or needs those.
    """
    stop = len(raw)
    for begin, end, new in reversed(in_order(replacements)):
        if begin == len(raw):
            if new[:1] not in (b"", b"\r", b"\n"):
                return
            continue
        if new and end == stop:
            return
        is_within_line = raw[begin - 1 : begin] not in (b"", b"\n")
        if new or is_within_line or raw[end:stop].strip():
            break
        yield Replacement(end, max(end, stop), b"")
        stop = min(stop, begin)
    start = stop
    while 0 < start < len(raw) and is_blank_before(raw, start):
        start = start_of_line_before(raw, start)
    yield Replacement(start, stop, b"")


def without_titles(
    raw: bytes, slots: Iterable[Slot], cleared: Container[int]
) -> Iterator[Replacement]:
    """Take the titles of a table away with the last of its rows, if nothing else is in it.

    The blank lines before them go along; those behind part what is left.
    `cleared` are the places where the rows begin that were taken away.
    """
    rows: dict[int, list[RowPlace]] = {}
    gone: dict[int, list[Replacement]] = {}
    for slot in slots:
        place = place_of(slot.parts[0])
        if isinstance(place, BranchPlace) and place.row is not None:
            start = place.row.table.start
            rows.setdefault(start, []).append(place.row)
            if slot.start in cleared:
                gone.setdefault(start, []).append(without(raw, slot, slot.start))
    for start, lines in gone.items():
        table = rows[start][0].table
        left = replaced(raw, lines, table.rows_start, table.end)
        if len(lines) == len(rows[start]) and not left.strip():
            while start and is_blank_before(raw, start):
                start = start_of_line_before(raw, start)
            yield Replacement(start, table.rows_start, b"")
