"""What the tests of `catalog.changes` share: one write, and all rows to compare."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from catalog import changes
from catalog.models import ChangeSet, LanguageModel, Organisation, Resource


def edit(*work: Callable[[changes.Recording], object]) -> ChangeSet | None:
    """Each done in one recording by Li; its ChangeSet."""
    with changes.record(who="Li", origin="admin") as recording:
        for do in work:
            do(recording)
    return recording.change_set


def undo(change_set: ChangeSet | None) -> ChangeSet | None:
    """Undone by Li, without any problem; the new ChangeSet."""
    assert change_set is not None
    report = changes.undo(change_set, who="Li")
    assert report.problems == ()
    return report.change_set


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every record with every field, so that equal means equal; as the database says it."""
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in changes.TABLES}


def _rows_of(cursor: CursorWrapper, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {changes.TABLES[table]._meta.db_table} ORDER BY id")
    return list(cursor.fetchall())


def told(change_set: ChangeSet | None) -> list[tuple[str, str, dict, dict]]:
    """What a ChangeSet says: action, table, before and after of each change."""
    assert change_set is not None
    return [
        (change.action, change.table, change.before, change.after)
        for change in change_set.changes.order_by("pk")
    ]


def children(owner: Organisation | LanguageModel) -> list[str]:
    """The names of what stands right below, in its order; resources by their titles."""
    if isinstance(owner, Organisation):
        models = LanguageModel.objects.filter(organisation=owner, parent=None)
        resources = Resource.objects.filter(organisation=owner)
    else:
        models = LanguageModel.objects.filter(parent=owner)
        resources = Resource.objects.filter(model=owner)
    both = [(row.position, 1, row.pk, row.name) for row in models]
    both += [(row.position, 0, row.pk, row.title) for row in resources]
    return [name for *_, name in sorted(both)]


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
