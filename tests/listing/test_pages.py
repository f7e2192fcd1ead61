"""The three pages as values, each in as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import listing
from catalog.models import Alias, LanguageModel, ListText
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


def queries(read) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert read() is not None
    return [query["sql"] for query in captured]


def test_the_list_has_its_title_and_introduction():
    assert listing.grouped_list().title == "Catalogue"
    ListText.objects.create(key="title", text="Models [![Awesome](https://a/b.svg)](https://a)")
    ListText.objects.create(key="introduction", text="All of *them*.")
    page = listing.grouped_list()
    assert page.title == "Models"
    assert page.introduction == "<p>All of <em>them</em>.</p>\n"


def test_the_counts_are_in_the_lists_own_words(cast, settings):
    assert listing.grouped_list().counts == "2 organisations, 4 models, 2 links"
    narrowed = listing.grouped_list(models=frozenset([cast.t5.pk]))
    assert narrowed.counts == "1 of 4 models"
    settings.ENTRY_WORDS = ("data set", "data sets")
    settings.SECTION_WORDS = ("topic", "topics")
    assert listing.grouped_list().counts == "2 topics, 4 data sets, 2 links"


def test_an_empty_catalogue_is_an_empty_list():
    assert listing.grouped_list().organisations == []


def test_an_organisation_has_its_page(cast):
    page = listing.section_page("google")
    assert page.branch.name == "Google"
    assert page.counts == "3 models, 1 link"


def test_a_model_has_its_page_with_what_stands_above_and_below(cast):
    page = listing.entry_page(cast.t5.slug)
    assert page.organisation.name == "Google"
    assert [above.name for above in page.path] == ["T5 family"]
    assert page.branch.links[0].title == "Exploring the Limits of Transfer Learning"
    family = listing.entry_page(cast.t5_family.slug)
    assert (family.path, family.members) == ([], "2 models")


def test_other_names_come_before_former_ones_and_no_former_slug_is_a_name(cast):
    for kind, name in (
        ("former_name", "Old"),
        ("former_slug", "old"),
        ("other_name", "百度*x*"),
        ("other_name", "Old"),
    ):
        Alias.objects.create(organisation=cast.baidu, kind=kind, name=name)
    Alias.objects.create(model=cast.ernie, kind="other_name", name="文心")
    assert listing.section_page("baidu").aliases == ["百度x", "Old"]
    assert listing.entry_page(cast.ernie.slug).aliases == ["文心"]


def test_what_is_withheld_has_no_page(cast):
    below = factories.language_model("Wenxin 4", parent=cast.draft)
    assert listing.entry_page(cast.draft.slug) is None
    assert listing.entry_page(below.slug) is None
    cast.google.is_published = False
    cast.google.save()
    assert listing.section_page("google") is None
    assert listing.entry_page(cast.t5.slug) is None


def test_pages_take_the_same_number_of_queries_for_twice_the_rows(cast):
    def grow() -> None:
        for number in range(10):
            organisation = factories.organisation(f"Lab {number}")
            below = factories.language_model("sub", organisation=organisation)
            factories.resource("paper", model=factories.language_model("leaf", parent=below))
            factories.resource("site", organisation=cast.google)
            factories.resource("paper", model=cast.t5)
            factories.language_model("sub", parent=cast.t5)
            Alias.objects.create(model=cast.t5, name=f"x{LanguageModel.objects.count()}")

    def counted() -> list[int]:
        return [
            len(queries(listing.grouped_list)),
            len(queries(lambda: listing.section_page("google"))),
            len(queries(lambda: listing.entry_page(cast.t5.slug))),
        ]

    grow()
    few = counted()
    grow()
    assert counted() == few == [4, 6, 6]
