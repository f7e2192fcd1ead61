"""What the desk does not take: a sentence at the right field, and the database as it was."""

import pytest
from django.urls import reverse

from catalog import changes, tree
from catalog.models import Alias, ChangeSet, LanguageModel, ListText, Organisation, Resource
from tests import factories
from tests.admin.desk import inline
from tests.changes.memory import everything


@pytest.fixture
def cast(db):
    return factories.small_catalog()


@pytest.fixture
def refused(desk):
    """Send a form that is not taken; answers with the complaints by field."""

    def send(row_or_noun, **changed) -> dict[str, list[str]]:
        before = everything()
        found = desk.complaints(row_or_noun, **changed)
        assert everything() == before
        assert not ChangeSet.objects.exists()
        return found

    return send


@pytest.mark.parametrize("who", ["t5", "google", "new model"])
def test_a_name_that_a_list_cannot_hold_is_refused_at_its_field(cast, refused, who):
    for name, reason in (
        ("T5](https://example.org/", "cannot hold “](”: it would be read as a link"),
        ("T5\r\n## Another", "one line"),
        ("## T5", "it would be read as a heading"),
        ("T" * 5000, "at most 300 characters (it has 5000)"),
        ("", "required"),
        ("T5\0", "Null characters"),
    ):
        if who == "new model":
            found = refused("languagemodel", name=name, organisation=cast.google)
        else:
            found = refused(getattr(cast, who), name=name)
        assert list(found) == ["name"]
        assert reason in found["name"][0]


NO_WEB_ADDRESSES = (
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://x.org", "x",
)  # fmt: skip


@pytest.mark.parametrize("url", NO_WEB_ADDRESSES)
def test_a_url_that_is_no_web_address_is_refused_at_its_field(cast, refused, url):
    found = refused(cast.t5_paper, url=url)
    assert list(found) == ["url"]
    assert "web address" in found["url"][0]


@pytest.mark.parametrize("is_new", [True, False])
def test_rows_whose_urls_are_no_web_addresses_are_refused_each_at_its_field(cast, refused, is_new):
    for number in range(len(NO_WEB_ADDRESSES) if not is_new else 0):
        factories.resource(f"row {number}", model=cast.byt5)
    sent = {}
    for number, url in enumerate(NO_WEB_ADDRESSES):
        sent |= inline(number, url=url, **({"title": "new"} if is_new else {}))
    found = refused(cast.byt5, **sent)
    assert list(found) == [f"resources-{number}-url" for number in range(len(NO_WEB_ADDRESSES))]
    assert all("web address" in sentences[0] for sentences in found.values())


def test_a_title_and_a_remark_that_would_break_their_link_are_refused(cast, refused):
    assert list(refused(cast.t5_paper, title="a](b")) == ["title"]
    assert list(refused(cast.t5_paper, remark="a\nb")) == ["remark"]


def test_a_list_title_over_two_lines_is_refused(desk, refused):
    title = ListText.objects.create(key="title", text="Models")
    found = refused(title, text="Models\nand more")
    assert found == {"text": ["A title stands on one line: take the line break out."]}


def test_a_list_title_that_is_emptied_is_refused(desk, refused):
    title = ListText.objects.create(key="title", text="Models")
    assert refused(title, text="") == {"text": ["A list has a title: write one."]}


# The tree.


def test_a_parent_of_another_organisation_is_refused(cast, refused):
    found = refused(cast.t5, parent=cast.ernie)
    assert found == {
        "parent": [
            "ERNIE belongs to Baidu: choose that organisation, or a parent of Google.",
        ]
    }
    assert list(
        refused("languagemodel", name="X", organisation=cast.google, parent=cast.ernie)
    ) == ["parent"]


def test_another_organisation_with_the_old_parent_is_refused(cast, refused):
    assert list(refused(cast.t5, organisation=cast.baidu)) == ["parent"]


def test_a_model_below_itself_is_refused(cast, refused):
    found = refused(cast.t5_family, parent=cast.t5_family)
    assert found == {"parent": ["A model cannot stand below itself: choose another."]}


def test_a_model_below_its_own_descendant_is_refused(cast, refused):
    deeper = factories.language_model("mByT5", parent=cast.byt5)
    found = refused(cast.t5_family, parent=deeper)
    assert list(found) == ["parent"]
    assert "stands below this model itself" in found["parent"][0]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_model_below_the_deepest_level_is_refused(cast, desk, refused, is_new):
    """Only `changes` knows it, and only at the end: its refusal comes back in the form."""
    deepest = cast.t5
    for level in range(3, tree.MAX_DEPTH + 1):
        deepest = factories.language_model(f"level {level}", parent=deepest)
    where = {"organisation": cast.google, "parent": deepest}
    row = "languagemodel" if is_new else factories.language_model("T", organisation=cast.google)
    found = refused(row, name="T0", **where)
    assert list(found) == ["__all__"]
    assert "stand on level 33; a list goes 32 levels deep at most" in found["__all__"][0]


