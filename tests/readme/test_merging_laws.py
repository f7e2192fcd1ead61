"""The laws of merging, on real lists and on what hypothesis invents."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.readme import (
    Conflict,
    Entry,
    Link,
    Meaning,
    Merge,
    Section,
    apply,
    choose,
    compare,
    merge,
)
from catalog.readme.meaning import name_of, walk
from tests.readme import lists, strategies
from tests.readme.strategies import at, examples
from tests.readme.timing import takes_the_time_of_its_size

REAL = lists.read(lists.REAL_LIST).meaning


@st.composite
def forks(draw: st.DrawFn) -> tuple[Meaning, Meaning, Meaning]:
    """A base and what two people made of it; small, so that they meet often."""
    base = draw(strategies.meanings)
    sides = [draw(strategies.edited(base, 4)) for _ in range(2)]
    if draw(st.booleans()):
        sides[0] = divided(draw, sides[0])
    return base, *draw(st.permutations(sides))


def divided(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    """The meaning with a new heading between the entries of a section, or with one less."""
    if len(meaning.sections) < 2:
        return meaning
    number = draw(st.integers(1, len(meaning.sections) - 1))
    *before, one, other = meaning.sections[: number + 1]
    behind = meaning.sections[number + 1 :]
    if draw(st.booleans()):
        joined = replace(one, children=one.children + other.children)
        return replace(meaning, sections=(*before, joined, *behind))
    at = draw(st.integers(0, len(other.children)))
    head = replace(other, children=other.children[:at])
    tail = Section("New heading", "", other.children[at:])
    return replace(meaning, sections=(*before, one, head, tail, *behind))


@given(forks())
@examples(12)
def test_what_one_side_says_alone_holds(fork):
    base, x, _ = fork
    for found in (merge(base, x, base), merge(base, base, x), merge(base, x, x)):
        assert found.meaning == x
        assert found.conflicts == ()
        assert found.reordered == ()


@given(strategies.meanings, strategies.meanings)
@examples(12)
def test_what_one_side_says_alone_holds_however_much_it_changed(base, x):
    for found in (merge(base, x, base), merge(base, base, x), merge(base, x, x)):
        assert (found.meaning, found.conflicts) == (x, ())


# Swapping sides.


def unordered(thing: Any) -> Any:
    """What a thing or meaning says, without an order of what is below it or of its facts."""
    if isinstance(thing, Link):
        return repr(thing)
    below = thing.sections if isinstance(thing, Meaning) else thing.children
    said = [getattr(thing, name, "") for name in ("name", "note", "title", "introduction")]
    return *said, sorted(getattr(thing, "facts", ())), sorted(map(repr, map(unordered, below)))


def stated(conflict: Conflict) -> str:
    return repr((conflict.what, *conflict.at, conflict.base, conflict.ours, conflict.theirs))


def swapped(conflict: Conflict) -> str:
    base, ours, theirs = conflict.at
    return repr((conflict.what, base, theirs, ours, conflict.base, conflict.theirs, conflict.ours))


@given(forks())
@examples(15)
def test_swapping_the_sides_swaps_only_the_sides_of_the_conflicts(fork):
    base, ours, theirs = fork
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert sorted(map(stated, one.conflicts)) == sorted(map(swapped, other.conflicts))
    mirrored = merge(base, theirs, ours, prefer="theirs")
    assert unordered(mirrored.meaning) == unordered(one.meaning)
    assert len(mirrored.reordered) == len(one.reordered)


# Losing nothing.


def said_by(*meanings: Meaning) -> set[str]:
    things = [thing for meaning in meanings for _, thing in walk(meaning.sections)]
    return {name_of(thing) for thing in things} | {getattr(thing, "url", "") for thing in things}


@given(forks(), st.sampled_from(("", "ours", "theirs")))
@examples(15)
def test_no_name_and_no_link_that_one_side_added_vanishes_unnamed(fork, prefer):
    base, ours, theirs = fork
    found = merge(base, ours, theirs, prefer=prefer)
    named = {name for conflict in found.conflicts for name in conflict.names()}
    added = said_by(ours, theirs) - said_by(base)
    assert added <= said_by(found.meaning) | named


# Choices.


def assert_holds(found: Merge, conflict: Conflict, side: str) -> None:
    """The merged meaning has what this side says there."""
    origins = getattr(found, side)
    here = {origin: address for address, origin in origins.items()}
    value, address = getattr(conflict, side), getattr(conflict.at, side)
    if conflict.what == "removed":
        assert (value is None) == (address is None)
        other = "theirs" if side == "ours" else "ours"
        missed = {o: a for a, o in getattr(found, other).items()}
        assert (
            (address in here)
            if value is not None
            else (conflict.at[1 + (other == "theirs")] not in missed)
        )
    elif conflict.what in ("title", "introduction") and address == ():
        assert getattr(found.meaning, conflict.what) == value
    elif conflict.what == "moved":
        assert here[address][:-1] == here[address[:-1]]
    else:
        assert getattr(at(found.meaning, here[address]), conflict.what) == value


@given(forks(), st.data())
@examples(15)
def test_each_conflict_can_be_given_to_either_side(fork, data):
    conflicts = merge(*fork).conflicts
    if not conflicts:
        return
    chosen = data.draw(st.sampled_from(conflicts))
    for side in ("ours", "theirs"):
        found = merge(*fork, choices={chosen.key: side})
        assert [c.key for c in found.conflicts] == [c.key for c in conflicts]
        assert [c.choice for c in found.conflicts if c.choice] == [side]
        everywhere = merge(*fork, prefer=side)
        assert everywhere == merge(*fork, choices=choose(conflicts, side))
        assert everywhere.unsettled == ()
        for conflict in conflicts:
            assert_holds(everywhere, conflict, side)
    assert merge(*fork, choices=choose(conflicts, "ours")).meaning == merge(*fork).meaning


# From each side to the merged meaning.


@given(forks(), st.sampled_from(("", "theirs")))
@examples(12)
def test_each_side_can_be_edited_into_what_is_merged(fork, prefer):
    base, ours, theirs = fork
    found = merge(base, ours, theirs, prefer=prefer)
    for side, pairs in ((ours, found.ours), (theirs, found.theirs)):
        assert apply(side, compare(side, found.meaning, pairs=pairs)) == found.meaning


@given(strategies.edited(REAL), strategies.edited(REAL))
@examples(10)
def test_edits_of_the_real_list_merge(ours, theirs):
    found = merge(REAL, ours, theirs)
    named = {name for conflict in found.conflicts for name in conflict.names()}
    assert said_by(ours, theirs) - said_by(REAL) <= said_by(found.meaning) | named
    assert merge(REAL, ours, REAL).meaning == ours


# Growth.


def many(number: int, note: str) -> Meaning:
    """Organisations with models that come, move and change, and two conflicts each."""
    sections = (
        Section(f"Org {n}", note, (*_models(n, note), Link("x", f"https://x.org/{n}")))
        for n in range(number)
    )
    return Meaning("", "", tuple(sections))


def _models(n: int, note: str) -> tuple[Entry, ...]:
    work = Link("Paper", f"https://arxiv.org/abs/2401.{n:05}", "paper")
    models = (Entry("A", note), Entry("B", "", (), (work,)), Entry(f"new {note}"))
    return models if note else models[1::-1]


def test_models_are_merged_in_the_time_of_their_number():
    def merging(number: int) -> Callable[[], object]:
        base, ours, theirs = (many(number, note) for note in ("", "ours", "theirs"))
        assert len(merge(base, ours, theirs).conflicts) == 2 * number
        return lambda: merge(base, ours, theirs)

    assert takes_the_time_of_its_size(merging, 400)


def test_hundreds_of_moves_against_each_other_are_as_many_questions():
    base = Meaning("", "", (Section("A", "", tuple(Entry(f"m {n}") for n in range(600))),))
    names = [entry.name for entry in base.entries()]

    def nested(order: list[str]) -> Meaning:
        pairs = zip(order[::2], order[1::2], strict=True)
        entries = tuple(Entry(a, "", (), (Entry(b),)) for a, b in pairs)
        return Meaning("", "", (Section("A", "", entries),))

    found = merge(base, nested(names), nested(names[::-1]))
    assert found.meaning == nested(names)
    assert [conflict.what for conflict in found.conflicts] == ["moved"] * 600
