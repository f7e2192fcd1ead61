"""The rows that many tests begin with: made once in each process, and after that put back."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Answer = TypeVar("Answer")


class _Beginning(NamedTuple):
    rows: dict[str, list[tuple]]
    answer: bytes


_beginnings: dict[str, _Beginning] = {}


def begun(name: str, make: Callable[[], Answer]) -> Answer:
    """What `make` writes into an empty catalogue, and a copy of what it answers.

    Not for a test that looks at how they are written: its turn may be a later one.
    """
    row_classes = list(apps.get_app_config("catalog").get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        if not _is_empty(cursor, row_classes):
            return make()
        if name not in _beginnings:
            answer = make()
            _beginnings[name] = _Beginning(_all_rows(cursor, row_classes), pickle.dumps(answer))
            return answer
        with transaction.atomic():
            for table, rows in _beginnings[name].rows.items():
                _put(cursor, table, rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), row_classes):
                cursor.execute(statement)
    return pickle.loads(_beginnings[name].answer)  # a copy: tests change what they are given


def _is_empty(cursor: CursorWrapper, row_classes: Iterable[type[Model]]) -> bool:
    one_row = (f"SELECT 1 FROM {row_class._meta.db_table}" for row_class in row_classes)
    cursor.execute(f"SELECT EXISTS ({' UNION ALL '.join(one_row)})")
    return not cursor.fetchone()[0]


def _all_rows(
    cursor: CursorWrapper, row_classes: Iterable[type[Model]]
) -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    for row_class in row_classes:
        table = row_class._meta.db_table
        cursor.execute(f"SELECT * FROM {table} ORDER BY {row_class._meta.pk.column}")
        if rows := cursor.fetchall():
            found[table] = rows
    return found


def _put(cursor: CursorWrapper, table: str, rows: list[tuple]) -> None:
    """As they came out of the database: making Django's objects of them takes ten times longer."""
    places = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
