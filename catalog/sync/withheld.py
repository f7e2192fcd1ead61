"""What is withheld here: drafts, what was unpublished, and all that stands below such a row.

A file that names a withheld record is no reason to make it a second time, and one that lacks it
no reason to remove it: where the two meet, a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.models import LanguageModel
from catalog.readme import Link, Meaning
from catalog.readme.meaning import Address, Thing
from catalog.sync.questions import FILE, Choices, Question, of_withheld, undecided
from catalog.sync.rows import Branch, Path, Row, Rows, read_rows
from catalog.sync.stops import with_below
from catalog.sync.wanted import Wanted


@dataclass(frozen=True)
class Settled:
    """What the file asks for, after what is withheld has had its say."""

    rows: Rows
    wanted: Wanted
    left_out: tuple[str, ...] = ()
    """What the file says and is not taken, in sentences."""
    published: Mapping[Branch, Path] = field(default_factory=dict)
    """Rows that come back because the file names them, with their paths of names."""
    questions: tuple[Question, ...] = ()
    """Those about withheld rows; if one is undecided, this is only what was asked for."""


Named = Mapping[Address, Sequence[Branch]]
Lost = Mapping[Address, Branch]


def settle(
    rows: Rows,
    theirs: Meaning,
    prefer: str,
    made: Choices,
    *,
    removes: bool = True,
    pairs: Mapping[Address, Address] | None = None,
) -> Settled:
    """What the rows shall say. `prefer` is that of the command, `made` are choices before it.

    `removes` says whether what the file lacks will be removed; `pairs` what of theirs is what of
    the rows, where that is known.
    """
    wanted = Wanted(rows.meaning, theirs, pairs)
    named = _named(rows, wanted)
    lost = _lost(rows, wanted) if removes else {}
    if not named and not lost:
        return Settled(rows, wanted)
    asked = dict(_asked(rows, wanted, named, lost, made, prefer))
    questions = tuple(asked.values())
    if undecided(questions):
        return Settled(rows, wanted, questions=questions)
    sides = {row: question.choice.side for row, question in asked.items()}
    again = [row for found in named.values() if sides[found[0]] == FILE for row in found]
    published: Mapping[Branch, Path] = {}
    if again:
        published = {row: rows.withheld[row] for row in again if not row.is_published}
        rows, wanted = _as_if_published(rows, theirs, again)
        named, lost = _named(rows, wanted), _lost(rows, wanted) if removes else {}
    named = {at: found for at, found in named.items() if sides.get(found[0], prefer) != FILE}
    lost = {at: row for at, row in lost.items() if sides.get(row, prefer) != FILE}
    wanted.leave_out(list(named))
    wanted.put_back([at for at in wanted.missing() if _top_of(at, lost) is not None])
    return Settled(rows, wanted, tuple(_left_out(wanted, rows, named)), published, questions)


def _as_if_published(rows: Rows, theirs: Meaning, again: Sequence[Branch]) -> tuple[Rows, Wanted]:
    """What was hidden with the rows that the file names only comes along."""
    shown = read_rows(also=again)
    before = set(rows.at.values())
    wanted = Wanted(shown.meaning, theirs)
    wanted.put_back([at for at in wanted.missing() if shown.at[at] not in before])
    return shown, wanted


def _asked(
    rows: Rows, wanted: Wanted, named: Named, lost: Lost, made: Choices, prefer: str
) -> Iterator[tuple[Branch, Question]]:
    things = {edit.to: edit.thing for edit in wanted.asked if edit.kind == "add"}
    for at, found in named.items():
        sentence = (
            f"withheld here: {_path(rows, found[0])} is in the file, and unpublished in the "
            "database. Publish it, or choose: --prefer file publishes it, --prefer database "
            "leaves it out."
        )
        path = rows.withheld[found[0]]
        yield found[0], of_withheld(found[0], path, things[at], sentence, made, prefer)
    for row in lost.values():
        *above, _ = rows.withheld[row]
        sentence = (
            f"withheld here: {_path(rows, row)} is unpublished, and the file no longer has "
            f"{' > '.join(above)}, where it stands. Move it, or choose: --prefer file removes it "
            "along, --prefer database keeps all."
        )
        yield row, of_withheld(row, rows.withheld[row], None, sentence, made, prefer)


def _path(rows: Rows, row: Branch) -> str:
    return " > ".join(rows.withheld[row])


def _left_out(wanted: Wanted, rows: Rows, named: Named) -> Iterator[str]:
    for edit in wanted.asked:
        found = named.get(edit.to) if edit.kind == "add" and edit.to else None
        if found and edit.thing is not None:
            below = sum(1 for _ in with_below(edit.thing)) - 1
            along = f" with {below} record{'s' * (below != 1)} below it" if below else ""
            yield f"left out: {_path(rows, found[0])}{along}, which is withheld here"


# Where the two meet.


def _named(rows: Rows, wanted: Wanted) -> dict[Address, list[Branch]]:
    """Where the file names a withheld row anew: that row, and those below it that it names too."""
    free = dict.fromkeys(rows.withheld)
    found: dict[Address, list[Branch]] = {}
    for edit in wanted.asked:
        if edit.kind == "add" and edit.to is not None and edit.thing is not None:
            source = wanted.source(edit.to[:-1])
            owner = rows.at[source] if source else None
            again = list(_again(rows, edit.thing, owner, free))
            if again:
                found[edit.to] = again
    return found


def _again(
    rows: Rows, thing: Thing, owner: Row | None, free: dict[Branch, None]
) -> Iterator[Branch]:
    """The first withheld row of that name below that owner, and what is named below it."""
    if isinstance(thing, Link):
        return
    for row in rows.children.get(owner, ()):
        if row in free and row.name == thing.name:
            del free[row]
            yield row
            for below in thing.children:
                yield from _again(rows, below, row, free)
            return


def _lost(rows: Rows, wanted: Wanted) -> dict[Address, Branch]:
    """A withheld row in each branch that the file removes, by where that branch stands."""
    tops: dict[Address, None] = {}
    found: dict[Address, Branch] = {}
    for address in wanted.missing():  # owners before what they own
        top = _top_of(address, tops) or address
        tops[top] = None
        for row in rows.children.get(rows.at[address], ()):
            if isinstance(row, LanguageModel) and row in rows.withheld:
                found.setdefault(top, row)
    return found


def _top_of(address: Address, tops: Collection[Address]) -> Address | None:
    """Which of these it stands below, or is."""
    return next((up for n in range(len(address) + 1) if (up := address[:n]) in tops), None)
