"""compare(old, new) -> edits, what they make of a meaning, and how people read them.

An edit speaks of things by address: `at` in the old meaning, `to` in the new one. Children that no
edit moves, adds or removes keep their order and fill the places that are left, so the list of
edits is as short as the change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, Final

from catalog import titles
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
from catalog.readme.pairing import FormerNames, pair

FIELDS: Final[Mapping[type[Thing], tuple[str, ...]]] = {
    Section: ("name", "note"),
    Entry: ("name", "note", "facts"),
    Link: ("title", "url", "kind", "label", "remark"),
}
_SAID: Final = {kind: attrgetter(*names) for kind, names in FIELDS.items()}


def said_by(thing: Thing) -> tuple[Any, ...]:
    """The values of its fields, without what is below it."""
    values: tuple[Any, ...] = _SAID[type(thing)](thing)
    return values


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference. `kind`: "set" a field, "add" or "remove" a thing, or "move" it."""

    kind: str
    at: Address | None = None
    to: Address | None = None
    field: str = ""
    old: Any = ""
    new: Any = ""
    thing: Thing | None = None
    """What is added or removed, with what comes or goes along; for a move, what it was."""
    path: tuple[str, ...] = ()
    """The names that lead to it, for people: where it is, or where it was if it is removed."""


def compare(
    old: Meaning,
    new: Meaning,
    former: FormerNames | None = None,
    pairs: Mapping[Address, Address] | None = None,
) -> tuple[Edit, ...]:
    """The edits that make `new` of `old`; none if they say the same.

    `former` tells what things of `new` were called before, where that is known. Who knows which
    thing of `new` is which of `old` says so with `pairs`, and nothing is guessed.
    """
    edits = [
        Edit("set", (), (), name, getattr(old, name), getattr(new, name))
        for name in ("title", "introduction")
        if getattr(old, name) != getattr(new, name)
    ]
    if old.sections != new.sections:
        edits += _edits_of_sections(old, new, pair(old, new, former) if pairs is None else pairs)
    return tuple(edits)


def _edits_of_sections(
    old: Meaning, new: Meaning, pairs: Mapping[Address, Address]
) -> Iterator[Edit]:
    olds, news = dict(walk(old.sections)), dict(walk(new.sections))
    kept = set(pairs.values())
    for at, was in olds.items():
        if at not in kept and at[:-1] in kept:
            yield Edit("remove", at, thing=_unpaired(was, at, kept), path=_path(olds, at))
    still = _unmoved(pairs)
    for to, thing in news.items():
        origin = pairs.get(to)
        if origin is None:
            if to[:-1] in pairs:
                yield Edit("add", to=to, thing=_unpaired(thing, to, pairs), path=_path(news, to))
            continue
        was = olds[origin]
        for name in FIELDS[type(thing)]:
            before, after = getattr(was, name), getattr(thing, name)
            if before != after:
                yield Edit("set", origin, to, name, before, after, path=_path(news, to))
        if to not in still:
            before, after = _path(olds, origin), _path(news, to)
            yield Edit("move", origin, to, "", before, after, was, after)


def _path(things: Mapping[Address, Thing], address: Address) -> tuple[str, ...]:
    return tuple(name_of(things[address[: n + 1]]) for n in range(len(address)))


def _unpaired(thing: Thing, address: Address, paired: Collection[Address]) -> Thing:
    """The thing with those of its children that go, or come, along with it."""
    if isinstance(thing, Link):
        return thing
    children = tuple(
        _unpaired(child, below, paired)
        for i, child in enumerate(thing.children)
        if (below := (*address, i)) not in paired
    )
    return replace(thing, children=children)  # type: ignore[arg-type]


def _unmoved(pairs: Mapping[Address, Address]) -> set[Address]:
    """The new addresses of what stands below the same parent in the same order as before.

    The longest rising run of old indexes stays; the rest was moved among its siblings.
    """
    families: dict[Address, list[Address]] = defaultdict(list)
    for to, origin in pairs.items():
        if to and origin[:-1] == pairs.get(to[:-1]):
            families[to[:-1]].append(to)
    still: set[Address] = set()
    for children in families.values():
        children.sort()
        still.update(_longest_rise(children, [pairs[to][-1] for to in children]))
    return still


