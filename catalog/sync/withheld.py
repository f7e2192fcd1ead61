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
    conflicts: tuple[str, ...] = ()
    """What nobody decided."""


def settle(
    rows: Rows,
    theirs: Meaning,
    prefer: str,
    *,
    removes: bool = True,
    pairs: Mapping[Address, Address] | None = None,
) -> Settled:
    """What the rows shall say. `prefer` is that of the command.

    `removes` says whether what the file lacks will be removed; `pairs` what of theirs is what of
    the rows, where that is known.
    """
    wanted = Wanted(rows.meaning, theirs, pairs)
    named = _named(rows, wanted)
    lost = _lost(rows, wanted) if removes else {}
    if not named and not lost:
        return Settled(rows, wanted)
    if prefer == "file":
        return _as_in_the_file(rows, theirs, [row for found in named.values() for row in found])
    if prefer != "database":
        return Settled(rows, wanted, conflicts=tuple(_conflicts(rows, named, lost)))
    wanted.leave_out(list(named))
    wanted.put_back([at for at in wanted.missing() if _top_of(at, lost) is not None])
    return Settled(rows, wanted, left_out=tuple(_left_out(wanted, rows, named)))


def _as_in_the_file(rows: Rows, theirs: Meaning, named: Sequence[Branch]) -> Settled:
    """Rows that the file names are published; what was hidden with them only comes along."""
    shown = read_rows(also=named)
    before = set(rows.at.values())
    wanted = Wanted(shown.meaning, theirs)
    wanted.put_back([at for at in wanted.missing() if shown.at[at] not in before])
    published = {row: rows.withheld[row] for row in named if not row.is_published}
    return Settled(shown, wanted, published=published)


def _conflicts(
    rows: Rows, named: Mapping[Address, Sequence[Branch]], lost: Mapping[Address, Branch]
) -> Iterator[str]:
    for found in named.values():
        yield (
            f"withheld here: {_path(rows, found[0])} is in the file, and unpublished in the "
            "database. Publish it, or choose: --prefer file publishes it, --prefer database "
            "leaves it out."
        )
    for row in lost.values():
        *above, _ = rows.withheld[row]
        yield (
            f"withheld here: {_path(rows, row)} is unpublished, and the file no longer has "
            f"{' > '.join(above)}, where it stands. Move it, or choose: --prefer file removes it "
            "along, --prefer database keeps all."
        )


def _path(rows: Rows, row: Branch) -> str:
    return " > ".join(rows.withheld[row])


def _left_out(
    wanted: Wanted, rows: Rows, named: Mapping[Address, Sequence[Branch]]
) -> Iterator[str]:
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
