"""The desk as a room: its pages, its type-ahead, what it remembers and who may do what."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import changes, readme, sync
from catalog.admin.memory import ReadOnlyAdmin
from catalog.admin.recorded import RecordedAdmin
from catalog.models import Alias, ChangeSet, LanguageModel, Organisation, Resource, Snapshot
from tests import factories
from tests.admin.desk import inline

NOUNS = ("organisation", "languagemodel", "resource", "listtext", "snapshot", "changeset")


@pytest.fixture
def cast(db):
    return factories.small_catalog()


def address(noun: str, page: str = "changelist", *arguments: object) -> str:
    return reverse(f"admin:catalog_{noun}_{page}", args=arguments)


def shown(client, *where: object) -> str:
    response = client.get(address(*where))
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_is_recorded_or_read_only():
    pages = [
        page for model, page in admin.site._registry.items() if model._meta.app_label == "catalog"
    ]
    assert len(pages) == len(NOUNS)
    assert all(isinstance(page, RecordedAdmin | ReadOnlyAdmin) for page in pages)


# The way to the public page.


@pytest.mark.parametrize("name", ["google", "t5_family", "byt5"])
def test_view_on_site_leads_to_the_public_page(desk, cast, name):
    row = getattr(cast, name)
    page = shown(desk.client, row._meta.model_name, "change", row.pk)
    assert f'<a href="{row.get_absolute_url()}" class="viewsitelink">' in page


@pytest.mark.parametrize("withheld", ["google", "t5_family", "byt5"])
def test_nothing_leads_to_a_page_that_the_public_does_not_see(desk, cast, withheld):
    row = getattr(cast, withheld)
    type(row).objects.filter(pk=row.pk).update(is_published=False)
    page = shown(desk.client, "languagemodel", "change", cast.byt5.pk)
    assert "View on site" not in page
    assert desk.client.get(cast.byt5.get_absolute_url()).status_code == 404


# What it costs.


def _queries(client, where: str) -> list[str]:
    ContentType.objects.get_for_models(*apps.get_models())  # read once and kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return [query["sql"] for query in queries]


def _snapshot(text: bytes) -> Snapshot:
    meaning = readme.parse(text.decode()).meaning.to_json()
    return Snapshot(text=text, meaning=meaning, grammar=readme.GRAMMAR, origin="export")


def _grow(cast) -> None:
    """Three more of everything that the pages below show: a query for each would be seen."""
    for number in range(3):
        organisation = factories.organisation(f"Lab {number}")
        factories.language_model(f"Model {number}", parent=cast.t5_family)
        factories.language_model(f"Top {number}", organisation=organisation)
        for owner in ({"model": cast.t5}, {"organisation": cast.google}):
            factories.resource(f"paper {number}", **owner)
            Alias.objects.create(name=f"{organisation.slug} {number}", **owner)
        with changes.record(who="Li", origin="admin") as recording:
            recording.update(cast.t5, note=f"{organisation} {number}")
            for row in (cast.byt5, cast.ernie, cast.google, cast.baidu):
                recording.update(row, note=f"{organisation} {number}")
            recording.create(_snapshot(b"# L"))


@pytest.mark.long
def test_a_page_takes_the_same_number_of_queries_for_twice_the_rows(desk, cast):
    pages = [address(noun) for noun in NOUNS]
    for row in (cast.google, cast.t5, cast.t5_paper):
        for page in ("change", "history", "delete"):
            pages.append(address(row._meta.model_name, page, row.pk))
    _grow(cast)
    few = {page: _queries(desk.client, page) for page in pages}
    _grow(cast)
    for page in pages:
        assert len(_queries(desk.client, page)) == len(few[page]), (page, few[page])


def test_the_list_of_snapshots_reads_none_of_their_texts(desk, cast):
    with changes.record(who="Li", origin="admin") as recording:
        recording.create(_snapshot(b"# L"))
    read = " ".join(_queries(desk.client, address("snapshot")))
    assert '"catalog_snapshot"."origin"' in read
    assert '"catalog_snapshot"."text"' not in read
    assert '"catalog_snapshot"."meaning"' not in read


def test_a_change_set_takes_the_same_number_of_queries_for_twice_the_changes(desk, cast):
    for number in range(20):
        factories.language_model(f"Model {number}", parent=cast.t5_family)

    def page_of(rows) -> list[str]:
        with changes.record(who="Li", origin="admin") as recording:
            for row in rows:
                recording.update(row, status=f"one of {len(rows)}")
        newest = ChangeSet.objects.latest("pk")
        assert newest.changes.count() == len(rows)
        return _queries(desk.client, address("changeset", "change", newest.pk))

    few = page_of(LanguageModel.objects.all()[:10])
    assert len(page_of(LanguageModel.objects.all()[:20])) == len(few), few


# Finding things.


def test_models_and_organisations_are_found_by_typing_and_not_in_long_selects(desk, cast):
    for number in range(30):
        factories.language_model(
            f"Model {number}", organisation=factories.organisation(f"L{number}")
        )
    for where in (
        ("languagemodel", "add"),
        ("languagemodel", "change", cast.t5.pk),
        ("organisation", "change", cast.google.pk),
        ("resource", "change", cast.t5_paper.pk),
    ):
        page = shown(desk.client, *where)
        assert "Model 7" not in page
        assert ">L7<" not in page


def test_two_models_of_one_name_are_told_apart_by_their_owners(desk, cast):
    factories.language_model("ERNIE", organisation=factories.organisation("Tsinghua"))
    asked = {"app_label": "catalog", "model_name": "languagemodel", "field_name": "parent"}
    answer = desk.client.get(address("languagemodel", "suggestions"), asked | {"term": "ERNIE"})
    assert [found["text"] for found in answer.json()["results"]] == [
        "ERNIE (Baidu)",
        "ERNIE (Tsinghua)",
    ]
    factories.resource("paper", model=LanguageModel.objects.get(slug="ernie"))
    assert "T5 family (Google)" in shown(desk.client, "languagemodel", "change", cast.t5.pk)
    assert "T5 (T5 family, Google)" in shown(desk.client, "resource", "change", cast.t5_paper.pk)


def test_a_visitor_gets_no_suggestions(client, cast):
    assert client.get(address("languagemodel", "suggestions")).status_code == 302


def test_a_record_is_found_by_its_other_name(desk, cast):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    page = desk.client.get(address("organisation"), {"q": "百度"}).content.decode()
    assert ">Baidu</a>" in page
    assert ">Google</a>" not in page


# What is made where nothing was said.


def test_a_slug_left_empty_is_made_and_a_taken_one_gets_its_owner(desk, cast):
    tsinghua = factories.organisation("Tsinghua AI")
    desk.add("languagemodel", name="ERNIE", organisation=tsinghua)
    assert tsinghua.models.get().slug == "ernie-tsinghua-ai"
    desk.add("organisation", name="智源")
    assert Organisation.objects.get(name="智源").slug == "zhi-yuan"


def test_a_slug_that_is_emptied_is_made_again_and_the_former_one_is_kept(desk, cast):
    desk.save(cast.byt5, slug="")
    assert not ChangeSet.objects.exists()  # its own slug is free for itself
    desk.save(cast.byt5, name="Byte T5", slug="")
    cast.byt5.refresh_from_db()
    assert cast.byt5.slug == "byte-t5"
    assert {(alias.kind, alias.name) for alias in cast.byt5.aliases.all()} == {
        ("former_name", "ByT5"),
        ("former_slug", "byt5"),
    }


def test_a_kind_left_open_is_guessed_by_the_url(desk, cast):
    desk.save(cast.byt5, **inline(0, title="a", url="https://github.com/google-research/byt5"))
    desk.add("resource", title="b", url="https://arxiv.org/abs/2105.13626", model=cast.byt5)
    found = dict(cast.byt5.resources.values_list("title", "kind"))
    assert found == {"a": "code", "b": "paper"}
    assert Resource.objects.get(title="b").identifier == "arxiv:2105.13626"


def test_a_new_model_gets_its_natural_place(desk, cast):
    for name in ("A5", "D5"):
        factories.language_model(name, organisation=cast.baidu)
    LanguageModel.objects.filter(organisation=cast.baidu).update(position=0)
    for number, name in enumerate(("A5", "D5", "ERNIE", "Wenxin"), 1):
        cast.baidu.models.filter(name=name).update(position=number)
    desk.add("languagemodel", name="B5", organisation=cast.baidu)
    names = cast.baidu.models.in_tree_order().values_list("name", flat=True)
    assert list(names) == ["A5", "B5", "D5", "ERNIE", "Wenxin"]


def test_the_first_model_stands_behind_the_links_of_its_organisation(desk, cast):
    link = factories.resource("website", organisation=cast.baidu, position=1)
    cast.baidu.models.update(position=2)
    desk.add("languagemodel", name="PLATO", organisation=cast.baidu, stands_first=True)
    names = cast.baidu.models.in_tree_order().values_list("name", flat=True)
    assert list(names) == ["PLATO", "ERNIE", "Wenxin"]
    link.refresh_from_db()
    assert link.position < cast.baidu.models.get(name="PLATO").position


def test_an_alias_is_remembered_like_everything(desk, cast):
    desk.save(cast.byt5, **inline(0, "aliases", name="Byte-T5"))
    alias = Alias.objects.get()
    assert (alias.model, alias.kind) == (cast.byt5, "other_name")
    desk.save(cast.byt5, **inline(0, "aliases", DELETE=True))
    assert not Alias.objects.exists()
    for change_set in ChangeSet.objects.order_by("-pk"):
        assert changes.undo(change_set, who="Li").problems == ()


# What is remembered.


def test_change_sets_say_what_they_are_about(desk, cast):
    desk.add("languagemodel", name="mT5", organisation=cast.google)
    desk.save(cast.t5, name="T5 1.1")
    desk.delete(cast.byt5)
    desk.delete_selected(cast.ernie)
    assert list(ChangeSet.objects.order_by("pk").values_list("summary", flat=True)) == [
        "new model mT5",
        "model T5",
        "delete model ByT5",
        "selected models",
    ]


def test_a_page_that_was_opened_or_saved_unchanged_is_no_change_set(desk, cast):
    desk.save(cast.t5)
    assert not ChangeSet.objects.exists()


def test_the_history_of_a_record_tells_of_imports_too(desk, real_list):
    model = LanguageModel.objects.get(slug="motian")
    desk.save(model, name="Motian (摩天)")
    page = shown(desk.client, "languagemodel", "history", model.pk)
    assert "name: “Motian” → “Motian (摩天)”" in page
    assert page.index("<td>Li</td>") < page.index("<td>Kim</td>")
    assert "<td>import</td>" in page


def test_the_history_of_a_record_that_is_not_there_leads_back(desk, cast):
    assert desk.client.get(address("languagemodel", "history", 4711)).status_code == 302


def test_a_change_set_is_read_with_its_changes_and_never_written(desk, cast):
    desk.save(cast.t5, name="T5 <1.1>")
    change_set = ChangeSet.objects.get()
    where = address("changeset", "change", change_set.pk)
    page = desk.client.get(where).content.decode()
    assert "name: “T5” → “T5 &lt;1.1&gt;”" in page
    assert "_save" not in page
    assert desk.client.post(where, {"who": "Eve"}).status_code == 403
    assert desk.client.post(address("changeset", "delete", change_set.pk)).status_code == 403
    assert desk.client.get(address("changeset", "add")).status_code == 403


def test_a_snapshot_is_read_and_never_written(desk, real_list):
    snapshot = Snapshot.objects.get()
    page = shown(desk.client, "snapshot", "change", snapshot.pk)
    assert "<pre># Awesome Pretrained Language Models [![Awesome]" in page
    assert "&lt;br/&gt;" in page
    assert "_save" not in page
    assert desk.client.post(address("snapshot", "change", snapshot.pk)).status_code == 403
    assert desk.client.post(address("snapshot", "delete", snapshot.pk)).status_code == 403


def _undo(client, *change_sets: ChangeSet) -> str:
    chosen = {"action": "undo", "_selected_action": [one.pk for one in change_sets]}
    return client.post(address("changeset"), chosen, follow=True).content.decode()


def test_change_sets_are_undone_from_their_list_the_newest_first(desk, real_list):
    desk.save(LanguageModel.objects.get(slug="motian"), name="Motian (摩天)")
    desk.delete(LanguageModel.objects.get(slug="t5-family"))
    desk.save(LanguageModel.objects.get(slug="motian"), name="摩天")
    page = _undo(desk.client, *ChangeSet.objects.filter(origin="admin"))
    assert page.count("Undone: Li, ") == 3
    assert sync.export_text() == real_list


def test_what_cannot_be_undone_says_why(desk, cast):
    desk.save(cast.t5, name="T5 1.1")
    first = ChangeSet.objects.get()
    desk.save(cast.t5, name="T5 1.2")
    page = _undo(desk.client, first)
    assert "was not undone. The model “T5 1.2” cannot go back to “T5”" in page
    assert LanguageModel.objects.get(pk=cast.t5.pk).name == "T5 1.2"


# Who may.


def _curator(client, *permissions: str):
    user = get_user_model().objects.create_user("Mei", password="Mei", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)


def test_nobody_deletes_below_a_model_what_they_may_not_delete(client, cast):
    _curator(client, "view_languagemodel", "delete_languagemodel")
    where = address("languagemodel", "delete", cast.t5_family.pk)
    assert "have permission to delete" in client.get(where).content.decode()
    assert client.post(where, {"post": "yes"}).status_code == 403
    assert LanguageModel.objects.filter(pk=cast.t5_family.pk).exists()


def test_nobody_undoes_who_may_only_read(client, cast):
    with changes.record(who="Kim", origin="admin") as recording:
        recording.update(cast.t5, name="T5 1.1")
    _curator(client, "view_changeset")
    _undo(client, ChangeSet.objects.get())
    assert LanguageModel.objects.get(pk=cast.t5.pk).name == "T5 1.1"


def test_who_may_only_look_sees_the_pages_without_fields(client, cast):
    _curator(client, "view_languagemodel", "view_resource", "view_organisation")
    assert "T5" in shown(client, "languagemodel", "change", cast.t5.pk)
    assert client.post(address("languagemodel", "change", cast.t5.pk)).status_code == 403
    assert "Lim" in shown(client, "resource", "change", cast.t5_paper.pk)
    assert "Google" in shown(client, "organisation", "change", cast.google.pk)


# Undoing from the page of a change set.


def test_a_change_set_is_undone_from_its_own_page(desk, cast):
    desk.save(cast.t5, name="T5 1.1")
    change_set = ChangeSet.objects.get()
    assert "Undo this change set" in shown(desk.client, "changeset", "change", change_set.pk)
    response = desk.client.post(address("changeset", "undo", change_set.pk), follow=True)
    assert "Undone: " in response.content.decode()
    assert LanguageModel.objects.get(pk=cast.t5.pk).name == "T5"
    assert response.context["original"] == ChangeSet.objects.latest("pk") != change_set


def test_what_cannot_be_undone_says_why_on_the_same_page(desk, cast):
    desk.save(cast.t5, name="T5 1.1")
    desk.save(cast.t5, name="T5 1.2")
    first = ChangeSet.objects.earliest("pk")
    response = desk.client.post(address("changeset", "undo", first.pk), follow=True)
    assert "was not undone." in response.content.decode()
    assert response.context["original"] == first


def test_undoing_needs_a_post_and_the_permission(client, desk, cast):
    desk.save(cast.t5, name="T5 1.1")
    where = address("changeset", "undo", ChangeSet.objects.get().pk)
    assert desk.client.get(where).status_code == 405
    _curator(client, "view_changeset")
    assert "Undo this" not in shown(client, "changeset", "change", ChangeSet.objects.get().pk)
    assert client.post(where).status_code == 403
    assert ChangeSet.objects.count() == 1
