"""`manage.py first_run`: all that `make run` needs before its server starts.

Every step is left out if it was done before, so that a second run only says what is there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from catalog import sync
from catalog.management.commands.password import random_password
from catalog.management.preflight import NotReady, check_list, check_port, make
from catalog.models import LanguageModel, Organisation, Resource, Snapshot
from catalog.readme import ListRefused

CURATOR = "curator"


class Command(BaseCommand):
    help = (
        "Migrate, import the list into an empty catalogue, make a curator; then say what is there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", required=True, metavar="FILE", help="the list to begin with")
        parser.add_argument("--port", default="8000", help="where the site will be served")

    def handle(self, *, list: str, port: str, **options: Any) -> None:
        try:
            check_list(list)
            number = check_port(port)
        except NotReady as problem:
            raise CommandError(str(problem)) from None
        with _no_empty_database_left():
            _migrate()
            lines = [*_catalogue(list)]
            for line in (*_worth_a_look(), *lines):
                self.stdout.write(line)
        self.stdout.write(
            f"Site http://localhost:{number}/   Admin http://localhost:{number}/admin/   "
            f"user {CURATOR}, password {_password()} (again: {make('password')})"
        )


@contextmanager
def _no_empty_database_left() -> Iterator[None]:
    """Take away the database file that this run made if its list is refused."""
    database = connection.settings_dict["NAME"]
    is_new = connection.vendor == "sqlite" and not os.path.exists(database)
    try:
        yield
    except CommandError:
        if is_new:
            connection.close()  # which ends the write-ahead log as well
            Path(database).unlink(missing_ok=True)
        raise


def _migrate() -> None:
    if connection.vendor == "sqlite":
        # The folder of the lists' databases; SQLite itself makes files but no folders.
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def _catalogue(list_path: str) -> Iterator[str]:
    """Import the list if there is nothing yet; the lines that say what the catalogue holds."""
    if sync.catalogue_is_empty():
        yield from _imported(list_path)
    else:
        yield f"The catalogue holds {_holdings()}."
        yield _compared_with_the_newest_snapshot()


def _imported(list_path: str) -> Iterator[str]:
    text = Path(list_path).expanduser().read_bytes()
    try:
        report = sync.import_readme(text, who=CURATOR, source_name=list_path)
    except ListRefused as refusal:
        raise CommandError(f"{list_path} is not imported. {refusal}") from None
    if report.stopped:
        raise CommandError(f"{list_path} is not imported. " + "\n".join(report.stopped))
    yield f"Imported {list_path}: {_holdings()}."
    yield from report.too_long

    links = report.coverage
    outside = links.in_prose + links.in_kept
    # Against the rows themselves: what the parser calls understood must have become a row's.
    lost = links.total - links.in_contents - links.in_kept - sync.links_in_rows()
    yield (
        f"{_count(links.total, 'link')}: {links.in_records} in records, "
        f"{links.in_contents} in the contents, {outside} in prose and kept text. "
        + (f"{lost} LOST." if lost else "None lost.")
    )

    exported = _exported()
    if exported == text:
        yield f"Exported again: the same {len(text):,} bytes."
    else:
        yield f"Exported again: {_difference(text, exported, list_path)}"


def _worth_a_look() -> Iterator[str]:
    """First of all: the lines behind it are the last ones, and say that all is well."""
    try:
        said = sync.worth_a_look(timezone.localdate())
    except sync.CannotExport:
        return  # which is told in full where the text is asked for
    if said:
        yield f"Worth a look: {said}"


def _compared_with_the_newest_snapshot() -> str:
    newest = Snapshot.objects.order_by("-pk").first()
    exported = _exported()
    if newest is None:
        return f"Exported: {len(exported):,} bytes; no list was imported or exported before."
    text = bytes(newest.text)  # PostgreSQL gives a memoryview
    if exported == text:
        return f"Exported: the same {len(text):,} bytes as the newest snapshot."
    return f"Exported: {_difference(text, exported, 'the newest snapshot')}"


def _exported() -> bytes:
    try:
        return sync.export_text()
    except sync.CannotExport as refusal:
        raise CommandError(f"The catalogue cannot be exported. {refusal}") from None


def _difference(old: bytes, new: bytes, name: str) -> str:
    lines = _count(sync.changed_lines(old, new), "line")
    return f"differs from {name} in {lines}: manage.py export_readme --diff"


def _holdings() -> sync.Counts:
    rows = (Organisation, LanguageModel, Resource)
    return sync.Counts(*(row_class.objects.count() for row_class in rows))


def _password() -> str:
    """Make the curator if there is none; what the last line says of the password."""
    users = get_user_model()
    if users.objects.filter(username=CURATOR).exists():
        return "as before"
    password = random_password()
    users.objects.create_superuser(CURATOR, password=password)
    return password


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
