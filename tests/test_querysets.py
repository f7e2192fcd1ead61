import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Alias, LanguageModel, Organisation, Resource
from catalog.tree import Branch
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db


def names(branches):
    """The tree as nested lists of names; resources by their titles."""
    return [
        [branch.row.name, *names(branch.children)] if isinstance(branch, Branch) else branch.title
        for branch in branches
    ]


def test_published_models_need_their_own_flag_and_their_organisations():
    cast = small_catalog()
    cast.google.is_published = False
    cast.google.save()
    assert list(LanguageModel.objects.published()) == [cast.ernie]
    assert list(Organisation.objects.published()) == [cast.baidu]
    assert list(Resource.objects.published()) == [cast.ernie_code]


def test_published_resources_include_those_of_organisations():
    cast = small_catalog()
    page = resource("Home", organisation=cast.google)
    hidden = resource("Draft's paper", model=cast.draft)
    published = Resource.objects.published()
    assert page in published
    assert hidden not in published


def test_tree_order_is_position_and_then_age():
    first, second = organisation("B", position=2), organisation("A", position=2)
    third = organisation("C", position=1)
    assert list(Organisation.objects.in_tree_order()) == [third, first, second]

    later = language_model("Y", organisation=first, position=5)
    sooner = language_model("X", organisation=first, position=4)
    last = language_model("W", organisation=second, position=1)
    assert list(LanguageModel.objects.in_tree_order()) == [sooner, later, last]


def test_the_published_tree_holds_no_draft():
    small_catalog()
    assert names(Organisation.objects.published().as_tree()) == [
        ["Google", ["T5 family", ["T5", "Exploring the Limits of Transfer Learning"], ["ByT5"]]],
        ["Baidu", ["ERNIE", "github repo"]],
    ]


def test_unpublishing_takes_everything_below_along():
    cast = small_catalog()
    LanguageModel.objects.filter(pk=cast.t5_family.pk).update(is_published=False)
    assert names(Organisation.objects.published().as_tree())[0] == ["Google"]


def test_a_part_of_the_organisations_grows_alone():
    small_catalog()
    assert names(Organisation.objects.filter(name="Baidu").as_tree()) == [
        ["Baidu", ["ERNIE", "github repo"]]
    ]


def test_the_tree_takes_three_queries_whatever_its_size():
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert Organisation.objects.published().as_tree()
        return len(captured)

    cast = small_catalog()
    assert queries() == 3
    for n in range(10):
        family = language_model(f"F{n}", organisation=cast.baidu)
        resource(model=language_model(f"M{n}", parent=family))
    assert queries() == 3


def test_natural_keys_find_their_rows():
    cast = small_catalog()
    assert Organisation.objects.get_by_natural_key("google") == cast.google
    assert LanguageModel.objects.get_by_natural_key("t5-family") == cast.t5_family


def test_what_stands_below_a_draft_is_not_published():
    cast = small_catalog()
    LanguageModel.objects.filter(pk=cast.t5_family.pk).update(is_published=False)
    below = language_model("Small ByT5", parent=cast.byt5)
    resource("Its code", model=below)
    assert list(LanguageModel.objects.published()) == [cast.ernie]
    assert list(Resource.objects.published()) == [cast.ernie_code]


def found(text: str, **options: bool) -> list[str]:
    models = LanguageModel.objects.matching(text, **options).in_tree_order()
    return [model.name for model in models]


def test_words_are_found_in_any_order_in_names_organisations_and_titles():
    small_catalog()
    assert found("t5 google") == ["T5 family", "T5", "ByT5"]
    assert found("LIMITS t5") == ["T5"]
    assert found("ernie google") == []
    assert found("  ") == ["T5 family", "T5", "ByT5", "ERNIE", "Wenxin"]


def test_aliases_are_found_but_not_former_slugs():
    cast = small_catalog()
    Alias.objects.create(organisation=cast.baidu, name="百度", kind="other_name")
    Alias.objects.create(model=cast.ernie, name="Enhanced", kind="former_name")
    Alias.objects.create(model=cast.ernie, name="old-address", kind="former_slug")
    assert found("百度") == ["ERNIE", "Wenxin"]
    assert found("enhanced 百度") == ["ERNIE"]
    assert found("old-address") == []


def test_urls_are_searched_only_where_that_is_asked_for():
    small_catalog()
    assert found("paddlepaddle") == []
    assert found("paddlepaddle", in_urls=True) == ["ERNIE"]


def test_a_search_is_one_query_however_many_words_it_has():
    small_catalog()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found("t5 google limits")
    assert len(queries) == 1


def test_organisations_are_found_by_names_aliases_and_their_own_resources():
    cast = small_catalog()
    Alias.objects.create(organisation=cast.google, name="Alphabet")
    Alias.objects.create(organisation=cast.google, name="goo-gle", kind="former_slug")
    resource("Our work", organisation=cast.google, url="https://ai.google/work")
    for text, wanted in (
        ("alphabet GOOGLE", [cast.google]),
        ("work alphabet", [cast.google]),
        ("goo-gle", []),
        ("ai.google", []),
        ("", [cast.google, cast.baidu]),
    ):
        assert list(Organisation.objects.matching(text).in_tree_order()) == wanted, text
    assert Organisation.objects.matching("ai.google", in_urls=True).get() == cast.google


def test_a_model_lacks_links_if_neither_it_nor_any_model_below_it_could_have_one():
    cast = small_catalog()
    assert set(LanguageModel.objects.without_links()) == {cast.byt5, cast.draft}
