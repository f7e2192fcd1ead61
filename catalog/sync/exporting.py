"""export_readme: write what the rows say into the file, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog import changes, readme
from catalog.models import Snapshot, SnapshotOrigin
from catalog.readme import Meaning
from catalog.sync import stops
from catalog.sync.files import replace_file, unknown_lines
from catalog.sync.rows import Rows, read_rows
from catalog.sync.snapshots import keep, meaning_of, newest_snapshot


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


class CannotExport(Exception):
    """Nothing was written; the message says why and what to do."""


def export_text(*, allow_deletions: int | None = None) -> bytes:
    """The bytes of the README that the published rows make. Raises CannotExport."""
    return plan_export(allow_deletions=allow_deletions).text


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
        report = plan_export(
            canonical=canonical, refresh_contents=refresh_contents, allow_deletions=allow_deletions
        )
        if path is not None:
            _refuse_to_overwrite(path, report)
        keep(recording, report.text, report.meaning, who=who, origin=SnapshotOrigin.EXPORT)
        if path is not None:
            replace_file(path, report.text)
    return report


def plan_export(
    *,
    canonical: bool = False,
    refresh_contents: bool = False,
    allow_deletions: int | None = None,
) -> ExportReport:
    """What an export would write. Raises CannotExport if there is nothing, or no form for it."""
    rows = read_rows()
    newest = newest_snapshot()
    if newest is None and not rows.meaning.sections:
        raise CannotExport(
            "The catalogue is empty and nothing was imported yet: import_readme FILE first."
        )
    agreed = bytes(newest.text) if newest is not None else b""
    edits: tuple[readme.Edit, ...] = ()
    if newest is not None:
        said = meaning_of(newest)
        edits = readme.compare(said, rows.meaning)
        stopped = (
            *stops.another_grammar(newest),
            *stops.many_removals(said, edits, allow_deletions, "export_readme"),
        )
        if stopped:
            raise CannotExport("\n".join(stopped))
    if newest is None or canonical:
        text = readme.render(rows.meaning)
    else:
        text = _patched(_nearest(newest, rows.meaning), rows.meaning)
    if refresh_contents:
        text = readme.refresh_contents(readme.parse(text))
    return ExportReport(
        text.encode(), agreed, rows.meaning, tuple(readme.in_words(edits)), rows.unstated()
    )


def _nearest(newest: Snapshot, meaning: Meaning) -> Snapshot:
    """The text to patch: the newest, or an older one of our own that said just what is said now.

    So an undo gives the very bytes of before back, kept text included, although an export came
    between. Nothing of anybody else is lost: back to the last import the texts are all ours.
    """
    if meaning_of(newest) == meaning:
        return newest
    snapshot = newest
    for older in Snapshot.objects.order_by("-pk")[1:].iterator():
        if snapshot.origin != SnapshotOrigin.EXPORT or older.grammar != readme.GRAMMAR:
            break
        if meaning_of(older) == meaning:
            return older
        snapshot = older
    return newest


def _patched(snapshot: Snapshot, meaning: Meaning) -> str:
    document = readme.parse(readme.decode(bytes(snapshot.text)))
    try:
        return readme.patch(document, readme.compare(document.meaning, meaning))
    except readme.Unstatable as error:
        raise CannotExport(str(error)) from error


def exported(rows: Rows, text: bytes, agreed: Meaning) -> bytes:
    """What the rows make of a text that was just agreed on."""
    document = readme.parse(readme.decode(text))
    return readme.patch(document, readme.compare(agreed, rows.meaning)).encode()


def _refuse_to_overwrite(path: Path, report: ExportReport) -> None:
    """Only a text that we know may be overwritten."""
    if path.is_dir():
        raise CannotExport(f"{path} is a directory: name the file in it.")
    if not path.parent.is_dir():
        raise CannotExport(f"{path.parent} is no directory: make it first.")
    there = path.read_bytes() if path.exists() else b""
    if not there.strip() or there == report.text:
        return
    if any(bytes(text) == there for text in Snapshot.objects.values_list("text", flat=True)):
        return
    lines = unknown_lines(report.agreed, there)
    first = f"; the first is line {lines[0][0]}: {lines[0][1].strip()[:80]!r}" if lines else ""
    raise CannotExport(
        f"{path} was changed since: {len(lines)} of its lines were never imported{first}.\n"
        f"To keep both sides: manage.py import_readme {path}, then export again."
    )
