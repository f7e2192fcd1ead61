"""Each change of the rows changes exactly its lines, and no file that we do not know."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from catalog import changes, readme, sync
from catalog.models import LanguageModel, ListText, Organisation, Resource, Snapshot
from catalog.sync import files
from catalog.sync.rows import read_rows
from tests.changes.memory import edit, everything, undo
from tests.factories import small_catalog
from tests.sync.cast import CAST, cast_taken, changed, model, organisation, rename, taken, text_now

pytestmark = pytest.mark.django_db


# The real list, one edit at a time.


def at(slug: str) -> LanguageModel:
    return LanguageModel.objects.get(slug=slug)


def url_of(title: str) -> Resource:
    return Resource.objects.get(title=title)


Lines = tuple[list[str], list[str]]


@pytest.fixture
def edited(real_list):
    """An edit; the text then says what the rows say, and undone, though exported between, it
    is the text of before."""

    @contextmanager
    def around(
        *work: Callable[[changes.Recording], object],
    ) -> Iterator[tuple[list[str], list[str]]]:
        rows = everything()
        change_set = edit(*work)
        yield changed(real_list)
        assert readme.parse(text_now()).meaning == read_rows().meaning
        sync.export_readme(None, who="Li", allow_deletions=1000)
        undo(change_set)
        assert everything() == rows
        assert sync.export_text(allow_deletions=1000) == real_list

    return around


def test_the_real_list_comes_out_byte_for_byte(real_list):
    assert sync.export_text() == real_list


def test_renaming_a_model_changes_one_line(edited):
    with edited(lambda r: r.update(at("motian"), name="Motian (摩天)")) as lines:
        assert lines == (["* Motian "], ["* Motian (摩天) "])


def test_mending_a_url_changes_one_line(edited):
    url = "https://github.com/ai21labs/lm-evaluation"
    with edited(lambda r: r.update(Resource.objects.get(url=url), url=f"{url}-harness")) as (
        removed,
        added,
    ):
        assert [line.replace("-harness", "") for line in added] == removed
        assert len(added) == 1


def test_the_first_resource_of_an_empty_model_adds_one_line(edited):
    paper = Resource(
        model=at("palm"), kind="paper", title="PaLM", url="https://arxiv.org/abs/2204.02311"
    )
    with edited(lambda r: r.create(paper)) as lines:
        badge = "![paper](https://img.shields.io/badge/-paper-lightgrey?style=flat)"
        assert lines == ([], [f"  * [PaLM](https://arxiv.org/abs/2204.02311) {badge}"])


@pytest.mark.parametrize("behind", [None, "gshard", "minerva"], ids=["start", "middle", "end"])
def test_a_new_model_adds_one_line_where_it_shall_stand(edited, behind):
    google = organisation("Google")
    new = LanguageModel(organisation=google, name="Pathways")
    after = at(behind) if behind else None
    with edited(
        lambda r: r.create(new), lambda r: r.place(new, organisation=google, after=after)
    ) as lines:
        assert lines == ([], ["* Pathways"])
        said = next(s for s in readme.parse(text_now()).meaning.sections if s.name == "Google")
        names = [entry.name for entry in said.children]
        assert names.index("Pathways") == (names.index(after.name) + 1 if after else 0)


def test_a_new_organisation_adds_its_section_and_one_line_of_contents(edited):
    cohere = Organisation(name="Cohere")
    command = LanguageModel(organisation=cohere, name="Command")
    code = Resource(model=command, title="repo", url="https://github.com/cohere/x", kind="code")
    with edited(
        lambda r: r.create_many([cohere, command, code]),
        lambda r: r.place(cohere, after=organisation("Baidu")),
    ) as (removed, added):
        assert removed == []
        badge = (
            "![github](https://img.shields.io/badge/GitHub-100000?style=flat&logo=github"
            "&logoColor=white)"
        )
        assert [line for line in added if line] == [
            "  * [Cohere](#cohere)",
            "## Cohere",
            "* Command",
            f"  * [repo](https://github.com/cohere/x) {badge}",
        ]


def test_renaming_an_organisation_changes_its_heading_and_its_line_of_contents(edited):
    with edited(lambda r: r.update(organisation("Google"), name="Google Research")) as lines:
        assert lines == (
            ["  * [Google](#google)", "## Google "],
            ["  * [Google Research](#google-research)", "## Google Research "],
        )


def test_a_model_moved_below_another_is_indented_there(edited):
    with edited(lambda r: r.place(at("palm"), parent=at("t5-family"), after=at("byt5"))) as lines:
        assert lines == (["* PaLM "], ["  * PaLM "])


def test_a_model_with_resources_moved_below_another_takes_its_lines_along(edited):
    with edited(lambda r: r.place(at("jurassic-1"), parent=at("t5-family"), after=at("byt5"))) as (
        removed,
        added,
    ):
        assert [line.rstrip() for line in added if line] == [
            f"  {line}".rstrip() for line in removed if line
        ]
        assert len(added) >= 3


def test_a_deleted_family_takes_its_lines_along(edited):
    with edited(lambda r: r.delete(at("t5-family"))) as lines:
        assert lines == (["* T5 family", "  * T5 series ", "  * ByT5 ", "  * ExT5 "], [])


def test_an_organisation_stays_with_its_words_when_its_last_model_goes():
    text = CAST.replace("## Baidu\n", "## Baidu\n\nBaidu trains them on PaddlePaddle.\n")
    taken(text)
    edit(*[lambda r, name=name: r.delete(model(name)) for name in ("ERNIE", "PLATO")])
    removed, added = changed(text)
    assert added == []
    assert removed[0] == "* ERNIE"
    taken(text_now())
    assert organisation("Baidu").note == "Baidu trains them on PaddlePaddle."
    edit(lambda r: r.create(LanguageModel(organisation=organisation("Baidu"), name="PLATO")))
    assert changed(text) == (removed[:2], [])


def test_two_siblings_change_their_places(edited):
    with edited(lambda r: r.place(at("ext5"), after=at("t5-series"))) as lines:
        assert lines in ((["  * ExT5 "], ["  * ExT5 "]), (["  * ByT5 "], ["  * ByT5 "]))
        assert text_now().index("  * ExT5 ") < text_now().index("  * ByT5 ")


def test_plato_before_ernie_leaves_the_break_between_them(edited, real_list):
    with edited(lambda r: r.place(at("plato-family"), after=None)):
        text = text_now()
        assert text.index("* PLATO family") < text.index("<br/>") < text.index("* ERNIE family")
        assert sorted(text.split("\n")) == sorted(real_list.decode().split("\n"))


@pytest.mark.parametrize("row_class", [Organisation, LanguageModel])
def test_an_edited_note_changes_its_line(edited, row_class):
    noted = row_class.objects.exclude(note="").first()
    with edited(lambda r: r.update(noted, note=f"{noted.note} And more.")) as (removed, added):
        assert [f"{line.rstrip()} And more." for line in removed] == [a.rstrip() for a in added]
        assert len(added) == 1


def test_an_edited_introduction_changes_its_line(edited):
    words = ListText.objects.get(key="introduction")
    new = words.text.replace("succesful", "successful")
    with edited(lambda r: r.update(words, text=new)) as (removed, added):
        assert [line.replace("succesful", "successful") for line in removed] == added
        assert len(added) == 1


@pytest.mark.parametrize("exported", [False, True], ids=["at once", "after an export"])
def test_a_model_unpublished_and_published_again_leaves_the_file_as_before(real_list, exported):
    edit(lambda r: r.update(at("palm"), is_published=False))
    assert changed(real_list) == (["* PaLM "], [])
    if exported:
        sync.export_readme(None, who="Li")
    edit(lambda r: r.update(at("palm"), is_published=True))
    assert sync.export_text() == real_list


def test_an_undo_brings_kept_text_back_although_an_export_came_between():
    text = CAST.replace("* ERNIE\n", "* ERNIE\n\n  <br/>\n\n")
    taken(text)
    change_set = edit(lambda r: r.delete(organisation("Baidu")))
    sync.export_readme(None, who="Li")
    assert "<br/>" not in text_now()
    undo(change_set)
    assert text_now() == text


def test_an_undo_brings_kept_text_back_although_other_edits_came_between():
    text = CAST.replace("* ERNIE\n", "* ERNIE\n\n  <br/>\n\n")
    taken(text)
    change_set = edit(lambda r: r.delete(organisation("Baidu")))
    sync.export_readme(None, who="Li")
    edit(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    undo(change_set)
    assert text_now() == text.replace("* PaLM\n", "* PaLM 2\n")


def test_what_was_imported_since_is_not_taken_back_by_an_undo():
    cast_taken()
    change_set = edit(lambda r: r.delete(organisation("Baidu")))
    sync.export_readme(None, who="Li")
    taken(text_now().replace("Baidu comes last", "Google stands alone"))
    undo(change_set)
    assert "Google stands alone" in text_now()


# Which file may be overwritten.


@pytest.fixture
def path(tmp_path):
    return tmp_path / "README.md"


@pytest.mark.parametrize("there", [None, b"", b" \n\n"], ids=["missing", "empty", "blank"])
def test_a_file_that_is_missing_or_empty_is_written(path, there):
    cast_taken()
    if there is not None:
        path.write_bytes(there)
    assert sync.export_readme(path, who="Li").is_written
    assert path.read_text() == CAST


def test_a_file_that_we_took_or_handed_out_is_overwritten(path):
    cast_taken()
    path.write_text(CAST)
    for name in ("PaLM 2", "PaLM 3"):
        edit(lambda r, name=name: r.update(LanguageModel.objects.get(slug="palm"), name=name))
        assert sync.export_readme(path, who="Li").is_written
        assert path.read_text() == CAST.replace("* PaLM\n", f"* {name}\n")
    path.write_text(CAST)
    assert sync.export_readme(path, who="Li").is_written


def test_a_file_that_says_the_same_is_not_touched(path):
    cast_taken()
    path.write_text(CAST)
    os.utime(path, (1, 1))
    assert not sync.export_readme(path, who="Li").is_written
    assert path.stat().st_mtime == 1


def test_a_file_with_lines_that_were_never_imported_is_not_overwritten(path):
    cast_taken()
    path.write_text(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n* Wenxin 2\n"))
    before = path.read_bytes()
    rename(model("PaLM"), "PaLM 540B")
    with pytest.raises(sync.CannotExport) as refusal:
        sync.export_readme(path, who="Li")
    number = path.read_text().split("\n").index("* Wenxin") + 1
    assert str(refusal.value) == (
        f"{path} was changed since: 2 of its lines were never imported; "
        f"the first is line {number}: '* Wenxin'.\n"
        f"To keep both sides: manage.py import_readme {path}, then export again."
    )
    assert path.read_bytes() == before
    assert Snapshot.objects.count() == 1


def test_a_file_that_only_lost_lines_is_not_overwritten(path):
    cast_taken()
    path.write_text(CAST.replace("* PLATO\n", ""))
    with pytest.raises(sync.CannotExport, match="lines that were imported are gone"):
        sync.export_readme(path, who="Li")


def test_the_command_that_is_named_can_be_pasted(tmp_path):
    cast_taken()
    path = tmp_path / "my list.md"
    path.write_text("* Other\n")
    with pytest.raises(sync.CannotExport, match=f"import_readme '{path}', then"):
        sync.export_readme(path, who="Li")


def test_a_wrong_database_does_not_damage_a_file(path):
    taken("# Other\n\n## A\n\n* B\n")
    path.write_text(CAST)
    with pytest.raises(sync.CannotExport, match="were never imported"):
        sync.export_readme(path, who="Li", allow_deletions=1000)
    assert path.read_text() == CAST


def test_an_empty_database_does_not_damage_a_file(path):
    path.write_text(CAST)
    with pytest.raises(sync.CannotExport, match="no list was imported yet"):
        sync.export_readme(path, who="Li")
    assert path.read_text() == CAST


def test_rows_that_never_met_the_file_do_not_damage_it(path):
    small_catalog()
    path.write_text(CAST)
    with pytest.raises(sync.CannotExport, match="were never imported"):
        sync.export_readme(path, who="Li")
    assert path.read_text() == CAST


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is a directory: name the file in it"),
        ("nowhere/README.md", "is no directory: make it first"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, said):
    cast_taken()
    with pytest.raises(sync.CannotExport, match=said):
        sync.export_readme(tmp_path / name, who="Li")


def test_what_is_neither_file_nor_directory_stays_what_it_is(tmp_path, monkeypatch):
    """A socket of our own: no test may name a device, which a broken guard would replace."""
    cast_taken()
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(sync.CannotExport, match="is no file: without FILE the text goes to"):
            sync.export_readme(tmp_path / "socket", who="Li")
        assert (tmp_path / "socket").is_socket()


# An export that dies.


class Killed(BaseException):
    pass


def test_killed_before_the_file_is_replaced_nothing_has_changed(path, monkeypatch):
    cast_taken()
    path.write_text(CAST)
    rename(model("PaLM"), "PaLM 540B")
    monkeypatch.setattr(files.os, "replace", _dies)
    with pytest.raises(Killed):
        sync.export_readme(path, who="Li")
    assert path.read_text() == CAST
    assert list(path.parent.iterdir()) == [path]
    assert Snapshot.objects.count() == 1


def test_killed_after_the_file_was_replaced_the_next_export_sees_that(path, monkeypatch):
    cast_taken()
    path.write_text(CAST)
    rename(model("PaLM"), "PaLM 540B")
    monkeypatch.setattr(files, "_sync_folder", _dies)
    with pytest.raises(Killed):
        sync.export_readme(path, who="Li")
    monkeypatch.undo()
    assert path.read_text() == text_now()
    assert Snapshot.objects.count() == 1
    assert not sync.export_readme(path, who="Li").is_written
    assert Snapshot.objects.count() == 2


def _dies(*_: object) -> None:
    raise Killed


# Values that a list cannot hold.


def test_a_value_that_a_list_cannot_hold_is_named(path):
    cast_taken()
    LanguageModel.objects.filter(name="PaLM").update(name="## PaLM")
    with pytest.raises(sync.CannotExport) as refusal:
        sync.export_readme(path, who="Li")
    assert str(refusal.value) == (
        "Google > ## PaLM cannot be written. A name cannot hold “## ”: it would be read as a "
        "heading. Leave it out. Mend it in the database, then export again."
    )
    assert not path.exists()


@pytest.mark.parametrize("canonical", [False, True])
def test_rows_that_never_met_a_file_are_checked_as_well(canonical):
    small_catalog()
    LanguageModel.objects.filter(name="ERNIE").update(name="[ERNIE](x")
    LanguageModel.objects.filter(name="ByT5").update(name="* ByT5")
    with pytest.raises(sync.CannotExport, match=r"> \* ByT5 cannot be written"):
        sync.plan_export(canonical=canonical)


# Other forms.


def test_rows_that_never_met_a_file_get_our_own_form():
    small_catalog()
    text = sync.export_text().decode()
    assert readme.parse(text).meaning == read_rows().meaning
    assert text.startswith("## Google\n\n* T5 family\n  * T5\n")


def test_the_table_of_contents_is_mended_on_request(real_list):
    lines = sync.plan_export(refresh_contents=True).text.decode()
    document = readme.parse(lines)
    assert {line.anchor for line in document.contents} <= set(document.anchors)
    assert len(readme.parse(real_list.decode()).contents) == 20
    assert document.meaning == read_rows().meaning
    assert sync.export_text() == real_list


def test_a_mended_table_of_contents_stays_mended(path):
    text = CAST.replace("(#baidu)", "(#bidu)")
    taken(text)
    path.write_text(text)
    sync.export_readme(path, who="Li", refresh_contents=True)
    assert path.read_text() == CAST
    assert text_now() == CAST


def test_a_new_organisation_does_not_mend_what_else_is_wrong_in_the_contents():
    taken(CAST.replace("(#google)", "(#gogle)"))
    edit(lambda r: r.create(Organisation(name="Zhipu", slug="zhipu")))
    text = text_now()
    assert "(#gogle)" in text
    assert "* [Zhipu](#zhipu)" in text


# In words.


def test_text_that_no_record_holds_is_quoted_where_it_goes_along():
    taken(CAST.replace("* ERNIE\n", "* ERNIE\n\n  <br/>\n\n"))
    edit(lambda r: r.delete(organisation("Baidu")))
    assert sync.plan_export().plan == (
        "removed: Baidu, with 2 models and 1 resource",
        "with Baidu goes text that no record holds: '<br/>'",
    )


def test_many_renamed_records_are_no_removals():
    names = [f"Model {letter}" for letter in "ABCDEFGHIJKL"]
    taken("# L\n\n## Google\n\n" + "".join(f"* {name}\n" for name in names))
    for number, name in enumerate(names):
        edit(lambda r, n=number, name=name: r.update(model(name), name=f"Gemini {n}"))
    report = sync.plan_export()
    assert report.plan[0] == "renamed: Google > Model A -> Gemini 0"
    assert len(report.plan) == len(names)


def test_what_changes_is_told_and_what_is_not_written_is_named():
    cast_taken()
    edit(lambda r: r.update(model("PaLM"), name="PaLM (540B)", released="2022-04"))
    report = sync.plan_export()
    assert report.plan == ("renamed: Google > PaLM -> PaLM (540B)",)
    assert report.unstated == ("released",)
    assert report.agreed == CAST.encode()


def test_a_kind_that_the_table_no_longer_has_is_named(db):
    cast_taken()
    Resource.objects.filter(kind="paper").update(kind="podcast")
    with pytest.raises(sync.CannotExport, match="There is no kind “podcast”"):
        sync.export_text()
