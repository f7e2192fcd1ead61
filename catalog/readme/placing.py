"""What of three meanings stays in their merge, and below what it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from catalog.readme.alignment import BASE, OURS, SIDES, THEIRS, Alignment, Trio
from catalog.readme.conflicts import MOVED, REMOVED, Questions
from catalog.readme.difference import said_by
from catalog.readme.following import Following


class Placing:
    """Decides once; then `children` tells what stays below each, in the order of each side."""

    def __init__(self, alignment: Alignment, questions: Questions) -> None:
        self.alignment: Final = alignment
        self.questions: Final = questions
        self.gone: set[Trio] = set()
        self.lost: set[Trio] = set()
        """What is gone because of a choice."""
        self.parents: dict[Trio, Trio] = {}
        self.following: Final = Following(alignment)
        self._remove()
        self._place()
        self.children: Final = {side: self._families(side) for side in SIDES}

    def stood_in(self, trio: Trio, parent: Trio) -> bool:
        """Whether it stood there before, or below a heading from which it only fell there."""
        before = self.alignment.parent(trio, BASE)
        runs = self.following.runs
        return before is not None and (
            before is parent or any(parent in runs[side].get(before, ()) for side in SIDES)
        )

    def _families(self, side: int) -> Mapping[Trio, list[Trio]]:
        families: dict[Trio, list[Trio]] = defaultdict(list)
        trios = self.alignment.of[side]
        for address in self.alignment.things[side]:
            trio, parent = trios[address], trios[address[:-1]]
            if trio not in self.gone:
                place = self.parents[trio]
                if place is parent or place in self.following.runs[side].get(parent, ()):
                    families[place].append(trio)
        return families

    # What stays.

    def _remove(self) -> None:
        """Take out what one side removed, unless the other changed it or anything below it."""
        for side in SIDES:
            touched = self._touched(side)
            tops: dict[Trio, Trio] = {}
            for address in self.alignment.things[side]:
                trio = self.alignment.of[side][address]
                if not trio.is_lone(side) or trio in self.following.places:
                    continue
                parent = self.alignment.of[side][address[:-1]]
                if parent in tops:
                    tops[trio] = tops[parent]
                elif trio.at[BASE] is not None:
                    tops[trio] = trio
                    if trio not in touched:
                        self.gone.add(trio)
                    elif self._holds_of_removed(trio) != side:
                        self.lost.add(trio)
            self.lost |= {trio for trio, top in tops.items() if top in self.lost}
            self.gone |= {trio for trio, top in tops.items() if top in self.gone} | self.lost

    def _holds_of_removed(self, trio: Trio) -> int:
        values = [self.alignment.thing(trio, side) for side in (BASE, *SIDES)]
        return self.questions.holds(trio, REMOVED, values)

    def _touched(self, side: int) -> set[Trio]:
        """What this side added, moved or changed, and what would take such a thing along."""
        touched: set[Trio] = set()
        things, trios = self.alignment.things[side], self.alignment.of[side]
        for address in reversed(things):  # what is below before what is above
            trio, parent = trios[address], trios[address[:-1]]
            has_come = trio.at[BASE] is None or self.alignment.parent(trio, BASE) is not parent
            if has_come or (trio not in touched and self._differs(trio, side)):
                touched.add(trio)
            if trio not in self.following.places and (
                has_come or (trio in touched and trio.is_lone(side))
            ):
                touched.add(parent)
        return touched

    def _differs(self, trio: Trio, side: int) -> bool:
        before, after = self.alignment.thing(trio, BASE), self.alignment.thing(trio, side)
        assert before is not None  # who asks knows that both have it
        assert after is not None
        return before is not after and said_by(before) != said_by(after)

    # Where it stays.

    def _place(self) -> None:
        """Give everything that stays its owner."""
        moved = [trio for trio in self.alignment.trios() if self._is_moved(trio)]
        contested = self._in_circles(moved, OURS) | self._in_circles(moved, THEIRS)
        for trio in self.alignment.trios():
            if trio in self.gone:
                continue
            parent = self._parent(trio, OURS)
            if trio in contested or self._parent(trio, THEIRS) is not parent:
                places = [self.alignment.path(trio, side) for side in (BASE, *SIDES)]
                above = [None if path is None else path[:-1] for path in places]
                parent = self._given(trio, self.questions.holds(trio, MOVED, above))
            self.parents[trio] = parent
        for trio, parent in list(self.parents.items()):
            if parent in self.gone:
                self._place_elsewhere(trio)
        self._open_circles(moved)

    def _open_circles(self, moved: Sequence[Trio]) -> None:
        """Where choices contradict each other, one side holds for all: nothing is inside itself."""
        opened: set[Trio] = set()
        while circle := _circles(moved, self.parents.__getitem__, self.alignment.root):
            is_lost = any(self.alignment.parent(trio, OURS) in self.lost for trio in circle)
            side = THEIRS if is_lost and not circle & opened else OURS
            for trio in circle:
                if trio.at[side] is not None:
                    self.parents[trio] = self._back(self._given(trio, side))
            opened |= circle

    def _given(self, trio: Trio, side: int) -> Trio:
        parent = self.alignment.parent(trio, side)
        assert parent is not None  # who asks knows that this side has it
        return parent

    def _parent(self, trio: Trio, prefer: int) -> Trio:
        """Its owner: where the side that moved it has it, or else where the preferred side has."""
        base, ours, theirs = (self.alignment.parent(trio, side) for side in (BASE, *SIDES))
        if trio in self.following.places:
            return self.following.places[trio]
        if ours is None or theirs is None:
            return self._given(trio, THEIRS if ours is None else OURS)
        if base is ours or base is theirs:
            return theirs if base is ours else ours
        return self._given(trio, prefer)

    def _in_circles(self, moved: Sequence[Trio], prefer: int) -> set[Trio]:
        """What would be inside itself, and stands elsewhere on each side."""
        root = self.alignment.root
        circles = _circles(moved, lambda trio: self._parent(trio, prefer), root)
        return circles.intersection(moved)

    def _is_moved(self, trio: Trio) -> bool:
        ours, theirs = (self.alignment.parent(trio, side) for side in SIDES)
        return ours is not theirs and ours is not None and theirs is not None

    def _place_elsewhere(self, trio: Trio) -> None:
        """Its owner is gone: take that of the other side; if both are gone, one comes back."""
        parents = [self._given(trio, side) for side in SIDES if trio.at[side] is not None]
        staying = [parent for parent in parents if parent not in self.gone]
        unasked = [parent for parent in parents if parent not in self.lost]
        self.parents[trio] = self._back((staying or unasked or parents)[0])

    def _back(self, trio: Trio) -> Trio:
        """The same, among what stays, with all that it stands below."""
        back = trio
        while back in self.gone:
            self.gone.discard(back)
            self.parents[back] = self._parent(back, OURS)
            back = self.parents[back]
        return trio


def _circles(moved: Iterable[Trio], parent: Callable[[Trio], Trio], root: Trio) -> set[Trio]:
    """Everything that is inside itself; something moved is always part of it."""
    found: set[Trio] = set()
    clear = {root}
    for start in moved:
        trail: dict[Trio, int] = {}
        step = start
        while step not in clear and step not in trail:
            trail[step] = len(trail)
            step = parent(step)
        if step in trail:
            found |= {trio for trio, number in trail.items() if number >= trail[step]}
        clear |= trail.keys()
    return found
