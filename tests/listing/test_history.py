"""What changed, in words, and nothing that was not public at the time."""

import pytest

from catalog import changes
from catalog.listing.pages import entry_page, section_page
from catalog.models import Alias, LanguageModel, Resource
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ernie():
    baidu = factories.organisation("Baidu")
    return _created("ERNIE", baidu)


def _created(name, organisation, *, origin="admin", **fields):
    with changes.record(who="Kim", origin=origin) as recording:
        model = LanguageModel(name=name, organisation=organisation, **fields)
        recording.create(model)
    return model


def _change(row, **values):
    with changes.record(who="Kim", origin="admin") as recording:
        recording.update(row, **values)


def sentences(model) -> list[list[str]]:
    return [happening.sentences for happening in entry_page(model.slug).history]


def test_a_record_was_added_and_the_list_file_is_named(ernie):
    assert sentences(ernie) == [["Added."]]
    assert not entry_page(ernie.slug).history[0].is_from_list
    imported = _created("PLATO", ernie.organisation, origin="import")
    assert entry_page(imported.slug).history[0].is_from_list


def test_the_newest_change_comes_first_and_says_what_it_changed(ernie):
    _change(ernie, name="ERNIE 1.0", note="The first.", kind="family")
    _change(ernie, note="The very first.", parameters="110M", parameters_number=110_000_000)
    _change(ernie, note="", parameters="", languages="Chinese", slug="ernie-1")
    ernie.refresh_from_db()
    assert sentences(ernie) == [
        ["Note removed.", "Address changed.", "Recorded: languages.", "Taken back: parameters."],
        ["Note changed.", "Recorded: parameters."],
        ["Renamed from “ERNIE”.", "Kind changed.", "Note added."],
        ["Added."],
    ]


def test_a_move_is_told_and_a_new_number_among_siblings_is_not(ernie):
    family = factories.language_model("ERNIE family", organisation=ernie.organisation)
    _change(ernie, position=7)
    assert sentences(ernie) == [["Added."]]
    _change(ernie, parent=family)
    assert sentences(ernie)[0] == ["Moved to its present place."]


def test_a_former_name_is_quoted_only_while_the_page_shows_it(ernie):
    _change(ernie, name="ERNIE 1.0")
    with changes.record(who="Kim", origin="admin") as recording:
        recording.delete(Alias.objects.get(kind="former_name"))
    assert sentences(ernie)[0] == ["Renamed."]


def test_links_are_told_with_their_present_titles(ernie):
    with changes.record(who="Kim", origin="admin") as recording:
        paper = Resource(model=ernie, kind="paper", title="A papper", url="https://x.org/1")
        recording.create(paper)
    _change(paper, title="A paper", url="https://x.org/2")
    _change(paper, position=9)
    assert sentences(ernie) == [
        ["Paper “A paper”: new address and title."],
        ["Paper added: A paper"],
        ["Added."],
    ]


def test_links_that_came_with_a_record_are_not_told_by_themselves():
    baidu = factories.organisation("Baidu")
    with changes.record(who="Kim", origin="admin") as recording:
        ernie = LanguageModel(name="ERNIE", organisation=baidu)
        recording.create(ernie)
        recording.create(Resource(model=ernie, kind="paper", title="A", url="https://x.org"))
    assert sentences(ernie) == [["Added."]]


def test_nothing_is_told_of_the_time_as_a_draft():
    draft = _created("Secret", factories.organisation("Baidu"), is_published=False)
    _change(draft, name="Wenxin", note="Soon.")
    with changes.record(who="Kim", origin="admin") as recording:
        recording.create(Resource(model=draft, kind="paper", title="A", url="https://x.org"))
    _change(draft, is_published=True)
    assert sentences(draft) == [["Added."]]
    _change(draft, is_published=False)
    _change(draft, note="Withdrawn.")
    _change(draft, is_published=True)
    assert sentences(draft) == [["Published again."], ["Added."]]


def test_a_record_older_than_the_memory_has_no_beginning():
    model = factories.language_model("T5")
    assert sentences(model) == []
    _change(model, languages="English")
    assert sentences(model) == [["Recorded: languages."]]


def test_an_organisation_has_its_own_history(ernie):
    _change(ernie.organisation, note="A company.")
    history = section_page("baidu").history
    assert [happening.sentences for happening in history] == [["Note added."]]


def test_what_the_list_states_is_told_once_by_its_name(ernie):
    _change(ernie, facts=[["released", "2019/04"], ["venue", "ACL"]])
    _change(ernie, facts=[["released", "2019/05"]])
    assert sentences(ernie) == [
        ["Corrected: released.", "Taken back: venue."],
        ["Recorded: venue, released."],
        ["Added."],
    ]
