"""The rows of a table: a change touches its cell, a newcomer is padded as its columns are.

What no column can say yet gets a column of its own; one that nobody uses any more is renamed.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from catalog import kinds
from catalog.readme.columns import can_say
from catalog.readme.dialects.cells import value_of_cell
from catalog.readme.difference import Arranged
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.padding import MOST_ASKED
from catalog.readme.places import Part, Range, RowPlace
from catalog.readme.ranges import Replacement
from catalog.readme.repositories import for_another, repository, repository_of
from catalog.readme.row_images import Images
from catalog.readme.row_links import Piece, RowLinks
from catalog.readme.separators import closing
from catalog.readme.source import plain_text

_COUNT: Final = re.compile(rb"\s*(\d{1,3})([.)]\s+)")


class Cell(NamedTuple):
    """What a cell shall say."""

    texts: tuple[tuple[str, str], ...] = ()
    """The name, the note or a fact, by its key."""
    links: tuple[Arranged, ...] = ()


class TableWriter(RowLinks):
    """Writes rows of one table."""

    # Rows.

    def new(
        self,
        wanted: Entry,
        links: Sequence[Arranged],
        nearest: Entry,
        counted: int = 0,
        *,
        is_in_place: bool = False,
    ) -> bytes:
        """The line of a newcomer; `counted` is its number, if the rows are counted.

        `is_in_place`: it takes the place of the nearest, and its number.
        """
        cells = self._cells(wanted, links, None)
        kin = nearest.place.row if nearest.place is not None else None
        rows = self.nearest(kin)
        contents = [self._content(number, cell, None, rows) for number, cell in enumerate(cells)]
        images = self.images(links, kin)
        for number in images.ends:
            lead, tail = images.around(number, contents[number])
            contents[number] = lead + contents[number] + tail
        for number, content in self.echoes(links, kin):
            contents[number] = contents[number] or content
        if kin is not None and (found := self._count(kin)) is not None:
            count = counted or int(found[1]) + (not is_in_place)
            contents[self.table.name] = b"%d%s" % (count, found[2]) + contents[self.table.name]
        texts = [
            self.padded(content, number, rows, None) for number, content in enumerate(contents)
        ]
        lead, tail = self.ends(rows[0] if rows else None)
        return lead + b"|".join(texts) + tail + self.style.newline.encode()

    def _count(self, row: RowPlace) -> re.Match[bytes] | None:
        """The number before the name of a row, as in `3) **BERT**`."""
        parts = row.parts[self.table.name]
        start, _ = row.cells[self.table.name]
        return _COUNT.fullmatch(self.raw, start, parts[0].outer_start) if parts else None

    def changed(self, was: Entry, wanted: Entry, links: Sequence[Arranged]) -> list[Replacement]:
        """The cells of a row that say something else now."""
        place = was.place
        assert place is not None
        assert place.row is not None
        row = place.row
        before = self._cells_of(was, row)
        out: list[Replacement] = []
        appended = b""
        rows = self.nearest(row)
        cells = self._cells(wanted, links, was)
        last = max((i for i, cell in enumerate(cells) if cell != Cell()), default=0)
        images = Images() if repository_of(was.children) else self.images(links, row)
        for number, cell in enumerate(cells):
            if number < len(row.cells) and number < len(self.table.columns):
                if _said(cell) == _said(before[number]):
                    out += self.with_images(row, number, images)
                    continue
                content = self._content(number, cell, was, rows)
                if content and b"![" not in content:
                    lead, tail = images.around(number, content)
                    content = lead + content + tail
                span = row.cells[number]
                text = self.padded(content, number, rows, span)
                out.append(Replacement(*span, text))
            elif number <= last or number >= len(self.table.columns):
                content = self._content(number, cell, None, rows)
                is_new = number >= len(self.table.columns)
                text = b" " + content + b" " if content else b" "
                appended += b"|" + (text if is_new else self.padded(content, number, rows, None))
        if appended:
            _, at = row.cells[min(len(row.cells), len(self.table.columns)) - 1]
            if self.raw[at - 1 : at] not in (b" ", b"|") and len(cells) > len(self.table.columns):
                appended = b" " + appended
            out.append(Replacement(at, at, appended))
        return out

    # What stands in which cell.

    def _cells(self, wanted: Entry, links: Sequence[Arranged], was: Entry | None) -> list[Cell]:
        facts = dict(wanted.facts)
        if wanted.note:
            facts["note"] = wanted.note
        homes = self._homes(was)
        stated = self._facts_of(was)
        columns = {key: number for number, key in stated.items()}
        held: dict[int, list[Arranged]] = {}
        home = -1
        for child in links:
            home = self._column_of(child, homes, home, facts)
            held.setdefault(home, []).append(_named(child, wanted.name))
        cells = []
        for number, column in enumerate(self.columns):
            texts: list[tuple[str, str]] = []
            here = held.get(number, [])
            if number == self.table.name and not any(is_own(child.thing) for child in here):
                texts.append(("name", wanted.name))
            is_other = column.role == "note" and not wanted.note
            key = stated.get(number, column.label if is_other else column.fact)
            if key in facts and columns.get(key, number) == number:
                texts.append((key, facts[key]))
            cells.append(Cell(tuple(texts), tuple(here)))
        return cells

    def _facts_of(self, was: Entry | None) -> dict[int, str]:
        """What each column but that of the names states in a row."""
        if was is None or was.place is None or was.place.row is None:
            return {}
        return {
            number: part.key
            for number, cell in enumerate(was.place.row.parts)
            for part in cell
            if part.link < 0 and number != self.table.name
        }

    def _homes(self, was: Entry | None) -> dict[int, tuple[int, Link]]:
        """The column in which each link of a row stands, and what it says."""
        if was is None or was.place is None or was.place.row is None:
            return {}
        return {
            part.link: (number, link)
            for number, cell in enumerate(was.place.row.parts)
            for part in cell
            if part.link >= 0 and isinstance(link := was.children[part.link], Link)
        }

    def _column_of(
        self,
        child: Arranged,
        homes: dict[int, tuple[int, Link]],
        before: int,
        facts: Container[str],
    ) -> int:
        """Where a link goes: `before` is the column of the one before it.

        That is the column that is for its kind, or else one where its title says its kind: that
        where it stands, one where other rows have such links, one for what its address is of, that
        of the link before it, or one that is for links of all kinds, but none in whose cell words
        stand, of which it would be taken for a part.
        """
        link = child.thing
        assert isinstance(link, Link)
        if is_own(link):
            return self.table.name
        home, said = homes.get(child.source[-1], (-1, link)) if child.source else (-1, link)
        if home >= 0 and (said.kind, said.label) == (link.kind, link.label):
            return home
        others = {
            number: column
            for number, column in enumerate(self.columns)
            if number != self.table.name and column.label == link.label
        }
        for number, column in others.items():
            if link.label or column.kind == link.kind:
                return number
        if home in others:
            return home
        saying = {
            number: column.kind
            for number, column in others.items()
            if can_say(column, link) and column.fact not in facts
        }
        guess = kinds.guess_kind(link.url)
        return min(
            saying,
            key=lambda one: (
                (one, link.kind) not in self.kinds_held,
                saying[one] != guess,
                one != before,
                saying[one] != "website",
            ),
            default=self.table.name,
        )

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

    def _content(
        self, number: int, cell: Cell, was: Entry | None, rows: Sequence[RowPlace]
    ) -> bytes:
        """What a cell says: the name or its link, the links behind it, words behind those."""
        row = was.place.row if was is not None and was.place is not None else None
        own = row.parts[number] if row is not None and number < len(row.parts) else ()
        pieces: list[Piece] = []
        is_noted = len(cell.texts) > len(own) == 1
        for key, value in cell.texts:
            part = next((p for p in own if p.key == key and not is_noted), None)
            part = part or self._part_like(number, key)
            pieces.append(Piece(key, self.marked(value.encode(), part), part))
        for child in cell.links:
            pieces.append(self.link(number, child, was, rows))
        pieces.sort(key=lambda piece: piece.key != "name")
        text = pieces[0].text if pieces else b""
        outside = b""
        for before, behind in itertools.pairwise(pieces):
            between = self._between(before, behind, number, own, rows)
            if behind.part is None and self.is_bracketed(before.part):
                text, outside = text[:-1], b"("
            outside += between
            text += between + behind.text
        text += closing(outside)
        if was is None or row is None or not pieces:
            return text
        span = row.cells[number]
        said = (own[0].outer_start, own[-1].outer_end) if own else value_of_cell(self.raw, *span)
        if cell.texts and not own and _is_picture(self.raw[slice(*said)]):
            said, text = (said[1], said[1]), b" " + text
        elif said[0] == said[1]:
            said = span[0], span[0]  # a comment alone stands behind what comes
        here = repository(self.raw[slice(*said)]) or repository_of(was.children)
        return self._around(here, span, said, text)

    def _around(self, here: bytes, cell: Range, said: Range, text: bytes) -> bytes:
        """With what stands at the ends of the cell and says nothing, such as a comment."""
        there = repository(text)
        before = for_another(self.raw[cell[0] : said[0]].lstrip(), here, there)
        behind = for_another(self.raw[said[1] : cell[1]].rstrip(), here, there)
        return before + text + (behind if b"<" in behind or b"!" in behind else b"")

    def _part_like(self, number: int, key: str) -> Part | None:
        """A name as the first row writes it that says as much beside it."""
        fewest = 1 + (self.columns[number].fact == "note")
        for row in self.rows if key == "name" else ():
            parts = row.parts[number] if number < len(row.parts) else ()
            if len(parts) >= fewest and parts[0].key == key and parts[0].link < 0:
                return parts[0]
        return None

    def _between(
        self,
        before: Piece,
        behind: Piece,
        number: int,
        own: tuple[Part, ...],
        rows: Sequence[RowPlace],
    ) -> bytes:
        """What stands between two values: as in this cell, else as in the nearest that have it."""
        for one, other in itertools.pairwise(own):
            if one is before.part and other is behind.part:
                return self.raw[one.outer_end : other.outer_start]
        seen: Counter[bytes] = Counter()
        for row in rows:
            cell = row.parts[number] if number < len(row.parts) else ()
            for one, other in itertools.pairwise(cell):
                if (one.key, other.key) == (before.key, behind.key):
                    end = other.start if self.is_bracketed(other) else other.outer_start
                    seen[self.raw[one.outer_end : end]] += 1
            if seen.total() >= MOST_ASKED:
                break
        return seen.most_common(1)[0][0] if seen else b", "


def _named(child: Arranged, name: str) -> Arranged:
    """An own link with the name, which is its title, in place of a label."""
    if isinstance(child.thing, Link) and is_own(child.thing):
        return replace(child, thing=replace(child.thing, label=name))
    return child


def _is_picture(text: bytes) -> bool:
    """Whether a reader sees nothing but images in a cell."""
    return (b"![" in text or b"<img" in text) and not plain_text(text.decode())


def _said(cell: Cell) -> tuple[object, ...]:
    return (cell.texts, tuple(child.thing for child in cell.links))
