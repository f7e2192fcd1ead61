"""`manage.py import_readme`: what it says, where, and its exit status."""

import json
import sys
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from catalog import sync
from catalog.management.commands import import_readme
from catalog.models import ChangeSet, LanguageModel, Organisation, Snapshot
from tests.changes.memory import everything
from tests.readme.lists import REAL_LIST
from tests.sync.cast import CAST, cast_taken, draft, model, rename, taken
from tests.sync.killing import child_doing, exit_status_of


def run(path: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import_readme", str(path), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(CAST)
    return path


@pytest.mark.django_db
class TestWhatItSays:
    def test_the_real_list_is_told_in_numbers(self):
        lines = run(REAL_LIST).splitlines()
        assert lines[0] == "Base: none, nothing was imported or exported before."
        assert lines[1].startswith("9 lines kept as text that no record holds, with 1 link; ")
        assert lines[-3:] == [
            f"Imported {REAL_LIST}: 21 organisations, 102 models, 76 resources.",
            "99 links: 76 in records, 20 in the contents, 2 in prose, 1 in kept text.",
            "Exported again: the same 16,177 bytes.",
        ]

    def test_the_plan_is_told_in_words(self, path):
        run(path)
        path.write_text(CAST.replace("* PLATO", "* PLATO (文心)").replace("* PaLM\n", ""))
        lines = run(path, by="Kim").splitlines()
        assert "the newest." in lines[0]
        assert lines[1].startswith("1 line kept as text that no record holds, with 0 links; ")
        assert lines[2:4] == [
            "  removed: Google > PaLM",
            "  renamed: Baidu > PLATO -> PLATO (文心)",
        ]

    def test_what_is_not_understood_is_said_first(self, path):
        path.write_text("# L\n\nAll of [T5](https://a.org) is good.\n\n* - T5\n")
        assert run(path).splitlines()[1] == (
            "No model was found. 3 lines kept as text that no record holds, with 1 link; "
            "the first is line 1: '# L'"
        )

    def test_what_is_too_long_is_told_line_by_line(self, path):
        path.write_text(CAST + f"* {'n' * 301}\n")
        assert run(path).splitlines()[2] == (
            "Line 23 is kept text because it is too long: a record has room for 300 characters, "
            "and there are 301."
        )

    def test_of_many_that_are_too_long_the_first_are_told(self, path):
        path.write_text(CAST + f"* {'n' * 301}\n" * 7)
        lines = run(path).splitlines()
        assert [line[:7] for line in lines[2:7]] == [f"Line {n}" for n in range(23, 28)]
        assert lines[7] == "So are 2 more lines."

    def test_a_dry_run_writes_nothing_and_says_so(self, path):
        assert f"Would import {path}: 2 organisations" in run(path, dry_run=True)
        assert not Organisation.objects.exists()
        assert not Snapshot.objects.exists()

    def test_rows_that_go_on_from_the_file_are_told(self, path):
        run(path)
        rename(model("PaLM"), "PaLM (540B)")
        assert "which differ from the file: export_readme writes" in run(path)

    def test_rows_that_cannot_be_written_are_told(self, path):
        run(path)
        LanguageModel.objects.filter(name="PaLM").update(name="* PaLM")
        assert "It cannot be exported: Google > * PaLM cannot be written." in run(path)

    def test_who_and_from_where_are_recorded(self, path):
        run(path, by="Kim", source="https://example.org/pull/7")
        made = ChangeSet.objects.get()
        assert (made.who, made.source) == ("Kim", "https://example.org/pull/7")

    def test_a_machine_that_knows_no_name_is_no_obstacle(self, path, monkeypatch):
        monkeypatch.setattr(import_readme.getpass, "getuser", _unknown)
        run(path)
        assert ChangeSet.objects.get().who == "manage.py"

    def test_standard_input_is_read(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(CAST.encode())))
        assert "Imported -: 2 organisations, 6 models" in run("-")

    def test_the_output_has_no_date_and_no_hash(self, path):
        first = run(path, dry_run=True)
        assert run(path, dry_run=True) == first
        assert "20" not in first.replace(str(path), "").replace("1910", "")


def _unknown() -> str:
    raise KeyError("getpwuid(): uid not found: 1234")


