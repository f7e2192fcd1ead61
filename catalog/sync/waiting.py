"""What an export would write now, and who changed what since the newest text."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet

from catalog import changes, readme
from catalog.models import ChangeSet, Snapshot
from catalog.sync.commit_message import commit_message
from catalog.sync.exporting import CannotExport, planned
from catalog.sync.lines import AlteredLines, altered_lines
from catalog.sync.rows import Rows, read_rows
from catalog.sync.snapshots import newest_snapshot


@dataclass(frozen=True)
class Waiting:
    """The text that waits for an export, compared with the newest that was agreed on."""

    lines: AlteredLines
    newest: Snapshot | None
    plan: tuple[str, ...] = ()
    message: str = ""
    """With which the changed file can be committed."""
    unstated: tuple[str, ...] = ()
    stop: str = ""
    """What export_readme would say instead of writing; empty if it would write."""
    rows: Rows | None = None
    text: bytes = b""
    """What would be written of these rows."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet that could be written."""
        return self.newest is None and (self.rows is None or not self.rows.meaning.sections)

    @cached_property
    def contents_lag(self) -> bool:
        """Whether the table of contents does not lead to all headings, in their order."""
        text = self.text.decode()
        organisations = self.rows.meaning.organisations if self.rows else frozenset()
        return readme.refresh_contents(readme.parse(text, organisations)) != text

    def change_sets(self) -> QuerySet[ChangeSet]:
        """What was done since the newest text, the newest first; all, if there is none."""
        since = {"made_at__gt": self.newest.taken_at} if self.newest else {}
        made = ChangeSet.objects.filter(**since).order_by("-pk")
        return made.annotate(number_of_changes=Count("changes"))


def what_waits() -> Waiting:
    """Nothing is written, and no stop keeps the lines from being shown if there are any."""
    with changes.record(who="export", origin="command"):
        newest, rows = newest_snapshot(), read_rows()
        try:
            report = planned(rows, newest, allow_deletions=sys.maxsize)
        except CannotExport as error:
            return Waiting(AlteredLines(()), newest, stop=str(error), rows=rows)
    return Waiting(
        altered_lines(report.agreed, report.text),
        newest,
        report.plan,
        commit_message(report.edits),
        report.unstated,
        report.many_removals,
        rows,
        report.text,
    )
