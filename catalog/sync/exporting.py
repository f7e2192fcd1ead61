"""export_readme: write what the rows say into the file, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from catalog import changes, readme, words
from catalog.models import Snapshot, SnapshotOrigin
from catalog.readme import Edit, ListDocument, Meaning
from catalog.sync import stops
from catalog.sync.canonical import LosesKeptText, canonical_text
from catalog.sync.files import replace_file, unknown_lines
from catalog.sync.rows import Rows, read_rows
from catalog.sync.snapshots import (
    document_of,
    is_known,
    keep,
    meaning_of,
    newest_snapshot,
)
from catalog.sync.unstatable import what_cannot_be_said

# How far back a nearer text is looked for: each costs a comparison of all that is said.
_MOST_TEXTS: Final = 50


@dataclass(frozen=True)
class ExportReport:
    """The text that the rows make."""

    text: bytes
    agreed: bytes
    """The newest text that was imported or exported; empty if none was."""
    meaning: Meaning
    plan: tuple[str, ...]
    """What changes in the agreed text, in words."""
    unstated: tuple[str, ...]
    """The fields that rows fill and this list has no place for."""
    edits: tuple[Edit, ...] = ()
    """The same, for those who say it in words of their own."""
    many_removals: str = ""
    """The stop that only `allow_deletions` lifts, in its own words."""
    is_written: bool = False
    """Whether the file was other than that before."""


class CannotExport(Exception):
    """Nothing was written; the message says why and what to do."""


def export_text(*, allow_deletions: int | None = None) -> bytes:
    """The bytes of the README that the published rows make. Raises CannotExport."""
    return plan_export(allow_deletions=allow_deletions).text


def plan_export(
    *,
    canonical: bool = False,
    refresh_contents: bool = False,
    allow_deletions: int | None = None,
) -> ExportReport:
    """What an export would write, without doing it. Raises CannotExport."""
    # Nothing is recorded; but rows and snapshots are read under the lock, as one state of affairs.
    with changes.record(who="export", origin="command"):
        return planned(read_rows(), newest_snapshot(), canonical, refresh_contents, allow_deletions)


def export_readme(
    path: Path | None,
    *,
    who: str,
    canonical: bool = False,
    refresh_contents: bool = False,
    allow_deletions: int | None = None,
) -> ExportReport:
    """Write what the rows say to a file (None: the caller hands it out) and remember the text.

    Raises CannotExport and OSError. The file is replaced as the last act inside the transaction:
    killed before, nothing has changed; killed after, the file equals what the rows make, and the
    next export sees that.
    """
    with changes.record(who=who, origin="command", summary="export") as recording:
        report = planned(
            read_rows(), newest_snapshot(), canonical, refresh_contents, allow_deletions
        )
        if path is not None:
            _refuse_to_overwrite(path, report)
        keep(recording, report.text, report.meaning, who=who, origin=SnapshotOrigin.EXPORT)
        if path is not None:
            report = replace(report, is_written=replace_file(path, report.text))
    return report


# The text.


def planned(
    rows: Rows,
    newest: Snapshot | None,
    canonical: bool = False,
    refresh_contents: bool = False,
    allow_deletions: int | None = None,
) -> ExportReport:
    """What an export of these rows would write. For those who hold the lock; see plan_export."""
    many = ""
    if newest is None:
        text = _first_text(rows)
        agreed, edits = b"", readme.compare(Meaning(), rows.meaning)
    else:
        agreed, said = bytes(newest.text), meaning_of(newest)
        edits = readme.compare(said, rows.meaning, rows.former)
        many = "".join(stops.many_removals(said, edits, None, "export_readme"))
        stopped = (
            *stops.another_grammar(newest, "export_readme"),
            *stops.many_removals(said, edits, allow_deletions, "export_readme"),
        )
        if stopped:
            raise CannotExport("\n".join(stopped))
        nearest = document_of(_nearest(newest, rows, len(edits)))
        text = text_saying(nearest, rows, edits if nearest.says(said) else None)
        if canonical:
            text = _canonical(readme.parse(text, rows.meaning.organisations))
    if refresh_contents:
        text = readme.refresh_contents(readme.parse(text, rows.meaning.organisations))
    plan = (*readme.in_words(edits, words.entry()), *_lost_with(edits, newest))
    return ExportReport(text.encode(), agreed, rows.meaning, plan, rows.unstated(), edits, many)


def text_saying(document: ListDocument, rows: Rows, edits: Sequence[Edit] | None = None) -> str:
    """The text of a document with the changes that make it say what the rows say.

    `edits` are these changes, where they are known. Raises CannotExport if it has no form for them.
    """
    if edits is None:
        edits = readme.compare(document.meaning, rows.meaning, rows.former)
    try:
        return readme.patch(document, edits)
    except ValueError as error:  # Unstatable, or a kind that the table no longer knows
        raise CannotExport(what_cannot_be_said(edits) or str(error)) from error


def _first_text(rows: Rows) -> str:
    """Rows that never met a file: our own form is the only one that there is."""
    if not rows.meaning.sections:
        raise CannotExport(
            "Nothing is published, and no list was imported yet: import_readme FILE first."
        )
    text = readme.render(rows.meaning)
    if readme.parse(text).meaning != rows.meaning:
        edits = readme.compare(Meaning(), rows.meaning)
        raise CannotExport(what_cannot_be_said(edits) or "A list has no form that says this.")
    return text


def _canonical(document: ListDocument) -> str:
    try:
        return canonical_text(document)
    except LosesKeptText as error:
        raise CannotExport(str(error)) from error


def _nearest(newest: Snapshot, rows: Rows, edits: int) -> Snapshot:
    """The text to patch: the newest, unless an older one of our own is nearer to what is said.

    So an undo gives the very bytes of before back, kept text included, although an export came
    between. Nothing of anybody else is lost: back to the last import the texts are all ours.
    """
    nearest, snapshot = newest, newest
    older_ones = Snapshot.objects.order_by("-pk")[1:_MOST_TEXTS].iterator()
    while edits and snapshot.origin == SnapshotOrigin.EXPORT:
        older = next(older_ones, None)
        if older is None or older.grammar != readme.GRAMMAR:
            break
        fewer = len(readme.compare(meaning_of(older), rows.meaning, rows.former))
        if fewer < edits:
            nearest, edits = older, fewer
        snapshot = older
    return nearest


def _lost_with(edits: Sequence[Edit], agreed: Snapshot | None) -> Iterator[str]:
    """What no record holds and goes with a thing that is removed, quoted."""
    removed = {edit.path: edit.at for edit in edits if edit.kind == "remove" and edit.at}
    if agreed is None or not removed:
        return
    document = document_of(agreed)
    for path, at in removed.items():
        place = document.thing(at).place
        kept = document.kept_within(place.lines) if place is not None else None
        if kept is not None:
            text = document.raw[kept.start : kept.end].decode().strip()
            yield f"with {' > '.join(path)} goes text that no record holds: {text!r}"


# The file.


def _refuse_to_overwrite(path: Path, report: ExportReport) -> None:
    """Only a text that we know may be overwritten."""
    if path.is_dir():
        raise CannotExport(f"{path} is a directory: name the file in it.")
    if path.exists() and not path.is_file():
        raise CannotExport(f"{path} is no file: without FILE the text goes to standard output.")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise CannotExport(f"{folder} is no directory: make it first.")
    there = path.read_bytes() if path.exists() else b""
    if not there.strip() or there == report.text or is_known(there):
        return
    said = lines_never_imported(report, there)
    raise CannotExport(
        f"{path} was changed since: {said}.\n"
        f"To keep both sides: manage.py import_readme {shlex.quote(str(path))}, then export again."
    )


def lines_never_imported(report: ExportReport, there: bytes) -> str:
    """How many lines of a file we do not know, and the first of them; in words."""
    lines = unknown_lines(report.agreed, there)
    if not lines:
        return "lines that were imported are gone or stand elsewhere"
    number, line = lines[0]
    counted = "1 of its lines was" if len(lines) == 1 else f"{len(lines):,} of its lines were"
    return f"{counted} never imported; the first is line {number}: {line.strip()[:80]!r}"
