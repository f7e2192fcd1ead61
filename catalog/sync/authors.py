"""Who last changed in the database what a question is about: the change sets know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q

from catalog.models import Change, ChangeSet
from catalog.sync.questions import Question, Record


def last_changes(questions: Sequence[Question]) -> Mapping[str, ChangeSet]:
    """By the key of a question; in two queries, however many questions there are."""
    by_record = _changes_of({record for question in questions for record in question.records})
    gone = _deletions_of({question.gone for question in questions if question.gone})
    found: dict[str, ChangeSet] = {}
    for question in questions:
        change = next(_told(question, by_record), None) or gone.get(question.gone)
        if change is not None:
            found[question.key] = change.change_set
    return found


def _told(question: Question, by_record: Mapping[Record, Sequence[Change]]) -> Iterator[Change]:
    """The newest first."""
    told = [change for record in question.records for change in by_record.get(record, ())]
    for change in sorted(told, key=lambda change: -change.pk):
        fields = change.before | change.after
        if not question.columns or any(column in fields for column in question.columns):
            yield change


def _changes_of(records: Iterable[Record]) -> Mapping[Record, Sequence[Change]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for table, pk in records:
        ids[table].append(pk)
    which = Q(pk__in=[])
    for table, pks in ids.items():
        which |= Q(table=table, object_id__in=pks)
    found: dict[Record, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(which).select_related("change_set"):
        found[change.table, change.object_id].append(change)
    return found


# A row that was deleted has left only its names.


def _deletions_of(names: Iterable[str]) -> Mapping[str, Change]:
    """By name or title, the newest deletion of something called so."""
    wanted = set(names)
    if not wanted:
        return {}
    found: dict[str, Change] = {}
    deleted = Change.objects.filter(action="delete").select_related("change_set").order_by("pk")
    for change in deleted.filter(Q(before__name__in=wanted) | Q(before__title__in=wanted)):
        for name in (change.before.get("name"), change.before.get("title")):
            if name in wanted:
                found[name] = change
    return found
