"""The cells of a table: how wide they are, and how those say it that say nothing."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final
from unicodedata import east_asian_width

from catalog.readme.dialects.cells import nothing_in
from catalog.readme.meaning import Entry
from catalog.readme.places import Range, RowPlace, Table
from catalog.readme.style import Style

# What most of so many rows do, the nearest first, is how the table does it.
MOST_ASKED: Final = 3
# So many rows before and behind another are asked.
MOST_ROWS: Final = 60
# So many rows at the end of a table show how wide its columns are.
_MOST_MEASURED: Final = 200
# Two of so many neighbours that are equally wide make a column aligned where they stand.
_BESIDE: Final = 3


class Padding:
    """The cells of one table; `rows` are the entries that stand in it."""

    def __init__(self, raw: bytes, style: Style, table: Table, rows: Sequence[Entry]) -> None:
        self.raw = raw
        self.style = style
        self.table = table
        self.columns = list(table.columns)
        self.entries = rows
        self._widths: dict[int, tuple[int, bool] | None] = {}
        self.rows = [row.place.row for row in rows if row.place is not None and row.place.row]

    # Neighbours.

    def nearest(self, kin: RowPlace | None) -> list[RowPlace]:
        """The rows around this one, it and its neighbours first; without it the first ones."""
        if kin is None:
            return self.rows[:MOST_ROWS]
        at, _ = kin.cells[0]
        here = bisect_left(self.rows, at, key=_start)
        around = self.rows[max(0, here - MOST_ROWS) : here + MOST_ROWS]
        return sorted(around, key=lambda row: abs(_start(row) - at))

    def entries_near(self, at: int) -> list[Entry]:
        """The entries of the rows around a place, the nearest first."""
        here = bisect_left(self.entries, at, key=_start_of)
        around = self.entries[max(0, here - MOST_ROWS) : here + MOST_ROWS]
        return sorted(around, key=lambda row: abs(_start_of(row) - at))

    # Padding.

    def padded(
        self, content: bytes, number: int, rows: Sequence[RowPlace], own: Range | None
    ) -> bytes:
        """A cell as wide as its column, if the column is aligned there and that is possible.

        `rows` are those to look at, the nearest first; `own` is the cell, if it is there already.
        """
        text = (content or self._nothing(rows, number)).decode()
        old = self.raw[slice(*own)].decode() if own is not None else ""
        width = self._width_beside(number, rows, old if own is not None else None)
        if width is not None:
            room = width[0] - _size(text, wide=width[1])
            if room >= 2 or (room >= 0 and not text):
                return self._aligned(text, room, number).encode()
        if not text:
            is_still_empty = own is not None and not old.strip()
            return b" " * len(old) if is_still_empty else self._empty(rows, number)
        pads = self._pads(rows, number)
        if own is not None and nothing_in(self.raw, own) is None:
            pads = len(old) - len(old.lstrip()), len(old) - len(old.rstrip())
            if width is not None:
                pads = min(pads[0], 1), min(pads[1], 1)  # it no longer fits its column
        return (" " * pads[0] + text + " " * pads[1]).encode()

    def _width_beside(
        self, number: int, rows: Sequence[RowPlace], old: str | None
    ) -> tuple[int, bool] | None:
        """The width that a cell shall have; None if nothing is aligned where it stands.

        It is that of two of the three nearest cells, if they are equally wide and padded; else
        that of the whole column, if the nearest row whose cell is not too full for it takes part. A
        cell that was there (`old`) keeps its width, if that is one of the two or it was too full.
        """
        whole = self._width(number)
        near = [
            self.raw[slice(*row.cells[number])].decode()
            for row in rows[: _BESIDE + (old is not None)]
            if number < len(row.cells)
        ]
        if old in near:
            near.remove(old)
        beside = _shared_width(near[:_BESIDE], is_wide=whole is not None and whole[1])
        for width in (beside, whole):
            if width is None:
                continue
            taker = None if old is not None and _is_full(old, width) else old
            if taker is None and near and width is whole:
                taker = next((cell for cell in near if not _is_full(cell, width)), near[0])
            if taker is None or _size(taker, wide=width[1]) == width[0]:
                return width
        return None

    def _pads(self, rows: Sequence[RowPlace], number: int) -> tuple[int, int]:
        seen: Counter[tuple[int, int]] = Counter()
        for row in rows:
            cell = slice(*row.cells[number]) if number < len(row.cells) else slice(0)
            text = self.raw[cell].decode()
            if text.strip():
                left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
                seen[min(left, 1), min(right, 1)] += 1
            if seen.total() >= MOST_ASKED:
                break
        return seen.most_common(1)[0][0] if seen else (1, 1)

    def _nothing(self, rows: Sequence[RowPlace], number: int) -> bytes:
        """How most of the nearest empty cells say so: with no byte, or with a sign."""
        there = (row.cells[number] for row in rows if number < len(row.cells))
        seen = Counter(itertools.islice(self._nothings(there), MOST_ASKED))
        return seen.most_common(1)[0][0] if seen else self._nothing_elsewhere

    @cached_property
    def _nothing_elsewhere(self) -> bytes:
        """The same for a column that has no empty cell: as most of the table."""
        cells = (cell for row in self.rows for cell in row.cells)
        seen = Counter(self._nothings(cells))
        return seen.most_common(1)[0][0] if seen else b""

    def _nothings(self, cells: Iterable[Range]) -> Iterator[bytes]:
        return (text for cell in cells if (text := nothing_in(self.raw, cell)) is not None)

    def _empty(self, rows: Sequence[RowPlace], number: int) -> bytes:
        for row in rows[:4]:
            if (
                number < len(row.cells)
                and not (text := self.raw[slice(*row.cells[number])]).strip()
            ):
                return text if len(text) <= 2 else b" "
        return b" "

    def _aligned(self, text: str, room: int, number: int) -> str:
        """As most cells of the column: at its left, its right or in its middle."""
        modes: Counter[str] = Counter()
        for row in self.rows:
            if number < len(row.cells):
                cell = self.raw[slice(*row.cells[number])].decode()
                left, right = len(cell) - len(cell.lstrip()), len(cell) - len(cell.rstrip())
                if left + right > 3 and cell.strip():
                    modes["left" if left <= 1 else "right" if right <= 1 else "centre"] += 1
        mode = modes.most_common(1)[0][0] if modes else self._stated(number)
        if mode == "left" or not text:
            return " " + text + " " * (room - 1) if room else text
        if mode == "right":
            return " " * (room - 1) + text + " "
        left = (room + self._is_odd_one_left(number)) // 2
        return " " * left + text + " " * (room - left)

    def _is_odd_one_left(self, number: int) -> bool:
        """Whether an odd blank round a centred value stands before it, as in most cells."""
        heavier = 0
        for row in self.rows:
            if number < len(row.cells):
                cell = self.raw[slice(*row.cells[number])]
                left, right = len(cell) - len(cell.lstrip()), len(cell) - len(cell.rstrip())
                heavier += left - right if abs(left - right) == 1 < min(left, right) else 0
        return heavier > 0

    def _stated(self, number: int) -> str:
        """The alignment that the line below the title states."""
        column = self.columns[number]
        rule = self.raw[column.rule_start : column.rule_end].strip()
        if not rule.endswith(b":"):
            return "left"
        return "centre" if rule.startswith(b":") else "right"

    def _width(self, number: int) -> tuple[int, bool] | None:
        """The width of an aligned column, and whether wide characters count twice in it.

        Measured once: each row that is written asks for it.
        """
        if number not in self._widths:
            self._widths[number] = self._measured(number)
        return self._widths[number]

    def _measured(self, number: int) -> tuple[int, bool] | None:
        if number >= len(self.table.columns):
            return None
        column = self.table.columns[number]
        rule = self.raw[column.rule_start : column.rule_end].decode()
        target = len(rule)
        cells = [
            self.raw[slice(*row.cells[number])].decode()
            for row in self.rows[-_MOST_MEASURED:]
            if number < len(row.cells)
        ]
        for wide in (False, True):
            fitting = [cell for cell in cells if not _is_full(cell, (target, wide))]
            aligned = [cell for cell in fitting if _size(cell, wide=wide) == target]
            is_shown = len(aligned) * 2 > len(cells) or any(_blanks(cell) > 2 for cell in aligned)
            if len(aligned) * 2 > len(fitting) and is_shown and rule.count("-") > 3:
                return target, wide
        return None

    def ends(self, row: RowPlace | None) -> tuple[bytes, bytes]:
        """What begins and what ends a row."""
        titles_start = self.table.columns[0].start
        indent = self.raw[self.table.start : titles_start].rstrip(b"|")
        if row is None:
            return indent + b"|", b"|"
        start, _ = row.cells[0]
        _, end = row.cells[min(len(row.cells), len(self.table.columns)) - 1]
        line_start = self.raw.rfind(b"\n", 0, start) + 1
        lead = indent + self.raw[line_start:start].lstrip(b" ")
        has_pipe = (
            self.raw[end : end + 1] == b"|"
            or self.raw[self.table.columns[-1].end : self.table.columns[-1].end + 1] == b"|"
        )
        return lead, b"|" if has_pipe else b""


def _start(row: RowPlace) -> int:
    return row.cells[0][0]


def _start_of(entry: Entry) -> int:
    return 0 if entry.place is None else entry.place.start


def _shared_width(cells: Sequence[str], *, is_wide: bool) -> tuple[int, bool] | None:
    """The width that two of these cells have, if one of the two is padded.

    Measured first as the whole column is (`is_wide`): equal words are equally wide either way.
    """
    for wide in (is_wide, not is_wide):
        for one, other in itertools.combinations(cells, 2):
            width = _size(one, wide=wide)
            pads = max(_blanks(one), _blanks(other))
            if width == _size(other, wide=wide) and pads > 2:
                return width, wide
    return None


def _is_full(cell: str, width: tuple[int, bool]) -> bool:
    """Whether a cell has too much to say for its column, and so does not tell how others stand."""
    return _blanks(cell) <= 2 and _size(cell, wide=width[1]) > width[0]


def _blanks(cell: str) -> int:
    """How many blanks stand around what a cell says."""
    return len(cell) - len(cell.strip())


def _size(text: str, *, wide: bool) -> int:
    if not wide:
        return len(text)
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
