"""The tree in words that are ready to print, whole and narrowed."""

import pytest

from catalog import tree
from catalog.listing.branches import ListedBranch, listed, narrowed, path_to
from catalog.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


def grown() -> list[tree.Branch]:
    return Organisation.objects.published().as_tree()


def shown() -> list[ListedBranch]:
    return [listed(branch) for branch in grown()]


def names(branches: list[ListedBranch]) -> list[str]:
    return [branch.name for branch in branches]


def test_the_tree_stands_in_its_order(cast):
    google, baidu = shown()
    assert names([google, baidu]) == ["Google", "Baidu"]
    assert names(google.branches) == ["T5 family"]
    assert names(google.branches[0].branches) == ["T5", "ByT5"]
    kinds = [google.kind, google.branches[0].kind, baidu.branches[0].kind]
    assert kinds == ["organisation", "family", "model"]


def test_models_and_resources_are_counted_at_every_depth(cast):
    factories.resource("website", organisation=cast.google, kind="website")
    google, baidu = shown()
    assert (google.models, google.resources) == (3, 2)
    assert (baidu.models, baidu.resources) == (1, 1)


def test_without_links_are_those_models_that_hold_neither_links_nor_models(cast):
    google, baidu = shown()
    assert (google.unlinked, baidu.unlinked) == (1, 0)  # ByT5; the family holds models


def test_43_leaves_of_the_real_list_have_no_link(real_list):
    assert sum(organisation.unlinked for organisation in shown()) == 43


def test_drafts_and_all_that_stands_below_them_are_left_out(cast):
    factories.resource("secret paper", model=cast.draft)
    factories.language_model("Wenxin 4", parent=cast.draft)
    hidden = factories.organisation("Stealth", is_published=False)
    factories.language_model("Whisperer", organisation=hidden)
    assert names(shown()) == ["Google", "Baidu"]
    assert names(shown()[1].branches) == ["ERNIE"]
    assert shown()[1].resources == 1


def test_names_are_shown_without_their_markdown(cast):
    organisation = factories.organisation("**Lab** <b>x</b>")
    factories.language_model("[PLUG](https://x.org) (**P**re)", organisation=organisation)
    assert shown()[2].name == "Lab x"
    assert names(shown()[2].branches) == ["PLUG (Pre)"]


def test_a_row_shows_four_chips_and_says_how_many_more_there_are(cast):
    for number in range(5):
        factories.resource(f"demo {number}", model=cast.t5, kind="demo")
    t5, byt5 = shown()[0].branches[0].branches
    assert [chip.title for chip in t5.chips[1:]] == ["demo 0", "demo 1", "demo 2"]
    assert t5.further == 2
    assert byt5.further == 0


def test_a_search_keeps_what_was_found_and_what_stands_above_it(cast):
    [google] = narrowed(shown(), frozenset([cast.byt5.pk]), frozenset())
    [family] = google.branches
    [byt5] = family.branches
    assert (google.name, family.name, byt5.name) == ("Google", "T5 family", "ByT5")
    assert (family.is_context, byt5.is_context) == (True, False)
    assert (google.models, family.models) == (1, 1)


def test_a_family_that_was_found_does_not_bring_its_members(cast):
    [google] = narrowed(shown(), frozenset([cast.t5_family.pk]), frozenset())
    assert (google.branches[0].is_context, google.branches[0].branches) == (False, [])
    assert google.models == 1


def test_an_organisation_that_was_found_by_itself_is_kept_without_models(cast):
    [baidu] = narrowed(shown(), frozenset(), frozenset([cast.baidu.pk]))
    assert (baidu.name, baidu.branches, baidu.models) == ("Baidu", [], 0)


def test_a_path_leads_from_the_organisation_to_the_model(cast):
    google = grown()[0]
    path = path_to(google, cast.byt5.slug)
    assert [branch.row.name for branch in path] == ["Google", "T5 family", "ByT5"]
    assert path_to(google, cast.ernie.slug) == []
