"""The public pages as a visitor gets them."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from catalog import tree
from catalog.models import Alias, LanguageModel, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


@pytest.fixture
def visit(client):
    """Get a page; at most six queries, whatever it holds."""

    def get(address: str = "/", **parameters: str) -> str:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, parameters)
        assert response.status_code == 200
        assert len(queries) <= 6, queries.captured_queries
        return response.content.decode()

    return get


def text_of(html: str) -> str:
    """What is read, without what stands in the attributes."""
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign]
    parser.feed(html)
    return " ".join(" ".join(parts).split())


def main(html: str) -> str:
    return html[html.index("<main") :]


# The list


def test_the_list_shows_organisations_notes_the_tree_and_typed_resources(cast, visit):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(note="The *first* of them.")
    shown = visit()
    assert "2 organisations, 4 models, 2 links" in shown
    order = ["Google", "T5 family", ">T5<", "Transfer Learning", ">ByT5<", "Baidu", "ERNIE"]
    places = [main(shown).index(word) for word in order]
    assert places == sorted(places)
    assert "<p>The <em>first</em> of them.</p>" in shown
    assert 'href="#google"' in shown
    assert 'id="google"' in shown
    assert 'href="/organisations/google/"' in shown
    assert 'href="/models/byt5/"' in shown


def test_a_chip_is_called_by_what_is_seen_and_by_the_lists_own_title(cast, visit):
    [chip] = re.findall(r'<a class="chip paper titled".*?</a>', visit())
    assert text_of(chip) == "Paper · arXiv 2019-10 : Exploring the Limits of Transfer Learning"


def test_what_is_not_official_says_so_to_everybody(cast, visit):
    factories.resource("port", model=cast.t5, is_official=False, remark="by others")
    assert '<span class="mark">Non-official</span>' in visit()
    shown = visit("/models/t5/")
    assert '<span class="mark">Non-official</span>' in shown
    assert "by others" in shown


def test_the_fifth_link_is_on_the_models_own_page(cast, visit):
    for number in range(5):
        factories.resource(f"demo {number}", model=cast.t5, kind="demo")
    assert '<a class="further" href="/models/t5/">+2<' in visit()
    assert "demo 4" not in visit()
    assert "demo 4" in visit("/models/t5/")


def test_an_organisation_says_how_many_have_no_links_yet(cast, visit):
    assert visit().count("1 without links yet") == 1  # Google's ByT5
    assert "1 without links yet" in visit("/organisations/google/")


def test_the_real_list_is_one_page(real_list, visit):
    shown = visit()
    assert "<title>Awesome Pretrained Language Models</title>" in shown
    assert "21 organisations, 102 models, 76 links" in shown
    assert shown.count('<a class="chip ') == 75
    assert shown.count(">+1<") == 1
    assert 'Erlangshen (<span lang="zh-Hans">二郎神</span>)' in shown
    assert "PLUG (Pre-training for Language Understanding and Generation))" in shown


def test_the_real_list_and_the_style_sheet_are_small(real_list, visit):
    assert len(gzip.compress(visit().encode())) < 25_000
    assert Path(finders.find("catalog/site.css")).stat().st_size < 20_000


def test_no_two_things_of_the_real_list_have_one_anchor(real_list, visit):
    anchors = re.findall(r'\bid="([^"]+)"', visit())
    assert len(anchors) == len(set(anchors)) > 102


def test_an_organisation_can_have_the_anchor_of_no_part_of_the_page(visit):
    for slug in ("main", "page-main", "q", "model-t5"):
        factories.organisation(slug)
    anchors = re.findall(r'\bid="([^"]+)"', visit())
    assert len(anchors) == len(set(anchors))


def test_a_draft_is_never_shown(cast, visit):
    factories.language_model("Wenxin 4", parent=cast.draft)
    for address in ("/", "/organisations/baidu/", "/models/ernie/"):
        assert "Wenxin" not in visit(address)
    assert "Wenxin 4" not in visit("/", q="wenxin")


def test_the_empty_catalogue_says_what_to_do(visit):
    shown = visit()
    assert "Nothing is listed yet" in shown
    assert "manage.py import_readme" in shown
    assert 'href="/admin/catalog/organisation/add/"' in shown
    assert 'name="q"' not in shown


def test_an_organisation_without_models_says_so(visit):
    factories.organisation("Nvidia")
    assert "No models listed yet." in visit()
    assert "No models listed yet." in visit("/organisations/nvidia/")


def test_a_model_on_the_deepest_level_is_shown(cast, visit):
    deepest = cast.t5
    for level in range(3, tree.MAX_DEPTH + 1):
        deepest = factories.language_model(f"level {level}", parent=deepest)
    assert f"level {tree.MAX_DEPTH}<" in visit()
    assert f"<h1>level {tree.MAX_DEPTH}</h1>" in visit(deepest.get_absolute_url())


# The search


def test_a_search_narrows_the_list_and_keeps_what_stands_above(cast, visit):
    shown = visit("/", q="byt5")
    assert "1 of 4 models for “byt5”" in text_of(shown)
    assert '<a class="name family context" href="/models/t5-family/">T5 family</a>' in shown
    assert ">ByT5<" in shown
    assert "Baidu" not in main(shown)
    assert 'value="byt5"' in shown


def test_an_organisation_without_models_is_found_by_its_name(visit):
    factories.organisation("Nvidia")
    shown = visit("/", q="nvidia")
    assert "0 of 0 models" in shown
    assert ">Nvidia<" in main(shown)


def test_an_empty_search_says_what_else_to_try(cast, visit):
    shown = text_of(visit("/", q="zebra"))
    assert "0 of 4 models" in shown
    assert "Nothing found" in shown
    assert "read all 4 models" in shown


def test_a_search_without_words_is_the_whole_list(cast, visit):
    assert visit("/", q=" ") == visit()


def test_what_was_asked_acts_on_nothing(cast, visit):
    assert "<script" not in visit("/", q='"><script>alert(1)</script>')


# A record's page


def test_a_model_has_a_page_with_path_links_facts_relatives_and_the_way_to_edit_it(cast, visit):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(parameters="11B", note="The *first*.")
    Alias.objects.create(model=cast.t5, name="文本五")
    Alias.objects.create(model=cast.t5, name="Text-5", kind="former_name")
    shown = visit("/models/t5/")
    assert "<h1>T5</h1>" in shown
    assert "also: 文本五 , Text-5" in text_of(shown)
    assert '<a href="/organisations/google/">Google</a>' in shown
    assert '<a href="/models/t5/" aria-current="page">T5</a>' in shown
    assert '<a href="/models/byt5/">ByT5</a>' in shown
    assert "<p>The <em>first</em>.</p>" in shown
    assert "Paper · arXiv 2019-10 · arxiv.org" in shown
    assert "<dt>Parameters</dt><dd>11B</dd>" in shown
    assert "Not recorded yet: release date, architecture," in shown
    assert f'href="/admin/catalog/languagemodel/{cast.t5.pk}/change/"' in shown


def test_a_model_without_resources_shows_its_relatives(cast, visit):
    factories.language_model("PaLM", organisation=cast.google)
    shown = text_of(visit("/models/palm/"))
    assert "No paper or code listed yet." in shown
    assert "More from Google T5 family PaLM" in shown


def test_a_family_shows_its_members(cast, visit):
    shown = visit("/models/t5-family/")
    assert "Family of 2 models" in shown
    assert main(shown).index("/models/t5/") < main(shown).index("/models/byt5/")
    assert "No paper" not in shown


def test_an_organisation_has_a_page_with_its_tree_and_the_way_to_edit_it(cast, visit):
    Organisation.objects.filter(pk=cast.google.pk).update(note="A *company*.")
    factories.resource("Google AI", organisation=cast.google, kind="website")
    shown = visit("/organisations/google/")
    assert "<h1>Google</h1>" in shown
    assert "3 models, 2 links" in shown
    assert "<p>A <em>company</em>.</p>" in shown
    assert ">Google AI</a>" in shown
    assert f'href="/admin/catalog/organisation/{cast.google.pk}/change/"' in shown


def test_pages_speak_the_lists_own_words(cast, visit, settings):
    settings.SECTION_WORDS = ("topic", "topics")
    settings.ENTRY_WORDS = ("data set", "data sets")
    factories.organisation("Nvidia")
    addresses = [
        "/",
        "/?q=byt5",
        "/?q=zebra",
        "/organisations/google/",
        "/organisations/nvidia/",
        "/models/t5/",
        "/models/t5-family/",
        "/models/byt5/",
        "/models/ernie/",
    ]
    for address in addresses:
        shown = text_of(visit(address)).lower()
        assert "data set" in shown, address
        assert not re.search(r"\b(models?|organisations?)\b", shown), address
        assert not re.search(r'"(Organisations|Models)"', visit(address)), address


# Addresses


@pytest.mark.parametrize(
    ("owner", "prefix", "present"),
    [
        ("google", "organisations", "/organisations/google/"),
        ("t5", "models", "/models/t5/"),
    ],
)
def test_a_former_address_leads_to_the_present_one(client, cast, owner, prefix, present):
    row = getattr(cast, owner)
    column = "organisation" if isinstance(row, Organisation) else "model"
    Alias.objects.create(**{column: row}, kind="former_slug", name="once")
    response = client.get(f"/{prefix}/once/")
    assert (response.status_code, response["Location"]) == (301, present)
    Organisation.objects.update(is_published=False)
    assert client.get(f"/{prefix}/once/").status_code == 404


def test_a_former_slug_of_the_one_is_no_address_of_the_other(client, cast):
    Alias.objects.create(model=cast.t5, kind="former_slug", name="once")
    Alias.objects.create(model=cast.t5, kind="former_name", name="twice")
    assert client.get("/organisations/once/").status_code == 404
    assert client.get("/models/twice/").status_code == 404


def test_what_is_withheld_looks_as_if_it_were_not_there(client, cast):
    there = client.get(cast.draft.get_absolute_url())
    not_there = client.get("/models/never-was/")
    assert (there.status_code, there.content) == (404, not_there.content)


def test_a_missing_page_offers_the_search_and_the_way_to_the_list(client):
    response = client.get("/nowhere")
    shown = response.content.decode()
    assert response.status_code == 404
    assert 'name="q"' in shown
    assert '<a href="/">go to the list</a>' in shown


@pytest.mark.django_db(databases=[])
def test_the_page_for_our_own_faults_needs_nothing(settings):
    settings.STORAGES = {"staticfiles": {"BACKEND": "nowhere.Storage"}}
    shown = get_template("500.html").render()
    assert shown.startswith("<!doctype html>")
    assert 'href="/static/catalog/site.css"' in shown
    assert '<a href="/">' in shown


# For everybody the same, and safe


def test_everybody_gets_the_same_bytes(client, admin_client, cast):
    for address in ("/", "/organisations/google/", "/models/t5/"):
        response = admin_client.get(address)
        assert response.content == client.get(address).content
        assert "Cookie" not in response.get("Vary", "")


def test_nothing_that_a_row_holds_acts_on_a_page(cast, visit):
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>汉<b onclick=x>字'
    organisation = factories.organisation(
        f"Lab {attack}", slug="lab", note=f"[x](javascript:alert(1)) {attack}"
    )
    model = factories.language_model(
        f"M {attack}", slug="m", organisation=organisation, note=attack, languages=attack
    )
    Alias.objects.create(model=model, name=attack)
    factories.resource(
        f"T {attack}", model=model, label=attack, remark=attack, url=f"https://x.org/{attack}"
    )
    for address in ("/", "/organisations/lab/", "/models/m/"):
        shown = visit(address)
        assert "<script" not in shown
        assert "<img" not in shown
        assert not re.search(r"<[^>]*\bon(error|click)=", re.sub(r'"[^"]*"', "", shown))
        assert 'href="javascript' not in shown
        assert 'href="https://x.org/&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;' in shown


def test_pages_need_no_script_and_no_inline_style(client, cast):
    for address in ("/", "/organisations/google/", "/models/t5/", "/nowhere"):
        response = client.get(address)
        shown = response.content.decode()
        assert "style=" not in shown
        assert "<style" not in shown
        assert "<script" not in shown
        policy = response["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy


def test_pages_are_read_and_nothing_is_sent_to_them(client, cast):
    for address in ("/", "/organisations/google/", "/models/t5/"):
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405
