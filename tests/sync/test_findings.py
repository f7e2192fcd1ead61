"""What should be looked at in what the rows say, and what is meant as it is."""

from datetime import date

import pytest

from catalog import sync
from catalog.models import IntendedFinding, Resource
from tests.factories import small_catalog
from tests.sync.cast import model, taken

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
EVA = "https://github.com/thu-coai/EVA"
TEXT = f"""# A list

## Google

* T5
  * [paper](https://a.org/p.pdf?Expires=1659999999)
* ByT5

## THU

* EVA 1.0
  * [code]({EVA})
* EVA 2.0
  * [code]({EVA})
"""


def by_rule() -> dict[str, sync.Found]:
    return {one.finding.rule: one for one in sync.findings(TODAY)}


def test_each_finding_knows_the_record_in_whose_lines_it_stands():
    taken(TEXT)
    found = by_rule()
    assert found["without-link"].record == model("ByT5")
    assert found["same-work"].record == model("EVA 2.0")
    assert found["link-expires"].record == model("T5")
    taken(TEXT.replace("* ByT5\n", "* ByT5\n  * mT5\n"))
    assert by_rule()["without-link"].record == model("mT5")
    assert found["link-expires"].finding.line == 6


def test_what_stands_in_a_note_is_its_owners():
    note = "  > Its [weights](https://a.org/w?Expires=1659999999) are gone.\n"
    taken(TEXT.replace("* ByT5\n", f"* ByT5\n{note}"))
    found = [one for one in sync.findings(TODAY) if one.finding.rule == "link-expires"]
    assert [one.record for one in found] == [model("T5"), model("ByT5")]


def test_a_mark_is_of_one_place_only():
    listed = TEXT.replace("* EVA 1.0\n", f"* T5\n  * [code]({EVA}/t5)\n* EVA 1.0\n")
    taken(listed)
    sentence = by_rule()["same-name"].finding.sentence
    assert sync.intend("same-name", sentence, who="Mei", today=TODAY)
    taken(listed.replace("* ByT5\n", "* ByT5\n* T5\n"))
    twice = [one for one in sync.findings(TODAY) if one.finding.rule == "same-name"]
    assert [one.intended is not None for one in twice] == [False, True]


def test_a_mark_outlives_its_finding():
    """It comes back with a revert; nobody should have to say it again."""
    taken(TEXT)
    assert sync.intend("same-work", by_rule()["same-work"].finding.sentence, who="Li", today=TODAY)
    code = Resource.objects.filter(model=model("EVA 2.0"))
    code.update(url="https://a.org/eva")
    assert "same-work" not in by_rule()
    code.update(url=EVA)
    assert by_rule()["same-work"].intended is not None


def test_what_is_broken_comes_first():
    taken(TEXT)
    assert [one.finding.severity for one in sync.findings(TODAY)] == ["error", "warning", "hint"]


def test_what_is_meant_so_is_marked_and_may_be_taken_back():
    taken(TEXT)
    sentence = by_rule()["same-work"].finding.sentence
    assert sync.intend("same-work", sentence, who="Mei", today=TODAY)
    assert sync.intend("same-work", sentence, who="Li", today=TODAY)
    mark = by_rule()["same-work"].intended
    assert mark is not None
    assert mark.said_by == "Mei"
    sync.intend_no_more(mark.pk)
    assert by_rule()["same-work"].intended is None


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [("same-work", "Nobody found this."), ("without-link", "ByT5 has no link.")],
)
def test_only_what_is_found_and_can_be_meant_is_marked(rule, sentence):
    taken(TEXT)
    assert not sync.intend(rule, sentence, who="Mei", today=TODAY)
    assert not IntendedFinding.objects.exists()


def test_one_line_says_it_all():
    taken(TEXT)
    said = "1 model without a link; 1 link expired on 2022-08-08."
    assert sync.worth_a_look(TODAY) == said


def test_drafts_are_not_looked_at():
    small_catalog()
    assert "Wenxin" not in " ".join(one.finding.sentence for one in sync.findings(TODAY))


def test_queries_do_not_grow_with_the_list(django_assert_num_queries):
    taken(TEXT)
    with django_assert_num_queries(QUERIES):
        sync.findings(TODAY)
    taken(TEXT + "".join(f"* GLM {n}\n" for n in range(20)))
    with django_assert_num_queries(QUERIES):
        assert len(sync.findings(TODAY)) == 23


QUERIES = 10
