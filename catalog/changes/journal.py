"""Rows written in bulk, and every write noted.

Nothing here asks whether a write is right; that is done before. Every write takes a number of
queries that does not depend on the number of rows (until the database's own limits cut them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet

from catalog.models import (
    Alias,
    Change,
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
)

Row = Organisation | LanguageModel | Resource | Alias | ListText
Values = dict[str, Any]  # by column: a foreign key is "parent_id"
M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=Row)

# Owners before what they own.
TABLES: Final[dict[str, type[Row]]] = {
    "organisation": Organisation,
    "model": LanguageModel,
    "resource": Resource,
    "alias": Alias,
    "list_text": ListText,
}
_NAME_OF: Final[dict[type[Any], str]] = {row_class: name for name, row_class in TABLES.items()}


class ChangeRefused(Exception):
    """The catalogue cannot take this write. The message says why, and what would help.

    It must leave the `record` block: then nothing of the recording is kept. Caught inside, what
    the refused call had written already would stay.
    """


def table_of(row: Row) -> str:
    """The name of its table in the memory."""
    try:
        return _NAME_OF[type(row)]
    except KeyError:
        raise TypeError(f"{type(row).__name__} is no record of the catalogue.") from None


def title_of(row: Row) -> str:
    """A record as sentences name it: The model “T5”."""
    return f"The {row._meta.verbose_name} “{row}”"


def columns(row_class: type[Model]) -> dict[str, Field[Any, Any]]:
    """The fields that the memory holds, by column: all but the primary key."""
    return {f.attname: f for f in row_class._meta.concrete_fields if not f.primary_key}


def values_of(row: Row) -> Values:
    return {name: getattr(row, name) for name in columns(type(row))}


def with_values(row: R, values: Values) -> R:
    """A copy of a row that has some values of its own."""
    kept = {name: getattr(row, name) for name in columns(type(row))}
    return type(row)(pk=row.pk, **(kept | values))


def by_table(rows: Iterable[Row]) -> list[tuple[type[Any], list[Any]]]:
    """The rows of each table together, owners first."""
    groups: dict[type[Row], list[Row]] = defaultdict(list)
    for row in rows:
        groups[TABLES[table_of(row)]].append(row)
    return [(row_class, groups[row_class]) for row_class in TABLES.values() if groups[row_class]]


def as_stored(rows: Iterable[R]) -> dict[R, R]:
    """The rows as the database has them, each found by its likeness: equal table, equal key."""
    return {
        now: now
        for row_class, group in by_table(rows)
        for now in rows_where(row_class._default_manager.all(), "pk", [row.pk for row in group])
    }


def rows_where(rows: QuerySet[M], column: str, values: Iterable[Any]) -> list[M]:
    """Those of the rows with one of these values, however many; none needs no query."""
    found: list[M] = []
    for chunk in _chunks(list(values)):
        found += rows.filter(**{f"{column}__in": chunk}).order_by("pk")
    return found


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    # SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
    for start in range(0, len(values), 30_000):
        yield values[start : start + 30_000]


@dataclass(slots=True)
class _Note:
    """What became of one row; None where there was, or is, no row."""

    before: Values | None
    after: Values | None


class Journal:
    """The writes of one recording. A row has one note, however often it is written."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, int], _Note] = {}
        self.moved_in: set[int] = set()
        """Organisations whose tree has gained a model, or had one moved."""

    def insert(self, rows: Sequence[Row]) -> None:
        """Save new rows; those without a primary key get one."""
        for row_class, group in by_table(rows):
            row_class._default_manager.bulk_create(group)
            for row in group:
                self._note(row, None, values_of(row))
                if isinstance(row, LanguageModel):
                    self.moved_in.add(row.organisation_id)

    def overwrite(self, writes: Sequence[tuple[Row, Values]]) -> None:
        """Give rows, just read from the database, new values: those that differ."""
        fields: dict[type[Row], set[str]] = defaultdict(set)
        written: list[Row] = []
        for row, values in writes:
            before = {
                name: getattr(row, name)
                for name, value in values.items()
                if getattr(row, name) != value
            }
            if not before:
                continue
            self._note_move(row, before)
            for name in before:
                setattr(row, name, values[name])
                fields[type(row)].add(columns(type(row))[name].name)
            self._note_move(row, before)
            self._note(row, before, {name: values[name] for name in before})
            written.append(row)
        for row_class, group in by_table(written):
            # Eight times as quick as bulk_update, and the same: all these rows exist.
            row_class._default_manager.bulk_create(
                group,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=sorted(fields[row_class]),
            )

    def remove(self, rows: Sequence[Row]) -> None:
        """Delete these rows; what refers to them must be among them."""
        for row in rows:
            self._note(row, values_of(row), None)
        for row_class, group in by_table(rows):
            for chunk in _chunks([row.pk for row in group]):
                # Not delete(): it would fetch again what was fetched already, and stop at
                # RESTRICT. The foreign keys of the database still hold when the transaction ends.
                found = row_class._default_manager.filter(pk__in=chunk)
                found._raw_delete(found.db)

    def changes(self, change_set: ChangeSet) -> list[Change]:
        """What is different now, row by row, in the order of the writes."""
        found = []
        for (table, object_id), note in self._notes.items():
            change = Change(change_set=change_set, table=table, object_id=object_id)
            if note.before is None:
                change.action, change.after = "create", note.after
            elif note.after is None:
                change.action, change.before = "delete", note.before
            else:
                differing = [k for k, v in note.before.items() if note.after[k] != v]
                if not differing:
                    continue
                change.action = "update"
                change.before = {name: note.before[name] for name in differing}
                change.after = {name: note.after[name] for name in differing}
            found.append(change)
        return found

    def _note(self, row: Row, before: Values | None, after: Values | None) -> None:
        key = table_of(row), row.pk
        # Taken out and put in again: the order of the notes is that of the last writes.
        known = self._notes.pop(key, None)
        if known is not None:
            before = (
                known.before if before is None or known.before is None else (before | known.before)
            )
            if known.after is not None and after is not None:
                after = known.after | after
        if before is not None or after is not None:
            self._notes[key] = _Note(before, after)

    def _note_move(self, row: Row, changed: Values) -> None:
        if isinstance(row, LanguageModel) and changed.keys() & {"parent_id", "organisation_id"}:
            self.moved_in.add(row.organisation_id)


def column_of(row_class: type[Row], name: str) -> Field[Any, Any]:
    """The field of a name that a caller gave: "parent" or "parent_id"."""
    for field in columns(row_class).values():
        if name in (field.name, field.attname):
            return field
    raise TypeError(f"{row_class.__name__} has no field {name!r} that can be changed.")


def plain_value(field: Field[Any, Any], value: Any) -> Any:
    """As the database will hold it. Raises ValidationError."""
    if isinstance(field, ForeignKey) and isinstance(value, Model):
        if value.pk is None:
            raise ValidationError(f"“{value}” is not saved yet: create it first.")
        value = value.pk
    return field.to_python(value)


def adopt_keys(rows: Iterable[Row]) -> None:
    """Rows that refer to rows saved since learn their keys."""
    for row in rows:
        for field in columns(type(row)).values():
            if isinstance(field, ForeignKey) and field.is_cached(row):
                referred = getattr(row, field.name)
                setattr(row, field.attname, referred and referred.pk)


def references(row: Row) -> list[tuple[str, int]]:
    """What a row refers to, each as table and id."""
    return [
        (_NAME_OF[field.related_model], getattr(row, name))
        for name, field in columns(type(row)).items()
        if isinstance(field, ForeignKey) and getattr(row, name) is not None
    ]
