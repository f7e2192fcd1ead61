"""What the grouped list shows, before it is a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import listing
from catalog.models import ListText
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


def names(branches: list[listing.ListedBranch]) -> list[str]:
    return [branch.name for branch in branches]


def _queries() -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        listing.read()
    return [query["sql"] for query in queries]


def test_the_tree_stands_in_its_order(cast):
    google, baidu = listing.read().organisations
    assert names([google, baidu]) == ["Google", "Baidu"]
    assert names(google.branches) == ["T5 family"]
    assert names(google.branches[0].branches) == ["T5", "ByT5"]
    assert [google.kind, google.branches[0].kind, baidu.branches[0].kind] == [
        "organisation",
        "family",
        "model",
    ]


def test_models_and_resources_are_counted(cast):
    factories.resource("website", organisation=cast.google, kind="website")
    listed = listing.read()
    assert (listed.models, listed.resources) == (4, 3)
    assert [organisation.models for organisation in listed.organisations] == [3, 1]


def test_drafts_and_all_that_stands_below_them_are_left_out(cast):
    factories.resource("secret paper", model=cast.draft)
    factories.language_model("Wenxin 4", parent=cast.draft)
    hidden = factories.organisation("Stealth", is_published=False)
    factories.language_model("Whisperer", organisation=hidden)
    listed = listing.read()
    assert names(listed.organisations) == ["Google", "Baidu"]
    assert names(listed.organisations[1].branches) == ["ERNIE"]
    assert (listed.models, listed.resources) == (4, 2)


def test_names_are_shown_without_their_markdown(cast):
    organisation = factories.organisation("**Lab** <b>x</b>")
    factories.language_model("[PLUG](https://x.org) (**P**re)", organisation=organisation)
    factories.resource("*a* title", model=cast.byt5, label="`GPT-2`", remark="*soon*")
    listed = listing.read()
    assert names(listed.organisations[2].branches) == ["PLUG (Pre)"]
    assert listed.organisations[2].name == "Lab x"
    [resource] = listed.organisations[0].branches[0].branches[1].resources
    assert (resource.label, resource.title, resource.remark) == ("GPT-2", "a title", "soon")


def test_an_own_link_is_named_after_its_owner(cast):
    factories.resource("", model=cast.byt5, kind="website")
    [link] = listing.read().organisations[0].branches[0].branches[1].resources
    assert (link.kind_label, link.title) == ("Website", "ByT5")


def test_the_list_has_its_title_and_introduction():
    assert listing.read().title == "Catalogue"
    ListText.objects.create(key="title", text="Models [![Awesome](https://a/b.svg)](https://a)")
    ListText.objects.create(key="introduction", text="All of *them*.")
    listed = listing.read()
    assert listed.title == "Models"
    assert listed.introduction == "<p>All of <em>them</em>.</p>\n"


def test_an_empty_catalogue_is_an_empty_list():
    assert listing.read().organisations == []


def test_it_takes_the_same_number_of_queries_for_twice_the_rows(cast):
    def grow() -> None:
        for number in range(10):
            organisation = factories.organisation(f"Lab {number}")
            model = factories.language_model(f"M{number}", organisation=organisation)
            factories.resource("paper", model=factories.language_model("sub", parent=model))

    grow()
    few = _queries()
    grow()
    assert len(_queries()) == len(few) == 4, few
