"""The rows of a table: a change touches its cell, a newcomer is padded as its columns are.

What no column can say yet gets a column of its own; one that nobody uses any more is renamed.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from catalog.readme import renderer
from catalog.readme.columns import Columns
from catalog.readme.difference import Arranged
from catalog.readme.fields import relink
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.places import BranchPlace, LinkPlace, Part, RowPlace
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.reading import Reading
from catalog.readme.repositories import repository_of
from catalog.readme.slots import place_of

# What most of so many rows do, the nearest first, is how the table does it.
_MOST_ASKED: Final = 3


class Cell(NamedTuple):
    """What a cell shall say."""

    texts: tuple[tuple[str, str], ...] = ()
    """The name, the note or a fact, by its key."""
    links: tuple[Arranged, ...] = ()


class TableWriter(Columns):
    """Writes rows of one table."""

    # Rows.

    def new(self, wanted: Entry, links: Sequence[Arranged], nearest: Entry | None) -> bytes:
        """The line of a newcomer."""
        cells = self._cells(wanted, links, None)
        kin = nearest.place.row if nearest is not None and nearest.place is not None else None
        rows = self.nearest(kin)
        contents = [self._content(number, cell, None, None) for number, cell in enumerate(cells)]
        for number, (lead, tail) in self._images(links, kin).items():
            contents[number] = lead.lstrip() + contents[number] + tail.rstrip()
        texts = [
            self.padded(content, number, rows, None) for number, content in enumerate(contents)
        ]
        lead, tail = self.ends(rows[0] if rows else None)
        return lead + b"|".join(texts) + tail + self.style.newline.encode()

    def changed(self, was: Entry, wanted: Entry, links: Sequence[Arranged]) -> list[Replacement]:
        """The cells of a row that say something else now."""
        place = was.place
        assert place is not None
        assert place.row is not None
        row = place.row
        before = self._cells_of(was, row)
        out: list[Replacement] = []
        appended = b""
        cells = self._cells(wanted, links, was)
        last = max((i for i, cell in enumerate(cells) if cell != Cell()), default=0)
        images = {} if repository_of(was.children) else self._images(links, row)
        for number, cell in enumerate(cells):
            if number < len(row.cells) and number < len(self.table.columns):
                if _said(cell) == _said(before[number]):
                    out += self._with_images(row, number, images)
                    continue
                content = self._content(number, cell, was, before[number])
                span = row.cells[number]
                text = self.padded(content, number, [row, *self.rows], span)
                out.append(Replacement(*span, text))
            elif number <= last or number >= len(self.table.columns):
                content = self._content(number, cell, None, None)
                appended += b"|" + (b" " + content + b" " if content else b" ")
        if appended:
            _, at = row.cells[min(len(row.cells), len(self.table.columns)) - 1]
            if self.raw[at - 1 : at] not in (b" ", b"|"):
                appended = b" " + appended
            out.append(Replacement(at, at, appended))
        return out

    # Images of a repository.

    def _images(
        self, links: Sequence[Arranged], near: RowPlace | None
    ) -> dict[int, tuple[bytes, bytes]]:
        """What begins and ends cells in most of the nearest rows with one, for this repository."""
        here = repository_of(child.thing for child in links)
        if not here:
            return {}
        at = near.cells[0][0] if near is not None else 0
        beside = sorted(
            (row for row in self.entries if repository_of(row.children)),
            key=lambda row: abs(place_of(row).start - at),
        )
        seen = [images for row in beside[:_MOST_ASKED] if (images := self._images_of(row, here))]
        return seen[0] if len(seen) * 2 > len(beside[:_MOST_ASKED]) else {}

    def _images_of(self, like: Entry, here: bytes) -> dict[int, tuple[bytes, bytes]]:
        """What begins and ends the cells of a row with its repository, for another one."""
        place, there = place_of(like), repository_of(like.children)
        assert isinstance(place, BranchPlace)
        assert place.row is not None
        found: dict[int, tuple[bytes, bytes]] = {}
        for number, ((start, end), parts) in enumerate(
            zip(place.row.cells, place.row.parts, strict=False)
        ):
            ends = (
                (self.raw[start : parts[0].outer_start], self.raw[parts[-1].outer_end : end])
                if parts
                else (self.raw[start:end], b"")
            )
            if any(there in text for text in ends) and number < len(self.table.columns):
                lead, tail = (text.replace(there, here) for text in ends)
                found[number] = lead, tail
        return found

    def _with_images(
        self, row: RowPlace, number: int, images: dict[int, tuple[bytes, bytes]]
    ) -> Iterator[Replacement]:
        """Such images around what a cell says, if it has none yet."""
        parts = row.parts[number]
        if number in images and parts and b"![" not in self.raw[slice(*row.cells[number])]:
            lead, tail = images[number]
            start, end = parts[0].outer_start, parts[-1].outer_end
            yield Replacement(start, start, lead.lstrip())
            yield Replacement(end, end, tail.rstrip())

    # What stands in which cell.

    def _cells(self, wanted: Entry, links: Sequence[Arranged], was: Entry | None) -> list[Cell]:
        facts = dict(wanted.facts)
        homes = self._homes(was)
        held: dict[int, list[Arranged]] = {}
        for child in links:
            home = self._column_of(child, homes)
            held.setdefault(home, []).append(_named(child, wanted.name))
        cells = []
        for number, column in enumerate(self.columns):
            texts: list[tuple[str, str]] = []
            here = held.get(number, [])
            if number == self.table.name and not any(is_own(child.thing) for child in here):
                texts.append(("name", wanted.name))
            if column.role == "note":
                texts += [("note", wanted.note)] if wanted.note else []
            elif column.fact in facts:
                texts.append((column.fact, facts[column.fact]))
            cells.append(Cell(tuple(texts), tuple(here)))
        return cells

    def _homes(self, was: Entry | None) -> dict[int, int]:
        """The column in which each link of a row stands."""
        if was is None or was.place is None or was.place.row is None:
            return {}
        return {
            part.link: number
            for number, cell in enumerate(was.place.row.parts)
            for part in cell
            if part.link >= 0
        }

    def _column_of(self, child: Arranged, homes: dict[int, int]) -> int:
        link = child.thing
        assert isinstance(link, Link)
        if is_own(link):
            return self.table.name
        fitting = [
            number
            for number, column in enumerate(self.columns)
            if number != self.table.name
            and (column.label == link.label if link.label else column.kind == link.kind)
        ]
        home = homes.get(child.source[-1], -1) if child.source is not None else -1
        if home >= 0 and (home in fitting or not fitting):
            is_labelled = self.columns[home].label == link.label
            if is_labelled:
                return home
        return fitting[0] if fitting else self.table.name

    def _cells_of(self, was: Entry, row: RowPlace) -> list[Cell]:
        """What the cells of a row say now."""
        said = dict(was.facts) | {"name": was.name, "note": was.note}
        cells = []
        for parts in row.parts:
            texts = tuple((p.key, said.get(p.key, "")) for p in parts if p.link < 0)
            links = tuple(
                Arranged(was.children[p.link], (p.link,), []) for p in parts if p.link >= 0
            )
            links = tuple(_named(link, was.name) for link in links)
            cells.append(Cell(texts, links))
        cells += [Cell()] * (len(self.columns) - len(cells))
        return cells

    # The text of a cell.

    def _content(self, number: int, cell: Cell, was: Entry | None, before: Cell | None) -> bytes:
        row = was.place.row if was is not None and was.place is not None else None
        own = row.parts[number] if row is not None and number < len(row.parts) else ()
        pieces: list[tuple[bytes, Part | None]] = []
        name = cell.texts[0][1] if cell.texts and cell.texts[0][0] == "name" else ""
        for key, value in cell.texts:
            part = next((p for p in own if p.key == key), None) or self._part_like(number, key)
            pieces.append((self._marked(value.encode(), part), part))
        for child in cell.links:
            pieces.append(self._link(number, child, own, was))
        if number == self.table.name and cell.links and not name:
            pieces.sort(key=lambda piece: piece[1] is None or piece[1].key != "name")
        text = b""
        for index, (piece, part) in enumerate(pieces):
            if index:
                text += self._between(pieces[index - 1][1], part, number, own)
            text += piece
        return (
            text if row is None or not own or not pieces else self._around(row, number, own, text)
        )

    def _around(self, row: RowPlace, number: int, own: tuple[Part, ...], text: bytes) -> bytes:
        """With what stands at the ends of the cell and says nothing, such as a comment."""
        start, end = row.cells[number]
        before = self.raw[start : own[0].outer_start].lstrip()
        behind = self.raw[own[-1].outer_end : end].rstrip()
        if b"<" not in before:
            before = b""
        return before + text + (behind if b"<" in behind or b"!" in behind else b"")

    def _marked(self, value: bytes, part: Part | None) -> bytes:
        if part is None:
            return value
        return self.raw[part.outer_start : part.start] + value + self.raw[part.end : part.outer_end]

    def _part_like(self, number: int, key: str) -> Part | None:
        for row in self.rows:
            for part in row.parts[number] if number < len(row.parts) else ():
                if part.key == key and key == "name" and part.link < 0:
                    return part
        return None

    def _link(
        self, number: int, child: Arranged, own: tuple[Part, ...], was: Entry | None
    ) -> tuple[bytes, Part | None]:
        link = child.thing
        assert isinstance(link, Link)
        part = None
        if child.source is not None and was is not None:
            part = next((p for p in own if p.link == child.source[-1]), None)
        if part is not None and was is not None:
            before = was.children[part.link]
            assert isinstance(before, Link)
            return self._relinked(before, link, part, was.name), part
        context = self.columns[number].kind
        wanted = replace(link, label="", title=link.title or link.label)
        return renderer.link_text(wanted, self.style, context).encode(), None

    def _relinked(self, was: Link, wanted: Link, part: Part, name: str) -> bytes:
        replacements: list[Replacement] = []
        new_name = wanted.label if is_own(wanted) else ""
        if is_own(wanted):
            wanted = replace(wanted, label="")
        if was != wanted:
            replacements += relink(self.raw, self.style, was, wanted)
        if is_own(was) and new_name and new_name != name and isinstance(was.place, LinkPlace):
            reading = Reading(self.raw)
            inline = was.place.link
            span = reading.trimmed(inline.inner_start, inline.inner_end)
            replacements.append(Replacement(*span, new_name.encode()))
        text = replaced(self.raw, replacements, part.start, part.end)
        return self._marked(text, part)

    def _between(
        self, before: Part | None, behind: Part | None, number: int, own: tuple[Part, ...]
    ) -> bytes:
        """What stands between two values: as in this cell, else in others of its column."""
        if (
            before is not None
            and behind is not None
            and (before, behind) in itertools.pairwise(own)
        ):
            return self.raw[before.outer_end : behind.outer_start]
        seen: Counter[bytes] = Counter()
        for cell in (own, *(row.parts[number] for row in self.rows if number < len(row.parts))):
            for one, other in itertools.pairwise(cell):
                seen[self.raw[one.outer_end : other.outer_start]] += 1
            if cell is own and seen:
                break
        return seen.most_common(1)[0][0] if seen else b", "


def _named(child: Arranged, name: str) -> Arranged:
    """An own link with the name, which is its title, in place of a label."""
    if isinstance(child.thing, Link) and is_own(child.thing):
        return replace(child, thing=replace(child.thing, label=name))
    return child


def _said(cell: Cell) -> tuple[object, ...]:
    return (cell.texts, tuple(child.thing for child in cell.links))
