"""What a curator should look at in what the rows say now, and what is meant as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from catalog import changes, readme, words
from catalog.models import IntendedFinding, Resource
from catalog.readme import Link, ListDocument, lint
from catalog.readme.meaning import walk
from catalog.sync.exporting import planned
from catalog.sync.rows import Branch, Rows, read_rows

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


def findings(today: date) -> list[Found]:
    """By severity and line. Four queries more than an export. Raises CannotExport."""
    # Nothing is recorded; but all is read under the lock, as one state of affairs.
    with changes.record(who="lint", origin="command"):
        rows = read_rows()
        text = readme.decode(planned(rows).text)
        intended = {(one.rule, one.sentence): one for one in IntendedFinding.objects.all()}
    records = dict(_records_by_line(readme.parse(text), rows))
    found = [
        Found(finding, records.get(finding.line), intended.get((finding.rule, finding.sentence)))
        for finding in lint.lint(text, today)
    ]
    return sorted(found, key=lambda one: lint.SEVERITIES.index(one.finding.severity))


def worth_a_look(today: date) -> str:
    """The same in one line, empty if there is nothing. Raises CannotExport."""
    found = [one.finding for one in findings(today) if one.intended is None]
    return lint.in_short(found, words.entry())


def _records_by_line(document: ListDocument, rows: Rows) -> Iterator[tuple[int, Branch]]:
    """What the rows say and what their text says stand at the same addresses."""
    lines: Mapping[tuple[int, ...], int] = {
        address: document.line(_start(thing))
        for address, thing in walk(document.sections)
        if thing.place is not None
    }
    # The outer ones last: a line that says a model and its first link is the model's.
    for address in sorted(lines, key=len, reverse=True):
        row = rows.at.get(address)
        if isinstance(row, Resource):
            row = rows.at.get(address[:-1])
        if row is not None and not isinstance(row, Resource):
            yield lines[address], row


def _start(thing: readme.Section | readme.Entry | Link) -> int:
    assert thing.place is not None
    return thing.place.stated[0] if isinstance(thing, Link) else thing.place.marker


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