def _longest_rise(addresses: list[Address], ranks: list[int]) -> Iterator[Address]:
    """Those addresses whose ranks form the longest rising run, last first."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, rank in enumerate(ranks):
        at = bisect_left(tails, rank)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [rank]
        ends[at : at + 1] = [i]
    i = ends[-1] if ends else -1
    while i >= 0:
        yield addresses[i]
        i = before[i]


# What edits make of a meaning.


@dataclass(slots=True)
class Arranged:
    """A thing as the edits want it: its `children` hold for it, those of `thing` do not.

    `source` is its address in the old meaning, None for what was not there.
    """

    thing: Thing
    source: Address | None
    below: list[Arranged] | None
    """Its children; None as long as nobody asks for those of a thing that is as it was."""
    is_touched: bool = True
    """Whether some edit speaks of it or of what is below it; else it is as it was."""

    @property
    def children(self) -> list[Arranged]:
        if self.below is None:
            above = self.source or ()
            things = () if isinstance(self.thing, Link) else self.thing.children
            self.below = [
                Arranged(thing, (*above, i), None, False) for i, thing in enumerate(things)
            ]
        return self.below

    def grown(self) -> Thing:
        """The thing with the children that it shall have."""
        if isinstance(self.thing, Link):
            return self.thing
        children = tuple(child.grown() for child in self.children)
        return replace(self.thing, children=children)  # type: ignore[arg-type]


def apply(meaning: Meaning, edits: Iterable[Edit]) -> Meaning:
    """What the meaning says after the edits."""
    edits = tuple(edits)
    texts = {edit.field: edit.new for edit in edits if edit.kind == "set" and edit.at == ()}
    return replace(meaning, **texts, sections=sections_of(arrange(meaning, edits)))


def sections_of(root: Arranged) -> tuple[Section, ...]:
    """What an arranged tree says."""
    grown = (child.grown() if child.is_touched else child.thing for child in root.children)
    return tuple(section for section in grown if isinstance(section, Section))


def arrange(meaning: Meaning, edits: Iterable[Edit]) -> Arranged:
    """The tree as the edits want it; each thing knows where it stood."""
    return _Arranging(meaning, edits).root()


class _Arranging:
    def __init__(self, meaning: Meaning, edits: Iterable[Edit]) -> None:
        self.meaning = meaning
        self.gone: set[Address] = set()
        self.placed: dict[Address, dict[int, Edit]] = defaultdict(dict)
        self.fields: dict[Address, dict[str, Any]] = defaultdict(dict)
        for edit in edits:
            if edit.kind == "set" and edit.at:
                self.fields[edit.at][edit.field] = edit.new
            if edit.kind in ("remove", "move") and edit.at is not None:
                self.gone.add(edit.at)
            if edit.kind in ("add", "move") and edit.to is not None:
                self.placed[edit.to[:-1]][edit.to[-1]] = edit
        self.left = {
            at[:depth] for at in (*self.fields, *self.gone) for depth in range(len(at) + 1)
        }
        """Where something changes in or goes from what stood at these addresses,"""
        self.reached = {to[:depth] for to in self.placed for depth in range(len(to) + 1)}
        """and where something comes to what shall stand at these."""

    def root(self) -> Arranged:
        return Arranged(Section(""), (), self._children(self.meaning.sections, (), ())[0])

    def _thing(self, thing: Thing, source: Address | None, to: Address) -> Arranged:
        if source is not None and source not in self.left and to not in self.reached:
            return Arranged(thing, source, None, False)
        is_set = source in self.fields
        if is_set and source is not None:
            thing = replace(thing, **self.fields[source])
        below = () if isinstance(thing, Link) else thing.children
        children, is_touched = self._children(below, source, to)
        return Arranged(thing, source, children, is_set or is_touched or source is None)

    def _children(
        self, things: Sequence[Thing], source: Address | None, to: Address
    ) -> tuple[list[Arranged], bool]:
        """Those that stay, in their order, in the places that no edit fills; whether any does."""
        staying = [
            (thing, at)
            for i, thing in enumerate(things)
            if (at := None if source is None else (*source, i)) not in self.gone
        ]
        staying.reverse()
        placed = self.placed.get(to, {})
        is_touched = bool(placed) or len(staying) < len(things)
        children: list[Arranged] = []
        while staying or len(children) in placed:
            here = (*to, len(children))
            edit = placed.get(len(children))
            if edit is None:
                children.append(self._thing(*staying.pop(), here))
            elif edit.kind == "move" and edit.at is not None:
                *above, index = edit.at
                moved = children_at(self.meaning, tuple(above))[index]
                children.append(self._thing(moved, edit.at, here))
            elif edit.thing is not None:
                children.append(self._thing(edit.thing, None, here))
        return children, is_touched or any(child.is_touched for child in children)


# How people read them.


def in_words(edits: Iterable[Edit], entry: tuple[str, str]) -> Iterator[str]:
    """One sentence an edit. `entry` is what the list calls an entry: ("model", "models")."""
    for edit in edits:
        where = " > ".join(edit.path)
        if edit.kind == "move":
            is_near = edit.old[:-1] == edit.new[:-1]
            origin = "among its siblings" if is_near else f"from {' > '.join(edit.old[:-1])}"
            yield f"moved: {where}, {origin}"
        elif edit.kind != "set":
            done = "added" if edit.kind == "add" else "removed"
            yield f"{done}: {where}{_along(edit.thing, entry)}"
        elif edit.field == "name":
            yield f"renamed: {' > '.join((*edit.path[:-1], edit.old))} -> {edit.new}"
        elif edit.field == "facts":
            for fact, before, after in changed_facts(edit.old, edit.new):
                yield f"changed: {where}, {fact}: {before!r} -> {after!r}"
        else:
            where = f"{where}, {edit.field}" if where else edit.field
            yield f"changed: {where}: {edit.old!r} -> {edit.new!r}"


def changed_facts(
    old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """The title of each fact that differs, with its words before and after; "" for none."""
    before, after = _by_fact(old), _by_fact(new)
    for fact in {**before, **after}:
        if before.get(fact) != after.get(fact):
            title = titles.title_of(fact).lower()
            yield title, before.get(fact, ""), after.get(fact, "")


def _by_fact(facts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A fact that is stated twice has both words."""
    said: dict[str, str] = {}
    for fact, words in facts:
        said[fact] = f"{said[fact]}; {words}" if fact in said else words
    return said


def _along(thing: Thing | None, entry: tuple[str, str]) -> str:
    """What comes or goes along with a thing."""
    if not isinstance(thing, Section | Entry) or not thing.children:
        return ""
    below = [child for _, child in walk([Section("", children=thing.children)])][1:]
    links = sum(isinstance(child, Link) for child in below)
    counted = [(len(below) - links, entry), (links, ("resource", "resources"))]
    return ", with " + " and ".join(
        f"{number} {one if number == 1 else many}" for number, (one, many) in counted if number
    )
