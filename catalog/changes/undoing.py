"""undo and restore: put rows back as they were, in bulk, or say why not and write nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from catalog import words
from catalog.changes.journal import ChangeRefused
from catalog.changes.places import Group, group_of
from catalog.changes.recording import record
from catalog.changes.reversal import Reversal, last_deletion, row_before
from catalog.models import Change, ChangeSet


@dataclass(frozen=True, slots=True)
class UndoReport:
    """`change_set` tells what was put back (None: nothing), `restored` counts the rows.

    `problems` are sentences; if there is one, nothing was written.
    """

    change_set: ChangeSet | None
    restored: int
    problems: tuple[str, ...]


def undo(change_set: ChangeSet, *, who: str) -> UndoReport:
    """Reverse all that a ChangeSet did, as a ChangeSet of its own, which can be undone as well.

    A value that somebody has changed again since is not overwritten: that is a problem. So is a
    row that others have come to depend on. Renumbering that only made room is none. The snapshot
    of an import stays: the text was taken, whatever became of its rows.
    """
    summary = f"undo of {change_set.pk}"
    if change_set.summary:
        summary += f": {change_set.summary}"
    return _put_back(lambda: list(change_set.changes.order_by("pk")), who=who, summary=summary)


def restore(table: str, object_id: int, *, who: str) -> UndoReport:
    """Bring back a deleted row, with all that was below it and was deleted in the same ChangeSet.

    It gets its old key, slug, aliases and number among its siblings. What it stood below must be
    there.
    """
    last = last_deletion(table, object_id)
    if last is None:
        problem = f"No deletion is known of {words.of_table(table)} number {object_id}."
        return UndoReport(None, 0, (problem,))
    summary = f"restore {row_before(last)}"
    return _put_back(lambda: _deleted_with(table, object_id), who=who, summary=summary)


def _deleted_with(table: str, object_id: int) -> list[Change]:
    """The last deletion of a row, and those of all below it that went at the same time."""
    last = last_deletion(table, object_id)
    assert last is not None  # the memory forgets nothing
    below: dict[Group, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(change_set_id=last.change_set_id, action="delete"):
        below[group_of(row_before(change))].append(change)
    found = [last]
    for change in found:  # grows while it is read
        if change.table in ("organisation", "model"):
            found += below[change.table, change.object_id]
    return found


def _put_back(find: Callable[[], Sequence[Change]], *, who: str, summary: str) -> UndoReport:
    """`find` is asked under the lock, so that nothing happens between reading and writing."""
    reversal = None
    try:
        with record(who=who, origin="undo", summary=summary) as recording:
            reversal = Reversal(find())
            if not reversal.problems:
                recording.journal.remove(reversal.to_remove)
                recording.journal.overwrite(list(reversal.to_rewrite.items()))
                recording.journal.insert(reversal.to_bring_back)
    except ChangeRefused as refusal:
        is_broken_rule = isinstance(refusal.__cause__, IntegrityError)
        told = reversal.broken_rules() if reversal and is_broken_rule else []
        return UndoReport(None, 0, tuple(told or [str(refusal)]))
    if reversal.problems:
        return UndoReport(None, 0, tuple(reversal.problems))
    written = recording.change_set
    return UndoReport(written, written.changes.count() if written else 0, ())
