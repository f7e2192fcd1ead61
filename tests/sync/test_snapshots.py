"""Which texts are kept, and from which of them a file descends."""

import os
from pathlib import Path

import pytest

from catalog import readme, sync
from catalog.models import ChangeSet, Snapshot
from catalog.sync import snapshots
from tests.changes.memory import edit, undo
from tests.sync.cast import (
    CAST,
    cast_taken,
    changed,
    draft,
    model,
    rename,
    take,
    taken,
    text_now,
    unpublish,
)

pytestmark = pytest.mark.django_db

PALM_2 = CAST.replace("* PaLM\n", "* PaLM\n* PaLM 2\n")


def newest() -> Snapshot:
    return Snapshot.objects.latest("pk")


# What is kept.


def test_an_import_keeps_its_text_with_its_meaning():
    taken(CAST)
    kept = Snapshot.objects.get()
    assert bytes(kept.text) == CAST.encode()
    assert readme.Meaning.from_json(kept.meaning) == readme.parse(CAST).meaning
    assert (kept.grammar, kept.origin, kept.taken_by) == (readme.GRAMMAR, "import", "Li")
    assert ChangeSet.objects.get().snapshot == kept


@pytest.mark.parametrize("to_file", [True, False], ids=["to a file", "to standard output"])
def test_an_export_keeps_its_text(tmp_path, to_file):
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    report = sync.export_readme(tmp_path / "README.md" if to_file else None, who="Kim")
    assert (newest().origin, newest().taken_by) == ("export", "Kim")
    assert bytes(newest().text) == report.text


def test_the_same_text_is_kept_once(tmp_path):
    cast_taken()
    taken(CAST)
    sync.export_readme(None, who="Li")
    sync.export_readme(tmp_path / "README.md", who="Li")
    assert Snapshot.objects.count() == 1


def test_looking_keeps_nothing():
    cast_taken()
    taken(PALM_2, dry_run=True)
    rename(model("PaLM"), "PaLM (540B)")
    sync.plan_export()
    sync.export_text()
    assert Snapshot.objects.count() == 1


def test_a_text_whose_import_stopped_is_not_kept():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    assert take(CAST.replace("* PaLM", "* PaLM (Pathways)")).stopped
    assert Snapshot.objects.count() == 1


def test_an_import_that_changes_kept_text_only_keeps_the_text_and_no_change_set():
    cast_taken()
    data = CAST.replace("<!-- Baidu", "<!-- 百度")
    assert taken(data).plan == ()
    assert bytes(newest().text) == data.encode()
    assert ChangeSet.objects.count() == 1
    assert text_now() == data


def test_kept_text_of_the_file_is_taken_although_the_rows_have_changed():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    data = CAST.replace("Baidu comes last", "Baidu comes second")
    assert "what has changed since stays" in taken(data).base
    assert text_now() == data.replace("* PaLM", "* PaLM (540B)")


# The base.


def test_without_any_text_there_is_no_base():
    assert taken(CAST).base == "Base: none, nothing was imported or exported before."


def test_the_base_is_the_newest_text():
    cast_taken()
    report = taken(PALM_2)
    assert report.base == f"Base: snapshot {newest().pk - 1} (import), the newest."
    assert report.plan == ("added: Google > PaLM 2",)


def test_a_file_that_is_new_in_its_prose_only_is_told_so():
    cast_taken()
    data = CAST.replace("comes last", "comes second").replace("## Baidu", "Ask Kim.\n\n## Baidu")
    said = "The file changes no record. 2 lines are added to README.md, 1 changes."
    assert taken(data).base.endswith(f"the newest. {said}")
    assert text_now() == data
    rename(model("PaLM"), "PaLM (540B)")
    report = taken(data.replace("Ask Kim", "Ask Li"))
    assert report.base.endswith(
        "The file changes no record; what has changed since stays. 1 line changes in README.md."
    )


def test_a_file_equal_to_the_newest_text_holds_nothing_new():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    report = taken(CAST)
    assert report.base.endswith(
        "the newest. The file holds nothing new; what has changed since stays."
    )
    assert model("PaLM (540B)")
    assert not report.is_round_trip
    assert report.exported == text_now().encode()


@pytest.fixture
def two_texts() -> tuple[Snapshot, Snapshot]:
    """The cast, and after it an export in which PaLM has another name."""
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    sync.export_readme(None, who="Li")
    first, second = Snapshot.objects.order_by("pk")
    return first, second


STALE = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")


