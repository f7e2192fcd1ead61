"""The images in the rows of a table that stand for repositories: a newcomer gets its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from catalog.readme.columns import Columns
from catalog.readme.difference import Arranged
from catalog.readme.meaning import Entry
from catalog.readme.padding import MOST_ASKED
from catalog.readme.places import BranchPlace, RowPlace
from catalog.readme.ranges import Replacement
from catalog.readme.repositories import repository_of
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


class RowImages(Columns):
    """Such images of one table."""

    def images(
        self, links: Sequence[Arranged], near: RowPlace | None
    ) -> dict[int, tuple[bytes, bytes]]:
        """What begins and ends cells in most of the nearest rows with one, for this repository."""
        here = repository_of(child.thing for child in links)
        if not here:
            return {}
        at = near.cells[0][0] if near is not None else 0
        beside = [row for row in self.entries_near(at) if repository_of(row.children)]
        seen = [images for row in beside[:MOST_ASKED] if (images := self._images_of(row, here))]
        return seen[0] if len(seen) * 2 > len(beside[:MOST_ASKED]) else {}

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
                lead, tail = (_only_of(there, text).replace(there, here) for text in ends)
                found[number] = lead, tail
        return found

    def with_images(
        self, row: RowPlace, number: int, images: dict[int, tuple[bytes, bytes]]
    ) -> Iterator[Replacement]:
        """Such images around what a cell says, if it has none yet."""
        parts = row.parts[number]
        if number in images and parts and b"![" not in self.raw[slice(*row.cells[number])]:
            lead, tail = images[number]
            start, end = parts[0].outer_start, parts[-1].outer_end
            yield Replacement(start, start, lead.lstrip())
            yield Replacement(end, end, tail.rstrip())


def _only_of(there: bytes, text: bytes) -> bytes:
    """Without the images that show something else, such as where the neighbour was published."""
    return _IMAGE.sub(lambda image: image[0] if there in image[0] else b"", text)
