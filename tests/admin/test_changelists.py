"""The lists of records: the tree page by page, what a search finds, what filters leave."""

import re

import pytest
from django.urls import reverse

from catalog.admin import changelists
from catalog.admin.records import LanguageModelAdmin
from catalog.models import Alias, LanguageModel
from tests import factories

MODELS = reverse("admin:catalog_languagemodel_changelist")
ORGANISATIONS = reverse("admin:catalog_organisation_changelist")


@pytest.fixture
def cast(db):
    return factories.small_catalog()


def page(desk, where: str = MODELS, **query: object) -> str:
    response = desk.client.get(where, query)
    assert response.status_code == 200
    return response.content.decode()


def outline(desk, **query: object) -> list[tuple[int, str]]:
    found = re.findall(r'class="depth-(\d+)">([^<]*)<', page(desk, **query))
    return [(int(depth), name) for depth, name in found]


def names(desk, **query: object) -> list[str]:
    return [name for _, name in outline(desk, **query)]


# The tree.


def test_models_stand_in_the_order_of_the_list_and_are_indented(desk, cast):
    factories.language_model("mT5", parent=cast.t5)
    assert outline(desk) == [
        (0, "T5 family"),
        (1, "T5"),
        (2, "mT5"),
        (1, "ByT5"),
        (0, "ERNIE"),
        (0, "Wenxin"),
    ]


def test_each_model_says_its_path_in_words(desk, cast):
    factories.language_model("mT5", parent=cast.t5)
    assert '<td class="field-stands_in">Google › T5 family › T5</td>' in page(desk)


def test_names_are_read_and_not_shown_as_markdown(desk, cast):
    LanguageModel.objects.filter(pk=cast.t5_family.pk).update(name="**T5** & family")
    assert "T5 &amp; family</span>" in page(desk)
    assert "Google › T5 &amp; family</td>" in page(desk)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_pages_together_are_the_whole_list(desk, cast, monkeypatch, size):
    monkeypatch.setattr(LanguageModelAdmin, "list_per_page", size)
    factories.organisation("Empty", position=1)
    whole = ["T5 family", "T5", "ByT5", "ERNIE", "Wenxin"]
    pages = [names(desk, p=number + 1) for number in range(-(-len(whole) // size))]
    assert all(len(one) == size for one in pages[:-1])
    assert [name for one in pages for name in one] == whole
    assert names(desk, all="") == whole


def test_a_found_model_is_indented_below_found_models_only(desk, cast):
    assert outline(desk, q="byt5") == [(0, "ByT5")]
    assert outline(desk, q="T5") == [(0, "T5 family"), (1, "T5"), (1, "ByT5")]


def test_a_column_can_still_be_sorted_by(desk, cast):
    assert outline(desk, o="-1")[:2] == [(0, "Wenxin"), (0, "T5 family")]
    assert "Google › T5 family" in page(desk, o="-1")


def test_a_page_reads_only_the_organisations_that_it_shows(desk, cast, monkeypatch):
    monkeypatch.setattr(LanguageModelAdmin, "list_per_page", 3)
    read = []

    def spy(organisations):
        read.append(list(organisations))
        return standing(organisations)

    standing = changelists._standing
    monkeypatch.setattr(changelists, "_standing", spy)
    assert names(desk, p=1) == ["T5 family", "T5", "ByT5"]
    assert names(desk, p=2) == ["ERNIE", "Wenxin"]
    assert read == [[cast.google.pk], [cast.baidu.pk]]


# Searching.


def test_words_are_found_in_any_order_and_in_addresses(desk, cast):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    for words in ("baidu ernie", "ernie 百度", "PaddlePaddle github.com", "repo Baidu"):
        assert names(desk, q=words) == ["ERNIE"], words
    assert names(desk, q="baidu t5") == []


def test_organisations_are_found_by_other_names_titles_and_addresses(desk, cast):
    Alias.objects.create(organisation=cast.google, name="Alphabet")
    factories.resource("Our models", organisation=cast.google, url="https://ai.google/models")
    for words in ("alphabet google", "models our", "ai.google alphabet"):
        shown = page(desk, ORGANISATIONS, q=words)
        assert ">Google</a>" in shown, words
        assert ">Baidu</a>" not in shown


# Filters and counts.


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"links": "no"}, ["ByT5", "Wenxin"]),  # a family's members may have them
        ({"links": "yes"}, ["T5 family", "T5", "ERNIE"]),
        ({"facts": "yes"}, ["ByT5"]),
        ({"facts": "no"}, ["T5 family", "T5", "ERNIE", "Wenxin"]),
        ({"note": "yes"}, ["T5"]),
        ({"is_published__exact": "0"}, ["Wenxin"]),
        ({"kind__exact": "family"}, ["T5 family"]),
        ({"links": "other"}, ["T5 family", "T5", "ByT5", "ERNIE", "Wenxin"]),
    ],
)
def test_filters_leave_what_they_say(desk, cast, query, wanted):
    LanguageModel.objects.filter(pk=cast.byt5.pk).update(context_length=1024)
    LanguageModel.objects.filter(pk=cast.t5.pk).update(note="A note.")
    assert names(desk, **query) == wanted


def test_models_can_be_narrowed_to_an_organisation(desk, cast):
    assert names(desk, organisation__id__exact=cast.baidu.pk) == ["ERNIE", "Wenxin"]


def test_organisations_tell_how_many_models_and_links_they_have(desk, cast):
    factories.resource("site", organisation=cast.google)
    row = page(desk, ORGANISATIONS).partition(">Google</a>")[2].partition("</tr>")[0]
    assert re.findall(r"field-(\w+)\">(\d+)<", row) == [
        ("models", "3"),
        ("links", "2"),
        ("without_links", "1"),
    ]


def test_organisations_without_models_are_found(desk, cast):
    factories.organisation("Empty")
    shown = page(desk, ORGANISATIONS, entries="no")
    assert ">Empty</a>" in shown
    assert ">Google</a>" not in shown
