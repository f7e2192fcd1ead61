"""`manage.py git_sync DIR`: once round between the rows and the list's git repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from catalog import git_loop, sync
from catalog.management.commands.import_readme import (
    CANNOT,
    STOPPED,
    as_text,
    count,
    operator,
    reason,
)
from catalog.readme import ListRefused


class Command(BaseCommand):
    help = (
        "Fetch the list's branch, take what is new in it into the catalogue, commit what the "
        "catalogue says and push it. Exit status: 0 done or nothing to do, 1 stopped (conflicts, "
        "or something that a person must confirm; nothing was written), 2 cannot. docs/git.md "
        "tells how to set it up."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="a clone of the list's repository")
        parser.add_argument("--file", default="README.md", help="the list in it (README.md)")
        parser.add_argument("--remote", default="origin", help="where it comes from (origin)")
        parser.add_argument("--branch", default="", help="the remote's own default branch")
        parser.add_argument(
            "--dry-run", action="store_true", help="fetch, print the plan, write nothing"
        )
        parser.add_argument(
            "--co-authors",
            action="store_true",
            dest="with_addresses",
            help="name curators with their e-mail addresses in the commit, for everybody to read",
        )
        parser.add_argument(
            "--base",
            default="",
            metavar="newest|ID",
            help="what the branch descends from, where the history does not tell",
        )
        parser.add_argument(
            "--prefer",
            choices=("database", "file"),
            default="",
            help="whose word holds where both changed the same; lifts no stop",
        )
        parser.add_argument(
            "--allow-deletions", type=count, metavar="N", help="so many records may be removed"
        )

    def handle(self, *, folder: str, **options: Any) -> None:
        where = {name: options[name] for name in ("file", "remote", "branch")}
        decided = ("base", "prefer", "allow_deletions", "dry_run", "with_addresses")
        choices = git_loop.Choices(**{name: options[name] for name in decided})
        try:
            report = git_loop.sync_repository(
                Path(folder), operator=operator(), choices=choices, **where
            )
        except (ListRefused, sync.NoSuchBase, git_loop.GitFailed, OSError, DatabaseError) as error:
            raise CommandError(f"{folder}: {reason(error)}", returncode=CANNOT) from None
        except sync.CannotExport as error:
            said = f"{folder}: the branch was imported, and nothing was pushed. {error}"
            raise CommandError(said, returncode=CANNOT) from None
        self._tell(report, folder, dry_run=options["dry_run"])

    def _tell(self, report: git_loop.LoopReport, folder: str, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for sentence in report.earlier:
            self.stdout.write(f"  {sentence}, before the branch moved")
        for line in as_text(report.imported, dry_run=dry_run):
            self.stdout.write(line)
        if report.imported.stopped:
            raise CommandError(
                "\n".join(
                    (
                        *report.imported.stopped,
                        "Nothing was written and nothing pushed. Change one of the two sides, or "
                        f"add what is said above to manage.py git_sync {folder}",
                    )
                ),
                returncode=STOPPED,
            )
        if dry_run:
            for line in sync.diff(report.text, report.imported.exported or report.text):
                self.stdout.write(line)
        elif report.commit:
            subject = report.message.partition("\n")[0]
            self.stdout.write(f"Pushed {report.commit[:12]}: {subject}")
        else:
            self.stdout.write("Nothing to push.")
