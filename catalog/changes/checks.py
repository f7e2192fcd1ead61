"""What is checked before a row is written, what must hold of the trees, what the database holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Field, ForeignKey, UniqueConstraint

from catalog import tree, words
from catalog.changes.journal import (
    TABLES,
    ChangeRefused,
    Row,
    Values,
    column_of,
    columns,
    title_of,
)
from catalog.models import ChangeSet, LanguageModel


def refuse_invalid(writes: Iterable[tuple[Row | ChangeSet, Values]]) -> None:
    """New values by the rules of their fields, without a query: what a form would refuse too.

    SQLite would not mind a name of 5,000 characters; PostgreSQL would.
    """
    problems = []
    for row, values in writes:
        for field, harmless in _own_fields(type(row)):
            value = values.get(field.attname, harmless)
            if value == harmless:
                continue
            try:
                field.clean(value, row)
            except ValidationError as error:
                problems.append(said_of(row, field, error))
    if problems:
        raise ChangeRefused(" ".join(problems))


def said_of(row: Row | ChangeSet, field: Field[Any, Any], error: ValidationError) -> str:
    """One sentence or two: which record, which field, what is wrong with it."""
    name = str(row)
    shown = f"“{name[:80]}{'…' if len(name) > 80 else ''}”"
    return f"The {row._meta.verbose_name} {shown}, {field.verbose_name}: {' '.join(error.messages)}"


@cache
def _own_fields(row_class: type[Row | ChangeSet]) -> list[tuple[Field[Any, Any], object]]:
    """The fields that refer to nothing, each with a value that needs no check: most are empty."""
    return [
        (field, field.get_default() if field.blank or field.has_default() else object())
        for field in columns(row_class).values()
        if not isinstance(field, ForeignKey)
    ]


def broken_rule(error: IntegrityError) -> str:
    """Why the database refused, in the words of the constraint that a write broke.

    It is told by its name, or where SQLite tells only columns, by these.
    """
    told = str(error).split("\n")[0]
    names = set(re.findall(r"\w+", told))
    unique_columns = set(re.findall(r"\w+\.\w+", told))
    found = {
        sentence
        for row_class in TABLES.values()
        for sentence in _broken_rules(row_class, names, unique_columns)
    }
    if len(found) == 1:
        return found.pop()
    return (
        "Each of these changes is right alone, but one takes what another needs: "
        f"make them one after the other. ({error})"
    )


def _broken_rules(
    row_class: type[Row], names: Collection[str], unique_columns: Collection[str]
) -> Iterator[str]:
    meta = row_class._meta
    for rule in meta.constraints:
        by = rule.fields if isinstance(rule, UniqueConstraint) else ()
        columns = {f"{meta.db_table}.{column_of(row_class, name).column}" for name in by}
        if rule.name in names or (columns and columns == unique_columns):
            yield str(rule.get_violation_error_message())
    for field in meta.concrete_fields:
        if field.unique and unique_columns == {f"{meta.db_table}.{field.column}"}:
            yield " ".join(row_class().unique_error_message(row_class, (field.name,)).messages)


def refuse_bad_trees(organisation_ids: Collection[int]) -> None:
    """No loop, no more than 32 levels, and one organisation along each branch."""
    if not organisation_ids:
        return
    rows = LanguageModel.objects.filter(organisation_id__in=organisation_ids)
    found = list(rows.values_list("id", "parent_id", "organisation_id"))
    parents = {id_: parent for id_, parent, _ in found}
    organisation_of = {id_: organisation for id_, _, organisation in found}
    for id_, parent in parents.items():
        if parent is not None and organisation_of.get(parent) != organisation_of[id_]:
            raise _bad_parent(id_, parent)
    loop = tree.find_loop(parents)
    if loop:
        raise ChangeRefused(
            f"{_named(loop[0])} would stand below itself: choose a parent outside its own branch."
        )
    for id_, depth in tree.depths(parents).items():
        if depth > tree.MAX_DEPTH:
            raise ChangeRefused(
                f"{_named(id_)} would stand on level {depth}; a list goes {tree.MAX_DEPTH} levels "
                "deep at most. Choose a parent further up."
            )


def _bad_parent(model_id: int, parent_id: int) -> ChangeRefused:
    parent = LanguageModel.objects.filter(pk=parent_id).first()
    if parent is None:
        return ChangeRefused(
            f"{_named(model_id)} would stand below {words.entry().with_article} that is gone "
            f"(number {parent_id}): restore that first, or choose another parent."
        )
    return ChangeRefused(
        f"{_named(model_id)} would stand below “{parent}”, {words.entry().with_article} of another "
        f"{words.section().one}: move both, or choose a parent of its own {words.section().one}."
    )


def _named(model_id: int) -> str:
    return title_of(LanguageModel.objects.get(pk=model_id))
