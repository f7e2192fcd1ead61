"""import_readme: take what a file says into the rows.

What rows and file have each changed since they last agreed is merged by meaning; what both have
changed, each in its own way, stops the import. Whatever stops it, nothing is written.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from catalog import changes, readme
from catalog.models import SnapshotOrigin
from catalog.readme import ListDocument
from catalog.readme.document import Coverage
from catalog.sync.exporting import CannotExport, text_saying
from catalog.sync.planning import Choices, plan_import
from catalog.sync.rows import Counts, counts_of, read_rows
from catalog.sync.snapshots import is_known, keep, keep_below_newest, newest_snapshot
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
    exported: bytes | None = None
    """What an export would write now; None if the import stopped, or if an export cannot."""
    cannot_export: str = ""
    """Why it cannot."""
    is_round_trip: bool = False
    """Whether an export would write the bytes of the file."""


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
) -> ImportReport:
    """Take what a file says into the rows, as one ChangeSet.

    `who` made the change, `source` is where it came from (a pull request). `base` and `prefer` are
    those of the command. With `dry_run` all is done and taken back. Raises readme.ListRefused
    and NoSuchBase.
    """
    document = _read(data)
    kept = tuple(_kept_lines(document))
    report = ImportReport(
        source_name,
        "",
        (),
        counts_of(document.meaning),
        document.coverage,
        kept,
        tuple(_too_long(document)),
    )
    choices = Choices(shlex.quote(source_name), base, prefer, allow_deletions)
    try:
        with transaction.atomic():
            with changes.record(
                who=who, origin="import", summary=f"import of {source_name}", source=source
            ) as recording:
                report = _imported(recording, document, choices, report, who)
            # After the recording, so that a dry run is checked to its end as well.
            transaction.set_rollback(dry_run)
    except changes.ChangeRefused as refusal:
        return replace(
            report, stopped=(str(refusal),), exported=None, cannot_export="", is_round_trip=False
        )
    return report


def _imported(
    recording: changes.Recording,
    document: ListDocument,
    choices: Choices,
    report: ImportReport,
    who: str,
) -> ImportReport:
    plan = plan_import(document, read_rows(), choices)
    report = replace(report, base=plan.base, plan=tuple(plan.in_words()), stopped=plan.stopped)
    if plan.stopped:
        return report
    recording.update_many((row, {"is_published": True}) for row in plan.published)
    if plan.wanted is not None:
        write(recording, plan.rows, plan.wanted)
    if plan.is_agreed:
        keep(recording, document.raw, document.meaning, who=who, origin=SnapshotOrigin.IMPORT)
    elif not is_known(document.raw):
        keep_below_newest(recording, document.raw, document.meaning, who=who)
    return _with_round_trip(report, document)


def _with_round_trip(report: ImportReport, document: ListDocument) -> ImportReport:
    newest = newest_snapshot()
    assert newest is not None
    text = bytes(newest.text)
    agreed = document if text == document.raw else readme.parse(readme.decode(text))
    try:
        out = text_saying(agreed, read_rows()).encode()
    except CannotExport as reason:
        return replace(report, cannot_export=str(reason))
    return replace(report, exported=out, is_round_trip=out == document.raw)


def _read(data: bytes) -> ListDocument:
    if not data.strip():
        raise readme.ListRefused("The text is empty.")
    document = readme.parse(readme.decode(data))
    if not document.is_list:
        raise readme.ListRefused(
            "The text holds no list item, no table row and no linked heading: is it a list?"
        )
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
