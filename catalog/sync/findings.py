"""What a curator should look at in what the rows say now, and what is meant as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from catalog import changes, readme, words
from catalog.models import IntendedFinding, Resource
from catalog.readme import Link, ListDocument, lint
from catalog.readme.meaning import Address, Thing, walk
from catalog.readme.places import BranchPlace, Span
from catalog.sync.exporting import CannotExport, planned
from catalog.sync.rows import Branch, Rows, read_rows
from catalog.sync.snapshots import newest_snapshot
from catalog.sync.waiting import Waiting

Finding = lint.Finding

# A slip elsewhere; here a list may well mean it: EVA 1.0 and 2.0 share a repository.
MAY_BE_INTENDED: Final = frozenset({"same-work", "same-name"})


@dataclass(frozen=True)
class Found:
    """A finding, and the record in whose lines it stands."""

    finding: Finding
    record: Branch | None
    intended: IntendedFinding | None = None
    """Who said that it is meant so."""

    @property
    def may_be_intended(self) -> bool:
        return self.finding.rule in MAY_BE_INTENDED


def findings(today: date, waiting: Waiting | None = None) -> list[Found]:
    """By severity and line. Raises CannotExport.

    One query more than an export; one in all if what waits is known already.
    """
    rows, text = _waiting(waiting) if waiting is not None else _now()
    intended = {(one.rule, one.sentence): one for one in IntendedFinding.objects.all()}
    # What the rows say and what their text says stand at the same addresses.
    found = [
        Found(finding, _branch_at(rows, address), intended.get((finding.rule, finding.sentence)))
        for finding, address in _found_in(text, rows.meaning.organisations, today)
    ]
    return sorted(found, key=lambda one: lint.SEVERITIES.index(one.finding.severity))


def worth_a_look(today: date) -> str:
    """The same in one line, empty if there is nothing. Raises CannotExport."""
    found = [one.finding for one in findings(today) if one.intended is None]
    return lint.in_short(found, words.entry())


def _waiting(waiting: Waiting) -> tuple[Rows, bytes]:
    if waiting.stop or waiting.rows is None:
        raise CannotExport(waiting.stop)
    return waiting.rows, waiting.text


def _now() -> tuple[Rows, bytes]:
    # Nothing is recorded; but all is read under the lock, as one state of affairs.
    with changes.record(who="lint", origin="command"):
        rows = read_rows()
        return rows, planned(rows, newest_snapshot()).text


# The first page of the desk asks again and again, and the text seldom changes.
@lru_cache(maxsize=2)
def _found_in(
    text: bytes, organisations: frozenset[str], today: date
) -> tuple[tuple[Finding, Address | None], ...]:
    """Each finding with the address of the section or entry in whose lines it stands."""
    markdown = readme.decode(text)
    owners = _owners_by_line(readme.parse(markdown, organisations))
    return tuple((one, owners.get(one.line)) for one in lint.lint(markdown, today))


def _owners_by_line(document: ListDocument) -> dict[int, Address]:
    owners: dict[int, Address] = {}
    for address, thing in walk(document.sections):
        owner = address[:-1] if isinstance(thing, Link) else address
        for lines in _own_lines(thing):
            # Without the line end, behind which the next one begins.
            for line in range(document.line(lines.start), document.line(lines.end - 1) + 1):
                owners.setdefault(line, owner)
    return owners


def _own_lines(thing: Thing) -> Iterator[Span]:
    """The lines that name it, and those of its note."""
    place = thing.place
    assert place is not None
    if isinstance(place, BranchPlace):
        yield place.head
        if place.note_lines is not None:
            yield place.note_lines
    else:
        yield place.lines


def _branch_at(rows: Rows, address: Address | None) -> Branch | None:
    row = rows.at.get(address) if address is not None else None
    return None if isinstance(row, Resource) else row


# What is meant so. A mark whose finding is gone does nothing; if that comes back, so does the mark.


def intend(rule: str, sentence: str, *, who: str, today: date) -> bool:
    """Let a finding be known as intended; False if it is not found, or can be no intention."""
    for one in findings(today):
        if (one.finding.rule, one.finding.sentence) == (rule, sentence) and one.may_be_intended:
            IntendedFinding.objects.get_or_create(
                rule=rule, sentence=sentence, defaults={"said_by": who}
            )
            return True
    return False


def intend_no_more(pk: int) -> None:
    IntendedFinding.objects.filter(pk=pk).delete()
