"""`manage.py export_readme`: bytes on standard output, words on standard error, and its status."""

import os
import sys
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalog.models import LanguageModel, Snapshot
from catalog.sync import files
from tests.changes.memory import edit
from tests.readme.lists import REAL_LIST
from tests.sync.cast import CAST, cast_taken, model, organisation, rename, taken
from tests.sync.killing import child_doing, exit_status_of

RENAMED = CAST.replace("* PaLM", "* PaLM (540B)")


def run(*words: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("export_readme", *map(str, words), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def path(db, tmp_path):
    """The file of the cast, which was imported."""
    path = tmp_path / "README.md"
    path.write_text(CAST)
    cast_taken()
    return path


@pytest.fixture
def renamed(path):
    """One line has changed in the rows since."""
    rename(model("PaLM"), "PaLM (540B)")
    return path


@pytest.mark.django_db
class TestWriting:
    def test_nothing_to_do_is_told(self, path):
        assert run(path) == ("", f"{path}: {len(CAST):,} bytes, as it was.\n")

    def test_a_change_is_written_and_told(self, renamed):
        assert run(renamed) == (
            "",
            "  renamed: Google > PaLM -> PaLM (540B)\n"
            f"{renamed}: {len(RENAMED):,} bytes, written.\n",
        )
        assert renamed.read_text() == RENAMED
        assert Snapshot.objects.latest("pk").origin == "export"

    def test_a_file_that_was_changed_in_the_same_way_is_as_it_was(self, renamed):
        renamed.write_text(RENAMED)
        assert run(renamed)[1] == f"{renamed}: {len(RENAMED):,} bytes, as it was.\n"

    @pytest.mark.parametrize("words", [(), ("-",)])
    def test_without_a_file_the_text_goes_to_standard_output(self, renamed, words):
        assert run(*words) == (RENAMED, "  renamed: Google > PaLM -> PaLM (540B)\n")
        assert renamed.read_text() == CAST
        assert bytes(Snapshot.objects.latest("pk").text) == RENAMED.encode()

    @pytest.mark.parametrize("text", ["\ufeff" + CAST, CAST.replace("\n", "\r\n")])
    def test_standard_output_gets_the_exact_bytes(self, db, monkeypatch, text):
        taken(text)
        out = BytesIO()
        monkeypatch.setattr(sys, "stdout", TextIOWrapper(out, newline="\r\n"))
        call_command("export_readme")
        assert out.getvalue() == text.encode()

    def test_facts_without_a_place_are_named(self, path):
        edit(lambda r: r.update(model("PaLM"), released="2022-04", parameters="540B"))
        assert run()[1] == "Not written, for this list has no place for it: released, parameters.\n"

    def test_the_table_of_contents_is_mended_on_request(self, db):
        taken(CAST.replace("(#baidu)", "(#bidu)"))
        assert run(refresh_contents=True)[0] == CAST

    def test_the_list_can_be_put_in_our_own_form(self, db):
        taken(CAST.replace("* PaLM", "* PaLM ").replace("## Baidu", "## Baidu ##"))
        assert run(canonical=True)[0] == CAST


@pytest.mark.django_db
class TestLooking:
    def test_a_check_is_silent_if_nothing_would_change(self, path):
        assert run(path, check=True) == ("", "")
        assert run(check=True) == ("", "")

    @pytest.mark.parametrize("named", [True, False], ids=["a file", "the newest text"])
    def test_a_check_says_how_much_would_change_and_writes_nothing(self, renamed, named):
        words = (renamed,) if named else ()
        file = renamed if named else "FILE"
        with pytest.raises(CommandError) as would:
            run(*words, check=True)
        assert str(would.value) == f"1 line would change: manage.py export_readme {file}"
        assert would.value.returncode == 1
        assert renamed.read_text() == CAST
        assert Snapshot.objects.count() == 1

    def test_a_check_of_a_missing_file_says_that_it_would_be_written(self, path):
        path.unlink()
        with pytest.raises(CommandError, match="lines would change"):
            run(path, check=True)
        assert not path.exists()

    def test_a_check_says_what_to_do_with_lines_that_were_never_imported(self, path):
        path.write_text(CAST + "* Wenxin\n")
        with pytest.raises(CommandError) as would:
            run(path, check=True)
        assert would.value.returncode == 1
        assert str(would.value) == (
            f"1 line would change: {path} was changed since, 1 of its lines was never imported; "
            f"the first is line 23: '* Wenxin'. First manage.py import_readme {path}"
        )

    def test_a_diff_shows_what_would_change_and_writes_nothing(self, renamed):
        out, err = run(renamed, diff=True)
        assert out.splitlines() == [
            "--- a/README.md",
            "+++ b/README.md",
            "@@ -14 +14 @@",
            "-* PaLM",
            "+* PaLM (540B)",
        ]
        assert err == ""
        assert renamed.read_text() == CAST
        assert Snapshot.objects.count() == 1

    def test_a_diff_of_equal_texts_is_empty(self, path):
        assert run(diff=True) == ("", "")

    def test_diff_and_check_go_together(self, renamed):
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("export_readme", str(renamed), check=True, diff=True, stdout=out)
        assert "+* PaLM (540B)\n" in out.getvalue()


@pytest.mark.django_db
class TestRefusals:
    def test_a_file_with_changes_of_its_own_is_refused_with_2(self, renamed):
        renamed.write_text(CAST + "* Wenxin\n")
        with pytest.raises(CommandError, match="was never imported") as refusal:
            run(renamed)
        assert refusal.value.returncode == 2
        assert str(refusal.value).endswith("\nNothing was written.")
        assert renamed.read_text() == CAST + "* Wenxin\n"

    def test_an_empty_catalogue_is_refused_with_2(self, db, tmp_path):
        for options in ({}, {"check": True}, {"diff": True}):
            with pytest.raises(CommandError, match="import_readme FILE first") as refusal:
                run(tmp_path / "README.md", **options)
            assert refusal.value.returncode == 2
        assert list(tmp_path.iterdir()) == []

    def test_many_removals_are_refused_until_they_are_allowed(self, db, tmp_path):
        many = "# L\n\n## Google\n\n" + "".join(f"* M{i}\n" for i in range(30))
        taken(many)
        edit(lambda r: r.delete(organisation("Google")))
        path = tmp_path / "README.md"
        path.write_text(many)
        with pytest.raises(CommandError, match="--allow-deletions 31") as refusal:
            run(path)
        assert refusal.value.returncode == 2
        assert path.read_text() == many
        run(path, allow_deletions=31)
        assert path.read_text().rstrip() == "# L"

    def test_a_value_that_a_list_cannot_hold_is_refused_with_2(self, path):
        LanguageModel.objects.filter(name="PaLM").update(name="[PaLM](x")
        LanguageModel.objects.filter(name="PLATO").update(name="## PLATO")
        with pytest.raises(CommandError, match="Baidu > ## PLATO cannot be written") as refusal:
            run(path)
        assert refusal.value.returncode == 2
        assert path.read_text() == CAST

    @pytest.mark.parametrize("options", [{}, {"check": True}])
    def test_a_directory_is_refused_with_2(self, path, options):
        with pytest.raises(CommandError, match="directory") as refusal:
            run(path.parent, **options)
        assert refusal.value.returncode == 2

    def test_a_disk_that_fails_is_told_with_2(self, renamed, monkeypatch):
        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("catalog.sync.files.os.fsync", full)
        with pytest.raises(CommandError, match="No space left on device") as refusal:
            run(renamed)
        assert refusal.value.returncode == 2
        assert renamed.read_text() == CAST
        assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=connection.vendor != "sqlite")
@pytest.mark.usefixtures("shared_database")
class TestProcesses:
    """Copies of this one, for they need no second to start."""

    def test_standard_output_is_the_list_and_nothing_else(self, manage, tmp_path):
        data = b"\xef\xbb\xbf" + REAL_LIST.read_bytes().replace(b"\n", b"\r\n")
        taken(data)
        assert manage("export_readme") == (0, data, b"")
        path = tmp_path / "README.md"
        path.write_bytes(data + b"* Mine\r\n")
        refused = manage("export_readme", path)
        assert (refused.status, refused.out) == (2, b"")
        assert path.read_bytes() == data + b"* Mine\r\n"

    @pytest.fixture
    def path(self, real_list, tmp_path) -> Path:
        """The real list, with one line to write."""
        rename(LanguageModel.objects.get(slug="palm"), "PaLM (540B)")
        path = tmp_path / "README.md"
        path.write_bytes(real_list)
        return path

    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_killed_process_leaves_a_whole_file(self, path, moment):
        old = path.read_bytes()
        replace = os.replace

        def dies(*paths: Any) -> None:
            if moment == "after":
                replace(*paths)
            os._exit(9)

        def export() -> None:
            files.os.replace = dies
            run(path)

        assert exit_status_of(child_doing(export)) == 9
        new = old.replace(b"* PaLM ", b"* PaLM (540B) ")
        assert path.read_bytes() == (old if moment == "before" else new)
        run(path)
        assert path.read_bytes() == new

    def test_two_at_once_write_one_file(self, path):
        said = [path.with_name(f"said {number}") for number in range(2)]

        def export(words: Path) -> None:
            words.write_text(run(path)[1])

        children = [child_doing(partial(export, words)) for words in said]
        assert [exit_status_of(child) for child in children] == [0, 0]
        ends = sorted(words.read_text().split(", ")[-1] for words in said)
        assert ends == ["as it was.\n", "written.\n"]
        assert b"* PaLM (540B) " in path.read_bytes()
