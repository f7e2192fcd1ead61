"""merge(base, ours, theirs) -> what both sides want, and the questions that only people answer.

What one side changed holds. Where both changed the same field to different values, moved the same
thing to different places, or one removed what the other changed, there is a conflict: until
somebody chooses, the merged meaning holds ours there. An order is never a conflict. If one side
changed it, that order holds; if both did, that of theirs (the file), and so it does where neither
did: what only the other side has stands behind its nearest earlier sibling there.

Sides that are swapped give the same meaning and conflicts, with these two exceptions: the default
of a conflict is ours, and the order of siblings leans on theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final, TypeVar

from catalog.readme.alignment import BASE, OURS, SIDES, THEIRS, Alignment, Trio
from catalog.readme.conflicts import Choices, Conflict, Questions
from catalog.readme.difference import FIELDS, said_by
from catalog.readme.meaning import Address, Entry, Link, Meaning, Section, Thing, is_own, walk
from catalog.readme.pairing import FormerNames
from catalog.readme.placing import Placing

_BLANK: Final[Mapping[type[Thing], Thing]] = {
    Section: Section(""),
    Entry: Entry(""),
    Link: Link("", ""),
}


@dataclass(frozen=True)
class Merge:
    """What both sides say together."""

    meaning: Meaning
    conflicts: tuple[Conflict, ...] = ()
    """All of them in the order of the list; those that a choice settled know it."""
    reordered: tuple[tuple[str, ...], ...] = ()
    """The paths of what both sides put into another order: there the file's holds."""
    ours: Mapping[Address, Address] = field(default_factory=dict)
    """Where ours has what the merged meaning has: `compare(ours, meaning, pairs=ours)` is exact."""
    theirs: Mapping[Address, Address] = field(default_factory=dict)

    @property
    def unsettled(self) -> tuple[Conflict, ...]:
        """What nobody decided."""
        return tuple(conflict for conflict in self.conflicts if not conflict.choice)


def merge(
    base: Meaning,
    ours: Meaning,
    theirs: Meaning,
    former: FormerNames | None = None,
    *,
    choices: Choices | None = None,
    prefer: str = "",
) -> Merge:
    """Ours and theirs together, counted from the base.

    `former` tells what things of ours were called before. `choices` settles conflicts by their
    keys, `prefer` ("ours" or "theirs") those that remain; choices of other conflicts do no harm.
    """
    alignment = Alignment(base, ours, theirs, former)
    questions = Questions(alignment, choices or {}, prefer)
    return _Merging(alignment, questions).merged()


_Facts = tuple[tuple[str, str], ...]


