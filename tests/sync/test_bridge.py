"""Import and export together: what goes in comes out, and one edit changes what it must."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog import changes, sync
from catalog.models import ChangeSet, LanguageModel, Organisation, Resource, Snapshot

LIST = Path(__file__).parents[2] / "fixtures" / "awesome-plm.md"

pytestmark = pytest.mark.django_db


@pytest.fixture
def real_list() -> bytes:
    data = LIST.read_bytes()
    report = sync.import_readme(data, who="Li", source_name="README.md")
    assert report.stopped == ()
    return data


def changed(before: bytes) -> tuple[list[str], list[str]]:
    """The lines that an export now removes and adds."""
    lines = list(sync.diff(before, sync.export_text(allow_deletions=1000)))[2:]
    return (
        [line[1:] for line in lines if line.startswith("-")],
        [line[1:] for line in lines if line.startswith("+")],
    )


def model(slug: str) -> LanguageModel:
    return LanguageModel.objects.get(slug=slug)


def edit(work: Callable[[changes.Recording], object]) -> ChangeSet:
    with changes.record(who="Li", origin="admin") as recording:
        work(recording)
    assert recording.change_set is not None
    return recording.change_set


def test_the_real_list_becomes_21_organisations_102_models_and_76_resources(real_list):
    assert Organisation.objects.count() == 21
    assert LanguageModel.objects.count() == 102
    assert Counter(Resource.objects.values_list("kind", flat=True)) == {
        "paper": 41,
        "code": 22,
        "weights": 9,
        "demo": 2,
        "website": 1,
        "other": 1,
    }
    assert ChangeSet.objects.count() == 1
    assert Snapshot.objects.count() == 1


def test_the_real_list_comes_out_byte_for_byte(real_list):
    assert sync.export_text() == real_list


def test_a_family_and_its_members_stand_at_their_levels(real_list):
    cpm = LanguageModel.objects.get(slug="cpm-1")
    assert [cpm.parent.name, cpm.parent.parent.name] == ["CPM family", "Tsinghua AI"]
    assert LanguageModel.objects.filter(name="CPM-1").count() == 2


def test_renaming_a_model_changes_one_line(real_list):
    edit(lambda r: r.update(model("motian"), name="Motian (摩天)"))
    assert changed(real_list) == (["* Motian "], ["* Motian (摩天) "])


def test_renaming_an_organisation_changes_its_heading_and_its_line_of_contents(real_list):
    google = Organisation.objects.get(name="Google")
    edit(lambda r: r.update(google, name="Google Research"))
    removed, added = changed(real_list)
    assert added == ["  * [Google Research](#google-research)", "## Google Research "]
    assert len(removed) == 2


def test_a_new_model_adds_one_line(real_list):
    google = Organisation.objects.get(name="Google")
    edit(lambda r: r.create(LanguageModel(organisation=google, name="Pathways", slug="pathways")))
    assert changed(real_list) == ([], ["* Pathways"])


def test_the_first_resource_of_an_empty_model_adds_one_line(real_list):
    paper = Resource(
        model=model("palm"), kind="paper", title="PaLM", url="https://arxiv.org/abs/2204.02311"
    )
    edit(lambda r: r.create(paper))
    removed, added = changed(real_list)
    assert removed == []
    assert len(added) == 1
    assert added[0].startswith("  * [PaLM](https://arxiv.org/abs/2204.02311) ![paper](")


def test_a_family_is_deleted_with_its_lines_and_undo_brings_them_back(real_list):
    change_set = edit(lambda r: r.delete(model("t5-family")))
    removed, added = changed(real_list)
    assert removed == ["* T5 family", "  * T5 series ", "  * ByT5 ", "  * ExT5 "]
    assert added == []
    assert not changes.undo(change_set, who="Li").problems
    assert sync.export_text() == real_list


def test_a_model_moved_below_another_takes_its_lines_along(real_list):
    edit(lambda r: r.place(model("palm"), parent=model("t5-family"), after=model("byt5")))
    assert changed(real_list) == (["* PaLM "], ["  * PaLM "])


def test_two_reordered_families_leave_the_break_between_them(real_list):
    edit(lambda r: r.place(model("plato-family"), after=None))
    text = sync.export_text().decode()
    assert text.index("* PLATO family") < text.index("<br/>") < text.index("* ERNIE family")
    assert sorted(text.split("\n")) == sorted(real_list.decode().split("\n"))


def test_a_model_unpublished_and_published_again_leaves_the_file_as_before(real_list):
    edit(lambda r: r.update(model("palm"), is_published=False))
    assert changed(real_list) == (["* PaLM "], [])
    edit(lambda r: r.update(model("palm"), is_published=True))
    assert sync.export_text() == real_list


def test_an_undone_import_leaves_an_empty_catalogue(real_list):
    assert not changes.undo(ChangeSet.objects.get(), who="Li").problems
    assert not Organisation.objects.exists()
    assert not Resource.objects.exists()


def test_the_same_file_again_changes_nothing(real_list):
    report = sync.import_readme(real_list, who="Li", source_name="README.md")
    assert report.plan == ()
    assert Snapshot.objects.count() == 1
    assert ChangeSet.objects.count() == 1


def test_an_edit_in_the_file_becomes_an_edit_in_the_rows(real_list):
    data = real_list.replace(b"* Motian \n", "* Motian (摩天) \n".encode())
    report = sync.import_readme(data, who="Li", source_name="README.md")
    assert report.plan == ("renamed: Tencent > Motian -> Motian (摩天)",)
    assert model("motian").name == "Motian (摩天)"
    assert sync.export_text() == data


def test_when_both_sides_changed_nothing_is_written_and_both_are_shown(real_list):
    edit(lambda r: r.update(model("motian"), name="Motian (摩天)"))
    data = real_list.replace(b"* PaLM \n", b"* PaLM 540B \n")
    report = sync.import_readme(data, who="Li", source_name="README.md")
    assert report.stopped[0] == "both sides changed: 1 record here, 1 line there"
    assert report.exported is None
    assert model("palm").name == "PaLM"


def test_another_list_is_refused(real_list):
    report = sync.import_readme(b"# Other\n\n## A\n\n* B\n", who="Li", source_name="x.md")
    assert "another list" in report.stopped[0]
    assert LanguageModel.objects.count() == 102


def test_import_takes_the_same_number_of_queries_for_twice_the_models(
    django_assert_max_num_queries,
):
    def queries(number: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        text = "# L\n\n## Org\n\n" + "".join(
            f"* M{i}\n  * [P{i}](https://arxiv.org/abs/2001.{i:05})\n" for i in range(number)
        )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            sync.import_readme(
                text.encode(), who="Li", source_name="x", base="newest", allow_deletions=10_000
            )
        return len(captured)

    first = queries(10)
    changes.undo(ChangeSet.objects.latest("pk"), who="Li")
    Snapshot.objects.all()
    ChangeSet.objects.update(snapshot=None)
    Snapshot.objects.all().delete()
    assert queries(20) == first
