"""`manage.py compare_readme OLD NEW`: what a change of the list means; needs no database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import readme, sync
from catalog.management.commands.import_readme import CANNOT, bytes_of, reason
from catalog.readme import lint

# A comment of a page: who wants all of it asks for JSON.
_MOST_CHANGES: Final = 200
_MOST_LINES: Final = 20
_LONGEST: Final = 200


class Command(BaseCommand):
    help = (
        "Say what NEW adds to OLD, changes and removes, entry by entry, and what should be looked "
        "at in it. Exit status: 0 compared, 2 one of the two cannot be read."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", metavar="OLD", help="the list before; - reads standard input")
        parser.add_argument("new", metavar="NEW", help="the list after")
        parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")

    def handle(self, *, old: str, new: str, **options: Any) -> None:
        before, after = _text(old), _text(new)
        compared = sync.compare_lists(before, after)
        today = datetime.now(UTC).date()
        findings = lint.added(lint.lint(before, today), lint.lint(after, today))
        for line in _FORMATS[options["format"]](compared, findings):
            self.stdout.write(line)


def _text(file: str) -> str:
    try:
        return readme.decode(bytes_of(file))
    except (readme.ListRefused, OSError) as error:
        raise CommandError(f"{file}: {reason(error, file)}", returncode=CANNOT) from None


Findings = Sequence[lint.Finding]


def _as_text(compared: sync.ListComparison, findings: Findings) -> Iterator[str]:
    yield from _told(compared, findings, quoted=_in_one_line, block=lambda lines: lines)


def _as_markdown(compared: sync.ListComparison, findings: Findings) -> Iterator[str]:
    yield "### What this changes in the list"
    yield ""
    yield from _told(compared, findings, quoted=_as_code, block=_as_block)


def _told(
    compared: sync.ListComparison, findings: Findings, *, quoted: Any, block: Any
) -> Iterator[str]:
    """No line of it begins with something that stands in the list."""
    changes, others = compared.changes, compared.other_lines
    end = "; changes nothing else" if len(changes) == 1 and not others else ""
    for change in changes[:_MOST_CHANGES]:
        told = (quoted(part) if isinstance(part, sync.Quoted) else part for part in change.told)
        yield f"- {''.join(told)}{end}"
    if len(changes) > _MOST_CHANGES:
        yield f"- and {len(changes) - _MOST_CHANGES:,} changes more"
    if not changes:
        yield "No record changes."
    elif not end and not others:
        yield ""
        yield "Nothing else changes."
    if others:
        yield ""
        yield f"Besides, {_counted(len(others), 'line')} outside of the records, or in its form:"
        yield ""
        yield from block([_in_one_line(line) for line in others[:_MOST_LINES]])
        if len(others) > _MOST_LINES:
            yield f"and {len(others) - _MOST_LINES:,} more"
    if findings:
        yield ""
        yield "Worth a look, and not there before:"
        yield ""
    for finding in findings[:_MOST_CHANGES]:
        said = quoted(f"{finding.sentence} {finding.fix}")
        yield f"- line {finding.line}, {finding.severity}: {said} [{finding.rule}]"


def _as_json(compared: sync.ListComparison, findings: Findings) -> Iterator[str]:
    said = {
        "changes": [
            {"does": change.does, "path": list(change.path), "sentence": change.sentence}
            for change in compared.changes
        ],
        "other_lines": list(compared.other_lines),
        "findings": [asdict(finding) for finding in findings],
    }
    yield json.dumps(said, ensure_ascii=False, indent=1)


_FORMATS: Final = {"text": _as_text, "markdown": _as_markdown, "json": _as_json}


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun} differs" if number == 1 else f"{number:,} {noun}s differ"


# What people wrote, so that it is only read.

# Control characters, and those that turn the direction of writing or cannot be seen.
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def _in_one_line(text: str) -> str:
    """Without line ends, and without ##[, which GitHub obeys wherever in a log it stands."""
    seen = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).replace("##[", "## [")
    return seen if len(seen) <= _LONGEST else f"{seen[:_LONGEST]}…"


def _as_code(text: str) -> str:
    """Neither markup nor a link nor a mention: between more backticks than it has itself."""
    said = _in_one_line(text)
    fence = "`" * (_most_backticks(said) + 1)
    # Blanks where it would touch the fence, or where its own blanks would be taken off.
    space = " " if said[:1] in ("`", " ", "") or said[-1:] in ("`", " ") else ""
    return f"{fence}{space}{said}{space}{fence}"


def _as_block(lines: Sequence[str]) -> Iterator[str]:
    fence = "`" * max(3, _most_backticks("\n".join(lines)) + 1)
    yield f"{fence}diff"
    yield from lines
    yield fence


def _most_backticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
