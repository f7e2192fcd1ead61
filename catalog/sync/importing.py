"""import_readme: take what a file says into the rows.

Import is a fast-forward: rows and file may not both have changed since the text that they agreed
on. Whatever stops it, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from catalog import changes, readme
from catalog.models import SnapshotOrigin
from catalog.readme import Edit, Link, ListDocument
from catalog.readme.document import Coverage
from catalog.readme.meaning import Thing
from catalog.sync import stops
from catalog.sync.exporting import exported
from catalog.sync.files import changed_lines
from catalog.sync.rows import Branch, Counts, Rows, counts_of, read_rows
from catalog.sync.snapshots import NoSuchBase, find_base, keep, meaning_of
from catalog.sync.writing import write_edits


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do, or why it stopped."""

    source_name: str
    base: str
    """A sentence that names the text from which the changes are counted."""
    plan: tuple[str, ...]
    """The changes of the rows, in words."""
    counts: Counts
    """How much the file holds,"""
    coverage: Coverage
    """where its links are,"""
    kept: tuple[tuple[int, str], ...]
    """and its lines that no record holds: number and text."""
    stopped: tuple[str, ...] = ()
    """Why nothing was done; empty if it was."""
    exported: bytes | None = None
    """What an export would write now; None if the import stopped."""
    is_round_trip: bool = False
    """Whether those are the bytes of the file."""


@dataclass(frozen=True)
class _Plan:
    base: str
    edits: tuple[Edit, ...] = ()
    stopped: tuple[str, ...] = ()


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
    those of the command. With `dry_run` all is done and taken back. Raises readme.ListRefused.
    """
    document = _read(data)
    kept = tuple(_kept_lines(document))
    report = ImportReport(source_name, "", (), counts_of(document.meaning), document.coverage, kept)
    try:
        with changes.record(
            who=who, origin="import", summary=f"import of {source_name}", source=source
        ) as recording:
            rows = read_rows()
            plan = _plan(document, rows, base, prefer, allow_deletions)
            report = replace(
                report,
                base=plan.base,
                plan=tuple(readme.in_words(plan.edits)),
                stopped=plan.stopped,
            )
            if plan.stopped:
                return report
            write_edits(recording, rows, plan.edits)
            keep(recording, data, document.meaning, who=who, origin=SnapshotOrigin.IMPORT)
            out = exported(read_rows(), data, document.meaning)
            report = replace(report, exported=out, is_round_trip=out == data)
            if dry_run:
                transaction.set_rollback(True)
    except changes.ChangeRefused as refusal:
        return replace(report, stopped=(str(refusal),), exported=None)
    return report


def _read(data: bytes) -> ListDocument:
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


def _kept_lines(document: ListDocument) -> Iterator[tuple[int, str]]:
    number = 1
    for piece in document.partition:
        lines = document.raw[piece.start : piece.end].decode().split("\n")
        if piece.owner == "kept":
            yield from (
                (number + i, line.rstrip("\r")) for i, line in enumerate(lines) if line.strip()
            )
        number += len(lines) - 1


# The plan.


def _plan(
    document: ListDocument, rows: Rows, base: str, prefer: str, allow_deletions: int | None
) -> _Plan:
    """What the file asks of the rows, or the sentences that stop it."""
    theirs, data = document.meaning, document.raw
    stopped = tuple(stops.conflict_markers(data))
    if stopped:
        return _Plan("", (), stopped)
    try:
        found = find_base(data, theirs, base)
    except NoSuchBase as error:
        return _Plan("", (), (str(error),))
    if found.doubts:
        return _Plan(found.sentence, (), found.doubts)
    if found.snapshot is None:
        edits = tuple(_without_losses(readme.compare(rows.meaning, theirs), prefer))
        conflicts = () if prefer else tuple(_differing(edits))
        return _settled(_Plan(found.sentence, edits, conflicts), rows, prefer)
    agreed = meaning_of(found.snapshot)
    is_known = bytes(found.snapshot.text) == data and found.snapshot.grammar == readme.GRAMMAR
    there = () if is_known else readme.compare(agreed, theirs)
    here = readme.compare(agreed, rows.meaning)
    if not there:
        changed = "; what has changed since stays" if here else ""
        return _Plan(f"{found.sentence} The file holds nothing new{changed}.")
    if rows.meaning == theirs:
        return _Plan(f"{found.sentence} The rows say the same already.")
    if here:
        lines = changed_lines(bytes(found.snapshot.text), data)
        return _Plan(found.sentence, there, tuple(_both_changed(here, there, lines)))
    stopped = (
        *stops.another_list(agreed, there),
        *stops.many_removals(agreed, there, allow_deletions, "import_readme"),
    )
    return _settled(_Plan(found.sentence, there, stopped), rows, prefer)


def _without_losses(edits: Sequence[Edit], prefer: str) -> Iterator[Edit]:
    """Edits where nothing was ever agreed on: what only the rows have stays."""
    for edit in edits:
        is_conflict = edit.kind == "set" and edit.old
        if edit.kind == "remove" or (is_conflict and (not edit.new or prefer == "database")):
            continue
        yield edit


def _differing(edits: Sequence[Edit]) -> Iterator[str]:
    conflicts = [edit for edit in edits if edit.kind == "set" and edit.old]
    if conflicts:
        yield (
            f"{len(conflicts)} fields differ, and no earlier text tells which side changed them. "
            "Choose one for all: --prefer database or --prefer file."
        )
        yield from (f"  {sentence}" for sentence in readme.in_words(conflicts))


def _both_changed(here: Sequence[Edit], there: Sequence[Edit], lines: int) -> Iterator[str]:
    records = sum(_records(edit) for edit in here)
    yield (
        f"both sides changed: {records} record{'s' * (records != 1)} here, "
        f"{lines} line{'s' * (lines != 1)} there"
    )
    yield "In the database:"
    yield from (f"  {sentence}" for sentence in readme.in_words(here))
    yield "In the file:"
    yield from (f"  {sentence}" for sentence in readme.in_words(there))
    yield (
        "To keep both: export_readme to another file, put the changes of this file into it, and "
        "import that."
    )


def _records(edit: Edit) -> int:
    is_whole = edit.kind in ("add", "remove") and edit.thing is not None
    return sum(1 for _ in stops.with_below(edit.thing)) if is_whole and edit.thing else 1


# What is withheld here.


def _settled(plan: _Plan, rows: Rows, prefer: str) -> _Plan:
    """A file that names an unpublished record is no reason to make it a second time."""
    withheld: dict[tuple[str, ...], Branch] = dict(rows.withheld())
    if not withheld or plan.stopped:
        return plan
    conflicts: list[str] = []
    edits = []
    for edit in plan.edits:
        hidden = list(_withheld_in(edit, withheld))
        if not hidden:
            edits.append(edit)
        elif prefer != "database":
            conflicts += [
                f"withheld here: {' > '.join(path)} is in the file and unpublished in the "
                "database. Publish it first, or leave it out with --prefer database."
                for path in hidden
            ]
    return replace(plan, edits=tuple(edits), stopped=tuple(conflicts))


def _withheld_in(edit: Edit, withheld: dict[tuple[str, ...], Branch]) -> Iterator[tuple[str, ...]]:
    if edit.kind == "add" and edit.thing is not None:
        yield from (path for path in _paths(edit.thing, edit.path[:-1]) if path in withheld)


def _paths(thing: Thing, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(thing, Link):
        yield (*above, thing.name)
        for child in thing.children:
            yield from _paths(child, (*above, thing.name))
