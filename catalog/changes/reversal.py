"""What has to be written to reverse some changes, or the sentences that forbid it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey

from catalog.changes import orders
from catalog.changes.journal import (
    TABLES,
    Row,
    Values,
    columns,
    references,
    rows_where,
    table_of,
    title_of,
    with_values,
)
from catalog.changes.places import Group, Placed, group_of
from catalog.models import Alias, Change, LanguageModel, Organisation, Resource

Key = tuple[str, int]  # the table and the id of a row
_OWNERS = ("organisation_id", "parent_id", "model_id")


class Reversal:
    """Reads everything at once; writes nothing. Its three lists are written in their order."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.problems: list[str] = []
        self.to_remove: list[Row] = []
        self.to_rewrite: dict[Row, Values] = {}
        self.to_bring_back: list[Row] = []
        self._renumbered: list[tuple[Placed, Change]] = []
        self._changed_groups: set[Group] = set()
        self._now = _rows_now((change.table, change.object_id) for change in changes)

        # Last first: a link can have its owner's name again when its successor has given it up.
        for change in reversed(changes):
            self._reverse(change)
        self._put_back_orders()
        self._check_references()
        self._check_dependants()
        self._check_slugs()

    def broken_rules(self) -> list[str]:
        """Asked after the database has refused: which rule of its own each row would break."""
        found = []
        for row in (*self.to_rewrite, *self.to_bring_back):
            try:
                row.validate_unique()
                row.validate_constraints()
            except ValidationError as broken:
                found.append(f"{title_of(row)} cannot be as it was. {' '.join(broken.messages)}")
        return found

    # One change at a time.

    def _reverse(self, change: Change) -> None:
        row = self._now.get((change.table, change.object_id))
        if change.action == "create":
            if row is not None:  # else somebody has deleted it since, which is as good
                self._check_unchanged(row, change)
                self._changed_groups.add(group_of(row))
                self.to_remove.append(row)
        elif change.action == "delete":
            old = row_before(change)
            if row is not None:
                self.problems.append(f"{title_of(old)} is there already.")
            self._changed_groups.add(group_of(old))
            self.to_bring_back.append(old)
        elif row is not None:
            self._check_unchanged(row, change)
            self._rewrite(row, change)
        elif lost := [
            f.verbose_name for name, f in _fields_of(change).items() if name != "position"
        ]:
            self.problems.append(
                f"{_gone((change.table, change.object_id))} was deleted since, so its "
                f"{' and '.join(map(str, lost))} cannot be put back: restore it first."
            )

    def _rewrite(self, row: Row, change: Change) -> None:
        values = {name: change.before[name] for name in _fields_of(change)}
        if values.keys() & set(_OWNERS):
            # Its old number belongs to its old siblings.
            self._changed_groups |= {group_of(row), group_of(row_before(change, row))}
        elif values.pop("position", None) is not None and isinstance(row, Placed):
            self._renumbered.append((row, change))
        if values:
            self.to_rewrite[row] = values

    def _check_unchanged(self, row: Row, change: Change) -> None:
        for name, field in _fields_of(change).items():
            left, now = change.after[name], getattr(row, name)
            if name == "position" or now == left:
                continue
            way = (
                f"cannot go back to {_shown(field, change.before[name])}"
                if name in change.before
                else "is not removed"
            )
            self.problems.append(
                f"{title_of(row)} {way}: its {field.verbose_name} was changed since, from "
                f"{_shown(field, left)} to {_shown(field, now)}."
            )

    def _put_back_orders(self) -> None:
        moved_away = self._moved_away()
        groups: dict[Group, list[orders.Renumbering]] = defaultdict(list)
        for row, change in self._renumbered:
            if row not in moved_away:
                before, after = change.before["position"], change.after["position"]
                groups[group_of(row)].append(orders.Renumbering(row, before, after))
        for group, siblings in groups.items():
            positions = orders.put_back(siblings, made_room=group in self._changed_groups)
            if positions is None:
                names = ", ".join(f"“{sibling.row}”" for sibling in siblings[:5])
                self.problems.append(
                    f"The order of {names}{' and others' if len(siblings) > 5 else ''} was changed "
                    "again since: arrange them by hand."
                )
            for placed, position in (positions or {}).items():
                self.to_rewrite.setdefault(placed, {})["position"] = position

    def _moved_away(self) -> set[Row]:
        """Renumbered rows that went below another parent since: they have left that order."""
        suspects = {
            (change.table, row.pk): row
            for row, change in self._renumbered
            if row.position != change.after["position"]
        }
        newest = max((change.pk for _, change in self._renumbered), default=0)
        later = Change.objects.filter(pk__gt=newest, action="update", before__has_any_keys=_OWNERS)
        return {
            row
            for change in rows_where(later, "object_id", {id_ for _, id_ in suspects})
            if (row := suspects.get((change.table, change.object_id)))
            and group_of(row_before(change, row)) != group_of(row)
        }

    # What needs other rows.

    def _check_references(self) -> None:
        """What rows refer to must be there afterwards."""
        needed: dict[Key, Row] = {}
        for row in self.to_bring_back:
            needed |= dict.fromkeys(references(row), row)
        for row, values in self.to_rewrite.items():
            needed |= dict.fromkeys(references(with_values(row, values)), row)
        there = _keys(self.to_bring_back) | self._now.keys()
        there |= _rows_now(needed.keys() - there).keys()
        for key in needed.keys() - there:
            self.problems.append(
                f"{title_of(needed[key])} cannot come back: {_lower(_gone(key))}, to which it "
                "belongs, was deleted. Restore that first."
            )

    def _check_dependants(self) -> None:
        """Nothing that stays may hang on what is removed."""
        going = _keys(self.to_remove)
        leaving = {(row, name) for row, values in self.to_rewrite.items() for name in values}
        for table in ("organisation", "model"):
            ids = [id_ for name, id_ in going if name == table]
            for row_class in (LanguageModel, Resource, Alias):
                is_parent = table == "model" and row_class is LanguageModel
                column = "parent_id" if is_parent else f"{table}_id"
                for row in rows_where(row_class._default_manager.all(), column, ids):
                    if (table_of(row), row.pk) in going or (row, column) in leaving:
                        continue
                    owner = self._now[table, getattr(row, column)]
                    self.problems.append(
                        f"{title_of(owner)} is not removed: {_lower(title_of(row))} was put below "
                        "it since. Move or delete that first."
                    )

    def _check_slugs(self) -> None:
        wanted: dict[tuple[str, str], Row] = {}
        for row in self.to_bring_back:
            if isinstance(row, Organisation | LanguageModel):
                wanted[table_of(row), row.slug] = row
        for row, values in self.to_rewrite.items():
            if "slug" in values:
                wanted[table_of(row), values["slug"]] = row
        for table in ("organisation", "model"):
            slugs = [slug for name, slug in wanted if name == table]
            for holder in rows_where(TABLES[table]._default_manager.all(), "slug", slugs):
                row = wanted[table, holder.slug]
                if holder.pk != row.pk:
                    self.problems.append(
                        f"{title_of(row)} cannot have its slug back: {_lower(title_of(holder))} "
                        f"has “{holder.slug}” now."
                    )


