"""`manage.py import_readme FILE`: take what the file says into the catalogue."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import sync
from catalog.readme import ListRefused

STOPPED, CANNOT_READ = 1, 2


class Command(BaseCommand):
    help = (
        "Take what FILE says into the catalogue. Exit status: 0 done, 1 stopped (conflicts, or "
        "something that a person must confirm; nothing was written), 2 FILE cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the list; - reads standard input")
        parser.add_argument("--dry-run", action="store_true", help="print the plan, write nothing")
        parser.add_argument(
            "--base",
            default="",
            metavar="newest|ID|FILE",
            help="the snapshot that FILE descends from",
        )
        parser.add_argument(
            "--prefer",
            choices=("database", "file"),
            default="",
            help="whose value holds where the two differ; lifts no stop",
        )
        parser.add_argument(
            "--allow-deletions", type=int, metavar="N", help="so many records may be removed"
        )
        parser.add_argument("--by", default="", metavar="NAME", help="who made the changes")
        parser.add_argument(
            "--from", dest="source", default="", metavar="URL", help="where they come from"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file: str, dry_run: bool, **options: Any) -> None:
        try:
            report = sync.import_readme(
                _read(file),
                who=options["by"] or getpass.getuser(),
                source_name=file,
                source=options["source"],
                dry_run=dry_run,
                allow_deletions=options["allow_deletions"],
                base=options["base"],
                prefer=options["prefer"],
            )
        except (ListRefused, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CommandError(f"{file} cannot be read: {reason}", returncode=CANNOT_READ) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(report, dry_run), ensure_ascii=False, indent=1))
        else:
            for line in _as_text(report, dry_run):
                self.stdout.write(line)
        if report.stopped:
            raise CommandError(
                "\n".join((*report.stopped, "Nothing was written.")), returncode=STOPPED
            )


def _read(file: str) -> bytes:
    """The bytes of FILE. Raises OSError."""
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _as_text(report: sync.ImportReport, dry_run: bool) -> Iterator[str]:
    if report.base:
        yield report.base
    if not report.stopped:
        yield from (f"  {sentence}" for sentence in report.plan)
    yield _kept(report)
    if report.stopped:
        return
    yield f"{'Would import' if dry_run else 'Imported'} {report.source_name}: {report.counts}."
    yield _links(report)
    if report.exported is not None:
        yield f"Exported again: {len(report.exported):,} bytes, {_round_trip(report)}."


def _kept(report: sync.ImportReport) -> str:
    """What no record holds is said first: it is what a curator does not expect."""
    lines = len(report.kept)
    if not lines:
        return "No line is kept text."
    number, text = report.kept[0]
    none_taken = "" if report.counts.models else "No model was found. "
    return (
        f"{none_taken}{lines} line{'s' * (lines != 1)} kept as text that no record holds, with "
        f"{report.coverage.in_kept} links; the first is line {number}: {text.strip()[:60]!r}"
    )


def _links(report: sync.ImportReport) -> str:
    links = report.coverage
    return (
        f"{links.total} links: {links.in_records} in records, {links.in_contents} in the contents, "
        f"{links.in_prose} in prose, {links.in_kept} in kept text."
    )


def _round_trip(report: sync.ImportReport) -> str:
    return "the same" if report.is_round_trip else "which differ from the file"


def _as_json(report: sync.ImportReport, dry_run: bool) -> dict[str, Any]:
    return {
        "source": report.source_name,
        "base": report.base,
        "plan": list(report.plan),
        "counts": asdict(report.counts),
        "links": {**report.coverage._asdict(), "total": report.coverage.total},
        "kept": [{"line": number, "text": text} for number, text in report.kept],
        "round_trip": report.is_round_trip,
        "stopped": list(report.stopped),
        "written": not report.stopped and not dry_run,
    }
