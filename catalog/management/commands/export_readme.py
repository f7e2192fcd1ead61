"""`manage.py export_readme [FILE]`: write the list as the rows say it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from catalog import sync
from catalog.management.commands.import_readme import count, operator, reason

WOULD_CHANGE, CANNOT = 1, 2


class Command(BaseCommand):
    help = (
        "Write the list as the rows say it, to FILE or to standard output. Exit status: 0 done or "
        "nothing to do, 1 with --check if FILE would change, 2 cannot; nothing was written then."
    )
    # They would load every page of the site, which takes as long as all the rest.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default="-", help="left out, or -: standard output"
        )
        parser.add_argument("--check", action="store_true", help="only say whether it would change")
        parser.add_argument("--diff", action="store_true", help="only print what would change")
        parser.add_argument(
            "--canonical", action="store_true", help="in our own form, not in that of the list"
        )
        parser.add_argument(
            "--refresh-toc",
            action="store_true",
            dest="refresh_contents",
            help="mend the table of contents as well",
        )
        parser.add_argument(
            "--allow-deletions", type=count, metavar="N", help="so many records may be removed"
        )

    def handle(self, *, file: str, check: bool, diff: bool, **options: Any) -> None:
        path = None if file == "-" else Path(file)
        choices = {
            name: options[name] for name in ("canonical", "refresh_contents", "allow_deletions")
        }
        try:
            if check or diff:
                self._compare(sync.plan_export(**choices), path, check=check, diff=diff)
                return
            report = sync.export_readme(path, who=operator(), **choices)
            if path is None:
                self._hand_out(report.text)
        except (sync.CannotExport, OSError, DatabaseError) as error:
            said = f"{reason(error)}\nNothing was written."
            raise CommandError(said, returncode=CANNOT) from None
        self._tell(report, path)

    def _compare(
        self, report: sync.ExportReport, path: Path | None, *, check: bool, diff: bool
    ) -> None:
        """Against FILE, or without one against the newest text that was agreed on."""
        there = report.agreed
        if path is not None:
            there = path.read_bytes() if path.exists() else b""
        if diff:
            for line in sync.diff(there, report.text, path.name if path else "README.md"):
                self.stdout.write(line)
        if check and there != report.text:
            lines = sync.changed_lines(there, report.text)
            raise CommandError(
                f"{lines:,} line{'s' * (lines != 1)} would change: {_remedy(report, path, there)}",
                returncode=WOULD_CHANGE,
            )

    def _hand_out(self, text: bytes) -> None:
        """The exact bytes, without what a text stream makes of line ends."""
        stream: Any = getattr(self.stdout, "_out", self.stdout)
        if hasattr(stream, "buffer"):
            stream.buffer.write(text)
            stream.buffer.flush()
        else:  # a StringIO of call_command
            stream.write(text.decode())

    def _tell(self, report: sync.ExportReport, path: Path | None) -> None:
        """On standard error, because the text may have gone to standard output."""
        if path is None or report.is_written:
            for sentence in report.plan:
                self.stderr.write(f"  {sentence}")
        if path is not None:
            done = "written" if report.is_written else "as it was"
            self.stderr.write(f"{path}: {len(report.text):,} bytes, {done}.")
        if report.unstated:
            self.stderr.write(
                f"Not written, for this list has no place for it: {', '.join(report.unstated)}."
            )


def _remedy(report: sync.ExportReport, path: Path | None, there: bytes) -> str:
    if path is None or not there.strip() or sync.is_known(there):
        return f"manage.py export_readme {shlex.quote(str(path)) if path else 'FILE'}"
    return (
        f"{path} was changed since, {sync.lines_never_imported(report, there)}. "
        f"First manage.py import_readme {shlex.quote(str(path))}"
    )
