"""`manage.py import_readme FILE`: take what the file says into the catalogue."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from catalog import sync, words
from catalog.readme import ListRefused

STOPPED, CANNOT = 1, 2


class Command(BaseCommand):
    help = (
        "Take what FILE says into the catalogue. Exit status: 0 done, 1 stopped (conflicts, or "
        "something that a person must confirm; nothing was written), 2 FILE, or what --base names, "
        "cannot be read."
    )
    # They would load every page of the site, which takes as long as all the rest.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the list; - reads standard input")
        add_choices(parser)

    def handle(self, *, file: str, dry_run: bool, **options: Any) -> None:
        try:
            report = sync.import_readme(
                bytes_of(file), source_name=file, dry_run=dry_run, **chosen(options)
            )
        except (ListRefused, sync.NoSuchBase, OSError, DatabaseError) as error:
            raise CommandError(
                f"{file} is not imported. {reason(error, file)}", returncode=CANNOT
            ) from None
        if options["format"] == "json":
            self.stdout.write(as_json(report, dry_run=dry_run))
        else:
            for line in as_text(report, dry_run=dry_run):
                self.stdout.write(line)
        refuse_if_stopped(report, dry_run=dry_run)


def bytes_of(file: str) -> bytes:
    """The bytes of FILE. Raises OSError."""
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


# What the commands that import ask and say.


def add_choices(parser: CommandParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="print the plan, write nothing")
    parser.add_argument(
        "--base",
        default="",
        metavar="newest|ID|FILE",
        help="what FILE descends from: the newest text, a snapshot's number, a file",
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
    parser.add_argument("--by", default="", metavar="NAME", help="who made the changes")
    parser.add_argument(
        "--from", dest="source", default="", metavar="URL", help="where they come from"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def chosen(options: dict[str, Any]) -> dict[str, Any]:
    """The options as the bridge takes them."""
    return {
        "who": options["by"] or operator(),
        **{name: options[name] for name in ("source", "allow_deletions", "base", "prefer")},
    }


def refuse_if_stopped(report: sync.ImportReport, *, dry_run: bool) -> None:
    if report.stopped:
        said = list(report.stopped)
        if report.waits and not dry_run:
            said.append(
                "The text waits in the admin (“Waiting import”): there one click chooses a side, "
                "and the next import uses what was chosen."
            )
        said.append("Nothing was written.")
        raise CommandError("\n".join(said), returncode=STOPPED)


def operator() -> str:
    """Who runs the command. A container may know nobody of its number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "manage.py"


def count(text: str) -> int:
    """The N of --allow-deletions."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is not a number of records: write 0 or more")
    return int(text)


def reason(error: Exception, file: str = "") -> str:
    """Why a command cannot do its work, for people, who have read already which `file` it is."""
    if isinstance(error, DatabaseError):
        # Further lines of it are guesses of the database's library.
        said = str(error).partition("\n")[0].rstrip(".")
        return f"The database refuses: {said}. If it is a new one: manage.py migrate."
    if isinstance(error, OSError) and error.strerror:
        is_new = error.filename and str(error.filename) != file
        return f"{error.filename}: {error.strerror}." if is_new else f"{error.strerror}."
    return str(error)


# The report.


def as_text(report: sync.ImportReport, *, dry_run: bool) -> Iterator[str]:
    if report.base:
        yield report.base
    yield _kept(report)
    yield from report.too_long
    yield from (f"  {sentence}" for sentence in report.plan)
    if report.stopped:
        return
    yield f"{'Would import' if dry_run else 'Imported'} {report.source_name}: {report.counts}."
    yield _links(report)
    if report.exported is None:
        yield f"It cannot be exported: {report.cannot_export}"
    elif report.is_round_trip:
        yield f"Exported again: the same {len(report.exported):,} bytes."
    else:
        yield (
            f"Exported again: {len(report.exported):,} bytes, which differ from the file: "
            "export_readme writes what only the database says."
        )


def _kept(report: sync.ImportReport) -> str:
    """What no record holds is said first: it is what a curator does not expect."""
    lines = len(report.kept)
    if not lines:
        return "No line is kept text."
    number, text = report.kept[0]
    none_taken = "" if report.counts.models else f"No {words.entry().one} was found. "
    return (
        f"{none_taken}{_counted(lines, 'line')} kept as text that no record holds, with "
        f"{_counted(report.coverage.in_kept, 'link')}; the first is line {number}: "
        f"{text.strip()[:60]!r}"
    )


def _links(report: sync.ImportReport) -> str:
    links = report.coverage
    return (
        f"{_counted(links.total, 'link')}: {links.in_records} in records, "
        f"{links.in_contents} in the contents, "
        f"{links.in_prose} in prose, {links.in_kept} in kept text."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def as_json(report: sync.ImportReport, *, dry_run: bool, **more: Any) -> str:
    said = {
        "source": report.source_name,
        "base": report.base,
        "plan": list(report.plan),
        "counts": asdict(report.counts),
        "links": {**report.coverage._asdict(), "total": report.coverage.total},
        "kept": [{"line": number, "text": text} for number, text in report.kept],
        "too_long": list(report.too_long),
        "round_trip": report.is_round_trip,
        "cannot_export": report.cannot_export,
        "stopped": list(report.stopped),
        "waits": report.waits and not dry_run,
        "written": not report.stopped and not dry_run,
        **more,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)