def test_a_refusal_that_comes_last_leaves_no_message_of_success(cast, desk):
    deepest = cast.t5
    for level in range(3, tree.MAX_DEPTH + 1):
        deepest = factories.language_model(f"level {level}", parent=deepest)
    page = desk.refused("languagemodel", name="T0", organisation=cast.google, parent=deepest)
    assert b"was added successfully" not in page.content


# Places.


def test_a_place_behind_a_model_of_another_parent_is_refused(cast, refused):
    found = refused(cast.t5, stands_after=cast.ernie)
    assert found == {
        "stands_after": [
            "ERNIE (Baidu) does not stand below T5 family: choose one that does, or none."
        ]
    }


def test_first_and_behind_another_at_once_is_refused(cast, refused):
    assert list(refused(cast.t5, stands_first=True, stands_after=cast.byt5)) == ["stands_after"]
    assert list(refused(cast.baidu, stands_first=True, stands_after=cast.google)) == [
        "stands_after"
    ]


def test_a_place_behind_itself_is_refused(cast, refused):
    assert list(refused(cast.t5, stands_after=cast.t5)) == ["stands_after"]
    assert list(refused(cast.google, stands_after=cast.google)) == ["stands_after"]


# Once only.


@pytest.mark.parametrize("row", ["google", "t5"])
def test_a_slug_of_another_record_is_refused(cast, refused, row):
    other = {"google": cast.baidu, "t5": cast.byt5}[row]
    found = refused(getattr(cast, row), slug=other.slug)
    assert list(found) == ["slug"]
    assert "belongs, or once belonged, to another" in found["slug"][0]


def test_a_slug_that_another_record_once_had_is_refused(cast, desk):
    with changes.record(who="Kim", origin="admin") as recording:
        recording.update(cast.byt5, slug="byte-t5")
    found = desk.complaints(cast.t5, slug="byt5")
    assert list(found) == ["slug"]


def test_two_own_links_at_once_are_refused(cast, refused):
    sentence = "An owner has one link without a title at most: give this one a title."
    links = inline(0, url="https://a.org") | inline(1, url="https://b.org")
    for row in (cast.byt5, cast.google):
        assert refused(row, **links) == {"resources-1-title": [sentence]}


def test_a_second_own_link_is_refused(cast, refused):
    factories.resource("", model=cast.byt5)
    found = refused(cast.byt5, **inline(1, url="https://b.org"))
    assert list(found) == ["resources-1-title"]
    own = Resource.objects.get(title="")
    other = factories.resource("code", model=cast.byt5)
    assert list(refused(other, title="")) == ["__all__"]
    own.refresh_from_db()


def test_an_alias_twice_is_refused(cast, refused):
    twice = inline(0, "aliases", name="T-5") | inline(1, "aliases", name="T-5")
    found = refused(cast.t5, **twice)
    assert found == {"aliases-1-name": ["This alias stands here twice: take one away."]}


def test_rows_that_are_right_alone_and_not_together_are_refused(cast, refused):
    """The rename makes the former name an alias by itself; the form brings the same one."""
    alias = inline(0, "aliases", name="T5", kind="former_name")
    found = refused(cast.t5, name="T5 1.0", **alias)
    assert found == {"__all__": ["The model has this name already."]}


def test_a_resource_without_an_owner_or_with_two_is_refused(cast, refused):
    sentence = "It must belong to an organisation or to a model, not to both."
    assert refused(cast.t5_paper, organisation=cast.google) == {"__all__": [sentence]}
    assert refused(cast.t5_paper, model="") == {"__all__": [sentence]}


def test_what_the_list_itself_said_may_stay(cast, desk):
    """A value that nobody touched is no reason to refuse another that somebody mended."""
    LanguageModel.objects.filter(pk=cast.t5.pk).update(name="T5](")
    desk.save(cast.t5, note="A note.")
    cast.t5.refresh_from_db()
    assert (cast.t5.name, cast.t5.note) == ("T5](", "A note.")
    assert not Alias.objects.exists()
    assert Organisation.objects.count() == 2


def test_a_deletion_that_is_refused_says_why(cast, desk, monkeypatch):
    def refuse(*_: object) -> None:
        raise changes.ChangeRefused("Not today.")

    monkeypatch.setattr(changes.Recording, "delete", refuse)
    where = reverse("admin:catalog_languagemodel_delete", args=[cast.t5.pk])
    page = desk.client.post(where, {"post": "yes"}, follow=True).content.decode()
    assert "Not today." in page
    assert "was deleted successfully" not in page
    assert not ChangeSet.objects.exists()
