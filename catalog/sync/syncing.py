"""sync_readme: take what a file says, then write what the rows say into the same file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.sync.exporting import ExportReport, export_readme
from catalog.sync.importing import ImportReport, import_readme


@dataclass(frozen=True)
class SyncReport:
    """What both halves did."""

    imported: ImportReport
    exported: ExportReport | None = None
    """None if the import stopped, or if all was only tried."""


def sync_readme(
    path: Path,
    *,
    who: str,
    dry_run: bool = False,
    allow_deletions: int | None = None,
    **choices: Any,
) -> SyncReport:
    """Import a file and export to it, each half whole or not at all.

    `choices` are those of `import_readme`. Killed between the halves, the rows have what the file
    says, and the next sync writes the file. Whoever changes the file meanwhile is not overwritten:
    CannotExport is raised then, as by `export_readme`. Raises OSError, readme.ListRefused and
    NoSuchBase as well.
    """
    imported = import_readme(
        path.read_bytes(),
        who=who,
        source_name=str(path),
        dry_run=dry_run,
        allow_deletions=allow_deletions,
        **choices,
    )
    if imported.stopped or dry_run:
        return SyncReport(imported)
    return SyncReport(imported, export_readme(path, who=who, allow_deletions=allow_deletions))
