"""`manage.py sync_readme FILE`: import FILE, then export to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from catalog import sync
from catalog.management.commands.import_readme import (
    CANNOT,
    add_choices,
    as_json,
    as_text,
    chosen,
    reason,
    refuse_if_stopped,
)
from catalog.readme import ListRefused


class Command(BaseCommand):
    help = (
        "Take what FILE says into the catalogue, then write what the catalogue says into FILE. "
        "Exit status: 0 done, 1 stopped (conflicts, or something that a person must confirm; "
        "nothing was written), 2 FILE cannot be read or written."
    )
    # They would load every page of the site, which takes as long as all the rest.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the list")
        add_choices(parser)

    def handle(self, *, file: str, dry_run: bool, **options: Any) -> None:
        try:
            report = sync.sync_readme(Path(file), dry_run=dry_run, **chosen(options))
        except (ListRefused, sync.NoSuchBase, OSError, DatabaseError) as error:
            raise CommandError(
                f"{file} is not synced. {reason(error, file)}", returncode=CANNOT
            ) from None
        except sync.CannotExport as error:
            said = f"{file} was imported, and not written. {error}"
            raise CommandError(said, returncode=CANNOT) from None
        self._tell(report, file, dry_run=dry_run, is_json=options["format"] == "json")
        refuse_if_stopped(report.imported, dry_run=dry_run)

    def _tell(self, report: sync.SyncReport, file: str, *, dry_run: bool, is_json: bool) -> None:
        out = report.exported
        if is_json:
            is_written = out is not None and out.is_written
            self.stdout.write(as_json(report.imported, dry_run=dry_run, file_written=is_written))
            return
        for line in as_text(report.imported, dry_run=dry_run):
            self.stdout.write(line)
        if out is not None:
            done = "written" if out.is_written else "as it was"
            self.stdout.write(f"{file}: {len(out.text):,} bytes, {done}.")