class _Merging:
    def __init__(self, alignment: Alignment, questions: Questions) -> None:
        self.alignment = alignment
        self.questions = questions
        self.placing = Placing(alignment, questions)
        self.reordered: list[tuple[str, ...]] = []
        self.origins: dict[int, dict[Address, Address]] = {side: {(): ()} for side in SIDES}

    def merged(self) -> Merge:
        root, meanings = self.alignment.root, self.alignment.meanings
        texts = {
            name: self._value(root, name, [getattr(meaning, name) for meaning in meanings])
            for name in ("title", "introduction")
        }
        sections = self._children_of(root, (), "")
        return Merge(
            Meaning(**texts, sections=tuple(s for s in sections if isinstance(s, Section))),
            self.questions.in_order(),
            tuple(self.reordered),
            self.origins[OURS],
            self.origins[THEIRS],
        )

    # In which order.

    def _order(self, parent: Trio) -> list[Trio]:
        ours, theirs = (self.placing.children[side].get(parent, []) for side in SIDES)
        if ours == theirs:
            return theirs
        ranks = [self._ranks(parent, children) for children in (ours, theirs)]
        has_new_order = [any(a > b for a, b in pairwise(side)) for side in ranks]
        first, second = (ours, theirs) if has_new_order == [True, False] else (theirs, ours)
        if all(has_new_order):
            both = set(ours) & set(theirs)
            if [c for c in ours if c in both] != [c for c in theirs if c in both]:
                said = OURS if parent.at[OURS] is not None else THEIRS
                self.reordered.append(self.alignment.path(parent, said) or ())
        return _interleaved(first, second, self._is_own)

    def _ranks(self, parent: Trio, children: Iterable[Trio]) -> list[Address]:
        """Where those that were here before stood then."""
        return [
            at
            for child in children
            if (at := child.at[BASE]) and self.placing.stood_in(child, parent)
        ]

    def _is_own(self, trio: Trio) -> bool:
        sides = (self.alignment.thing(trio, side) for side in SIDES)
        return any(thing is not None and is_own(thing) for thing in sides)

    # What it says.

    def _children_of(self, parent: Trio, address: Address, name: str) -> list[Thing]:
        children: list[Thing] = []
        for trio in self._order(parent):
            here = (*address, len(children))
            for side in SIDES:
                at = trio.at[side]
                if at is not None:
                    self.origins[side][here] = at
            thing = self._fields(trio)
            if isinstance(thing, Link):
                children.append(thing)
            elif trio in self.alignment.whole:
                children.append(thing)
                self._keep_origins(trio, here, thing)
            else:
                below = tuple(self._children_of(trio, here, thing.name))
                children.append(replace(thing, children=below))  # type: ignore[arg-type]
        return self._with_one_own_link(children, parent, name)

    def _keep_origins(self, trio: Trio, here: Address, thing: Section | Entry) -> None:
        """Nothing below a whole thing has changed its place in it."""
        for below, _ in walk(thing.children):
            for side in SIDES:
                self.origins[side][here + below] = (trio.at[side] or ()) + below

    def _with_one_own_link(self, children: list[Thing], parent: Trio, name: str) -> list[Thing]:
        """A name can be but one link; another one that the sides give it together gets a title."""
        own = [n for n, thing in enumerate(children) if is_own(thing)]
        if len(own) > 1:
            sides = (self.alignment.thing(parent, side) for side in SIDES)
            most = max(sum(map(is_own, getattr(side, "children", ()))) for side in sides)
            for n in own[max(most, 1) :]:
                another: Any = children[n]
                children[n] = replace(another, title=name)
        return children

    def _fields(self, trio: Trio) -> Thing:
        """The thing as both sides together want it; of its children nothing is said yet."""
        ours, theirs = (self.alignment.thing(trio, side) for side in SIDES)
        if ours is None or theirs is None:
            thing = theirs if ours is None else ours
            assert thing is not None
            return thing
        if said_by(ours) == said_by(theirs):
            return ours
        base = self.alignment.thing(trio, BASE) or _BLANK[type(ours)]
        values: dict[str, Any] = {}
        for name in FIELDS[type(ours)]:
            sides = [getattr(side, name) for side in (base, ours, theirs)]
            if name == "facts":
                values[name] = self._facts(trio, *sides)
            elif name == "url" and _differ(*sides):
                # A kind is guessed by the address, so both come from one side.
                holds = self.questions.holds(trio, name, sides, ("kind",))
                chosen = (base, ours, theirs)[holds]
                values |= {"url": sides[holds], "kind": getattr(chosen, "kind", "")}
            elif name not in values:
                values[name] = self._value(trio, name, sides)
        return replace(ours, **values)

    def _value(self, trio: Trio, name: str, sides: Sequence[Any]) -> Any:
        base, ours, theirs = sides
        if _differ(*sides):
            return sides[self.questions.holds(trio, name, sides)]
        return theirs if ours == base else ours

    def _facts(
        self, trio: Trio, base: _Facts, ours: _Facts, theirs: _Facts
    ) -> tuple[tuple[str, str], ...]:
        """Each fact for itself, in the order of the file."""
        sides = [dict(side) for side in (base, ours, theirs)]
        is_plain = sum(map(len, sides)) == len(base) + len(ours) + len(theirs)
        if not is_plain or not _differ(base, ours, theirs):
            return tuple(self._value(trio, "facts", (base, ours, theirs)))
        names = _interleaved(list(sides[THEIRS]), list(sides[OURS]))
        facts = [
            (name, self._value(trio, name, [side.get(name, "") for side in sides]))
            for name in names
        ]
        return tuple(fact for fact in facts if fact[1] or fact in (*ours, *theirs))


def _differ(base: Any, ours: Any, theirs: Any) -> bool:
    """Whether both sides changed it, and not to the same."""
    return bool(base != ours != theirs != base)


_Thing = TypeVar("_Thing", bound=Hashable)


def _interleaved(
    first: Sequence[_Thing],
    second: Sequence[_Thing],
    is_head: Callable[[_Thing], bool] = lambda _: False,
) -> list[_Thing]:
    """The first, and what only the second has behind its nearest earlier neighbour there.

    What has none comes first of all, but behind a head.
    """
    known = set(first)
    behind: dict[_Thing | None, _Thing] = {}
    before: _Thing | None = None
    if first and second and is_head(first[0]) and first[0] not in second and not is_head(second[0]):
        before = first[0]
    for thing in second:
        if thing not in known:
            behind[before] = thing
        before = thing
    order: list[_Thing] = []
    for start in (None, *first):
        if start is not None:
            order.append(start)
        while start in behind:
            start = behind[start]
            order.append(start)
    return order
