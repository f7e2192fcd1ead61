"""The grouped list as a visitor gets it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import tree
from catalog.models import LanguageModel
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


@pytest.fixture
def page(client):
    """Get the list's page; at most six queries, whatever it holds."""

    def get() -> str:
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/")
        assert response.status_code == 200
        assert len(queries) <= 6, queries.captured_queries
        return response.content.decode()

    return get


def test_the_page_shows_organisations_notes_the_tree_and_typed_resources(cast, page):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(note="The *first* of them.")
    shown = page()
    assert "2 organisations, 4 models, 2 resources" in shown
    order = ["Google", "T5 family", ">T5<", "Transfer Learning", ">ByT5<", "Baidu", "ERNIE"]
    main = shown[shown.index("<main") :]
    places = [main.index(word) for word in order]
    assert places == sorted(places)
    assert '<span class="kind">Paper</span> Exploring the Limits of Transfer Learning' in shown
    assert "<p>The <em>first</em> of them.</p>" in shown
    assert 'href="#google"' in shown
    assert 'id="google"' in shown


def test_the_real_list_is_one_page(real_list, page):
    shown = page()
    assert "<title>Awesome Pretrained Language Models</title>" in shown
    assert "21 organisations, 102 models, 76 resources" in shown
    assert shown.count('<li class="chip') == 76
    assert "Erlangshen (二郎神)" in shown
    assert "PLUG (Pre-training for Language Understanding and Generation))" in shown


def test_no_two_things_of_the_real_list_have_one_anchor(real_list, page):
    anchors = re.findall(r'\bid="([^"]+)"', page())
    assert len(anchors) == len(set(anchors)) > 102


def test_a_draft_is_never_shown(cast, page):
    factories.language_model("Wenxin 4", parent=cast.draft)
    assert "Wenxin" not in page()


def test_the_empty_catalogue_says_what_to_do(page):
    assert "manage.py import_readme" in page()


def test_an_organisation_without_models_says_so(page):
    factories.organisation("Nvidia")
    assert "No models listed yet." in page()


def test_nothing_that_a_row_holds_acts_on_the_page(cast, page):
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    organisation = factories.organisation(
        f"Lab {attack}", note=f"[x](javascript:alert(1)) {attack}"
    )
    model = factories.language_model(f"M {attack}", organisation=organisation, note=attack)
    factories.resource(
        f"T {attack}", model=model, label=attack, remark=attack, url=f"https://x.org/{attack}"
    )
    shown = page()
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert 'href="https://x.org/&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;' in shown


def test_a_model_on_the_deepest_level_is_shown(cast, page):
    deepest = cast.t5
    for level in range(3, tree.MAX_DEPTH + 1):
        deepest = factories.language_model(f"level {level}", parent=deepest)
    assert f"level {tree.MAX_DEPTH}<" in page()


def test_the_page_needs_no_script_and_no_inline_style(client, cast):
    response = client.get("/")
    shown = response.content.decode()
    assert "style=" not in shown
    assert "<style" not in shown
    assert "<script" not in shown
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy


def test_the_page_is_read_and_nothing_is_sent_to_it(client):
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405
