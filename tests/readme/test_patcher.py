import pytest

from catalog.readme import Edit, Entry, Link, Unstatable, compare, parse, patch
from catalog.readme.difference import arrange
from catalog.readme.patcher import wrong_places
from tests.readme.curator import wished


def patched(text: str, wishes: str) -> str:
    document = parse(text)
    return patch(document, compare(document.meaning, wished(document.meaning, wishes)))


def test_no_edits_give_the_text_itself():
    text = "\ufeff## A\r\n\n*   a  \x1c"
    assert patch(parse(text), iter(())) == text


def test_edits_need_not_come_from_a_comparison():
    document = parse("## Google\n\n* PaLM\n")
    edits = [Edit("add", to=(0, 1), thing=Entry("UL2")), Edit("remove", at=(0, 0))]
    assert patch(document, [edits[0]]) == "## Google\n\n* PaLM\n* UL2\n"
    assert patch(document, [edits[1]]) == "## Google\n"


def test_what_a_list_has_no_form_for_is_refused_with_what_it_would_read():
    with pytest.raises(Unstatable, match=r"no form that says this; it would read: .*Google"):
        patched("## Google\n\n* PaLM\n", "rename Google > PaLM to # PaLM")


def test_an_own_link_that_is_not_the_first_is_refused():
    document = parse("## Google\n\n* PaLM\n  * [a](https://a.org)\n")
    own = Link("", "https://p.org")
    edit = Edit("add", to=(0, 0, 1), thing=own)
    with pytest.raises(Unstatable):
        patch(document, [edit])


def test_text_that_no_record_holds_is_never_lost_to_a_new_form():
    text = "## Google\n\n### T5 family\n\n<br/>\n\n* T5\n\n## Baidu\n\n* ERNIE\n\n* PLATO\n"
    with pytest.raises(Unstatable, match=r"<br/>.*Move it out of the way in the file first\."):
        patched(text, "move Google > T5 family below Baidu, first")


def test_nor_is_text_in_what_moves_below_something_new():
    wishes = "add below Google\n  Pathways\nmove Google > PaLM below Google > Pathways"
    with pytest.raises(Unstatable, match=r"<br/>"):
        patched("## Google\n\n* PaLM\n\n  <br/>\n\n  * PaLM 540B\n", wishes)


def test_where_a_local_change_cannot_say_it_the_nearest_thing_is_written_anew():
    text = "## Google\n\n- PaLM  \n  + [a](https://a.org), [b](https://b.org)\n- UL2  \n"
    assert patched(text, "set Google > PaLM > b, label to x") == (
        "## Google\n\n- PaLM\n  - [a](https://a.org)\n  - x: [b](https://b.org)\n- UL2  \n"
    )


def test_a_name_that_would_break_the_contents_is_escaped_there_alone():
    text = "# T\n\n## Contents\n\n* [Google](#google)\n\n### Google\n\n* PaLM\n"
    after = text.replace("[Google](#google)", "[A \\] B](#a--b)").replace("### Google", "### A ] B")
    assert patched(text, "rename Google to A ] B") == after


MAKERS = "## Google\n\n* PaLM\n* UL2\n\n## Baidu\n\n* ERNIE\n\n## Meta\n\n* OPT\n\n## Huawei\n"


def wrong(said: str, wishes: str, anew: frozenset[tuple[int, ...]] = frozenset()) -> set[object]:
    """Where MAKERS is to be written anew if, after these wishes, this is what was said."""
    document = parse(MAKERS)
    wanted = wished(document.meaning, wishes)
    root = arrange(document.meaning, compare(document.meaning, wanted))
    return set(wrong_places(document, root, parse(said).meaning, wanted, anew))


def test_where_a_section_was_lost_only_that_is_written_anew():
    said = MAKERS.replace("## Baidu\n\n* ERNIE\n\n", "")
    assert wrong(said, "rename Baidu > ERNIE to ERNIE 4") == {(1,)}


def test_neighbours_are_not_written_anew_for_one_value_that_cannot_be_stated():
    wishes = "rename Google > PaLM to PaLM (540B)"
    assert wrong(MAKERS, wishes) == {(0, 0)}
    assert wrong(MAKERS, wishes, frozenset([(0, 0)])) == set()
    wishes += "\nmove Google > UL2, first"
    said = MAKERS.replace("* PaLM\n* UL2", "* UL2\n* PaLM")
    assert wrong(said, wishes, frozenset([(0, 0)])) == {(0,)}


def test_a_heading_more_that_makes_others_the_organisations_is_but_added():
    old = "## A\n* a  \n### B\n- b\n\n### C\n* c\n\n\n### D\n* [d](https://d.org) .\n"
    new = old + "\n### E\n* e\n"
    before, after = parse(old), parse(new)
    assert (before.section_level, after.section_level) == (2, 3)
    assert patch(before, compare(before.meaning, after.meaning)) == new


def test_a_linked_heading_stays_one_with_its_kept_text_where_it_takes_the_place_of_another():
    linked = "## [A](https://a.org)\n\nGood.\n\n<details>\n\n"
    others = "## Links\n\n* x\n\n", "## [B](https://b.org)\n\n* b\n\n"
    text = "# Awesome\n\n# Open\n\n" + linked + "".join(others)
    after = patched(text, "move Open > B below Open, after A")
    assert after == "# Awesome\n\n# Open\n\n" + linked + "".join(reversed(others))
    assert linked in patched(text, "move Open > B below Open, first")


@pytest.mark.parametrize(
    "line", ["[T5](https://t.org) ![new](n.png)", "![new](n.png) [T5](https://t.org)"]
)
def test_a_picture_that_no_record_holds_is_not_lost_where_its_line_is_written_anew(line):
    text = f"## A\n\n* {line} - Text\n* PaLM\n\n## B\n\n| Model | Size |\n|---|---|\n| GLM | 6B |\n"
    with pytest.raises(Unstatable, match=r"Line 3 .* would be lost.*n\.png"):
        patched(text, "move A > T5 below B")
