"""The images in the rows of a table that stand for repositories: a newcomer gets its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from catalog.readme.columns import Columns
from catalog.readme.difference import Arranged
from catalog.readme.meaning import Entry, Link
from catalog.readme.padding import MOST_ASKED
from catalog.readme.pictures import is_pictured_like, last_segment
from catalog.readme.places import BranchPlace, RowPlace
from catalog.readme.ranges import Replacement
from catalog.readme.repositories import repository, repository_of
from catalog.readme.slots import place_of

_TARGET: Final = rb"\([^()\s]*\)"
_IMAGE: Final = re.compile(
    rb"[ \t]*(?:\[!\[[^\[\]\n]*\]"
    + _TARGET
    + rb"[ \t]*\]"
    + _TARGET
    + rb"|!\[[^\[\]\n]*\]"
    + _TARGET
    + rb")"
)
# An emoji, by its name.
_SIGN: Final = re.compile(rb"[ \t]*:[a-z0-9_+-]+:[ \t]*")
# Where the images of other rows show their repository: no list holds this sign.
_ITS_OWN: Final = b"\0"


@dataclass(frozen=True, slots=True)
class Images:
    """The images of a row, by the numbers of their cells."""

    repository: bytes = b""
    """The one of the row, for the cells that lead to none themselves."""
    ends: Mapping[int, tuple[bytes, bytes]] = field(default_factory=dict)

    def around(self, number: int, content: bytes) -> tuple[bytes, bytes]:
        """What begins and ends a cell that says this."""
        lead, tail = self.ends.get(number, (b"", b""))
        here = repository(content) or self.repository
        return lead.replace(_ITS_OWN, here).lstrip(), tail.replace(_ITS_OWN, here).rstrip()


class RowImages(Columns):
    """Such images of one table."""

    def images(self, links: Sequence[Arranged], near: RowPlace | None) -> Images:
        """As in most of the nearest rows with a repository, for the one that these lead to."""
        here = repository_of(child.thing for child in links)
        if not here:
            return Images()
        at = near.cells[0][0] if near is not None else 0
        beside = [row for row in self.entries_near(at) if repository_of(row.children)]
        seen = [ends for row in beside[:MOST_ASKED] if (ends := self._images_of(row))]
        if len(seen) * 2 <= len(beside[:MOST_ASKED]):
            return Images()
        usual = max(seen, key=seen.count)
        return Images(here, usual)

    def echoes(
        self, links: Sequence[Arranged], near: RowPlace | None
    ) -> Iterator[tuple[int, bytes]]:
        """The cells that lead once more where a link does, if those of most like it have such."""
        at = near.cells[0][0] if near is not None else 0
        for link in (child.thing for child in links):
            assert isinstance(link, Link)
            twins = ((row, one) for row in self.entries_near(at) for one in row.children)
            alike = ((row, one) for row, one in twins if is_pictured_like(one, link))
            asked = list(islice(alike, MOST_ASKED))
            seen = Counter(echo for row, one in asked for echo in self._echoes_of(row, one, link))
            yield from (echo for echo, times in seen.items() if times * 2 > len(asked))

    def _echoes_of(self, like: Entry, twin: Link, link: Link) -> Iterator[tuple[int, bytes]]:
        """The cells of a row that no record holds and that lead where its link does."""
        place = place_of(like)
        assert isinstance(place, BranchPlace)
        assert place.row is not None
        there, here = twin.url.encode(), link.url.encode()
        for number, (cell, parts) in enumerate(zip(place.row.cells, place.row.parts, strict=False)):
            text = self.raw[slice(*cell)].strip()
            if not parts and b"](" + there + b")" in text and last_segment(there):
                names = last_segment(there), last_segment(here)
                yield number, text.replace(there, here).replace(*names)

    def _images_of(self, like: Entry) -> dict[int, tuple[bytes, bytes]]:
        """What begins and ends the cells of a row and shows the cell's repository, or the row's."""
        place, first = place_of(like), repository_of(like.children)
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
            own = repository_of(like.children[part.link] for part in parts if part.link >= 0)
            there = next((one for one in (own, first) if one and any(one in e for e in ends)), b"")
            if there and number < len(self.table.columns):
                lead, tail = (_only_of(there, text).replace(there, _ITS_OWN) for text in ends)
                found[number] = lead, tail
        return found

    def with_images(self, row: RowPlace, number: int, images: Images) -> Iterator[Replacement]:
        """Such images around what a cell says, if it has none yet."""
        parts, text = row.parts[number], self.raw[slice(*row.cells[number])]
        if number in images.ends and parts and b"![" not in text:
            lead, tail = images.around(number, text)
            start, end = parts[0].outer_start, parts[-1].outer_end
            yield Replacement(start, start, lead)
            yield Replacement(end, end, tail)


def _only_of(there: bytes, text: bytes) -> bytes:
    """Without what says something else of the neighbour: where it was published, or a star."""
    text = _IMAGE.sub(lambda image: image[0] if there in image[0] else b"", text)
    return _SIGN.sub(b"", text)
