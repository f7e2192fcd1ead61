"""`manage.py sync_readme FILE`: what both sides say ends up on both sides."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog import sync
from tests.changes.memory import everything
from tests.sync.cast import CAST, cast_taken, model, rename

pytestmark = pytest.mark.django_db

THEIRS = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")
BOTH = THEIRS.replace("* PaLM", "* PaLM (540B)")


def run(*words: Any) -> str:
    out = StringIO()
    call_command("sync_readme", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


def refusal(*words: Any) -> tuple[int, str]:
    with pytest.raises(CommandError) as error:
        run(*words)
    return error.value.returncode, str(error.value)


@pytest.fixture
def path(tmp_path):
    """A file to which somebody added Wenxin, while PaLM was renamed here."""
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    path = tmp_path / "README.md"
    path.write_text(THEIRS)
    return path


def test_file_and_rows_say_the_same_afterwards(path):
    said = run(path)
    assert "added: Baidu > Wenxin" in said
    assert said.endswith(f"{path}: {len(BOTH.encode()):,} bytes, written.\n")
    assert path.read_text() == BOTH
    assert model("Wenxin").organisation.name == "Baidu"


def test_a_second_sync_has_nothing_to_do(path):
    run(path)
    before = everything()
    assert run(path).endswith("as it was.\n")
    assert everything() == before


def test_a_dry_run_tells_the_plan_and_writes_nothing(path):
    before = everything()
    assert "added: Baidu > Wenxin" in run(path, "--dry-run")
    assert everything() == before
    assert path.read_text() == THEIRS


def test_a_conflict_stops_both_halves(path):
    theirs = THEIRS.replace("* PaLM", "* PaLM (Pathways)")
    path.write_text(theirs)
    before = everything()
    status, said = refusal(path)
    assert status == 1
    assert "Google > PaLM (540B), name" in said
    assert path.read_text() == theirs
    assert everything() == before
    run(path, "--prefer", "file")
    assert path.read_text() == theirs


def test_by_and_from_are_remembered(path):
    from catalog.models import ChangeSet

    run(path, "--by", "octocat", "--from", "https://github.com/x/y/pull/7")
    change_set = ChangeSet.objects.filter(origin="import").latest("pk")
    assert (change_set.who, change_set.source) == ("octocat", "https://github.com/x/y/pull/7")


def test_json_says_whether_the_file_was_written(path):
    said = json.loads(run(path, "--format", "json"))
    assert said["file_written"] is True
    assert said["plan"] == ["added: Baidu > Wenxin"]


def test_no_file_is_exit_status_2(db, tmp_path):
    assert refusal(tmp_path / "none.md")[0] == 2


def test_a_file_that_changes_between_the_halves_is_not_overwritten(path, monkeypatch):
    export = sync.syncing.export_readme

    def meanwhile(target, **options):
        target.write_text(THEIRS + "* Another\n")
        return export(target, **options)

    monkeypatch.setattr(sync.syncing, "export_readme", meanwhile)
    status, said = refusal(path)
    assert status == 2
    assert "was imported, and not written" in said
    assert path.read_text() == THEIRS + "* Another\n"