@pytest.mark.django_db
class TestJson:
    def test_a_program_can_read_all_of_it(self, path):
        told = json.loads(run(path, format="json"))
        assert told == {
            "source": str(path),
            "base": "Base: none, nothing was imported or exported before.",
            "plan": told["plan"],
            "counts": {"organisations": 2, "models": 6, "resources": 2},
            "links": {"in_records": 2, "in_contents": 2, "in_prose": 0, "in_kept": 0, "total": 4},
            "kept": [{"line": 16, "text": "<!-- Baidu comes last. -->"}],
            "too_long": [],
            "round_trip": True,
            "cannot_export": "",
            "stopped": [],
            "waits": False,
            "written": True,
        }
        assert "added: Google, with 4 models and 1 resource" in told["plan"]

    def test_a_stop_is_told_as_well(self, path):
        run(path)
        path.write_text("# Other\n\n## A\n\n* B\n")
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("import_readme", str(path), format="json", stdout=out)
        told = json.loads(out.getvalue())
        assert "another list" in told["stopped"][0]
        assert told["written"] is False


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda path: path.unlink(), "No such file or directory"),
            (lambda path: (path.unlink(), path.mkdir()), "Is a directory"),
            (lambda path: path.write_bytes(b""), "The text is empty"),
            (lambda path: path.write_bytes(b"* \xff\n"), "Line 1 is not UTF-8"),
            (lambda path: path.write_bytes(b"* a\0\n"), "Line 1 holds a NUL"),
            (lambda path: path.write_bytes(b"* [a](javascript:x)\n"), "only web addresses"),
        ],
        ids=["no file", "a directory", "empty", "not UTF-8", "NUL", "javascript"],
    )
    def test_what_cannot_be_read_is_refused_with_2(self, path, make, said):
        cast_taken()
        before = everything()
        make(path)
        with pytest.raises(CommandError, match=said) as refusal:
            run(path)
        assert refusal.value.returncode == 2
        assert str(refusal.value).startswith(f"{path} is not imported. ")
        assert str(refusal.value).count(str(path)) == 1
        assert everything() == before

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (CAST.replace("* PLATO", "<<<<<<< HEAD\n* PLATO"), "is a conflict marker"),
            ("# Other\n\n## A\n\n* B\n", "another list"),
            (CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n"), "withheld here"),
        ],
        ids=["conflict markers", "another list", "withheld"],
    )
    def test_a_stop_has_status_1_and_writes_nothing(self, path, text, said):
        cast_taken()
        draft()
        before = everything()
        path.write_text(text)
        with pytest.raises(CommandError, match=said) as stop:
            run(path)
        assert stop.value.returncode == 1
        assert str(stop.value).endswith("\nNothing was written.")
        assert everything() == before

    def test_what_would_be_removed_is_shown_with_the_command_that_allows_it(self, path):
        many = "# L\n\n## Google\n\n" + "".join(f"* M{i}\n" for i in range(30))
        taken(many)
        path.write_text("".join(many.splitlines(keepends=True)[:-11]))
        out = StringIO()
        with pytest.raises(CommandError, match=f"import_readme {path} --allow-deletions 11"):
            call_command("import_readme", str(path), stdout=out)
        assert "  removed: Google > M29\n" in out.getvalue()
        run(path, allow_deletions=11)

    def test_a_base_that_cannot_be_found_has_status_2_and_writes_nothing(self, path):
        cast_taken()
        before = everything()
        with pytest.raises(CommandError, match=r"--base 4711: there is no snapshot") as refusal:
            run(path, base="4711")
        assert refusal.value.returncode == 2
        assert str(refusal.value).startswith(f"{path} is not imported. ")
        assert everything() == before

    @pytest.mark.parametrize("number", ["-1", "many", "1.5"])
    def test_a_number_of_deletions_is_a_number(self, path, number):
        with pytest.raises(CommandError, match="is not a number of records"):
            call_command("import_readme", str(path), "--allow-deletions", number)

    def test_a_database_that_refuses_is_told_with_2(self, path, monkeypatch):
        def no_table(*_: Any, **__: Any) -> None:
            raise DatabaseError("no such table: catalog_catalogue")

        monkeypatch.setattr(sync, "import_readme", no_table)
        with pytest.raises(CommandError, match=r"no such table.*manage.py migrate") as refusal:
            run(path)
        assert refusal.value.returncode == 2


@pytest.mark.django_db(transaction=connection.vendor != "sqlite")
class TestProcess:
    def test_a_stop_has_exit_status_1(self, manage):
        cast_taken()
        stopped = manage("import_readme", "-", given=b"# Other\n\n## A\n\n* B\n")
        assert stopped.status == 1
        assert b"another list" in stopped.errors
        assert b"Traceback" not in stopped.errors

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files")
    def test_a_database_without_tables_has_exit_status_2_and_is_told(self, manage, tmp_path):
        done = manage("import_readme", REAL_LIST, database=tmp_path / "empty.sqlite3")
        assert (done.status, done.out) == (2, b"")
        assert b"manage.py migrate" in done.errors
        assert b"Traceback" not in done.errors


@pytest.mark.django_db(transaction=connection.vendor != "sqlite")
@pytest.mark.usefixtures("shared_database")
def test_two_at_once_import_a_list_once(tmp_path):
    said = [tmp_path / f"said {number}" for number in range(2)]

    def importing(words: Path) -> None:
        out, errors = StringIO(), StringIO()
        call_command("import_readme", str(REAL_LIST), stdout=out, stderr=errors)
        assert errors.getvalue() == ""
        words.write_text(out.getvalue())

    children = [child_doing(partial(importing, words)) for words in said]
    assert [exit_status_of(child) for child in children] == [0, 0]
    texts = [words.read_text() for words in said]
    assert sorted("The file holds nothing new." in text for text in texts) == [False, True]
    assert all("the same 16,177 bytes" in text for text in texts)
