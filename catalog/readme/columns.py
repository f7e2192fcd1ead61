"""The columns of a table: new ones for what no column can say yet, and how wide cells are.

A column that nobody uses any more is renamed before a new one is added.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import east_asian_width

from catalog import kinds, titles
from catalog.readme.dialects.cells import nothing_in
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.places import Column, Range, RowPlace, Table
from catalog.readme.ranges import Replacement
from catalog.readme.style import Style

# What most of so many rows do, the nearest first, is how the table does it.
MOST_ASKED: Final = 3
# So many rows before and behind another are asked.
MOST_ROWS: Final = 60
# So many rows at the end of a table show how wide its columns are.
_MOST_MEASURED: Final = 200
# Two of so many neighbours that are equally wide make a column aligned where they stand.
_BESIDE: Final = 3


# A column is worth its place in every row if so many say something in it.
FEWEST_FOR_A_COLUMN: Final = 2


class Columns:
    """The columns of one table; `rows` are the entries that stand in it."""

    def __init__(self, raw: bytes, style: Style, table: Table, rows: Sequence[Entry]) -> None:
        self.raw = raw
        self.style = style
        self.table = table
        self.columns = list(table.columns)
        self.entries = rows
        self._widths: dict[int, tuple[int, bool] | None] = {}
        self.rows = [row.place.row for row in rows if row.place is not None and row.place.row]

    # What no column says yet.

    def make_room(
        self, wanted: Iterable[Entry], fewest: int = FEWEST_FOR_A_COLUMN
    ) -> list[Replacement]:
        """Columns for what so many of the wanted rows say and the table has no place for."""
        rows = list(wanted)
        said: Counter[str] = Counter()
        said_links: list[Link] = []
        for row in rows:
            said.update(fact for fact, _ in row.facts)
            said["note"] += bool(row.note)
            links = [child for child in row.children if isinstance(child, Link)]
            said.update({link.label for link in links if link.label})
            said_links += links
        known = {key for column in self.columns for key in (column.fact, column.label)}
        enough = min(fewest, len(rows))
        missing = [key for key, times in said.items() if times >= enough and key not in known]
        free = [
            number
            for number, column in enumerate(self.columns)
            if missing
            and number != self.table.name
            and not {column.fact, column.label} & {key for key, times in said.items() if times}
            and not any(can_say(column, link) for link in said_links)
            and any(len(row.parts) > number and row.parts[number] for row in self.rows)
        ]
        replacements: list[Replacement] = []
        for kind in self._kinds_without_column(rows, fewest):
            title = next(one.label for one in kinds.KINDS if one.value == kind)
            self.columns.append(Column(title, "links", title, kind, "", -1, -1, -1, -1))
            replacements += self._added_title(title)
        for key in missing:
            title = titles.title_of(key) if key != "note" else "Description"
            role = "note" if key == "note" else "links"
            if free:
                number = free.pop(0)
                column = self.columns[number]
                self.columns[number] = column._replace(
                    title=title, role=role, fact=key, kind="", label=key
                )
                replacements.append(self._padded_title(column, title))
            else:
                self.columns.append(Column(title, role, key, "", key, -1, -1, -1, -1))
                replacements += self._added_title(title)
        return replacements

    def _padded_title(self, column: Column, title: str) -> Replacement:
        text = self.raw[column.start : column.end].decode()
        lead, tail = len(text) - len(text.lstrip()), min(len(text) - len(text.rstrip()), 1)
        padded = (" " * lead + title).ljust(len(text) - tail) + " " * tail
        return Replacement(column.start, column.end, padded.encode())

    def _kinds_without_column(self, rows: Sequence[Entry], fewest: int) -> list[str]:
        """Kinds of which so many rows have links, and no column."""
        known = {column.kind for column in self.columns} | self._kinds_beside_names()
        at_home = {
            (link.kind, link.url)
            for row in self.entries
            for link in row.children
            if isinstance(link, Link)
        }
        seen = Counter(
            child.kind
            for row in rows
            for child in row.children
            if isinstance(child, Link)
            and child.title
            and not child.label
            and (child.kind, child.url) not in at_home
            and not any(map(can_say, self.columns, itertools.repeat(child)))
        )
        return [
            kind
            for kind, times in seen.items()
            if times >= fewest and kind not in known and kind != kinds.OTHER
        ]

    def _kinds_beside_names(self) -> set[str]:
        """The kinds of links that stand behind the names of rows."""
        return {
            link.kind
            for row in self.entries
            if row.place is not None and row.place.row is not None
            for part in row.place.row.parts[self.table.name]
            if part.link >= 0
            and isinstance(link := row.children[part.link], Link)
            and not is_own(link)
        }

    def _added_title(self, title: str) -> list[Replacement]:
        real = next(c for c in reversed(self.columns) if c.start >= 0)
        cell = self.raw[real.rule_start : real.rule_end]
        rule = cell.strip()
        rule = (b":" if rule.startswith(b":") else b"-") + b"-" + rule[-1:]
        rule = rule if cell.strip() == cell else b" " + rule + b" "
        return [
            Replacement(real.end, real.end, f"| {title} ".encode()),
            Replacement(real.rule_end, real.rule_end, b"|" + rule),
        ]

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
        that of the whole column, if the nearest row takes part. A cell that was there (`old`)
        keeps its width, if that is one of the two.
        """
        whole = self._width(number)
        near = [
            self.raw[slice(*row.cells[number])].decode()
            for row in rows[: _BESIDE + (old is not None)]
            if number < len(row.cells)
        ]
        if old in near:
            near.remove(old)
        beside = _shared_width(near[:_BESIDE])
        for width in (beside, whole):
            if width is None:
                continue
            taker = old
            if old is None and near and width is whole:
                taker = near[0]
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
        said = (text for cell in there if (text := nothing_in(self.raw, cell)) is not None)
        seen = Counter(itertools.islice(said, MOST_ASKED))
        return seen.most_common(1)[0][0] if seen else b""

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
            sizes = Counter(_size(cell, wide=wide) for cell in cells)
            if cells and sizes[target] * 2 > len(cells) and rule.count("-") > 3:
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


def can_say(column: Column, link: Link) -> bool:
    """Whether a link without a label would be of its kind in this column, without a badge."""
    is_of_links = column.role == "links" and not column.label
    return is_of_links and titles.kind_said(column.context, link.title, link.url) == link.kind


def _shared_width(cells: Sequence[str]) -> tuple[int, bool] | None:
    """The width that two of these cells have, if one of the two is padded."""
    for wide in (False, True):
        for one, other in itertools.combinations(cells, 2):
            width = _size(one, wide=wide)
            pads = max(len(cell) - len(cell.strip()) for cell in (one, other))
            if width == _size(other, wide=wide) and pads > 2:
                return width, wide
    return None


def _size(text: str, *, wide: bool) -> int:
    if not wide:
        return len(text)
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
