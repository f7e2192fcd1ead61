"""The columns of a table: new ones for what no column can say yet.

A column that nobody uses any more is renamed before a new one is added.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from catalog import kinds, titles
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.padding import Padding
from catalog.readme.places import Column
from catalog.readme.ranges import Replacement

# A column is worth its place in every row if so many say something in it.
FEWEST_FOR_A_COLUMN: Final = 2


class Columns(Padding):
    """The columns of one table."""

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
            # Each once, in their order: new columns stand as the links do.
            said.update([*dict.fromkeys(link.label for link in links if link.label)])
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
        known = {column.kind for column in self.columns}
        known |= {kind for number, kind in self.kinds_held if number == self.table.name}
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

    @cached_property
    def kinds_held(self) -> frozenset[tuple[int, str]]:
        """Which column holds links of which kind; a link that a name is does not count."""
        return frozenset(
            (number, link.kind)
            for row in self.entries
            if row.place is not None and row.place.row is not None
            for number, cell in enumerate(row.place.row.parts)
            for part in cell
            if part.link >= 0
            and isinstance(link := row.children[part.link], Link)
            and not is_own(link)
        )

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


def can_say(column: Column, link: Link) -> bool:
    """Whether a link without a label would be of its kind in this column, without a badge."""
    is_of_links = column.role == "links" and not column.label
    return is_of_links and titles.kind_said(column.context, link.title, link.url) == link.kind
