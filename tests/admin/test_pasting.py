"""Addresses pasted on a record's page: shown first, saved with the page, all of them or none."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import changes
from catalog.models import ChangeSet, LanguageModel, Organisation, Resource
from tests import factories
from tests.admin.desk import changed_lines, errors
from tests.changes.memory import everything

PASTED = reverse("admin:catalog_languagemodel_pasted")
THREE = """https://arxiv.org/abs/2204.02311
https://github.com/lucidrains/PaLM-pytorch
https://huggingface.co/google/palm"""


@pytest.fixture
def cast(db):
    return factories.small_catalog()


def shown(client, text: str, owner=None) -> str:
    answer = client.post(PASTED, {"text": text, "owner": owner.pk if owner else ""})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_three_addresses_become_three_lines_of_the_list(desk, real_list):
    palm = LanguageModel.objects.get(slug="palm")
    desk.save(palm, **{"resources-paste": THREE})
    removed, added = changed_lines(real_list)
    assert removed == []
    assert [line.partition(" ![")[0] for line in added] == [
        "  * [arXiv 2204.02311](https://arxiv.org/abs/2204.02311)",
        "  * [github repo](https://github.com/lucidrains/PaLM-pytorch)",
        "  * [Hugging Face 🤗](https://huggingface.co/google/palm)",
    ]
    paper = palm.resources.in_tree_order()[0]
    assert (paper.kind, paper.identifier) == ("paper", "arxiv:2204.02311")
    assert changes.undo(ChangeSet.objects.latest("pk"), who="Kim").problems == ()
    assert changed_lines(real_list) == ([], [])


def test_a_title_is_what_the_line_says_else_what_the_list_calls_such_links_else_the_address(
    desk, cast
):
    other = factories.language_model("Other", organisation=cast.google)
    for number in range(2):
        factories.resource(
            "github repo",
            model=other,
            kind="code",
            url=f"https://github.com/a/{number}",
            identifier=f"github:a/{number}",
        )
    code = "https://github.com/google-research/byt5"
    assert "<b>code</b> google-research/byt5" in shown(desk.client, code)
    factories.resource("github repo", model=other, kind="code", identifier="github:a/2")
    assert "<b>code</b> github repo" in shown(desk.client, code)
    assert "<b>code</b> The code" in shown(desk.client, f"The code: {code}")
    # Two of one title below one owner tell nobody which is which.
    two = shown(desk.client, f"{code}\nhttps://github.com/google/Second")
    assert "<b>code</b> google/Second" in two
    assert "<b>code</b> google-research/byt5" in shown(desk.client, code, other)


def test_an_organisation_takes_pasted_addresses_too_and_so_does_a_new_record(desk, cast):
    desk.save(cast.baidu, **{"resources-paste": "https://wenxin.baidu.com/"})
    assert cast.baidu.resources.get().title == "wenxin.baidu.com"
    desk.add("languagemodel", name="PLATO", organisation=cast.baidu, **{"resources-paste": THREE})
    assert LanguageModel.objects.get(name="PLATO").resources.count() == 3
    desk.add("organisation", name="IDEA", **{"resources-paste": "https://idea.edu.cn"})
    assert Organisation.objects.get(name="IDEA").resources.count() == 1


