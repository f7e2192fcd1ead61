"""The search box: words in any order over names, aliases, organisations and titles."""

import string

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import filters
from catalog.models import Alias
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": " \t"}, {"other": "x"}])
def test_without_words_nothing_was_asked(asked):
    assert filters.search(asked) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("byt5", ["byt5"]),
        ("limits transfer", ["t5"]),
        ("t5 google exploring", ["t5"]),
        ("family", ["t5_family"]),
        ("google", ["t5_family", "t5", "byt5"]),
        ("wenxin", []),
        ("nobody", []),
    ],
)
def test_each_word_must_be_found(cast, text, names):
    found = filters.search({"q": text})
    assert found.models == {getattr(cast, name).pk for name in names}


def test_an_organisation_is_found_by_its_names_and_its_own_links(cast):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    factories.resource("PaddlePaddle", organisation=cast.baidu)
    for text in ("baidu", "百度", "paddle 百度"):
        assert filters.search({"q": text}).organisations == {cast.baidu.pk}
    cast.baidu.is_published = False
    cast.baidu.save()
    assert filters.search({"q": "baidu"}).organisations == set()


def test_what_was_asked_is_kept_in_one_line(cast):
    assert filters.search({"q": "  a\n b "}).text == "a b"


@pytest.mark.parametrize("text", ["x" * (filters.MAX_SEARCH + 1), "T5\0"])
def test_what_no_row_can_hold_finds_nothing(cast, text):
    found = filters.search({"q": text})
    assert (found.models, found.organisations) == (set(), set())


def test_as_many_words_as_fit_are_a_search(cast):
    words = " ".join((string.ascii_lowercase * 4)[: filters.MAX_SEARCH // 2])
    assert filters.search({"q": words}).models == set()


def test_it_takes_two_queries(cast):
    with CaptureQueriesContext(connection) as captured:
        filters.search({"q": "t5 google family"})
    assert len(captured) == 2
