"""What must not happen unseen: nothing is written, and nothing but its own word lifts a stop."""

import pytest

from catalog import readme, sync
from catalog.models import Snapshot
from tests.changes.memory import edit, everything
from tests.sync.cast import CAST, cast_taken, model, organisation, take, taken, text_now

pytestmark = pytest.mark.django_db

# 1 organisation, 20 models and 20 links.
MANY = "# L\n\n## Google\n\n" + "".join(
    f"* M{i}\n  * [P{i}](https://arxiv.org/abs/2001.{i:05})\n" for i in range(20)
)


def without(number: int) -> str:
    """The list without the last models, each with its link."""
    return "".join(MANY.splitlines(keepends=True)[: -2 * number])


@pytest.mark.parametrize("prefer", ["", "database", "file"])
@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base", "<<<<<<<"])
def test_a_conflict_marker_stops_an_import(marker, prefer):
    cast_taken()
    before = everything()
    report = take(CAST.replace("* PLATO\n", f"{marker}\n* PLATO 2\n"), prefer=prefer)
    line = CAST.split("\n").index("* PLATO") + 1
    assert report.stopped == (
        f"Line {line} is a conflict marker: finish the merge in the file first.",
    )
    assert everything() == before


def test_a_heading_underlined_with_equals_signs_is_no_conflict():
    taken(CAST.replace("# PLMs\n", "PLMs\n=======\n"))


@pytest.mark.parametrize("choices", [{}, {"prefer": "file"}, {"allow_deletions": 1000}])
def test_another_list_stops_an_import(choices):
    cast_taken()
    before = everything()
    report = take("# Other\n\n## A\n\n* B\n", **choices)
    assert report.stopped[0].startswith("This looks like another list: 6 of 6 models are not in it")
    assert everything() == before


def test_half_of_the_models_are_still_the_same_list():
    taken(MANY)
    assert "would be removed" in take(without(10)).stopped[0]
    assert "another list" in take(without(11)).stopped[0]


@pytest.mark.parametrize("prefer", ["", "file"])
def test_more_than_ten_removals_stop_an_import(prefer):
    taken(MANY)
    before = everything()
    report = take(without(6), prefer=prefer)
    assert report.stopped == (
        "12 of 41 records would be removed, more than 10. If that is meant: "
        "manage.py import_readme README.md --allow-deletions 12",
    )
    assert report.plan[0] == "removed: Google > M14, with 1 resource"
    assert everything() == before


def test_ten_removals_do_not_stop_an_import():
    taken(MANY)
    taken(without(5))


def test_a_tenth_of_a_large_list_may_go():
    large = "# L\n\n## Google\n\n" + "".join(f"* M{i}\n" for i in range(129))
    taken(large)
    taken(large.replace("".join(f"* M{i}\n" for i in range(116, 129)), ""))


@pytest.mark.parametrize(("allowed", "stops"), [(0, True), (11, True), (12, False), (99, False)])
def test_so_many_removals_are_allowed_as_a_person_says(allowed, stops):
    taken(MANY)
    assert bool(take(without(6), allow_deletions=allowed).stopped) == stops


def test_more_than_ten_removals_stop_an_export():
    taken(MANY)
    edit(lambda r: r.delete(organisation("Google")))
    with pytest.raises(sync.CannotExport) as refusal:
        sync.export_text()
    assert str(refusal.value) == (
        "41 of 41 records would be removed, more than 10. If that is meant: "
        "manage.py export_readme --allow-deletions 41"
    )
    assert sync.export_text(allow_deletions=41).rstrip() == b"# L"


# A text that was read by another version.


@pytest.fixture
def other_grammar() -> None:
    cast_taken()
    Snapshot.objects.update(grammar=readme.GRAMMAR - 1)


def test_a_text_read_by_another_version_stops_an_export_until_it_is_imported_again(other_grammar):
    with pytest.raises(sync.CannotExport, match="read by another version of this program"):
        sync.export_text()
    cast_taken()
    assert text_now() == CAST


@pytest.mark.parametrize("prefer", ["", "file"])
def test_a_text_read_by_another_version_stops_the_import_of_any_other(other_grammar, prefer):
    data = CAST.replace("* PaLM\n", "* PaLM\n* PaLM 2\n")
    assert "import_readme that very text" in take(data, prefer=prefer).stopped[0]
    taken(CAST)
    taken(data)
    assert model("PaLM 2")


def test_an_older_text_read_by_another_version_is_read_again():
    cast_taken()
    first = Snapshot.objects.get()
    taken(CAST.replace("# PLMs", "# Models"))
    Snapshot.objects.filter(pk=first.pk).update(grammar=readme.GRAMMAR - 1, meaning=NOTHING)
    report = taken(CAST, base=str(first.pk))
    assert report.plan == ()
    assert "holds nothing new" in report.base


NOTHING = readme.Meaning().to_json()
