"""Where both sides of a merge want something else: what a person has to choose between.

People read "before / in the database / in the file" for base, ours and theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final, NamedTuple

from catalog.readme.alignment import BASE, OURS, SIDES, THEIRS, Alignment, Trio
from catalog.readme.meaning import Address, Entry, Section, Thing, name_of, walk

REMOVED: Final = "removed"
MOVED: Final = "moved"

Choices = Mapping[str, str]
"""For the key of a conflict, the side that holds: "ours" or "theirs"."""


class Addresses(NamedTuple):
    """Where the thing stands in the three meanings; None where it does not."""

    base: Address | None
    ours: Address | None
    theirs: Address | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question. Its values are of one kind: that of a field, things, or paths.

    For a field or a fact they are what the sides say, "" where they say nothing. For what one
    side removed they are the thing with all below it, None where it is gone. For what was moved
    they are the names that lead to its place, None if it was not there.
    """

    what: str
    """A field, a fact of an entry, "removed" or "moved"."""
    path: tuple[str, ...]
    """The names that lead to it, as ours has them, if it does; none for the list's own words."""
    base: Any
    ours: Any
    theirs: Any
    at: Addresses
    along: tuple[str, ...] = ()
    """Fields that follow the choice: the kind of a link goes with its address."""
    number: int = 0
    """Which one it is among equal ones."""
    origin: tuple[str, ...] = ()
    """The names that led to it before, by which it is known again after somebody renamed it."""
    kind: str = ""
    """What sort of link it was: a paper and its code may share title and address."""
    choice: str = ""
    """The side that was chosen; empty if nobody chose, and until then ours holds."""

    @property
    def key(self) -> str:
        """The same for the same question, whatever else changed; another for other values."""
        said = (
            *(self.what, self.origin, self.kind),
            *(self.base, self.ours, self.theirs, self.number),
        )
        return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def label(self) -> str:
        """What it is about, in few words: "Meta > NLLB, url"."""
        return f"{' > '.join(self.path)}, {self.what}" if self.path else self.what

    def in_words(self) -> str:
        """A sentence for people, with all three sides."""
        if self.what == REMOVED:
            return f"{' > '.join(self.path)}: {self._removal()}"
        sides = (
            ("before", self.base, self.at.base),
            ("in the database", self.ours, self.at.ours),
            ("in the file", self.theirs, self.at.theirs),
        )
        said = [f"{where} {_quoted(value)}" for where, value, at in sides if at is not None]
        return f"{self.label}: {', '.join(said)}"

    def _removal(self) -> str:
        where = ("file", "database") if self.theirs is None else ("database", "file")
        thing = self.ours if self.theirs is None else self.theirs
        below = sum(1 for _ in _names_below(thing))
        along = f", with {below} below it" if below else ""
        return f"removed in the {where[0]}, changed in the {where[1]}{along}"

    def names(self) -> Iterator[str]:
        """Every name, title and address that the sides say here and one choice would lose."""
        for value in (self.base, self.ours, self.theirs):
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from value
            elif value is not None:
                yield from _said_by(value)


class Questions:
    """Asks each question once, and knows the answers that were given before."""

    def __init__(self, alignment: Alignment, choices: Choices, prefer: str) -> None:
        self.conflicts: list[Conflict] = []
        self._alignment = alignment
        self._choices = choices
        self._prefer = prefer
        self._numbers: Counter[str] = Counter()

    def holds(
        self, trio: Trio, what: str, values: Sequence[Any], along: tuple[str, ...] = ()
    ) -> int:
        """Which side holds: the chosen one, or ours."""
        known = next(side for side in (BASE, THEIRS, OURS) if trio.at[side] is not None)
        said = next(side for side in SIDES if trio.at[side] is not None)
        base, ours, theirs = values
        conflict = Conflict(
            what,
            self._alignment.path(trio, said) or (),
            base,
            ours,
            theirs,
            Addresses(*trio.at),
            along,
            origin=self._alignment.path(trio, known) or (),
            kind=getattr(self._alignment.thing(trio, known), "kind", ""),
        )
        number = self._numbers[conflict.key]
        self._numbers[conflict.key] += 1
        conflict = replace(conflict, number=number)
        choice = self._choices.get(conflict.key, self._prefer)
        self.conflicts.append(replace(conflict, choice=choice if choice in _HOLDS else ""))
        return _HOLDS.get(choice, OURS)

    def in_order(self) -> tuple[Conflict, ...]:
        """All conflicts, as the list goes."""
        return tuple(sorted(self.conflicts, key=_place_of))


_HOLDS: Final[Mapping[str, int]] = {"ours": OURS, "theirs": THEIRS}


def _place_of(conflict: Conflict) -> tuple[Address, int]:
    at = conflict.at
    return next(a for a in (at.ours, at.theirs, at.base) if a is not None), conflict.number


def choose(conflicts: Iterable[Conflict], side: str) -> dict[str, str]:
    """Choices that take this side in all of these."""
    return {conflict.key: side for conflict in conflicts}


def _quoted(value: Any) -> str:
    return " > ".join(value) or "first of all" if isinstance(value, tuple) else repr(value)


def _names_below(thing: Thing) -> Iterator[str]:
    if isinstance(thing, Section | Entry):
        for address, below in walk([Section("", children=thing.children)]):
            if len(address) > 1:
                yield name_of(below)


def _said_by(thing: Thing) -> Iterator[str]:
    yield from (name_of(thing), getattr(thing, "url", ""))
    if isinstance(thing, Section | Entry):
        for _, below in walk([Section("", children=thing.children)]):
            yield from (name_of(below), getattr(below, "url", ""))