# Rows as they are and as they were.


def row_before(change: Change, row: Row | None = None) -> Row:
    """The row as it was before a change; what the change does not tell is taken from `row`."""
    values = {name: change.before[name] for name in _fields_of(change)}
    if row is not None:
        return with_values(row, values)
    return TABLES[change.table](pk=change.object_id, **values)


def last_deletion(table: str, object_id: int) -> Change | None:
    deletions = Change.objects.filter(table=table, object_id=object_id, action="delete")
    return deletions.order_by("pk").last()


def _fields_of(change: Change) -> dict[str, Field[Any, Any]]:
    """The fields that a change tells of. A column dropped since has no place to go back to."""
    told = change.before or change.after
    return {name: field for name, field in columns(TABLES[change.table]).items() if name in told}


def _rows_now(keys: Iterable[Key]) -> dict[Key, Row]:
    ids: dict[str, list[int]] = defaultdict(list)
    for table, id_ in keys:
        ids[table].append(id_)
    return {
        (table, row.pk): row
        for table, row_class in TABLES.items()
        for row in rows_where(row_class._default_manager.all(), "pk", ids[table])
    }


def _keys(rows: Iterable[Row]) -> set[Key]:
    return {(table_of(row), row.pk) for row in rows}


# Words.


def _gone(key: Key) -> str:
    """A record that is not there any more, by the name that it had."""
    deletion = last_deletion(*key)
    if deletion is not None:
        return title_of(row_before(deletion))
    return f"The {TABLES[key[0]]._meta.verbose_name} number {key[1]}"


def _shown(field: Field[Any, Any], value: Any) -> str:
    if isinstance(field, ForeignKey) and value is not None:
        value = field.related_model._default_manager.filter(pk=value).first() or f"number {value}"
    text = "empty" if value in ("", None) else f"“{value}”"
    return text if len(text) <= 82 else f"{text[:80]}…”"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
