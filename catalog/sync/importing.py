"""import_readme: take what a file says into the rows.

What rows and file have each changed since they last agreed is merged by meaning; what both have
changed, each in its own way, stops the import. Whatever stops it, no row and no file is written;
where people have to choose, the text waits for that.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import transaction

from catalog import changes, readme
from catalog.models import ChangeSet, SnapshotOrigin
from catalog.readme import ListDocument
from catalog.readme.document import Coverage
from catalog.sync import offers
from catalog.sync.exporting import CannotExport, text_saying
from catalog.sync.planning import Choices, plan_import
from catalog.sync.questions import Question
from catalog.sync.rows import Counts, counts_of, read_rows
from catalog.sync.snapshots import (
    agreed_organisations,
    document_of,
    is_known,
    keep,
    newest_number,
    newest_snapshot,
)
from catalog.sync.writing import write

_MOST_TOLD: Final = 5


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do, or why it stopped."""

    source_name: str
    base: str
    """A sentence that names the text from which the changes are counted."""
    plan: tuple[str, ...]
    """The changes of the rows, in words; if it stopped, what would have changed."""
    counts: Counts
    """How much the file holds,"""
    coverage: Coverage
    """where its links are,"""
    kept: tuple[tuple[int, str], ...]
    """and its lines that no record holds: number and text."""
    too_long: tuple[str, ...]
    """Of these, in sentences, the lines that would be records if they were shorter."""
    stopped: tuple[str, ...] = ()
    """Why nothing was done; empty if it was."""
    questions: tuple[Question, ...] = ()
    """What only people decide, decided or not."""
    removals: int = 0
    """That many records would go, and that stops it; 0 if it does not."""
    waits: bool = False
    """Whether the text waits until people have chosen."""
    state: str = ""
    """The state of affairs for which all this is true."""
    change_set: ChangeSet | None = field(default=None, compare=False)
    """What it changed; None if nothing."""
    exported: bytes | None = None
    """What an export would write now; None if the import stopped, or if an export cannot."""
    cannot_export: str = ""
    """Why it cannot."""
    is_round_trip: bool = False
    """Whether an export would write the bytes of the file."""


class PlanOutdated(Exception):
    """Something has changed since the plan that somebody agreed to was made; nothing is written."""


def import_readme(
    data: bytes,
    *,
    who: str,
    source_name: str,
    source: str = "",
    dry_run: bool = False,
    allow_deletions: int | None = None,
    base: str = "",
    prefer: str = "",
    planned: str = "",
    offer: int | None = None,
    summary: str = "",
) -> ImportReport:
    """Take what a file says into the rows, as one ChangeSet.

    `who` made the change, `source` is where it came from (a pull request). `base` and `prefer` are
    those of the command. With `dry_run` all is done and taken back. `planned` is the `state` of a
    report that somebody has read, `offer` the number of the waiting import that this text is.
    Raises readme.ListRefused and NoSuchBase, PlanOutdated and OfferGone.
    """
    document = _read(data)
    report = _of_file(document, source_name)
    choices = Choices(shlex.quote(source_name), base, prefer, allow_deletions)
    summary = summary or f"import of {source_name}"
    try:
        with transaction.atomic():
            with changes.record(
                who=who, origin="import", summary=summary, source=source
            ) as recording:
                if offer is not None:
                    offers.the_offer(offer)
                document = _as_agreed(document)
                report = replace(_of_file(document, source_name), state=offers.state_of_affairs())
                if planned and planned != report.state:
                    raise PlanOutdated
                report = _imported(recording, document, choices, report, who, source)
            # After the recording, so that a dry run is checked to its end as well.
            transaction.set_rollback(dry_run)
    except changes.ChangeRefused as refusal:
        return replace(
            report, stopped=(str(refusal),), exported=None, cannot_export="", is_round_trip=False
        )
    return replace(report, change_set=None if dry_run else recording.change_set)


def _of_file(document: ListDocument, source_name: str) -> ImportReport:
    """What can be told of the file alone."""
    return ImportReport(
        source_name,
        "",
        (),
        counts_of(document.meaning),
        document.coverage,
        tuple(_kept_lines(document)),
        tuple(_too_long(document)),
    )


def text_of(data: bytes) -> str:
    """The text of a file. Raises ListRefused: too large, not UTF-8, or with NUL."""
    return readme.decode(data)


