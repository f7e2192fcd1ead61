"""record(): a transaction, the lock, and everything that is done inside as one ChangeSet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from catalog import facts
from catalog.changes import checks, names, places
from catalog.changes.journal import (
    ChangeRefused,
    Journal,
    Row,
    Values,
    adopt_keys,
    as_stored,
    by_table,
    column_of,
    plain_value,
    title_of,
    values_of,
    with_values,
)
from catalog.models import (
    Alias,
    Catalogue,
    Change,
    ChangeSet,
    LanguageModel,
    Organisation,
    Origin,
    Resource,
    Snapshot,
)


@contextmanager
def record(*, who: str, origin: str, summary: str = "", source: str = "") -> Iterator[Recording]:
    """Everything written inside is kept together or not at all.

    The lock is held from the first line on, so what is read inside is what will be overwritten.
    `who` is the name of a person or a job, `origin` one of `models.Origin`, `source` where the
    change came from. Inside another transaction (the admin opens one) it becomes a part of that.

    Raises ChangeRefused if what was written breaks a rule of the tree or of the database, or if
    `who` is empty or too long, and whatever the block raises; nothing is kept then. Raises
    RuntimeError inside another recording: two would each take the other's writes for somebody
    else's.
    """
    if origin not in Origin.values:
        raise ValueError(f"Origin is one of {', '.join(Origin.values)}, not {origin!r}.")
    if _is_recording.get():
        raise RuntimeError("A recording is open already: hand it on instead of opening another.")
    recording = Recording(ChangeSet(who=who, origin=origin, summary=summary, source=source))
    token = _is_recording.set(True)
    try:
        with transaction.atomic():
            _take_the_lock()
            yield recording
            recording._finish()
    except IntegrityError as error:
        raise ChangeRefused(checks.broken_rule(error)) from error
    finally:
        recording._is_closed = True
        _is_recording.reset(token)


_is_recording: ContextVar[bool] = ContextVar("is_recording", default=False)


def generation() -> int:
    """How many transactions have changed records so far."""
    return Catalogue.objects.values_list("generation", flat=True).first() or 0


def _take_the_lock() -> None:
    """Wait for all other writers.

    An UPDATE of one row is the lock on both databases: PostgreSQL holds the row until the
    transaction ends, and SQLite makes it a writing transaction, if BEGIN IMMEDIATE has not.
    """
    the_row = Catalogue.objects.filter(pk=1)
    if not the_row.update(generation=F("generation")):
        Catalogue.objects.bulk_create([Catalogue(pk=1)], ignore_conflicts=True)
        the_row.update(generation=F("generation"))


class Recording:
    """What a caller of `record` can do. Rows are written at once, the ChangeSet at the end."""

    def __init__(self, change_set: ChangeSet) -> None:
        checks.refuse_invalid([(change_set, {"who": change_set.who, "source": change_set.source})])
        self._change_set = change_set
        self.journal: Final = Journal()
        self._is_closed = False

    @property
    def change_set(self) -> ChangeSet | None:
        """What was stored at the end; None until then, and if nothing changed."""
        return self._change_set if self._change_set.pk else None

    @property
    def noted(self) -> list[Change]:
        """What is different so far, row by row; stored at the end, if it comes to that."""
        return self.journal.changes(self._change_set)

    # Writing.

    def create(self, row: Row | Snapshot) -> None:
        """Save a new row. See create_many."""
        self.create_many([row])

    def create_many(self, rows: Iterable[Row | Snapshot]) -> None:
        """Save new rows, parents and children in any order; each gets its primary key.

        A row without a slug or a position gets one. A Snapshot is stored as it is:
        it is a log, so no Change tells of it and no undo takes it away; the ChangeSet names it.
        """
        self._refuse_if_closed()
        rows = list(rows)
        for snapshot in (row for row in rows if isinstance(row, Snapshot)):
            snapshot.save(force_insert=True)
            self._change_set.snapshot = snapshot
        records = [row for row in rows if not isinstance(row, Snapshot)]
        given = names.give_slugs(records)
        for model in (row for row in records if isinstance(row, LanguageModel) and row.facts):
            for column, value in facts.following([], model.facts, values_of(model)).items():
                setattr(model, column, value)
        for wave in _waves(records):
            adopt_keys(wave)
            checks.refuse_invalid((row, values_of(row)) for row in wave)
            names.refuse_taken_slugs(row for row in wave if id(row) not in given)
            places.give_places(self.journal, wave)
            self.journal.insert(wave)

    def update(self, row: Row, **values: Any) -> bool:
        """Change these fields, if they differ from what is stored; whether any did."""
        return self.update_many([(row, values)]) > 0

    def update_many(self, writes: Iterable[tuple[Row, Values]]) -> int:
        """Change fields of many rows: only those that differ from what is stored. How many rows.

        A former name or slug becomes an alias if it was public. Fields are named "parent" or
        "parent_id"; a model that gets another organisation here does not take its sub-models
        along, as `place` does.
        """
        self._refuse_if_closed()
        writes = [(row, _plain_values(row, values)) for row, values in writes]
        wanted: dict[Row, Values] = {}
        for row, values in writes:
            wanted[row] = wanted.get(row, {}) | values
        stored = as_stored(wanted)
        differing: list[tuple[Row, Values]] = []
        renames: list[tuple[names.Named, Values, Values]] = []
        for row, values in wanted.items():
            now = stored.get(row)
            if now is None:
                raise ChangeRefused(f"{title_of(row)} is gone: restore it first.")
            if isinstance(now, LanguageModel) and "facts" in values:
                derived = facts.following(now.facts, values["facts"], values_of(now) | values)
                values = derived | {k: v for k, v in values.items() if k not in derived}
            new = {name: value for name, value in values.items() if getattr(now, name) != value}
            if new:
                differing.append((now, new))
            if isinstance(now, names.Named) and new.keys() & {"name", "slug"}:
                renames.append((now, {name: getattr(now, name) for name in new}, new))
        self._check(differing)
        shown = names.published_among(row for row, _, _ in renames)
        self.journal.overwrite(differing)
        self._keep_former_names(renames, shown)
        for row, _ in writes:
            for name, value in wanted[row].items():
                setattr(row, name, value)
        return len(differing)

    def delete(self, row: Row) -> None:
        """Delete a row and everything below it; nothing if it is gone already."""
        self.delete_many([row])

    def delete_many(self, rows: Iterable[Row]) -> None:
        """Delete these rows and everything below them; those that are gone do not matter."""
        self._refuse_if_closed()
        self.journal.remove(places.branches_of(rows))

    def place(
        self,
        row: Organisation | LanguageModel | Resource,
        *,
        organisation: Organisation | None = None,
        parent: LanguageModel | None = None,
        after: Organisation | LanguageModel | Resource | None = None,
    ) -> None:
        """Move a row below an organisation or a model (`parent`), directly behind a sibling.

        Without `organisation` and `parent` it stays with its parent; without `after` it comes
        first. What stands below a model goes with it. Raises ChangeRefused if the model would
        stand below itself or deeper than 32, if parent and organisation do not belong together,
        and if `after` is no sibling there.
        """
        self._refuse_if_closed()
        now = places.move(self.journal, row, organisation=organisation, parent=parent, after=after)
        for name in ("organisation_id", "parent_id", "model_id", "position"):
            if hasattr(row, name):
                setattr(row, name, getattr(now, name))

    def arrange(self, siblings: Sequence[Organisation | LanguageModel | Resource]) -> None:
        """Put all children of one parent in this order, in queries that do not grow.

        Raises ChangeRefused if they are not all, or have not one parent.
        """
        self._refuse_if_closed()
        places.arrange(self.journal, siblings)

    # Behind the doors.

    def _check(self, writes: Sequence[tuple[Row, Values]]) -> None:
        checks.refuse_invalid(writes)
        names.refuse_taken_slugs(
            with_values(row, new) for row, new in writes if "slug" in new or isinstance(row, Alias)
        )

    def _keep_former_names(
        self, renames: Sequence[tuple[names.Named, Values, Values]], shown: Collection[names.Named]
    ) -> None:
        if renames:
            gained, lost = names.former_names(renames, shown)
            self.journal.remove(lost)
            self.journal.insert(gained)

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise RuntimeError("This recording has ended: open another.")

    def _finish(self) -> None:
        """Check what needs all rows, then store what happened."""
        checks.refuse_bad_trees(self.journal.moved_in)
        noted = self.journal.changes(self._change_set)
        if noted:
            self._change_set.save(force_insert=True)
            Change.objects.bulk_create(noted)
            Catalogue.objects.filter(pk=1).update(generation=F("generation") + 1)


def _waves(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """New rows in portions that can be saved one after the other: whoever is referred to first."""
    for row_class, group in by_table(rows):
        if row_class is not LanguageModel:
            yield group
            continue
        unsaved = {id(row) for row in group}
        while group:
            wave = [row for row in group if id(_known_parent(row)) not in unsaved]
            if not wave:
                raise ChangeRefused(f"{title_of(group[0])} would stand below itself.")
            yield wave
            unsaved -= {id(row) for row in wave}
            group = [row for row in group if id(row) in unsaved]


def _known_parent(row: LanguageModel) -> LanguageModel | None:
    """The parent if it is at hand; one that is only a number is saved already."""
    return row.parent if LanguageModel.parent.is_cached(row) else None


def _plain_values(row: Row, values: Values) -> Values:
    plain: Values = {}
    for name, value in values.items():
        field = column_of(type(row), name)
        try:
            plain[field.attname] = plain_value(field, value)
        except ValidationError as error:
            raise ChangeRefused(checks.said_of(row, field, error)) from None
    return plain
