"""What is withheld here: never made a second time, never removed because the file lacks it."""

import pytest

from catalog import sync
from catalog.models import LanguageModel, Organisation
from tests.changes.memory import everything
from tests.sync.cast import (
    CAST,
    cast_taken,
    draft,
    model,
    organisation,
    rename,
    take,
    taken,
    text_now,
    unpublish,
)

pytestmark = pytest.mark.django_db

NAMED = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n  * Wenxin 2\n")


def count(name: str) -> int:
    return LanguageModel.objects.filter(name=name).count()


@pytest.fixture
def wenxin() -> LanguageModel:
    """The catalogue of the cast, and a draft of Baidu in it."""
    cast_taken()
    return draft(released="2023")


def test_a_file_without_the_draft_is_no_deletion(wenxin):
    taken(CAST.replace("* PLATO\n", "* PLATO 2\n"))
    assert count("Wenxin") == 1
    assert "Wenxin" not in text_now()


def test_a_draft_keeps_its_place_when_the_file_reorders_its_siblings(wenxin):
    text = CAST.replace("* PLATO\n", "").replace("* ERNIE\n", "* PLATO\n* ERNIE\n")
    taken(text)
    names = [row.name for row in wenxin.organisation.models.in_tree_order()]
    assert names == ["PLATO", "Wenxin", "ERNIE"]
    assert text_now() == text


def test_a_draft_that_the_file_names_is_a_conflict(wenxin):
    before = everything()
    report = take(NAMED)
    assert report.stopped == (
        "withheld here: Baidu > Wenxin is in the file, and unpublished in the database. Publish "
        "it, or choose: --prefer file publishes it, --prefer database leaves it out.",
    )
    assert everything() == before


def test_preferring_the_database_leaves_it_out_and_says_so(wenxin):
    report = taken(NAMED.replace("* PaLM\n", "* PaLM\n* PaLM 2\n"), prefer="database")
    assert report.plan == (
        "left out: Baidu > Wenxin with 1 record below it, which is withheld here",
        "added: Google > PaLM 2",
    )
    wenxin.refresh_from_db()
    assert not wenxin.is_published
    assert (count("Wenxin"), count("Wenxin 2")) == (1, 0)
    assert text_now() == CAST.replace("* PaLM\n", "* PaLM\n* PaLM 2\n")


def test_preferring_the_file_publishes_it_with_what_is_known_of_it(wenxin):
    report = taken(NAMED, prefer="file")
    assert report.plan == ("published: Baidu > Wenxin", "added: Baidu > Wenxin > Wenxin 2")
    wenxin.refresh_from_db()
    assert (wenxin.is_published, wenxin.released) == (True, "2023")
    assert (count("Wenxin"), count("Wenxin 2")) == (1, 1)
    assert text_now() == NAMED


def test_what_was_hidden_with_it_is_not_removed_because_the_file_lacks_it(wenxin):
    LanguageModel.objects.filter(pk=wenxin.pk).update(is_published=True)
    hidden = draft("Wenxin mini", below="Wenxin")
    unpublish(wenxin)
    LanguageModel.objects.filter(pk=hidden.pk).update(is_published=True)
    taken(NAMED, prefer="file")
    assert count("Wenxin mini") == 1
    assert "  * Wenxin mini\n" in text_now()


def test_an_unpublished_organisation_that_the_file_has_is_one_conflict():
    cast_taken()
    unpublish(organisation("Baidu"))
    sync.export_readme(None, who="Li")
    data = text_now() + "## Baidu\n\n* ERNIE\n* PLATO\n"
    (said,) = take(data).stopped
    assert said.startswith("withheld here: Baidu is in the file")
    taken(data, prefer="file")
    assert Organisation.objects.filter(name="Baidu").count() == 1
    assert (count("ERNIE"), count("PLATO")) == (1, 1)


def test_a_draft_below_a_renamed_parent_is_still_known():
    cast_taken()
    draft("mT5", below="T5 family")
    report = take(
        CAST.replace("* T5 family", "* T5 (family)").replace("  * ByT5", "  * ByT5\n  * mT5")
    )
    assert "Google > T5 family > mT5 is in the file" in report.stopped[0]


def test_one_record_in_the_file_is_one_record_here():
    cast_taken()
    draft()
    draft()
    taken(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n"), prefer="file")
    assert (count("Wenxin"), LanguageModel.objects.filter(is_published=False).count()) == (2, 1)


def test_two_records_in_the_file_are_two_records_here():
    cast_taken()
    draft()
    draft()
    taken(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n* Wenxin\n"), prefer="file")
    assert (count("Wenxin"), LanguageModel.objects.filter(is_published=False).count()) == (2, 0)


def test_a_draft_below_a_draft_is_published_if_the_file_names_both(wenxin):
    draft("Wenxin 2", below="Wenxin")
    report = taken(NAMED, prefer="file")
    assert report.plan == ("published: Baidu > Wenxin", "published: Baidu > Wenxin > Wenxin 2")
    assert (count("Wenxin"), count("Wenxin 2")) == (1, 1)
    assert text_now() == NAMED


# A branch that the file removes, with a draft below it.

SHORTER = CAST.replace(
    "* T5 family\n"
    "  * T5\n"
    "    * [Exploring the Limits](https://arxiv.org/abs/1910.10683)\n"
    "  * ByT5\n",
    "",
)


@pytest.mark.parametrize("below", ["T5 family", "ByT5"])
def test_a_draft_below_what_the_file_removes_is_a_conflict(below):
    cast_taken()
    draft("mT5", below=below)
    before = everything()
    (said,) = take(SHORTER).stopped
    assert said.startswith("withheld here: Google > T5 family > ")
    assert "mT5 is unpublished, and the file no longer has Google > T5 family" in said
    assert everything() == before


@pytest.mark.parametrize("below", ["T5 family", "ByT5"])
def test_preferring_the_database_keeps_the_draft_and_the_branch_that_it_stands_in(below):
    cast_taken()
    draft("mT5", below=below)
    more = ("* PLATO\n", "* PLATO\n* PLATO-2\n")
    report = taken(SHORTER.replace(*more), prefer="database")
    assert report.plan == ("added: Baidu > PLATO-2",)
    assert count("mT5") == 1
    assert text_now() == CAST.replace(*more)


def test_preferring_the_file_removes_the_draft_along():
    cast_taken()
    draft("mT5", below="T5 family")
    report = taken(SHORTER, prefer="file")
    assert count("mT5") == count("T5 family") == 0
    assert report.is_round_trip


def test_a_draft_below_a_model_that_only_moves_is_no_conflict():
    cast_taken()
    draft("mT5", below="ByT5")
    taken(SHORTER.replace("* PaLM\n", "* PaLM\n* ByT5\n"), allow_deletions=100)
    assert model("mT5").parent == model("ByT5")


def test_a_renamed_draft_stays_withheld(wenxin):
    rename(wenxin, "Wenxin 4")
    assert text_now() == CAST
