"""One text with all that both sides wrote: records, kept text, and the form of lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.readme import (
    ListDocument,
    Unstatable,
    compare,
    merge,
    merge_texts,
    parse,
    patch,
)
from catalog.readme.text_merger import TextMerge
from tests.readme import lists, strategies
from tests.readme.curator import wished
from tests.readme.strategies import examples

CAST = """\
# PLMs

Ask Kim.

## Google

* T5
* PaLM

<!-- Baidu comes last. -->

## Baidu

* ERNIE
* PLATO

Thanks to all.
"""


def merged(ours: str, theirs: str, base: str = CAST) -> TextMerge:
    """Both sides, their records merged by meaning."""
    before = parse(base)
    here, there = (parse(text, before.meaning.organisations) for text in (ours, theirs))
    both = merge(before.meaning, here.meaning, there.meaning)
    assert both.conflicts == ()
    return merge_texts(before, here, there, both.meaning)


def text_of(ours: str, theirs: str, base: str = CAST) -> str:
    """The merged text, which has lost nothing."""
    found = merged(ours, theirs, base)
    assert found.disputed == ()
    return found.document.text


def test_records_and_kept_text_of_both_sides_are_there():
    ours = CAST.replace("comes last", "comes second").replace("* PaLM\n", "* PaLM\n* Gemma\n")
    theirs = CAST.replace("Thanks to all.", "Thanks to Li.").replace("* ERNIE\n", "* ERNIE 3\n")
    expected = ours.replace("Thanks to all.", "Thanks to Li.").replace("* ERNIE\n", "* ERNIE 3\n")
    assert text_of(ours, theirs) == text_of(theirs, ours) == expected


def test_lines_side_by_side_do_not_meet():
    ours, theirs = CAST.replace("* T5\n", "* T5-XL\n"), CAST.replace("* PaLM\n", "* PaLM 2\n")
    assert text_of(ours, theirs) == ours.replace("* PaLM\n", "* PaLM 2\n")
    base = CAST.replace("Thanks to all.", "<!-- a -->\n<!-- b -->")
    ours, theirs = base.replace("a -->", "A -->"), base.replace("b -->", "B -->\n<!-- C -->")
    assert text_of(ours, theirs, base) == ours.replace("b -->", "B -->\n<!-- C -->")


def test_what_both_add_in_one_place_stands_there_once_and_in_the_form_of_each():
    ours = CAST.replace("* PaLM\n", "* PaLM\n* Gemma  \n")
    theirs = CAST.replace("* PaLM\n", "* PaLM\n* LaMDA <br>\n<!-- of 2022 -->\n")
    assert text_of(ours, theirs) == CAST.replace(
        "* PaLM\n", "* PaLM\n* Gemma  \n* LaMDA <br>\n<!-- of 2022 -->\n"
    )
    assert text_of(ours, ours) == ours


def test_kept_text_in_a_new_part_comes_along():
    part = "## Huawei\n\n<!-- Ask Li. -->\n\n* PanGu\n\n"
    theirs = CAST.replace("## Baidu\n", f"{part}## Baidu\n")
    ours = CAST.replace("* PLATO\n", "* PLATO\n* PLATO-2\n").replace("to all", "to many")
    assert text_of(ours, theirs) == ours.replace("## Baidu\n", f"{part}## Baidu\n")


def test_what_one_moved_and_the_other_changed_is_there_once():
    ours = CAST.replace("* T5\n", "* T5 - big\n")
    theirs = CAST.replace("* T5\n* PaLM\n", "* PaLM\n* T5\n").replace("Thanks to all", "Thanks")
    assert text_of(ours, theirs) == theirs.replace("* T5\n", "* T5 - big\n")


def test_what_a_text_could_not_be_patched_to_say_is_merged_as_it_stands():
    """Kept text moves along with a family, which only a person can do."""
    family = "### T5 family\n\n<br/>\n\n* mT5\n\n"
    base = CAST.replace("<!--", f"{family}<!--")
    theirs = CAST.replace("## Baidu\n\n", f"## Baidu\n\n{family}")
    document = parse(base)
    edits = compare(document.meaning, parse(theirs).meaning)
    with pytest.raises(Unstatable):
        patch(document, edits)
    ours = base.replace("Thanks to all", "Thanks")
    assert text_of(ours, theirs, base) == theirs.replace("Thanks to all", "Thanks")


def comments(*words: str) -> str:
    return CAST.replace("Thanks to all.", "\n".join(f"<!-- {word} -->" for word in words))


def test_the_side_that_changed_more_of_the_same_lines_is_taken():
    base, ours, theirs = comments("a", "b"), comments("A", "b"), comments("A", "B", "C")
    assert text_of(ours, theirs, base) == text_of(theirs, ours, base) == theirs


def test_of_as_many_lines_each_is_merged_for_itself():
    base = comments("a", "b", "x", "c", "d")
    ours, theirs = comments("A", "b", "x", "C", "D"), comments("A", "B", "x", "C", "d")
    assert text_of(ours, theirs, base) == comments("A", "B", "x", "C", "D")


def test_an_entry_that_moved_out_of_lines_that_the_other_changed_is_there_once():
    base = CAST.replace("* PLATO\n", "* PLATO\n\n### Old\n\n* Wenxin\n")
    ours = base.replace("* PLATO\n", "*  PLATO\n")
    theirs = CAST.replace("* PLATO\n", "*  PLATO\n").replace("* T5\n", "* T5\n* Wenxin: old\n")
    assert text_of(ours, theirs, base) == theirs


def test_the_links_of_a_row_stand_in_the_order_of_the_columns():
    base = "## Google\n\n| Model | Paper | Code |\n| --- | --- | --- |\n| T5 | | |\n"
    paper, code = "[pdf](https://arxiv.org/abs/1910.10683)", "[repo](https://github.com/google/t5)"
    ours, theirs = (
        base.replace("| T5 | | |", row) for row in (f"| T5 | | {code} |", f"| T5 | {paper} | |")
    )
    assert text_of(ours, theirs, base) == base.replace("| T5 | | |", f"| T5 | {paper} | {code} |")


def test_where_both_changed_the_same_kept_line_the_one_of_theirs_is_told():
    ours, theirs = (CAST.replace("comes last", f"comes {nth}") for nth in ("second", "third"))
    found = merged(ours, theirs)
    assert found.document.text == ours
    assert found.disputed == ("<!-- Baidu comes third. -->",)
    twice = theirs.replace("<!-- Baidu comes third. -->", "<!-- Baidu comes third. -->\n" * 2)
    assert merged(ours, twice).disputed == found.disputed
    assert merged(ours, theirs.replace("to all", "to Li")).document.text == ours.replace(
        "to all", "to Li"
    )


def test_kept_text_below_what_the_other_side_removed_is_told():
    ours = CAST.replace("## Baidu\n\n* ERNIE\n* PLATO\n\nThanks to all.\n", "")
    theirs = CAST.replace("Thanks to all.", "Thanks to Li.")
    assert merged(ours, theirs).disputed == ("Thanks to Li.",)


def test_a_form_that_only_one_side_gave_a_line_is_taken():
    theirs = CAST.replace("* PLATO", "*   PLATO")
    assert text_of(CAST.replace("to all", "to Li"), theirs) == theirs.replace("to all", "to Li")


def test_a_text_that_cannot_say_what_is_meant_is_refused():
    base = parse(CAST)
    with pytest.raises(Unstatable):
        merge_texts(base, base, base, wished(base.meaning, "rename Google > PaLM to # PaLM"))


def test_what_one_side_adds_twice_is_there_twice():
    ours = CAST.replace("last. -->\n\n", "last. -->\n<br>\n\n<br>\n\n<!-- A -->\n")
    assert text_of(ours, CAST) == text_of(CAST, ours) == ours
    base, ours, theirs = comments("a", "y"), comments("A", "y"), comments("a", "y", "y", "z")
    assert text_of(ours, theirs, base) == comments("A", "y", "y", "z")


TOP = "[⬆ top](#plms)"
BLOCK = "<!--\nold 1\nold 2\nold 3\n-->\n\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "line"),
    [
        pytest.param(
            CAST.replace("## Baidu", f"{TOP}\n\n## Baidu"),
            CAST.replace("## Baidu", f"{TOP}\n\n## Baidu") + "<!-- A -->\n",
            CAST.replace("## Baidu", f"{TOP}\n\n## Baidu") + f"{TOP}\n",
            TOP,
            id="an equal line stands elsewhere",
        ),
        pytest.param(
            CAST.replace("## Google", "* [Google](#google)\n* [Baidu](#baidu)\n\n## Google"),
            CAST.replace("## Google", "* [Google X](#google)\n* [Baidu](#baidu)\n\n## Google"),
            CAST.replace("## Google", "* [Google Y](#google)\n* [Baidu](#baidu)\n\n## Google"),
            "* [Google Y](#google)",
            id="a line of the contents",
        ),
        pytest.param(
            CAST.replace("## Google", f"{BLOCK}## Google"),
            CAST + f"\n{BLOCK}",
            CAST.replace("## Google", f"{BLOCK}## Google").replace("old 2", "new 2"),
            "new 2",
            id="a block that the other moved",
        ),
        pytest.param(
            CAST.replace("## Google", f"{BLOCK}## Google"),
            CAST,
            CAST.replace("## Google", f"{BLOCK}## Google").replace("old 2", "new 2"),
            "new 2",
            id="a block that the other took away",
        ),
    ],
)
def test_what_cannot_be_put_together_is_told(base, ours, theirs, line):
    assert line in merged(ours, theirs, base).disputed
    assert merged(theirs, ours, base).disputed


@pytest.mark.parametrize(
    ("old", "alone", "both"),
    [
        ("Ask Kim.\n", "Ask Kim.\n<!-- A -->\n", "Ask Bo.\n<!-- A -->\n"),
        ("Ask Kim.\n", "<!-- A -->\nAsk Kim.\n", "<!-- A -->\nAsk Bo.\n"),
        ("* PLATO\n", "* PLATO\n<!-- A -->\n", "* PLATO 2\n<!-- A -->\n"),
        ("Thanks to all.\n", "Thanks to all.\n\nBye.\n", "Thanks to Li.\n\nBye.\n"),
    ],
)
def test_what_both_add_beside_a_line_that_one_changed_is_there_once(old, alone, both):
    alone, both = CAST.replace(old, alone), CAST.replace(old, both)
    assert text_of(alone, both) == text_of(both, alone) == both


# Laws.


def assert_one_side_alone_is_taken_as_it_is(base: ListDocument, other: ListDocument) -> None:
    for sides in ((base, other), (other, base), (other, other)):
        found = merge_texts(base, *sides, other.meaning)
        assert (found.document.text, found.disputed) == (other.text, ())


@pytest.mark.parametrize(
    "path", [path for path, _ in lists.documents()], ids=lambda path: path.name
)
def test_a_list_that_one_side_changed_is_taken_as_it_is(path):
    text = lists.read(path).text
    half = text[: len(text) // 2]
    names = parse(text).meaning.organisations
    base, other = parse(half, names), parse(text, names)
    assert_one_side_alone_is_taken_as_it_is(base, other)


@given(strategies.markdown, strategies.markdown)
@examples(20)
def test_any_markdown_that_one_side_changed_is_taken_as_it_is(text, other):
    base = parse(text)
    assert_one_side_alone_is_taken_as_it_is(base, parse(other, base.meaning.organisations))


@given(st.data())
@examples(10)
def test_what_comes_out_says_what_both_sides_say(data):
    base = lists.read(lists.REAL_LIST)
    sides = []
    for _ in range(2):
        wanted = data.draw(strategies.edited(base.meaning, 3))
        sides.append(parse(patch(base, compare(base.meaning, wanted)), wanted.organisations))
    both = merge(base.meaning, *(side.meaning for side in sides)).meaning
    found = merge_texts(base, *sides, both)
    assert (found.document.meaning, found.disputed) == (both, ())
