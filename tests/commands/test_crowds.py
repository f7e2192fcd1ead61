"""Curators, pull requests and cron at once: every edit survives, or is named in a conflict.

PLM_CROWD=20 lets each of them do twenty things.
"""

import os
import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from catalog import changes, sync
from catalog.models import LanguageModel, Organisation
from tests.commands.repositories import ENVIRONMENT, Repositories
from tests.sync.cast import CAST, model, taken, text_now

pytestmark = [
    pytest.mark.django_db(transaction=connection.vendor != "sqlite"),
    pytest.mark.usefixtures("shared_database"),
]

CROWD = int(os.environ.get("PLM_CROWD", "3"))


def at_once(*jobs: Callable[[], object]) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            job()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def curator(who: str, below: str) -> Callable[[], None]:
    """Saves in the admin: a new model, then a note on it."""

    def edit() -> None:
        for number in range(CROWD):
            with changes.record(who=who, origin="admin") as recording:
                owner = Organisation.objects.get(name=below)
                row = LanguageModel(organisation=owner, name=f"{who} {number}")
                recording.create(row)
            with changes.record(who=who, origin="admin") as recording:
                recording.update(row, note=f"By {who}.")

    return edit


def added(who: str) -> list[str]:
    return [f"* {who} {number}\n" for number in range(CROWD)]


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def test_curators_pull_requests_and_cron_at_once_lose_nothing(tmp_path, monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "begun").mkdir()
    repositories = Repositories(Repositories.begun(tmp_path / "begun", CAST), tmp_path)
    taken(CAST)
    refused: list[str] = []

    def pull_requests() -> None:
        for line in added("Octocat"):
            repositories.merge(lambda text, new=line: text.replace("* PaLM\n", f"{new}* PaLM\n"))

    def cron() -> None:
        for _ in range(CROWD):
            try:
                call_command("git_sync", str(repositories.site), stdout=StringIO())
            except CommandError as error:
                refused.append(str(error))

    at_once(curator("Kim", "Google"), curator("Li", "Baidu"), pull_requests, cron)
    assert all("moved each time" in said or "could not be pushed" in said for said in refused)
    call_command("git_sync", str(repositories.site), stdout=StringIO())
    assert repositories.text == text_now()
    lines = lines_of(repositories.text)
    for line in (*added("Kim"), *added("Li"), *added("Octocat")):
        assert lines.count(line) == 1, line
    for who in ("Kim", "Li"):
        assert repositories.text.count(f"By {who}.") == CROWD
    assert set(lines_of(CAST)) <= set(lines)


def test_imports_exports_and_edits_of_one_file_at_once_lose_nothing(tmp_path):
    """Two crons on one file, as nobody should run them, while curators save."""
    path = tmp_path / "README.md"
    taken(CAST)
    path.write_text(CAST.replace("* PaLM\n", "* Octocat 0\n* PaLM\n"))
    refused: list[str] = []

    def cron() -> None:
        for _ in range(CROWD):
            try:
                report = sync.sync_readme(path, who="cron")
                refused.extend(report.imported.stopped)
            except sync.CannotExport as error:
                refused.append(str(error))

    at_once(curator("Kim", "Google"), curator("Li", "Baidu"), cron, cron)
    assert not sync.sync_readme(path, who="cron").imported.stopped
    lines = lines_of(path.read_text())
    for line in (*added("Kim"), *added("Li"), "* Octocat 0\n"):
        assert lines.count(line) == 1, line
    assert path.read_text() == text_now()


def test_a_field_that_both_sides_change_at_once_holds_or_is_named(tmp_path, monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "begun").mkdir()
    repositories = Repositories(Repositories.begun(tmp_path / "begun", CAST), tmp_path)
    taken(CAST)
    palm = model("PaLM").pk

    def save() -> None:
        with changes.record(who="Kim", origin="admin") as recording:
            recording.update(LanguageModel.objects.get(pk=palm), note="Ours.")

    def pull_request() -> None:
        repositories.merge(lambda text: text.replace("* PaLM\n", "* PaLM\n\n  Theirs.\n\n"))

    said: list[str] = []

    def cron() -> None:
        try:
            call_command("git_sync", str(repositories.site), stdout=StringIO())
        except CommandError as error:
            said.append(str(error))

    at_once(save, pull_request, cron)
    cron()
    note = model("PaLM").note
    if said:
        assert "in the database 'Ours.', in the file 'Theirs.'" in said[-1]
        assert (note, "Theirs." in repositories.text) == ("Ours.", True)
    else:
        # One came after the other had gone all the way round, and says the last word.
        assert repositories.text == text_now()
        assert note in ("Ours.", "Theirs.")
