"""A file that meets rows with which nothing was ever agreed on."""

import pytest
from django.core.management import call_command

from catalog import changes
from catalog.models import ChangeSet, LanguageModel, Organisation, Resource, Snapshot
from catalog.sync.rows import read_rows
from tests.changes.memory import undo
from tests.factories import small_catalog
from tests.sync.cast import model, take, taken, text_now

pytestmark = pytest.mark.django_db

# As the rows of the small catalogue say it, without T5 family and what is below it.
BAIDU = "# PLMs\n\n## Baidu\n\n* ERNIE\n  * [github repo](https://github.com/PaddlePaddle/ERNIE)\n"


def numbers() -> set[tuple[str, int]]:
    return {
        (row_class.__name__, pk)
        for row_class in (Organisation, LanguageModel, Resource)
        for pk in row_class.objects.values_list("pk", flat=True)
    }


@pytest.fixture
def cast():
    return small_catalog()


def test_equal_things_pair_and_what_the_file_lacks_stays(cast):
    before = numbers()
    report = taken(BAIDU)
    assert report.base == "Base: none, nothing was imported or exported before."
    assert report.plan == ("changed: title: '' -> 'PLMs'",)
    assert numbers() == before
    assert "T5 family" in text_now()


def test_what_is_new_lands_where_the_file_has_it_although_rows_stand_before_it(cast):
    taken(BAIDU + "  * [paper](https://arxiv.org/abs/1904.09223)\n* PLATO\n  * PLATO-2\n")
    assert [link.title for link in cast.ernie.resources.in_tree_order()] == ["github repo", "paper"]
    assert model("PLATO").organisation == cast.baidu
    assert model("PLATO-2").parent == model("PLATO")


def test_fields_that_differ_are_in_conflict(cast):
    report = take(BAIDU.replace("github repo", "code"))
    assert report.stopped == (
        "1 field differs, in the database -> in the file, and no earlier text tells which side "
        "changed. Choose one side for all: --prefer database or --prefer file.",
        "  changed: Baidu > ERNIE > code, title: 'github repo' -> 'code'",
    )
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(("prefer", "title"), [("database", "github repo"), ("file", "code")])
def test_a_preference_settles_fields_that_differ(cast, prefer, title):
    taken(BAIDU.replace("github repo", "code"), prefer=prefer)
    cast.ernie_code.refresh_from_db()
    assert cast.ernie_code.title == title
    assert f"[{title}]" in text_now()


@pytest.mark.parametrize("prefer", ["", "database", "file"])
def test_a_field_that_only_the_rows_fill_stays(cast, prefer):
    LanguageModel.objects.filter(pk=cast.ernie.pk).update(note="Knowledge.")
    taken(BAIDU, prefer=prefer)
    assert model("ERNIE").note == "Knowledge."


def test_a_field_that_only_the_file_fills_is_taken(cast):
    taken(BAIDU.replace("* ERNIE\n", "* ERNIE\n  > Knowledge.\n"))
    assert model("ERNIE").note == "Knowledge."


MOVED = """# PLMs

## Google

* T5 family
  * T5
    * [Exploring the Limits of Transfer Learning](https://arxiv.org/abs/1910.10683)
* ByT5

## Baidu

* ERNIE
  * [github repo](https://github.com/PaddlePaddle/ERNIE)
"""


def test_a_model_below_another_parent_is_in_conflict(cast):
    report = take(MOVED)
    assert report.stopped[1:] == ("  moved: Google > ByT5, from Google > T5 family",)


@pytest.mark.parametrize(("prefer", "parent"), [("database", "T5 family"), ("file", None)])
def test_a_preference_settles_where_a_model_stands(cast, prefer, parent):
    taken(MOVED, prefer=prefer)
    cast.byt5.refresh_from_db()
    assert (cast.byt5.parent and cast.byt5.parent.name) == parent


def test_of_two_orders_the_files_holds_and_is_no_conflict(cast):
    taken("# PLMs\n\n## Baidu\n\n* ERNIE\n\n## Google\n\n* T5 family\n")
    assert [section.name for section in read_rows().meaning.sections] == ["Baidu", "Google"]


def test_rows_that_were_loaded_meet_the_list_that_they_are_from(real_list, tmp_path):
    dump = str(tmp_path / "rows.json")
    tables = [f"catalog.{row_class.__name__}" for row_class in changes.TABLES.values()]
    call_command("dumpdata", *tables, "--natural-foreign", output=dump)
    undo(ChangeSet.objects.get())
    ChangeSet.objects.update(snapshot=None)
    Snapshot.objects.all().delete()
    call_command("loaddata", dump, verbosity=0)
    report = taken(real_list)
    assert report.base.startswith("Base: none")
    assert report.plan == ()
    assert report.is_round_trip
