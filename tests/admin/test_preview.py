"""Before saving, the page shows the lines that README.md would change by; after it, says so."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import sync
from catalog.models import ChangeSet, LanguageModel, ListText, Organisation, Resource
from tests import factories
from tests.admin.desk import changed_lines, errors, inline
from tests.changes.memory import everything

ROW = re.compile(
    r'<tr class="(added|removed)">.*?<td class="number">(\d+)</td>.*?<td class="text">(.*?)</td>',
    re.DOTALL,
)


def lines_of(response: Any) -> tuple[list[str], list[str]]:
    """What a page shows as removed and as added."""
    rows = ROW.findall(response.content.decode())
    removed, added = (
        [unescape(text) for kind, _, text in rows if kind == which]
        for which in ("removed", "added")
    )
    return removed, added


def model(name: str) -> LanguageModel:
    return LanguageModel.objects.get(name=name)


@pytest.fixture
def previewed(desk, real_list):
    """The page that comes back when a preview is asked for; and nothing is kept."""

    def ask(row_or_noun: Any, **changed: Any) -> Any:
        before = everything(), ChangeSet.objects.count(), LogEntry.objects.count()
        response = desk.refused(row_or_noun, _preview="Preview README.md", **changed)
        assert (everything(), ChangeSet.objects.count(), LogEntry.objects.count()) == before
        assert "successfully" not in response.content.decode()
        return response

    return ask


# The page, without any script.


def test_a_rename_is_a_red_and_a_green_line_and_the_form_keeps_what_was_typed(previewed):
    response = previewed(model("Motian"), name="Motian (摩天)")
    assert lines_of(response) == (["* Motian "], ["* Motian (摩天) "])
    page = response.content.decode()
    assert "1 line changes in README.md." in page
    assert 'value="Motian (摩天)"' in page
    assert errors(response) == {}
    assert "Please correct" not in page


def test_what_is_shown_is_what_saving_then_does(previewed, desk, real_list):
    typed = {
        "name": "PaLM (Pathways)",
        **inline(0, title="PaLM: Scaling", url="https://arxiv.org/abs/2204.02311"),
        **inline(1, title="github repo", url="https://github.com/lucidrains/PaLM-rlhf-pytorch"),
    }
    shown = lines_of(previewed(model("PaLM"), **typed))
    assert [len(lines) for lines in shown] == [1, 3]
    desk.save(model("PaLM"), **typed)
    assert changed_lines(real_list) == shown


@pytest.mark.parametrize("noun", ["organisation", "languagemodel"])
def test_a_new_record_shows_its_lines(previewed, noun):
    owner = (
        {} if noun == "organisation" else {"organisation": Organisation.objects.get(name="Google")}
    )
    removed, added = lines_of(previewed(noun, name="Anthropic", **owner))
    assert removed == []
    assert "Anthropic" in added[-1] + added[0]


def test_a_resource_and_the_lists_own_words_show_their_lines(previewed):
    resource = Resource.objects.exclude(title="").first()
    assert [len(lines) for lines in lines_of(previewed(resource, title="Another title"))] == [1, 1]
    title = ListText.objects.get(key="title")
    assert lines_of(previewed(title, text="Models"))[1] == ["# Models"]


def test_a_field_without_a_place_is_named(previewed):
    page = previewed(model("PaLM"), parameters="540B").content.decode()
    assert "This list has no place for parameters, so README.md stays as it is." in page


def test_unpublishing_says_how_many_lines_leave(previewed):
    response = previewed(Organisation.objects.get(name="Baidu"), is_published=False)
    assert "51 lines leave README.md." in response.content.decode()
    assert len(lines_of(response)[0]) == 51


def test_a_form_with_a_mistake_comes_back_with_the_mistake_and_without_lines(previewed):
    response = previewed(model("PaLM"), name="")
    assert "name" in errors(response)
    assert lines_of(response) == ([], [])


def test_what_stands_in_the_lines_is_text_and_no_markup(previewed):
    page = previewed(model("PaLM"), name="PaLM <script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


# What the script asks for.


def test_the_script_gets_the_lines_alone(previewed, desk):
    response = desk.refused(model("Motian"), _preview="lines", name="Motian (摩天)")
    assert lines_of(response) == (["* Motian "], ["* Motian (摩天) "])
    assert "<form" not in response.content.decode()
    assert LanguageModel.objects.filter(name="Motian").exists()


@pytest.mark.parametrize(("name", "said"), [("", "required"), ("T5](x", "cannot hold “](”")])
def test_the_script_hears_what_cannot_be_saved(desk, real_list, name, said):
    page = desk.refused(model("Motian"), _preview="lines", name=name).content.decode()
    assert "This cannot be saved yet:" in page
    assert said in page


def test_a_refusal_by_the_catalogue_is_heard_by_script_and_page(desk, real_list, monkeypatch):
    monkeypatch.setattr("catalog.admin.forms.problem", lambda *_: "")
    for asked in ("lines", "Preview README.md"):
        page = desk.refused(model("Motian"), _preview=asked, name="## Motian").content.decode()
        assert "README.md could not be written with this." in page
    assert LanguageModel.objects.filter(name="Motian").exists()


def test_nobody_previews_what_they_may_not_change(client, real_list, django_user_model):
    client.force_login(django_user_model.objects.create_user("Mei", is_staff=True))
    where = reverse("admin:catalog_languagemodel_change", args=[model("Motian").pk])
    assert client.post(where, {"_preview": "lines", "name": "x"}).status_code == 403


# Saving.


def test_saving_what_would_wedge_the_export_is_refused_at_the_form(desk, real_list, monkeypatch):
    monkeypatch.setattr("catalog.admin.forms.problem", lambda *_: "")
    found = desk.complaints(model("Motian"), name="## Motian")
    assert "README.md could not be written with this. Tencent > ## Motian" in found["__all__"][0]
    assert sync.export_text() == real_list


def test_after_saving_the_message_says_how_readme_will_change(desk, real_list):
    desk.save(model("Motian"), name="Motian (摩天)")
    page = desk.client.get(reverse("admin:index")).content.decode()
    assert "README.md: 1 line changes." in page
    assert f'<a href="{reverse("admin:waiting")}">See what waits for export.</a>' in page


def test_saving_nothing_says_nothing_of_readme(desk, real_list):
    desk.save(model("Motian"))
    assert "README.md: " not in desk.client.get(reverse("admin:index")).content.decode()


# Deleting.


def test_before_a_deletion_the_lines_that_go_are_shown(desk, real_list):
    question = desk.delete(model("ERNIE 1.0"))
    assert "2 lines leave README.md." in question
    assert question.count('<tr class="removed">') == 2
    assert len(changed_lines(real_list)[0]) == 2


def test_before_many_are_deleted_their_lines_are_shown_together(desk, real_list):
    question = desk.delete_selected(model("ERNIE 1.0"), model("Motian"))
    assert "3 lines leave README.md." in question
    assert question.count('<tr class="removed">') == 3


def test_asking_whether_to_delete_deletes_nothing(desk, real_list):
    rows = everything()
    where = reverse("admin:catalog_languagemodel_delete", args=[model("ERNIE 1.0").pk])
    assert "leave README.md" in desk.client.get(where).content.decode()
    assert everything() == rows


# What it costs.


def test_a_preview_takes_the_same_number_of_queries_for_twice_the_rows(desk, real_list):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.refused(model("Motian"), _preview="lines", name="Motian (摩天)")
        return len(found)

    def grow() -> None:
        for number in range(5):
            lab = factories.organisation(f"Lab {Organisation.objects.count()} {number}")
            factories.resource(model=factories.language_model(organisation=lab))

    queries()
    grow()
    few = queries()
    grow()
    assert queries() == few
