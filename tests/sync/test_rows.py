"""What the published rows say, and what they hold beyond that."""

import pytest

from catalog.models import ListText, Organisation
from catalog.readme import Entry, Link
from catalog.sync.rows import Counts, counts_of, read_rows
from tests.changes.memory import queries
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db


def test_published_rows_say_what_they_are_in_their_order():
    small_catalog()
    ListText.objects.create(key="title", text="PLMs")
    said = read_rows().meaning
    assert (said.title, said.introduction) == ("PLMs", "")
    assert [section.name for section in said.sections] == ["Google", "Baidu"]
    paper = Link("Exploring the Limits of Transfer Learning", *T5_PAPER)
    assert said.sections[0].children == (
        Entry("T5 family", children=(Entry("T5", children=(paper,)), Entry("ByT5"))),
    )


T5_PAPER = ("https://arxiv.org/abs/1910.10683", "paper")


def test_the_tree_holds_everything_drafts_included():
    cast = small_catalog()
    Organisation.objects.filter(pk=cast.google.pk).update(is_published=False)
    google, baidu = read_rows().branches
    assert google.row == cast.google
    assert [branch.row for branch in baidu.children] == [cast.ernie, cast.draft]
    assert baidu.children[0].children == (cast.ernie_code,)


@pytest.mark.parametrize("hidden", ["t5_family", "google"])
def test_unpublishing_takes_everything_below_along(hidden):
    row = getattr(small_catalog(), hidden)
    type(row).objects.filter(pk=row.pk).update(is_published=False)
    names = [entry.name for entry in read_rows().meaning.entries()]
    assert names == ["ERNIE"]


def test_each_address_leads_to_the_row_that_stands_there():
    cast = small_catalog()
    rows = read_rows()
    assert rows.at[0, 0, 0] == cast.t5
    assert rows.at[0, 0, 0, 0] == cast.t5_paper
    assert cast.draft not in rows.at.values()


def test_what_is_withheld_has_its_path_and_the_outer_ones_come_first():
    cast = small_catalog()
    below = language_model("Wenxin mini", parent=cast.draft)
    assert dict(read_rows().withheld) == {
        cast.draft: ("Baidu", "Wenxin"),
        below: ("Baidu", "Wenxin", "Wenxin mini"),
    }
    assert list(read_rows().withheld) == [cast.draft, below]


def test_drafts_can_be_read_as_if_they_were_published():
    cast = small_catalog()
    names = [entry.name for entry in read_rows(also=[cast.draft]).meaning.entries()]
    assert names == ["T5 family", "T5", "ByT5", "ERNIE", "Wenxin"]


def test_the_own_link_of_an_entry_comes_first_wherever_its_row_stands():
    cast = small_catalog()
    own = resource("", model=cast.ernie, url="https://ernie.org", kind="website")
    assert own.position > cast.ernie_code.position
    assert [link.title for link in read_rows().meaning.links()][1:] == ["", "github repo"]


def test_the_own_link_of_an_organisation_comes_first_wherever_its_row_stands():
    google = organisation()
    resource("site", organisation=google, url="https://google.org", kind="website")
    resource("", organisation=google, url="https://deepmind.google", kind="website")
    assert read_rows().meaning.sections[0].children == (
        Link("", "https://deepmind.google", "website"),
        Link("site", "https://google.org", "website"),
    )


def test_what_a_list_has_no_place_for_is_named():
    cast = small_catalog()
    assert read_rows().unstated() == ()
    type(cast.t5).objects.filter(pk=cast.t5.pk).update(released="2019-10", context_length=512)
    resource("site", organisation=cast.google, label="T5")
    rows = read_rows()
    assert rows.unstated() == ("released", "context length", "label of an organisation's resource")
    assert [link.label for link in rows.meaning.links() if link.title == "site"] == [""]


def test_the_facts_of_a_draft_are_not_missed_in_the_list():
    cast = small_catalog()
    type(cast.draft).objects.filter(pk=cast.draft.pk).update(released="2023")
    assert read_rows().unstated() == ()


def test_everything_is_read_in_five_queries():
    small_catalog()
    assert queries(read_rows) == 5


def test_counts_are_words():
    small_catalog()
    assert counts_of(read_rows().meaning) == Counts(2, 4, 2)
    assert str(Counts(1, 1234, 0)) == "1 organisation, 1,234 models, 0 resources"
