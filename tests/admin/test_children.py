"""What stands below a record, in one order: dragged, chosen row by row, or by the panel."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import changes
from catalog.models import ChangeSet, LanguageModel, Organisation, Resource
from tests import factories
from tests.admin.desk import Page, changed_lines, inline
from tests.changes.memory import everything


@pytest.fixture
def family(db):
    """Google > T5 family > a paper, T5, code, ByT5; behind the family: PaLM."""
    cast = factories.small_catalog()
    Resource.objects.all().delete()
    family = cast.t5_family
    LanguageModel.objects.filter(pk=cast.t5.pk).update(position=2)
    LanguageModel.objects.filter(pk=cast.byt5.pk).update(position=4)
    cast.paper = factories.resource("paper", model=family, position=1)
    cast.code = factories.resource("code", model=family, position=3, url="https://github.com/a/b")
    cast.palm = factories.language_model("PaLM", organisation=cast.google)
    return cast


def below(owner) -> list[str]:
    table = "model" if isinstance(owner, LanguageModel) else "organisation"
    return [str(row) for row in changes.children_of([(table, owner.pk)])[table, owner.pk]]


def token(row) -> str:
    return f"{'m' if isinstance(row, LanguageModel) else 'r'}{row.pk}"


def move(row, where: str, target=None) -> dict[str, str]:
    """The choice of one row; resources are the rows of their formset, models go by their names."""
    number = token(row)
    if isinstance(row, Resource):
        number = {"paper": "0", "code": "1"}[row.title]
    return {f"resources-{number}-move": f"{where}:{token(target)}" if target else where}


def address(row, page: str = "change", *arguments) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_{page}", args=arguments or [row.pk])


def test_the_page_shows_resources_and_sub_models_in_their_one_order(desk, family):
    page = desk.client.get(address(family.t5_family)).content.decode()
    rows = [f'data-child="{token(row)}"' for row in (family.paper, family.t5, family.code)]
    places = [page.index(row) for row in rows]
    assert places == sorted(places)
    assert address(family.t5) in page


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (lambda f: move(f.t5, "up"), ["T5", "paper", "code", "ByT5"]),
        (lambda f: move(f.paper, "down"), ["T5", "paper", "code", "ByT5"]),
        (lambda f: move(f.paper, "last"), ["T5", "code", "ByT5", "paper"]),
        (lambda f: move(f.byt5, "first"), ["ByT5", "paper", "T5", "code"]),
        (lambda f: move(f.code, "after", f.byt5), ["paper", "T5", "ByT5", "code"]),
        (lambda f: move(f.byt5, "out"), ["paper", "T5", "code"]),
        (lambda f: move(f.code, "into", f.t5), ["paper", "T5", "ByT5"]),
    ],
)
def test_a_row_goes_where_its_choice_says_and_an_undo_takes_it_back(desk, family, asked, wanted):
    before = everything()
    desk.save(family.t5_family, **asked(family))
    assert below(family.t5_family) == wanted
    [change_set] = ChangeSet.objects.all()
    assert changes.undo(change_set, who="Kim").problems == ()
    assert everything() == before


def test_a_model_that_goes_out_comes_directly_behind_the_one_it_left(desk, family):
    desk.save(family.t5_family, **move(family.byt5, "out"))
    assert below(family.google) == ["T5 family", "ByT5", "PaLM"]


def test_a_resource_that_goes_out_stands_behind_the_resources_there(desk, family):
    factories.resource("website", organisation=family.google, position=1)
    family.google.models.filter(parent=None).update(position=2)
    desk.save(family.t5_family, **move(family.code, "out"))
    assert below(family.google)[:2] == ["website", "code"]


def test_a_row_goes_into_a_sub_model_behind_the_resources_that_it_has(desk, family):
    factories.resource("other paper", model=family.t5)
    factories.language_model("mT5", parent=family.t5)
    desk.save(family.t5_family, **move(family.code, "into", family.t5))
    assert below(family.t5) == ["other paper", "code", "mT5"]


def test_a_model_goes_into_its_sibling_on_the_page_of_their_organisation(desk, family):
    desk.save(family.google, **move(family.palm, "into", family.t5_family))
    assert below(family.google) == ["T5 family"]
    assert below(family.t5_family)[-1] == "PaLM"


def test_an_order_that_was_dragged_is_kept(desk, family):
    rows = (family.byt5, family.code, family.paper, family.t5)
    desk.save(family.t5_family, **{"resources-order": " ".join(map(token, rows))})
    assert below(family.t5_family) == ["ByT5", "code", "paper", "T5"]


def test_a_new_row_can_be_dragged_before_it_is_saved(desk, family):
    others = map(token, (family.t5, family.code, family.byt5))
    order = " ".join([token(family.paper), "n2", *others])
    new = inline(2, title="demo", url="https://example.org/demo")
    desk.save(family.t5_family, **new, **{"resources-order": order})
    assert below(family.t5_family) == ["paper", "demo", "T5", "code", "ByT5"]


def test_an_order_forgets_nothing_that_came_since_and_asks_for_nothing_that_is_gone(desk, family):
    fields = desk.opened(address(family.t5_family))
    fields["resources-order"] = " ".join(map(token, (family.byt5, family.t5, family.paper)))
    factories.language_model("mT5", parent=family.t5_family, position=5)
    LanguageModel.objects.filter(pk=family.t5.pk).delete()
    assert desk.client.post(address(family.t5_family), fields).status_code == 302
    # What the order did not name stays behind its neighbour.
    assert below(family.t5_family) == ["ByT5", "mT5", "paper", "code"]


def test_the_panel_moves_a_row_where_no_script_runs(desk, family):
    panel = {
        "resources-panel-row": token(family.paper),
        "resources-panel-move": f"into:{token(family.byt5)}",
    }
    desk.save(family.t5_family, **panel)
    assert below(family.byt5) == ["paper"]


@pytest.mark.parametrize("wish", ["into:m0", "after:r0", "aside", "into:self", "out"])
def test_a_wish_that_cannot_be_met_is_refused_and_nothing_is_written(desk, family, wish):
    wish = wish.replace("self", token(family.palm))
    before = everything()
    where = {f"resources-{token(family.palm)}-move": wish}
    found = desk.complaints(family.google, name="Alphabet", **where)
    assert found["resources"] == ["“PaLM” cannot go there any more: choose again."]
    assert everything() == before


def test_a_move_below_the_deepest_level_is_refused_on_the_page(desk, family):
    deepest = family.t5
    for level in range(3, 33):
        deepest = factories.language_model(f"level {level}", parent=deepest)
    new = factories.language_model("too deep", parent=deepest.parent)
    found = desk.complaints(deepest.parent, **move(new, "into", deepest))
    assert "a list goes 32 levels deep at most" in found["__all__"][0]


def test_a_move_alters_the_lines_of_the_list(desk, real_list):
    family = LanguageModel.objects.get(slug="t5-family")
    byt5, ext5 = family.children.get(name="ByT5"), family.children.get(name="ExT5")
    desk.save(family, **move(ext5, "after", family.children.first()))
    removed, added = changed_lines(real_list)
    assert removed == added
    desk.save(family, **move(byt5, "out"))
    _, added = changed_lines(real_list)
    assert "* ByT5" in [line.rstrip() for line in added]


# What it costs.


def _queries(client, where: str, data=None) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.post(where, data) if data else client.get(where)
    assert response.status_code == (302 if data else 200)
    return len(queries)


@pytest.mark.parametrize("noun", ["model", "organisation"])
def test_saving_takes_the_same_number_of_queries_for_twice_the_rows(desk, family, noun):
    owner = family.t5_family if noun == "model" else family.google
    counts = []
    desk.save(owner)  # what is asked once and kept is asked now
    for round_ in range(2):
        place = 10 * (round_ + 1)
        parent = {"parent": owner} if noun == "model" else {"organisation": owner}
        for number in range(place, place + 3):  # a query for each would be seen
            factories.resource(f"paper {number}", position=number, **{noun: owner})
            factories.language_model(f"M{number}", position=number, **parent)
        where = address(owner)
        page = desk.client.get(where)
        fields = Page(page).fields
        saved, before = _queries(desk.client, where, fields), below(owner)
        tokens = [child.token for child in _formset(page).children]
        fields["resources-order"] = " ".join(reversed(tokens))
        counts.append((saved, _queries(desk.client, where, fields)))
        assert below(owner) == before[::-1]
    assert counts[0] == counts[1]


def _formset(page):
    groups = page.context["inline_admin_formsets"]
    return next(group.formset for group in groups if group.formset.prefix == "resources")


def test_three_hundred_rows_are_few_enough_fields_for_one_form(settings):
    fields_of_a_row = 9  # seven of its own, its move, its mark for deletion
    assert 2 * 300 * fields_of_a_row < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


# Who may.


def _mei(client, *permissions: str) -> None:
    mei = get_user_model().objects.create_user("Mei", password="Mei", is_staff=True)
    mei.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(mei)


def test_who_may_not_change_models_moves_none_from_their_organisations_page(client, family):
    _mei(client, "change_organisation", "view_resource", "change_resource")
    where = address(family.google)
    page = client.get(where)
    assert f"resources-{token(family.palm)}-move" not in page.content.decode()
    forged = Page(page).fields | move(family.palm, "first")
    assert client.post(where, forged).status_code == 302
    assert below(family.google) == ["T5 family", "PaLM"]


def test_who_may_only_read_resources_reads_them_as_text(client, family):
    _mei(client, "change_languagemodel", "view_resource")
    where = address(family.t5_family)
    page = client.get(where)
    assert "resources-0-title" not in Page(page).fields
    assert 'href="https://github.com/a/b"' in page.content.decode()
    dragged = " ".join(map(token, (family.code, family.byt5, family.t5, family.paper)))
    assert client.post(where, Page(page).fields | {"resources-order": dragged}).status_code == 302
    resources = Resource.objects.in_tree_order().values_list("title", flat=True)
    assert list(resources) == ["paper", "code"]


# The natural place of a new organisation.


def test_the_natural_place_of_a_new_organisation_is_proposed(desk, db):
    for name in ("Alibaba", "Google", "Huawei"):
        factories.organisation(name)
    where = reverse("admin:catalog_organisation_proposed")
    google = Organisation.objects.get(name="Google")
    answer = desk.client.get(where, {"name": "Graphcore"}).json()
    assert answer == {"id": google.pk, "text": "Google"}
    assert desk.client.get(where, {"name": "Aleph"}).json() == {"id": None, "text": ""}
    page = desk.client.get(reverse("admin:catalog_organisation_add")).content.decode()
    assert f'data-propose="{where}"' in page
    assert "Left open, it comes to its natural place" in page


def test_who_may_add_none_gets_no_proposal(client, family):
    _mei(client, "view_organisation")
    assert client.get(reverse("admin:catalog_organisation_proposed")).status_code == 403
