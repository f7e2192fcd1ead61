"""The file's tree, and in it what only the rows have; every other thing stays where it is."""

import pytest

from catalog.readme import Entry, Link, Meaning, Section, parse
from catalog.readme.meaning import name_of, walk
from catalog.sync.wanted import Wanted


def meaning(text: str) -> Meaning:
    return parse("# L\n\n" + text).meaning


def names(said: Meaning) -> list[str]:
    """Every name, indented by its depth."""
    return ["  " * (len(at) - 1) + name_of(thing) for at, thing in walk(said.sections)]


BAIDU = "\n## Baidu\n\n* ERNIE\n"
OURS = meaning("## Google\n\n* T5\n* BERT\n  * mBERT\n* PaLM\n" + BAIDU)


def test_at_first_it_says_what_the_file_says():
    theirs = meaning("## Baidu\n\n* ERNIE 2\n* PLATO\n")
    assert Wanted(OURS, theirs).meaning == theirs


@pytest.mark.parametrize(
    ("theirs", "joined"),
    [
        ("* T5\n* LaMDA\n", "T5, BERT, mBERT, PaLM, LaMDA"),
        ("* LaMDA\n* PaLM\n", "T5, BERT, mBERT, LaMDA, PaLM"),
    ],
    ids=["behind the nearest elder sibling", "first if none is left"],
)
def test_what_is_missing_goes_back_to_its_place(theirs, joined):
    wanted = Wanted(OURS, meaning(f"## Google\n\n{theirs}"))
    wanted.put_back(wanted.missing())
    assert ", ".join(map(str.strip, names(wanted.meaning))) == f"Google, {joined}, Baidu, ERNIE"


def test_what_the_file_adds_further_on_stays_where_it_is():
    wanted = Wanted(OURS, meaning("## Baidu\n\n* ERNIE\n  * ERNIE 2\n"))
    wanted.put_back(wanted.missing())
    assert names(wanted.meaning)[-3:] == ["Baidu", "  ERNIE", "    ERNIE 2"]


def test_what_moved_goes_back_below_its_parent():
    wanted = Wanted(OURS, meaning("## Google\n\n* T5\n  * mBERT\n* PaLM\n" + BAIDU))
    wanted.put_back({(0, 1, 0), *wanted.missing()})
    assert wanted.meaning == OURS


def test_things_that_stood_upside_down_go_back_together():
    ours = meaning("## Google\n\n* A\n  * B\n")
    wanted = Wanted(ours, meaning("## Google\n\n* B\n  * A\n"))
    wanted.put_back([edit.at for edit in wanted.asked if edit.kind == "move"])
    wanted.put_back(wanted.missing())
    assert wanted.meaning == ours


def test_a_field_goes_back():
    theirs = meaning(
        "## Google\n\n* T5\n* BERT\n  > Old.\n  * mBERT\n* PaLM\n\n## Baidu\n\n* ERNIE\n"
    )
    wanted = Wanted(OURS, theirs)
    wanted.set_back(wanted.asked[0])
    assert wanted.meaning == OURS


def test_the_title_goes_back():
    wanted = Wanted(OURS, Meaning("Other", "", OURS.sections))
    wanted.set_back(wanted.asked[0])
    assert wanted.meaning == OURS


def test_what_the_file_adds_is_left_out_and_what_it_moved_there_goes_back():
    theirs = meaning(
        "## Google\n\n* New\n  * T5\n* BERT\n  * mBERT\n* PaLM\n\n## Baidu\n\n* ERNIE\n"
    )
    wanted = Wanted(OURS, theirs)
    wanted.leave_out([(0, 0)])
    assert wanted.meaning == OURS


def test_another_own_link_is_the_same_one_changed():
    """An owner has one own link at most: the line of its name."""
    ours = Meaning(sections=(Section("O", children=(_with_own("https://a.org", "code"),)),))
    theirs = Meaning(sections=(Section("O", children=(_with_own("https://b.org", "paper"),)),))
    wanted = Wanted(ours, theirs)
    assert [(edit.kind, edit.field) for edit in wanted.asked] == [("set", "url"), ("set", "kind")]
    assert wanted.missing() == []


def _with_own(url: str, kind: str) -> Entry:
    return Entry("M", children=(Link("", url, kind),))