@pytest.mark.parametrize("text", [CAST, STALE], ids=["an old copy", "an old copy with an edit"])
def test_a_file_nearer_to_an_older_text_is_left_to_a_person(two_texts, text):
    first, second = two_texts
    report = take(text)
    assert report.base == f"Base: snapshot {second.pk} (export), the newest."
    old_copy, taken_back = report.stopped
    assert f"nearer to snapshot {first.pk} (import)" in old_copy
    assert f"--base {first.pk}" in old_copy
    assert "--base newest" in taken_back
    assert model("PaLM (540B)")


def test_an_old_copy_that_differs_outside_of_records_only_is_left_to_a_person_as_well():
    cast_taken()
    taken(CAST.replace("Baidu comes last", "Baidu comes second"))
    assert "nearer to snapshot" in take(CAST).stopped[0]


def test_a_file_as_near_to_the_newest_text_as_to_an_older_one_goes_on_from_the_newest(two_texts):
    report = taken(CAST.replace("* PaLM\n", ""))
    assert report.plan == ("removed: Google > PaLM (540B)",)


def test_an_old_copy_reverts_nothing_when_its_base_is_named(two_texts):
    first, second = two_texts
    report = taken(CAST, base=str(first.pk))
    assert report.base == (
        f"Base: snapshot {first.pk} (import), as asked. "
        "The file holds nothing new; what has changed since stays."
    )
    assert model("PaLM (540B)")
    assert newest() == second


def test_taking_changes_back_on_purpose_undoes_them_here_too(two_texts):
    report = taken(CAST, base="newest")
    assert report.plan == ("renamed: Google > PaLM (540B) -> PaLM",)
    assert model("PaLM")
    assert text_now() == CAST


def test_a_base_can_be_a_file_with_its_text(two_texts, tmp_path):
    first, _ = two_texts
    old = tmp_path / "old.md"
    old.write_text(CAST)
    assert taken(CAST, base=str(old)).base.startswith(f"Base: snapshot {first.pk} (import)")


def test_a_base_can_come_from_a_command(two_texts):
    """--base <(git show v1:README.md) hands over a pipe."""
    first, _ = two_texts
    read, write = os.pipe()
    os.write(write, CAST.encode())
    os.close(write)
    assert taken(CAST, base=f"/dev/fd/{read}").base.startswith(f"Base: snapshot {first.pk}")
    os.close(read)


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("99999", "there is no snapshot with this number"),
        ("99999999999999999999999", "there is no snapshot with this number"),
        ("nothing.md", "write newest, the number of a snapshot, or a file"),
        ("/tmp", "write newest, the number of a snapshot, or a file"),
        (__file__, "this text was never imported or exported"),
    ],
)
def test_a_base_that_is_none_is_told(base, said):
    cast_taken()
    with pytest.raises(sync.NoSuchBase, match=said):
        take(PALM_2, base=base)
    assert not take(PALM_2, base="newest").stopped


def test_a_base_named_before_the_first_import_is_told():
    with pytest.raises(sync.NoSuchBase, match="no text was imported"):
        take(CAST, base="1")


def test_an_undone_edit_makes_an_old_copy_no_newer():
    """The newest text is not what the rows say; that an older one is nearer still asks a person."""
    cast_taken()
    change_set = edit(lambda r: r.update(model("PaLM"), name="PaLM (540B)"))
    sync.export_readme(None, who="Li")
    undo(change_set)
    assert take(STALE).stopped
    assert taken(STALE, base=str(Snapshot.objects.earliest("pk").pk)).plan == (
        "added: Baidu > Wenxin",
    )
    assert text_now() == STALE


@pytest.fixture
def another_text() -> tuple[Snapshot, str]:
    """A first text, and one imported after it that says more outside of the records."""
    cast_taken()
    first = newest()
    data = CAST.replace("Baidu comes last", "Baidu comes second")
    taken(data)
    return first, data


def test_what_another_import_says_outside_of_records_is_not_lost_to_an_old_copy(another_text):
    first, data = another_text
    assert taken(STALE, base=str(first.pk)).plan == ("added: Baidu > Wenxin",)
    assert text_now() == data + "* Wenxin\n"


def test_an_old_copy_taken_so_may_be_overwritten(another_text, tmp_path):
    first, data = another_text
    path = tmp_path / "README.md"
    path.write_text(STALE)
    sync.sync_readme(path, who="Li", base=str(first.pk))
    assert path.read_text() == data + "* Wenxin\n"
    assert taken(path.read_bytes()).plan == ()


