"""In which shape a thing must be written where it shall stand: as item, heading, row, paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from catalog.readme.difference import Arranged
from catalog.readme.document import ListDocument
from catalog.readme.gaps import blank_lines_at, gap_between, gap_to_kept_item, gaps_in
from catalog.readme.html_headings import hashes_of
from catalog.readme.lines import indent_at, is_blank_before
from catalog.readme.meaning import Link, Thing, is_branchy, is_linked, name_of
from catalog.readme.places import BranchPlace
from catalog.readme.slots import Shape, Slot, place_of, shape_of
from catalog.readme.style import style_of

_MOST_ASKED: Final = 20
# So many gaps before and behind a place show how far apart items stand there.
_MOST_GAPS: Final = 3


class Shapes:
    """The shapes of newcomers and of what moves in a document."""

    def __init__(self, document: ListDocument) -> None:
        self.document = document
        self.raw = document.raw
        self.style = style_of(document)

    @cached_property
    def _list_ends(self) -> list[tuple[int, int]]:
        """Where the lists of items below headings end, and the blank lines behind them."""
        lasts = (
            place_of(branch.children[-1])
            for _, branch in self.document.things
            if not isinstance(branch, Link) and branch.children
            if place_of(branch).form == "heading"
        )
        ends = (last.end for last in lasts if last.form == "item" and last.end < len(self.raw))
        return sorted((end, blank_lines_at(self.raw, end)) for end in ends)

    @cached_property
    def _ends(self) -> Counter[int]:
        """How many blank lines stand behind how many of these lists."""
        return Counter(blanks for _, blanks in self._list_ends)

    @cached_property
    def _gaps(self) -> dict[int, list[tuple[int, int]]]:
        """Where items begin that are so far in, and the blank lines between them and the next."""
        seen: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for _, branch in self.document.things:
            if not isinstance(branch, Link):
                places = [place_of(one) for one in branch.children]
                for blanks, start, _ in gaps_in(self.raw, places, "item"):
                    seen[indent_at(self.raw, start)].append((start, blanks))
        for gaps in seen.values():
            gaps.sort()
        return seen

    def _gap(self, siblings: Sequence[Thing], shape: Shape, at: int) -> int:
        """As many blank lines as stand between the nearest siblings, else between such items."""
        gap = gap_between(self.raw, siblings, "item")
        if gap is None and siblings:
            gap = gap_to_kept_item(self.raw, place_of(siblings[0]))
        if gap is not None:
            return gap
        gaps = self._gaps.get(len(shape.indent), [])
        behind = bisect_left(gaps, (at,))
        near = gaps[max(0, behind - _MOST_GAPS) : behind + _MOST_GAPS]
        seen, wide = (Counter(blanks for _, blanks in some) for some in (near, gaps))
        return max(seen, key=lambda blanks: (seen[blanks], wide[blanks]), default=0)

    def _between_blocks(self, siblings: Sequence[Thing], shapes: Sequence[Shape]) -> int:
        """How many blank lines part what begins a paragraph from what is around it."""
        are_paragraphs = all(shape.form == "paragraph" for shape in shapes)
        return (gap_between(self.raw, siblings, "paragraph") if are_paragraphs else 0) or 1

    def _is_slip(self, at: int, blanks: int) -> bool:
        """Whether a heading follows here without the blank line that others have before them.

        Where the list before or the next one ends so as well, that is how they stand there,
        unless so many blank lines part the items here.
        """
        is_tight = self.raw[at : at + 1] == b"#" and not is_blank_before(self.raw, at)
        here = bisect_left(self._list_ends, (at,))
        near = self._list_ends[max(0, here - 1) : here + 2]
        is_alone = blanks > 0 or all(end == at or behind for end, behind in near)
        return is_tight and is_alone and self._ends[0] * 2 < self._ends.total()

    def _ends_like_others(self, at: int, fewer: int) -> bool:
        """Whether more lists end like the one here than would if it had so many blanks fewer."""
        here = blank_lines_at(self.raw, at)
        return self._ends[here] > self._ends[here - fewer] + 1

    def _shape(
        self,
        thing: Thing,
        owner: BranchPlace | None,
        siblings: Iterable[Thing],
        behind: int = 0,
    ) -> Shape:
        return shape_of(thing, self.raw, self.style, owner, siblings, behind)

    def _shapes(
        self,
        newcomers: Sequence[Arranged],
        owner: BranchPlace | None,
        kin: Iterable[Thing],
        ahead: Slot | None,
        is_behind: bool,
    ) -> list[Shape]:
        """The shapes of newcomers; numbers go on if they stand behind the nearest of their kin."""
        siblings = tuple(kin)
        shapes: list[Shape] = []
        for number, child in enumerate(newcomers, 1):
            shape = self._shape(child.grown(), owner, siblings, number if is_behind else 0)
            shapes.append(self._as_heading(child, shape, owner, ahead))
        return shapes

    def _as_heading(
        self,
        child: Arranged,
        shape: Shape,
        owner: BranchPlace | None,
        ahead: Slot | None = None,
    ) -> Shape:
        """What is a heading below a heading, if no item would come below it."""
        if owner is None or owner.form != "heading" or not self._is_heading(child):
            return shape
        if shape.form == "heading":
            return shape
        if ahead is not None and place_of(ahead.parts[0]).form != "heading":
            return shape
        marker = self._marker_below(child, hashes_of(self.raw, owner))
        return Shape("heading", "", marker, True, shape.kin)

    def _is_heading(self, child: Arranged) -> bool:
        """Whether it is one now, or has to be because entries stand below it."""
        if child.source is None:
            thing = child.grown()
            if self.style.is_nested or isinstance(thing, Link):
                return False
            return is_branchy(thing) and not is_linked(thing)
        return place_of(self.document.thing(child.source)).form == "heading"

    def _marker_below(self, child: Arranged, above: str) -> str:
        """Its own level, if that is below the one above."""
        if child.source is None:
            return f"#{above}"
        marker = hashes_of(self.raw, place_of(self.document.thing(child.source)))
        return marker if marker.count("#") > above.count("#") > 0 else f"#{above}"

    def _kin_below(self, child: Arranged, kin: Sequence[Thing]) -> tuple[Thing, ...]:
        """The headings below the siblings of a new thing's parent that have its name."""
        if child.source is not None or isinstance(child.thing, Link):
            return ()
        return tuple(
            below
            for one in islice(kin, _MOST_ASKED)
            if not isinstance(one, Link)
            for below in one.children
            if name_of(below) == child.thing.name and place_of(below).form == "heading"
        )