def test_pasted_addresses_come_behind_the_resources_in_their_order(desk, cast):
    factories.language_model("T5 1.1", parent=cast.t5)
    desk.save(cast.t5, **{"resources-paste": "a https://a.org\nb https://b.org"})
    group = ("model", cast.t5.pk)
    names = [str(row) for row in changes.children_of([group])[group]]
    assert names == [cast.t5_paper.title, "a", "b", "T5 1.1"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("palm", "Line 1: “palm” holds no address: one begins with http:// or https://."),
        ("https://a.org\n\nhttp://a.org/", "Line 3: It is the same as line 1."),
        (
            "x\x00 https://a.org",
            "Line 1: It holds a NUL character, which no text has: type it anew.",
        ),
        (f"https://a.org/{'a' * 2000}", "Line 1: Ensure this value has at most 2000 characters"),
        (
            "a](b https://a.org",
            "Line 1: Written into the list, this title would not be read back the same.",
        ),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_saved(desk, cast, text, sentence):
    before = everything()
    page = desk.refused(cast.byt5, name="Byte T5", **{"resources-paste": f"{text}"})
    assert any(said.startswith(sentence) for said in errors(page)["resources"]), errors(page)
    assert everything() == before
    assert text.splitlines()[-1][:60] in page.content.decode()  # it can be mended


def test_what_stands_here_already_is_refused_by_its_title(desk, cast):
    Resource.objects.filter(pk=cast.t5_paper.pk).update(identifier="arxiv:1910.10683")
    paste = {"resources-paste": "https://arxiv.org/pdf/1910.10683v3"}
    found = desk.complaints(cast.t5, **paste)["resources"]
    assert found[1:] == [f"Line 1: It stands here already: “{cast.t5_paper.title}”."]


def test_what_stands_elsewhere_is_named_before_and_after_it_is_saved(desk, cast):
    Resource.objects.filter(pk=cast.t5_paper.pk).update(identifier="arxiv:1910.10683")
    factories.resource("site", organisation=cast.baidu, url="http://www.example.org/t5/")
    text = "https://arxiv.org/pdf/1910.10683v3\nhttps://example.org/t5"
    page = shown(desk.client, text, cast.byt5)
    assert "already at T5 (T5 family, Google)" in page
    assert "already at Baidu" in page
    desk.save(cast.byt5, **{"resources-paste": text})
    assert cast.byt5.resources.count() == 2
    after = desk.client.get(reverse("admin:catalog_languagemodel_changelist")).content.decode()
    assert "“arXiv 1910.10683” stands at T5 (T5 family, Google) too." in after


def test_the_preview_of_the_lines_writes_nothing_and_shows_no_markup(desk, cast):
    before = everything()
    page = shown(desk.client, "<script>alert(1)</script> https://a.org/<b>\n<img src=x>", cast.byt5)
    assert "<script" not in page
    assert "<img" not in page
    assert everything() == before
    assert not ChangeSet.objects.exists()


def test_many_lines_take_as_many_queries_as_few(desk, cast):
    def asked(number: int) -> int:
        text = "\n".join(f"https://arxiv.org/abs/2204.{n:05}" for n in range(number))
        with CaptureQueriesContext(connection) as queries:
            assert shown(desk.client, text, cast.t5).count("<li>") == number
        return len(queries)

    asked(1)
    assert asked(10) == asked(20)


def test_the_preview_is_for_those_who_may_add_and_needs_a_token(client, cast):
    assert client.post(PASTED, {"text": THREE}).status_code == 302  # to the login
    mei = get_user_model().objects.create_user("Mei", password="Mei", is_staff=True)
    mei.user_permissions.set(Permission.objects.filter(codename="change_languagemodel"))
    client.force_login(mei)
    assert client.post(PASTED, {"text": THREE}).status_code == 403
    mei.user_permissions.set(Permission.objects.filter(codename="add_resource"))
    assert client.post(PASTED, {"text": THREE}).status_code == 200
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(mei)
    assert careful.post(PASTED, {"text": THREE}).status_code == 403


def test_who_may_not_add_resources_pastes_none(client, cast):
    mei = get_user_model().objects.create_user("Mei", password="Mei", is_staff=True)
    allowed = ("change_languagemodel", "view_resource", "change_resource")
    mei.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client.force_login(mei)
    where = reverse("admin:catalog_languagemodel_change", args=[cast.byt5.pk])
    fields = {"name": "ByT5", "slug": "byt5", "kind": "model", "organisation": cast.google.pk}
    fields |= {"parent": cast.t5_family.pk, "is_published": "on", "resources-paste": THREE}
    for rows in ("resources", "aliases"):
        fields |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    assert client.post(where, fields).status_code == 302
    assert not cast.byt5.resources.exists()
