"""What an answer says, in what order, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import tree
from catalog.models import FACTS, Alias, LanguageModel, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_door_says_where_the_records_are(ask):
    assert list(ask("")) == ["organisations", "models", "resources"]


def test_a_model_says_all_that_is_known_of_it(ask, cast):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(
        name="**T5**", note="The *first*.", released="2019-10", context_length=512
    )
    Alias.objects.create(model=cast.t5, name="Text-to-Text", kind="other_name")
    Alias.objects.create(model=cast.t5, name="t-5", kind="former_slug")
    facts = dict.fromkeys(FACTS) | {"released": "2019-10", "context_length": 512}
    assert ask("models/t5/") == {
        "slug": "t5",
        "name": "T5",
        "name_markdown": "**T5**",
        "organisation": {"slug": "google", "name": "Google"},
        "parent": {"slug": "t5-family", "name": "T5 family"},
        "path": ["Google", "T5 family", "T5"],
        "kind": "model",
        "note": "The first.",
        "note_markdown": "The *first*.",
        "facts": facts,
        "stated": [],
        "aliases": [{"name": "Text-to-Text", "kind": "other_name"}],
        "resources": [
            {
                "id": cast.t5_paper.pk,
                "kind": "paper",
                "title": "Exploring the Limits of Transfer Learning",
                "title_markdown": "Exploring the Limits of Transfer Learning",
                "url": "https://arxiv.org/abs/1910.10683",
                "label": "",
                "label_markdown": "",
                "remark": "",
                "remark_markdown": "",
                "is_official": True,
                "identifier": "",
            }
        ],
    }


def test_a_model_of_the_first_level_has_no_parent(ask, cast):
    assert ask("models/ernie/")["parent"] is None


def test_an_organisation_says_how_many_models_it_has_at_whatever_depth(ask, cast):
    Organisation.objects.filter(pk=cast.google.pk).update(note="In *California*")
    Alias.objects.create(organisation=cast.google, name="谷歌", kind="other_name")
    factories.resource("Home", organisation=cast.google, kind="website")
    google = ask("organisations/google/")
    assert google["models"] == 3
    assert (google["note"], google["note_markdown"]) == ("In California", "In *California*")
    assert google["aliases"] == [{"name": "谷歌", "kind": "other_name"}]
    assert [link["title"] for link in google["resources"]] == ["Home"]
    assert [row["models"] for row in ask("organisations/")["results"]] == [3, 1]


def test_a_resource_names_its_owner(ask, cast):
    of_model = ask(f"resources/{cast.t5_paper.pk}/")
    assert of_model["organisation"] == {"slug": "google", "name": "Google"}
    assert of_model["model"] == {"slug": "t5", "name": "T5"}
    own = ask(f"resources/{factories.resource('Home', organisation=cast.baidu).pk}/")
    assert own["organisation"] == {"slug": "baidu", "name": "Baidu"}
    assert own["model"] is None


def test_han_is_written_as_it_is(client, cast):
    factories.organisation("智源")
    assert "智源".encode() in client.get("/api/v1/organisations/").content


# The order of the list.


def test_everything_stands_in_the_order_of_the_list(names, cast):
    small = factories.language_model("Small ByT5", parent=cast.byt5)
    factories.language_model("Tiny", parent=small)
    factories.language_model("LaMDA", organisation=cast.google)
    factories.resource("last of Google", model=LanguageModel.objects.get(name="LaMDA"))
    factories.resource("first of Google", organisation=cast.google, position=0)
    factories.resource("ByT5's own", model=cast.byt5)
    assert names("organisations/") == ["Google", "Baidu"]
    models = ["T5 family", "T5", "ByT5", "Small ByT5", "Tiny", "LaMDA", "ERNIE"]
    assert names("models/") == models
    assert names("models/", page_size=2, page=2) == models[2:4]
    assert names("resources/") == [
        "first of Google",
        "Exploring the Limits of Transfer Learning",
        "ByT5's own",
        "last of Google",
        "github repo",
    ]
    Organisation.objects.filter(pk=cast.google.pk).update(position=9)
    assert names("models/", page_size=2) == ["ERNIE", "T5 family"]


def _all(ask, address: str) -> list[dict]:
    found, page = [], 1
    while page:
        answer = ask(address, page=page, page_size=40)
        found += answer["results"]
        page = page + 1 if answer["next"] else 0
    assert answer["count"] == len(found)
    return found


def test_the_real_list_comes_out_in_its_order(ask, real_list):
    models, resources = [], []
    waiting = Organisation.objects.published().as_tree()[::-1]
    while waiting:
        branch = waiting.pop()
        if isinstance(branch, tree.Branch):
            models += [branch.row.slug] if branch.depth else []
            waiting += branch.children[::-1]
        else:
            resources.append(branch.pk)
    assert [row["slug"] for row in _all(ask, "models/")] == models
    assert [row["id"] for row in _all(ask, "resources/")] == resources
    assert (len(models), len(resources)) == (102, 76)


def test_a_loop_that_a_shell_has_made_hangs_nothing(ask, cast):
    LanguageModel.objects.filter(pk=cast.t5_family.pk).update(parent=cast.byt5)
    assert ask("models/")["count"] == 4
    assert ask("models/byt5/")["path"][-1] == "ByT5"


# What it costs.


def _queries(ask, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(address)
    return len(queries)


def _grow(cast) -> None:
    for number in range(10):
        organisation = factories.organisation(f"Lab {number}")
        for owner in ({"organisation": organisation}, {"parent": cast.t5}):
            model = factories.language_model(f"Model {number}", **owner)
            factories.resource(f"Paper {number}", model=model)
            Alias.objects.create(model=model, name=f"M{number}")
        for owner in ({"organisation": organisation}, {"model": cast.t5}):
            factories.resource(f"Link {number}", **owner)
            Alias.objects.create(**owner, name=f"Name {organisation.slug}")


MOST = {
    "organisations/": 5,
    "models/": 5,
    "resources/": 3,
    "organisations/google/": 4,
    "models/t5/": 4,
    "models/?q=e&organisation=google&parent=t5-family": 7,
}


def test_twice_the_rows_take_the_same_number_of_queries(ask, cast):
    _grow(cast)
    few = {address: _queries(ask, address) for address in MOST}
    assert all(few[address] <= most for address, most in MOST.items()), few
    _grow(cast)
    assert {address: _queries(ask, address) for address in MOST} == few


def test_one_resource_takes_one_query(ask, cast):
    assert _queries(ask, f"resources/{cast.t5_paper.pk}/") == 1
