"""Which value of the rows a list cannot hold, and where it is."""

from dataclasses import replace

import pytest

from catalog.readme import Entry, Link, Meaning, Section, compare
from catalog.sync.unstatable import what_cannot_be_said


def google(*children: Entry | Link, **fields: str) -> Meaning:
    return Meaning("L", "", (Section("Google", children=children, **fields),))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (google(Entry("## T5")), "Google > ## T5 cannot be written. A name cannot hold “## ”"),
        (google(Entry("T5", note="* a\n* b")), "Google > T5 cannot be written. "),
        (google(Entry("T5", children=(Link("[x", "https://x.org"),))), "Google > T5 > [x cannot"),
        (google(Link("t", "javascript:x")), "Google > t cannot be written. Only web addresses"),
        (Meaning("a\nb"), "The list itself cannot be written. A title stands on one line"),
        (Meaning("L", "", (Section("A\nB"),)), "A name stands on one line"),
    ],
    ids=["name", "note", "title", "address", "the list's title", "organisation"],
)
def test_a_value_that_cannot_be_written_is_named_with_its_place(wanted, said):
    assert said in what_cannot_be_said(compare(Meaning("L"), wanted))


def test_a_changed_value_is_named_like_a_new_one():
    edits = compare(google(Entry("T5"), Entry("x")), google(Entry("T5"), Entry("x", note="# n")))
    assert what_cannot_be_said(edits).startswith("Google > x cannot be written. ")


@pytest.mark.parametrize(
    "wanted",
    [replace(google(), title="PLMs #"), Meaning("L", "", (Section("Google](x"),))],
    ids=["the list's title", "organisation"],
)
def test_each_field_is_judged_by_its_own_place(wanted):
    """The title of a link may end with a hash, and a note may hold a bracket."""
    assert what_cannot_be_said(compare(google(), wanted))


def test_good_values_are_not_to_blame():
    paper = Link("p", "https://arxiv.org/abs/1", "paper", "T5", "remark")
    assert what_cannot_be_said(compare(Meaning(), google(Entry("T5", children=(paper,))))) == ""


def test_changed_facts_and_kinds_are_not_to_blame():
    """They have no rule of their own: what a table has no column for is told elsewhere."""
    link = Link("p", "https://arxiv.org/abs/1", "paper")
    before = google(Entry("T5", children=(link,)), Entry("x"))
    facts = (("released", "2019"),)
    good = google(Entry("T5", "", facts, (replace(link, kind="code"),)), Entry("x"))
    assert what_cannot_be_said(compare(before, good)) == ""
    bad = google(Entry("T5", "", facts, (link,)), Entry("x", note="# n"))
    assert what_cannot_be_said(compare(before, bad)).startswith("Google > x cannot be written. ")


def test_three_are_enough():
    bad = google(*(Entry(f"## {number}") for number in range(9)))
    assert what_cannot_be_said(compare(Meaning("L"), bad)).count("\n") == 2
