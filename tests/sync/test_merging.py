"""Rows and file have both changed since they last agreed: what each did holds, or is asked."""

import pytest

from catalog import sync
from catalog.models import ChangeSet, LanguageModel, Resource, Snapshot
from tests.changes.memory import edit, everything, undo
from tests.sync.cast import CAST, cast_taken, model, organisation, rename, take, taken

pytestmark = pytest.mark.django_db

WENXIN = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")
PALM = "* PaLM (540B)"


def test_both_sides_hold_and_export_adds_only_our_lines():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    report = taken(WENXIN)
    assert report.plan == ("added: Baidu > Wenxin",)
    assert not report.is_round_trip
    assert sync.export_text().decode() == WENXIN.replace("* PaLM", PALM)


def test_a_merged_import_is_undone_as_a_whole():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    before = sync.export_text()
    taken(WENXIN)
    undo(ChangeSet.objects.latest("pk"))
    assert sync.export_text() == before


@pytest.mark.parametrize(
    ("prefer", "name"), [("database", "PaLM (540B)"), ("file", "PaLM (Pathways)")], ids=str
)
def test_a_field_that_both_changed_is_asked_and_the_preferred_side_holds(prefer, name):
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    theirs = WENXIN.replace("* PaLM", "* PaLM (Pathways)")
    before = everything()
    stopped = take(theirs).stopped
    line = theirs[: theirs.index("* PaLM")].count("\n") + 1
    assert stopped[0].startswith("1 conflict: both sides changed the same")
    assert stopped[1] == (
        "  Google > PaLM (540B), name: before 'PaLM', in the database 'PaLM (540B)', "
        f"in the file 'PaLM (Pathways)' (line {line})"
    )
    assert everything() == before

    report = taken(theirs, prefer=prefer)
    assert f"the {prefer} holds: {stopped[1].strip().rpartition(' (line')[0]}" in report.plan
    assert "added: Baidu > Wenxin" in report.plan
    assert model(name).name == name
    assert sync.export_text().decode() == WENXIN.replace("* PaLM", f"* {name}")


def test_what_one_side_removed_and_the_other_changed_is_asked():
    cast_taken()
    edit(lambda r: r.delete(model("ERNIE")))
    theirs = CAST.replace("PaddlePaddle/ERNIE)", "PaddlePaddle/ERNIE-SDK)")
    [_, conflict] = take(theirs).stopped
    assert conflict.startswith(
        "  Baidu > ERNIE: removed in the database, changed in the file, with 1 below it (line "
    )
    taken(theirs, prefer="file")
    assert sync.export_text().decode() == theirs


def test_what_the_file_removed_goes_though_other_things_changed_here():
    cast_taken()
    rename(organisation("Baidu"), "Baidu (百度)")
    theirs = CAST.replace("* PLATO\n", "")
    assert taken(theirs).plan == ("removed: Baidu (百度) > PLATO",)
    assert not LanguageModel.objects.filter(name="PLATO").exists()


def test_an_unpublished_model_stays_so_though_the_file_still_has_it():
    cast_taken()
    edit(lambda r: r.update(model("PLATO"), is_published=False))
    theirs = CAST.replace("* PaLM", "* PaLM (Pathways)")
    taken(theirs)
    assert sync.export_text().decode() == theirs.replace("* PLATO\n", "")
    assert LanguageModel.objects.filter(name="PLATO", is_published=False).count() == 1


def test_the_same_done_on_both_sides_is_no_question():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    theirs = WENXIN.replace("* PaLM", PALM)
    assert taken(theirs).plan == ("added: Baidu > Wenxin",)
    assert sync.export_text().decode() == theirs


def test_an_old_copy_with_one_new_model_reverts_nothing():
    cast_taken()
    old = Snapshot.objects.latest("pk").pk
    for number in range(20):
        rename(LanguageModel.objects.get(pk=model("PLATO").pk), "PLATO")
        edit(lambda r, n=number: r.update(model("PLATO"), note=f"Version {n}"))
        if number % 4 == 0:
            keep_export()
    said = sync.export_text().decode()
    assert "descends" in take(WENXIN).stopped[0] or "nearer" in take(WENXIN).stopped[0]
    report = taken(WENXIN, base=str(old))
    assert report.plan == ("added: Baidu > Wenxin",)
    assert sync.export_text().decode() == said.rstrip("\n") + "\n* Wenxin\n"


def keep_export() -> None:
    sync.export_readme(None, who="Li")


def test_links_that_each_side_gave_an_empty_model_both_stay():
    cast_taken()
    palm = model("PaLM")
    edit(
        lambda r: r.create(
            Resource(model=palm, kind="paper", title="PaLM", url="https://arxiv.org/abs/2204.02311")
        )
    )
    code = "  * [code](https://github.com/lucidrains/PaLM)\n"
    theirs = CAST.replace("* PaLM\n", f"* PaLM\n{code}")
    assert taken(theirs).stopped == ()
    out = sync.export_text().decode()
    assert code in out
    assert "https://arxiv.org/abs/2204.02311" in out
