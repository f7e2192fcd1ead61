"""Which things of three meanings are one: what was before, and what became of it on two sides.

Each side is paired with the base. What neither side has from there was added; if both added it,
it is one thing all the same: by an equal path (nth among equals), by a former name, or by a work
that only the two hold, if their names are alike. Links that both added below one owner are one
if they share all they say, the work, or the title.

Nothing here depends on which side is called ours: sides that are swapped align as before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

from catalog.readme.meaning import (
    Address,
    Entry,
    Link,
    Meaning,
    Section,
    Thing,
    children_at,
    name_of,
    walk,
)
from catalog.readme.pairing import (
    ALIKE,
    LINK_KEYS,
    FormerNames,
    likeness,
    pair,
    sole_holders,
    unchanged,
    works_of,
)

BASE: Final = 0
OURS: Final = 1
THEIRS: Final = 2
SIDES: Final = (OURS, THEIRS)


class Trio:
    """One thing, and where it stands in the base, in ours and in theirs; None where it does not."""

    __slots__ = ("at",)

    def __init__(self) -> None:
        self.at: list[Address | None] = [None, None, None]

    def is_lone(self, side: int) -> bool:
        """Whether this side has it and the other has not."""
        return self.at[side] is not None and self.at[opposite(side)] is None


def opposite(side: int) -> int:
    return OURS + THEIRS - side


class Alignment:
    """All things of the three meanings, each once."""

    def __init__(
        self, base: Meaning, ours: Meaning, theirs: Meaning, former: FormerNames | None = None
    ) -> None:
        self.meanings: Final = (base, ours, theirs)
        closed = _unchanged_on_both(base, ours, theirs)
        self.things: Final[tuple[dict[Address, Thing], ...]] = tuple(
            dict(walk(meaning.sections, closed=set(addresses)))
            for meaning, addresses in zip(self.meanings, closed, strict=True)
        )
        """What stands at an address; below a whole thing nothing is looked at."""
        self.root: Final = Trio()
        self.root.at = [(), (), ()]
        self.of: Final[tuple[dict[Address, Trio], ...]] = (
            {(): self.root},
            {(): self.root},
            {(): self.root},
        )
        """Which trio stands at an address, side by side."""
        for address in self.things[BASE]:
            self._place(Trio(), BASE, address)
        for side, known in ((OURS, former), (THEIRS, None)):
            pairs = self._pairs(side, known)
            for address in self.things[side]:
                origin = pairs.get(address)
                self._place(Trio() if origin is None else self.of[BASE][origin], side, address)
        self.whole: Final = {self.of[BASE][address] for address in closed[BASE]}
        """What is the same on all sides, with all below it."""
        self._meet(former or {})

    def thing(self, trio: Trio, side: int) -> Thing | None:
        address = trio.at[side]
        return self.things[side][address] if address else None

    def parent(self, trio: Trio, side: int) -> Trio | None:
        """What it stands below on that side; None if it does not stand there."""
        address = trio.at[side]
        return self.of[side][address[:-1]] if address else None

    def children(self, trio: Trio, side: int) -> list[Trio]:
        """What stands below it on that side, in order."""
        address, of = trio.at[side], self.of[side]
        if address is None or trio in self.whole:
            return []
        below = children_at(self.meanings[side], address)
        return [of[*address, number] for number in range(len(below))]

    def path(self, trio: Trio, side: int) -> tuple[str, ...] | None:
        """The names that lead to it on that side; None if it does not stand there."""
        address, things = trio.at[side], self.things[side]
        if address is None:
            return None
        return tuple(name_of(things[address[: n + 1]]) for n in range(len(address)))

    def trios(self) -> Iterator[Trio]:
        """Everything below the root, each once, in the order of ours, then of theirs."""
        yield from (trio for trio in self.of[OURS].values() if trio is not self.root)
        yield from (trio for trio in self.of[THEIRS].values() if trio.at[OURS] is None)

    def _place(self, trio: Trio, side: int, address: Address) -> None:
        trio.at[side] = address
        self.of[side][address] = trio

    def _pairs(self, side: int, former: FormerNames | None) -> dict[Address, Address]:
        base, changed = self.meanings[BASE], self.meanings[side]
        if base.sections == changed.sections:
            return {address: address for address in self.things[BASE]}
        return pair(base, changed, former)

    # What both sides added.

    def _meet(self, former: FormerNames) -> None:
        """Make one of what each side has for itself, though it is the same.

        One of the two may be known from the base: then this side made of it what the other added.
        """
        ours, theirs = self._lone(OURS, Section | Entry), self._lone(THEIRS, Section | Entry)
        if ours and theirs:
            self._by_key(ours, theirs, _name)
            self._by_former_name(ours, theirs, former)
            self._by_work(ours, theirs)
            self._by_key(ours, theirs, _name)
        ours, theirs = self._lone(OURS, Link), self._lone(THEIRS, Link)
        if ours and theirs:
            for key in LINK_KEYS:
                self._by_key(ours, theirs, key)

    def _lone(self, side: int, kinds: Any) -> list[Trio]:
        return [
            trio
            for address, thing in self.things[side].items()
            if isinstance(thing, kinds) and (trio := self.of[side][address]).is_lone(side)
        ]

    def _by_key(
        self, ours: Iterable[Trio], theirs: Iterable[Trio], key: Callable[[Any], Hashable]
    ) -> None:
        """The nth of ours with the nth of theirs, of an equal key below one owner; top down.

        Those that are new on both sides come first.
        """
        for may_be_known in (False, True):
            waiting = self._waiting(ours, OURS, key, may_be_known)
            for trio in theirs:
                if trio.is_lone(THEIRS) and (may_be_known or trio.at[BASE] is None):
                    said = key(self.thing(trio, THEIRS))
                    same = waiting.get((self.parent(trio, THEIRS), said))
                    if same and _can_be_one(same[-1], trio):
                        self._unite(same.pop(), trio)

    def _waiting(
        self, trios: Iterable[Trio], side: int, key: Callable[[Any], Hashable], may_be_known: bool
    ) -> dict[Hashable, list[Trio]]:
        """By owner and key, the first one last."""
        waiting: dict[Hashable, list[Trio]] = defaultdict(list)
        for trio in trios:
            if trio.is_lone(side) and (may_be_known or trio.at[BASE] is None):
                waiting[self.parent(trio, side), key(self.thing(trio, side))].append(trio)
        for same in waiting.values():
            same.reverse()
        return waiting

    def _by_former_name(
        self, ours: Iterable[Trio], theirs: Iterable[Trio], former: FormerNames
    ) -> None:
        waiting = self._waiting(theirs, THEIRS, _name, True) if former else {}
        for trio in ours:
            for name in former.get(trio.at[OURS] or (), ()) if trio.is_lone(OURS) else ():
                same = waiting.get((self.parent(trio, OURS), name))
                if same and _can_be_one(trio, same[-1]):
                    self._unite(trio, same.pop())
                    break

    def _by_work(self, ours: Iterable[Trio], theirs: Iterable[Trio]) -> None:
        """Those that share a work that no other new one has, most works first."""
        held, others = self._held(ours, OURS), self._held(theirs, THEIRS)
        votes = Counter((one, others[work]) for work, one in held.items() if work in others)
        ranked: list[tuple[Any, Trio, Trio]] = []
        for (one, other), count in votes.items():
            at, to = one.at[OURS] or (), other.at[THEIRS] or ()
            names = (_name(self.things[OURS][at]), _name(self.things[THEIRS][to]))
            alike = likeness(*sorted(names))
            are_both_sections = len(at) == len(to) == 1
            if alike >= ALIKE and (are_both_sections or min(len(at), len(to)) > 1):
                ranked.append(((-count, -alike, sorted((at, to))), one, other))
        for _, one, other in sorted(ranked, key=lambda found: found[0]):
            if one.is_lone(OURS) and other.is_lone(THEIRS):
                self._unite(one, other)

    def _held(self, trios: Iterable[Trio], side: int) -> Mapping[Hashable, Trio]:
        """Which new branch alone holds a work."""
        new = {
            trio: thing
            for trio in trios
            if trio.is_lone(side)
            and trio.at[BASE] is None
            and isinstance(thing := self.thing(trio, side), Section | Entry)
        }
        return sole_holders(new, works_of)

    def _unite(self, ours: Trio, theirs: Trio) -> None:
        """Ours is both from now on."""
        for side in (BASE, THEIRS):
            address = theirs.at[side]
            if address is not None:
                self._place(ours, side, address)
                theirs.at[side] = None


def _unchanged_on_both(base: Meaning, ours: Meaning, theirs: Meaning) -> list[list[Address]]:
    """The addresses in base, ours and theirs of what says the same in all, side by side."""
    one, other = ({at: to for to, at in unchanged(base, side)} for side in (ours, theirs))
    found: list[list[Address]] = [[], [], []]
    for outer, inner, places in ((one, other, (OURS, THEIRS)), (other, one, (THEIRS, OURS))):
        for at, to in inner.items():
            above = next((at[:n] for n in range(1, len(at) + 1) if at[:n] in outer), None)
            if above is not None:
                found[BASE].append(at)
                found[places[0]].append(outer[above] + at[len(above) :])
                found[places[1]].append(to)
    return found


def _can_be_one(one: Trio, other: Trio) -> bool:
    return one.at[BASE] is None or other.at[BASE] is None


def _name(thing: Any) -> str:
    return str(thing.name)
