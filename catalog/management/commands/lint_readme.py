"""`manage.py lint_readme FILE`: what a curator should look at in a list; needs no database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import readme, sync
from catalog.management.commands.import_readme import bytes_of, reason
from catalog.readme import lint

FOUND, CANNOT = 1, 2

# What GitHub's workflows call them.
_AT_GITHUB = {lint.ERROR: "error", lint.WARNING: "warning", lint.HINT: "notice"}


class Command(BaseCommand):
    help = (
        "Say what should be looked at in FILE. Exit status: 0 no error, 1 errors (with --strict "
        "any finding), 2 FILE cannot be read."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the list; - reads standard input")
        parser.add_argument("--base", metavar="OLD", help="say only what FILE adds to this text")
        parser.add_argument(
            "--fix", action="store_true", help="mend the table of contents in FILE first"
        )
        parser.add_argument("--strict", action="store_true", help="every finding counts as error")
        parser.add_argument("--format", choices=("text", "json", "github"), default="text")

    def handle(self, *, file: str, base: str | None, fix: bool, **options: Any) -> None:
        if fix and file == "-":
            raise CommandError("--fix writes into FILE: name it.", returncode=CANNOT)
        today = datetime.now(UTC).date()
        try:
            text = sync.read_list(bytes_of(file)).text
            if fix:
                text = self._fixed(Path(file), text)
            findings = lint.lint(text, today)
            if base is not None:
                findings = lint.added(lint.lint(readme.decode(bytes_of(base)), today), findings)
        except (readme.ListRefused, OSError) as error:
            raise CommandError(f"{file}: {reason(error, file)}", returncode=CANNOT) from None
        for line in _FORMATS[options["format"]](findings, file):
            self.stdout.write(line)
        counts = Counter(finding.severity for finding in findings)
        if counts[lint.ERROR] or (options["strict"] and findings):
            raise CommandError(_counted(counts), returncode=FOUND)
        self.stderr.write(_counted(counts))

    def _fixed(self, path: Path, text: str) -> str:
        """The text with its contents following the headings, written if that changed it."""
        fixed = readme.refresh_contents(readme.parse(text))
        if sync.replace_file(path, fixed.encode()):
            self.stderr.write(f"{path}: the contents now follow the headings.")
        return fixed


def _as_text(findings: Sequence[lint.Finding], file: str) -> Iterator[str]:
    for finding in findings:
        where = f"{file}:{finding.line}: {finding.severity}"
        yield f"{where}: {_said(finding)} {finding.fix} [{finding.rule}]"


def _as_json(findings: Sequence[lint.Finding], file: str) -> Iterator[str]:
    found = [asdict(finding) for finding in findings]
    yield json.dumps({"file": file, "findings": found}, ensure_ascii=False, indent=1)


def _for_github(findings: Sequence[lint.Finding], file: str) -> Iterator[str]:
    """Workflow commands: GitHub shows each beside its line in the pull request."""
    for finding in findings:
        place = f"file={_escaped(file)},line={finding.line},title={_escaped(finding.rule)}"
        said = _escaped(f"{_said(finding)} {finding.fix}", "%\r\n")
        yield f"::{_AT_GITHUB[finding.severity]} {place}::{said}"


def _escaped(value: str, special: str = "%:,\r\n") -> str:
    """Or what stands in a list could begin a line, and with it a command of its own."""
    for character in special:
        value = value.replace(character, f"%{ord(character):02X}")
    return value


def _said(finding: lint.Finding) -> str:
    return f"{finding.sentence} See line {finding.other}." if finding.other else finding.sentence


def _counted(counts: Counter[str]) -> str:
    said = [f"{n} {name}{'s' * (n != 1)}" for name in lint.SEVERITIES if (n := counts[name])]
    return f"{', '.join(said)}." if said else "Nothing to look at."


_FORMATS = {"text": _as_text, "json": _as_json, "github": _for_github}