def test_what_an_old_copy_itself_says_outside_of_records_comes_along(another_text):
    first, data = another_text
    stale = STALE.replace("* PLATO\n", "* PLATO\n\n<!-- Ask Li. -->\n\n")
    data = data.replace("* ByT5\n", "* ByT5\n  * mT5\n")
    taken(data)
    rename(model("PaLM"), "PaLM (540B)")
    taken(stale, base=str(first.pk))
    both = data + "\n<!-- Ask Li. -->\n\n* Wenxin\n"
    assert bytes(newest().text).decode() == both
    assert newest().meaning == readme.parse(both).meaning.to_json()
    for _ in range(2):
        assert text_now() == both.replace("* PaLM\n", "* PaLM (540B)\n")
        assert taken(stale, base=str(first.pk)).plan == ()


def test_an_old_copy_that_comes_in_again_adds_nothing(another_text):
    first, data = another_text
    told = "<!-- Ask Li. -->\n"
    stale = CAST.replace("<!-- Baidu comes last. -->\n", f"<!-- Baidu comes last. -->\n{told}")
    for _ in range(3):
        taken(stale, base=str(first.pk))
        assert text_now() == data.replace("second. -->\n", f"second. -->\n{told}")


def test_an_old_copy_with_nothing_new_in_its_records_has_its_other_text_taken(another_text):
    first, data = another_text
    stale = CAST.replace(
        "What Google and Baidu made.\n", "What Google and Baidu made.\n\nAsk Li.\n"
    )
    assert taken(stale, base=str(first.pk)).plan == ()
    assert text_now() == data.replace("Baidu made.\n", "Baidu made.\n\nAsk Li.\n")


def test_an_old_copy_that_is_taken_after_exports_only_is_agreed_on_itself():
    first = cast_taken() and newest()
    rename(model("PaLM"), "PaLM (540B)")
    sync.export_readme(None, who="Li")
    taken(STALE, base=str(first.pk))
    assert bytes(newest().text).decode() == STALE
    assert taken(f"{STALE}* PLATO-2\n").plan == ("added: Baidu > PLATO-2",)
    assert text_now() == STALE.replace("* PaLM\n", "* PaLM (540B)\n") + "* PLATO-2\n"


def test_what_an_old_copy_and_another_import_both_say_of_the_same_line_is_left_to_a_person(
    another_text,
):
    first, data = another_text
    stale = STALE.replace("Baidu comes last", "Baidu comes third")
    report = take(stale, base=str(first.pk))
    assert f"Another text was imported since snapshot {first.pk}" in report.stopped[0]
    assert report.stopped[1] == "Both changed this line or its place: '<!-- Baidu comes third. -->'"
    assert text_now() == data


def test_an_old_copy_that_cannot_be_merged_as_text_is_taken_if_records_hold_all_that_is_new(
    another_text, monkeypatch
):
    first, data = another_text

    def refuse(*_):
        raise readme.Unstatable("No form.")

    monkeypatch.setattr(readme, "merge_texts", refuse)
    assert taken(STALE, base=str(first.pk)).plan == ("added: Baidu > Wenxin",)
    assert bytes(newest().text).decode() == data
    assert text_now() == data + "* Wenxin\n"
    more = take(STALE.replace("comes last", "comes third"), base=str(first.pk))
    assert "cannot be put together" in more.stopped[0]


def test_only_so_many_snapshots_are_compared_in_vain(monkeypatch):
    cast_taken()
    for number in range(6):
        rename(model("PLATO") if not number else model(f"PLATO-{number}"), f"PLATO-{number + 1}")
        sync.export_readme(None, who="Li")
    data = text_now().replace("* PaLM\n", "* PaLM\n* PaLM 2\n")
    compared = []
    real = readme.compare
    monkeypatch.setattr(readme, "compare", lambda a, b: compared.append(a) or real(a, b))
    monkeypatch.setattr(snapshots, "_IN_VAIN", 2)
    snapshots.find_base(data.encode(), readme.parse(data).meaning, "")
    assert len(compared) == 3


# Together.


def test_an_unpublished_record_is_taken_out_of_the_file_and_comes_back_as_it_was():
    cast_taken()
    unpublish(model("PaLM"))
    sync.export_readme(None, who="Li")
    assert changed(CAST) == (["* PaLM"], [])
    edit(lambda r: r.update(model("PaLM"), is_published=True))
    assert text_now() == CAST


def test_a_draft_is_in_no_text(tmp_path: Path):
    cast_taken()
    draft()
    assert text_now() == CAST
