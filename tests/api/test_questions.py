"""What can be asked, and what is refused with a sentence instead of a wrong answer."""

import pytest

from catalog.models import Alias
from tests import factories

pytestmark = pytest.mark.django_db


def test_models_are_found_by_words_in_any_order(names, cast):
    Alias.objects.create(model=cast.byt5, name="Byte-level")
    assert names("models/", q="t5 google") == ["T5 family", "T5", "ByT5"]
    assert names("models/", q="level google") == ["ByT5"]
    assert names("models/", q="limits") == ["T5"]
    assert names("models/", q="nothing") == []


def test_models_are_asked_for_by_owner_kind_and_access(names, cast):
    factories.language_model("PaLM", organisation=cast.google, access="closed")
    assert names("models/", organisation="baidu") == ["ERNIE"]
    assert names("models/", parent="t5-family") == ["T5", "ByT5"]
    assert names("models/", kind="family") == ["T5 family"]
    assert names("models/", access="closed") == ["PaLM"]
    assert names("models/", kind="family", organisation="baidu") == []


def test_organisations_are_found_by_words_of_their_names(names, cast):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    Alias.objects.create(organisation=cast.google, name="old-address", kind="former_slug")
    assert names("organisations/", q="百度 bai") == ["Baidu"]
    assert names("organisations/", q="oo") == ["Google"]
    assert names("organisations/", q="old-address") == []


def test_resources_are_asked_for_by_owner_kind_and_identifier(names, cast):
    factories.resource("Home", organisation=cast.baidu, kind="website")
    factories.resource(
        "A copy", model=cast.ernie, is_official=False, kind="code", identifier="github:a/ernie"
    )
    assert names("resources/", organisation="baidu") == ["github repo", "A copy", "Home"]
    assert names("resources/", model="ernie") == ["github repo", "A copy"]
    assert names("resources/", kind="website") == ["Home"]
    assert names("resources/", is_official="false") == ["A copy"]
    assert "A copy" not in names("resources/", is_official="true")
    assert names("resources/", identifier="github:a/ernie") == ["A copy"]


REFUSED = [
    ("models/?kin=family", "kin", "What can be asked: access, kind, organisation, page, page_size"),
    ("models/?kind=famly", "kind", "“famly” is none of these: model, family, team."),
    ("models/?kind=model&kind=team", "kind", "more than once"),
    ("models/?access=free", "access", "none of these: open, limited, closed"),
    ("models/?organisation=nobody", "organisation", "There is no organisation “nobody” here."),
    ("models/?parent=nothing", "parent", "There is no model “nothing” here."),
    ("models/?q=%00", "q", "Null characters"),
    ("models/?q=" + "a+" * 120, "q", "at most 200 characters"),
    ("models/?page=0", "page", "There is no such page: write a number from 1 to 1."),
    ("models/?page=2", "page", "from 1 to 1"),
    ("models/?page=first", "page", "from 1 to 1"),
    ("models/?page_size=0", "page_size", "from 1 to 200"),
    ("models/?page_size=201", "page_size", "from 1 to 200"),
    ("models/?page_size=²", "page_size", "from 1 to 200"),
    ("models/?page_size=", "page_size", "from 1 to 200"),
    ("models/?format=api", "format", "not known"),
    ("models/t5/?kind=model", "kind", "What can be asked: nothing."),
    ("organisations/?name=x", "name", "What can be asked: page, page_size, q."),
    ("resources/?is_official=maybe", "is_official", "none of these: true, false"),
    ("resources/?kind=book", "kind", "none of these: paper, code"),
    ("resources/?model=nothing", "model", "There is no model “nothing” here."),
]


@pytest.mark.parametrize(("question", "name", "sentence"), REFUSED)
def test_what_is_not_understood_is_refused_and_says_why(ask, cast, question, name, sentence):
    refusal = ask(question, status=400)
    assert list(refusal) == [name]
    assert sentence in refusal[name][0]


def test_the_records_are_called_by_the_lists_own_words(ask, cast, settings):
    settings.SECTION_WORDS, settings.ENTRY_WORDS = ("topic", "topics"), ("data set", "data sets")
    assert "no topic “x”" in ask("models/?organisation=x", status=400)["organisation"][0]
    assert "no data set “x”" in ask("models/?parent=x", status=400)["parent"][0]


@pytest.mark.parametrize(
    "address",
    [
        "models/nothing/",
        "organisations/nobody/",
        "resources/4711/",
        f"resources/{'9' * 40}/",
        f"resources/{'9' * 5000}/",
        "resources/t5/",
        "models/a.b/",
        "models/%00/",
        "people/",
    ],
)
def test_what_is_not_there_is_not_found(client, cast, address):
    assert client.get(f"/api/v1/{address}").status_code == 404


def test_a_record_that_is_not_there_says_no_more_than_that(ask, cast):
    assert ask("models/nothing/", status=404) == {"detail": "Not found."}


ADDRESSES = ["", "schema/", "models/", "models/t5/", "organisations/", "organisations/google/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_here(client, cast, method, address):
    response = getattr(client, method)(f"/api/v1/{address}", {"name": "x"})
    assert response.status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_like_get_without_a_body(client, cast, address):
    response = client.head(f"/api/v1/{address}")
    assert (response.status_code, response.content) == (200, b"")


def test_options_say_what_can_be_done(client, cast):
    response = client.options("/api/v1/models/")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["renders"] == ["application/json"]


def test_a_browser_gets_json_too_under_the_policy_of_all_pages(client, cast):
    response = client.get("/api/v1/models/", headers={"accept": "text/html,*/*;q=0.8"})
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'self'")
    assert client.get("/api/v1/models/", headers={"accept": "text/html"}).status_code == 406
