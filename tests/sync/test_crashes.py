"""`kill -9` at random points: no lost edit, no half state, no damaged file; the next run mends.

PLM_CRASHES=50 kills fifty times each, at other points with PLM_SEED=8.
"""

import os
import random
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from catalog import sync
from catalog.models import Change, ChangeSet, LanguageModel, Snapshot
from tests.commands.repositories import ENVIRONMENT, Repositories
from tests.sync.cast import CAST, model, rename, taken, text_now
from tests.sync.killing import Point, killed, points_of

pytestmark = [
    pytest.mark.django_db(transaction=connection.vendor != "sqlite"),
    pytest.mark.usefixtures("shared_database"),
]

CRASHES = int(os.environ.get("PLM_CRASHES", "0"))


class Both:
    """Rows and a text, which a contributor and a curator change in each round."""

    def __init__(self) -> None:
        self.expected = CAST
        self.offered = CAST
        self.ours = CAST

    def change(self, number: int) -> None:
        """The contributor adds a model, the curator renames one; and what must come of it."""
        new = f"* Wenxin {number}\n"
        was, now = (f"* PaLM {n}\n" if n else "* PaLM\n" for n in (number - 1, number))
        self.offered = self.expected.replace("* PLATO\n", f"{new}* PLATO\n")
        self.ours = self.expected.replace(was, now)
        self.expected = self.offered.replace(was, now)
        rename(model(was[2:-1]), now[2:-1])

    def check_rows(self, number: int) -> None:
        """All that the import does, with its place in the memory, or nothing of it."""
        said, name = text_now(), f"Wenxin {number}"
        is_taken = LanguageModel.objects.filter(name=name).exists()
        assert said == (self.expected if is_taken else self.ours)
        told = Change.objects.filter(action="create", after__name=name)
        assert told.count() == is_taken
        newest = bytes(Snapshot.objects.latest("pk").text).decode()
        assert (newest in (self.offered, self.expected)) == is_taken

    def check_the_end(self, number: int, text: str) -> None:
        assert text == text_now() == self.expected
        imports = ChangeSet.objects.filter(origin="import").count()
        assert imports == number + 1, "each round is one change set, and the first of all"


def test_a_sync_that_is_killed_leaves_a_whole_file_and_whole_rows(tmp_path):
    path = tmp_path / "README.md"
    both = Both()
    taken(CAST)
    for number, is_killed in rounds(lambda: _sync(path), both, path.write_text, 4):
        if is_killed:
            assert path.read_text() in (both.offered, both.expected)
            both.check_rows(number)
        _sync(path)
        both.check_the_end(number, path.read_text())


def test_a_git_sync_that_is_killed_leaves_a_whole_branch_and_whole_rows(tmp_path, monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "begun").mkdir()
    repositories = Repositories(Repositories.begun(tmp_path / "begun", CAST), tmp_path)
    both = Both()
    taken(CAST)

    def run() -> None:
        call_command("git_sync", str(repositories.site), stdout=StringIO())

    for number, is_killed in rounds(run, both, repositories.push, 2):
        if is_killed:
            assert repositories.text in (both.offered, both.expected)
            both.check_rows(number)
        run()
        both.check_the_end(number, repositories.text)
        assert len(repositories.subjects) == 2 * number + 1


def rounds(
    job: Callable[[], object], both: Both, offer: Callable[[str], object], few: int
) -> Iterator[tuple[int, bool]]:
    """The first ends well, for the caches too; each other one is killed somewhere in it."""
    points: Iterator[Point] = iter(())
    kills = 0
    for number in range(1, (CRASHES or few) + 3):
        both.change(number)
        offer(both.offered)
        if number == 2:
            points = points_of(job, random.Random(int(os.environ.get("PLM_SEED", "7"))))
            yield number, False
            continue
        is_killed = number > 1 and killed(job, next(points))
        kills += is_killed
        yield number, is_killed
    assert kills > 0


def _sync(path: Path) -> None:
    report = sync.sync_readme(path, who="cron")
    assert report.imported.stopped == ()