def import_offer(
    pk: int, *, who: str, allow_deletions: int | None = None, planned: str = ""
) -> ImportReport:
    """Import the text that waits, as those who offered it. `who` decided that. Raises OfferGone."""
    offer = offers.waiting_offer()
    if offer is None or offer.pk != pk:
        raise offers.OfferGone
    deciders = ", ".join(dict.fromkeys((*offers.choosers(offer), who)))
    return import_readme(
        bytes(offer.text),
        who=offer.offered_by,
        source_name=offer.name,
        source=offer.source,
        allow_deletions=allow_deletions,
        base=offers.base_of(offer),
        planned=planned,
        offer=pk,
        summary=f"import of {offer.name}, decided by {deciders}",
    )


def _imported(
    recording: changes.Recording,
    document: ListDocument,
    choices: Choices,
    report: ImportReport,
    who: str,
    source: str,
) -> ImportReport:
    choices = replace(choices, made=offers.made_for(offers.waiting_offer()))
    plan = plan_import(document, read_rows(), choices)
    report = replace(
        report,
        base=plan.base,
        plan=tuple(plan.in_words()),
        stopped=plan.stopped,
        questions=plan.questions,
        removals=plan.removals,
        waits=bool(plan.stopped) and offers.waits_for_choices(plan.questions),
    )
    if report.waits:
        offers.let_wait(
            document.raw, base=plan.descends_from, name=report.source_name, who=who, source=source
        )
    if plan.stopped:
        return report
    newest = newest_number()
    recording.update_many((row, {"is_published": True}) for row in plan.published)
    if plan.wanted is not None:
        write(recording, plan.rows, plan.wanted)
    if plan.agreed is None or not is_known(document.raw):
        keep(recording, document.raw, document.meaning, who=who, origin=SnapshotOrigin.IMPORT)
    if plan.agreed is not None:
        keep(recording, *plan.agreed, who=who, origin=SnapshotOrigin.IMPORT)
    offers.clear_after(report.source_name, is_new=newest_number() != newest)
    return _with_round_trip(report, document)


def _with_round_trip(report: ImportReport, document: ListDocument) -> ImportReport:
    newest = newest_snapshot()
    assert newest is not None
    agreed = document if bytes(newest.text) == document.raw else document_of(newest)
    try:
        out = text_saying(agreed, read_rows()).encode()
    except CannotExport as reason:
        return replace(report, cannot_export=str(reason))
    return replace(report, exported=out, is_round_trip=out == document.raw)


def _as_agreed(document: ListDocument) -> ListDocument:
    """The same text, read with the organisations that both sides know already.

    If it has others, it is read with those, as it will be from now on: that can say something else.
    """
    known = agreed_organisations()
    if known:
        document = readme.parse(document.text, known)
    names = document.meaning.organisations
    return document if names == known else readme.parse(document.text, names)


def read_list(data: bytes) -> ListDocument:
    """A text as a list. Raises ListRefused if it is none."""
    if not data.strip():
        raise readme.ListRefused("The text is empty.")
    document = readme.parse(readme.decode(data))
    if not document.is_list:
        raise readme.ListRefused(
            "The text holds no list item, no table row and no linked heading: is it a list?"
        )
    return document


def _read(data: bytes) -> ListDocument:
    document = read_list(data)
    if document.unsafe:
        line, url = document.unsafe[0]
        raise readme.ListRefused(
            f"Line {line} links to {url[:60]!r}: only web addresses are taken. Remove that link."
        )
    return document


def _too_long(document: ListDocument) -> Iterator[str]:
    for start, characters, most in document.too_long[:_MOST_TOLD]:
        yield (
            f"Line {document.line(start)} is kept text because it is too long: a record has room "
            f"for {most:,} characters, and there are {characters:,}."
        )
    more = len(document.too_long) - _MOST_TOLD
    if more > 0:
        yield f"So {'is 1 more line' if more == 1 else f'are {more:,} more lines'}."


def _kept_lines(document: ListDocument) -> Iterator[tuple[int, str]]:
    number = 1
    for piece in document.partition:
        lines = document.raw[piece.start : piece.end].decode().split("\n")
        if piece.owner == "kept":
            yield from (
                (number + i, line.rstrip("\r")) for i, line in enumerate(lines) if line.strip()
            )
        number += len(lines) - 1
