"""What goes when things are taken away: their lines, and what stands there for their sake."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from catalog.readme.lines import behind_blanks, is_blank_before, start_of_line_before
from catalog.readme.places import BranchPlace, RowPlace
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.slots import Slot, place_of


def without(raw: bytes, slot: Slot) -> Replacement:
    """Take the lines of a slot away; between blank lines those behind it go along."""
    start, end = slot.start, slot.end
    if place_of(slot.parts[0]).form not in ("item", "row") and is_blank_before(raw, start):
        end = behind_blanks(raw, end)
        while end == len(raw) and start and is_blank_before(raw, start):
            start = start_of_line_before(raw, start)
    return Replacement(start, end, b"")


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
                gone.setdefault(start, []).append(without(raw, slot))
    for start, lines in gone.items():
        table = rows[start][0].table
        left = replaced(raw, lines, table.rows_start, table.end)
        if len(lines) == len(rows[start]) and not left.strip():
            while start and is_blank_before(raw, start):
                start = start_of_line_before(raw, start)
            yield Replacement(start, table.rows_start, b"")
