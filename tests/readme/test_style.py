import pytest

from catalog.readme import parse
from catalog.readme.style import CANON, marker_beside, style_of, width
from tests.readme import lists


def style(text: str):
    return style_of(parse(text))


def test_an_empty_list_has_the_canonical_style():
    assert style("") == CANON


def test_the_real_list_has_its_own():
    said = style_of(lists.read(lists.REAL_LIST))
    assert (said.marker, said.step, said.heading, said.newline) == ("* ", 2, "## ", "\n")
    assert said.badged == {"paper", "code", "demo", "website"}
    assert said.badges["code"].startswith("![github](https://img.shields.io/badge/GitHub-")


def test_the_most_frequent_bullet_and_step_are_the_styles():
    text = "## A\n\n-  a\n   - b\n   - c\n\n* d\n  * e\n\n+ f\n"
    assert (style(text).marker, style(text).step) == ("- ", 3)


def test_numbers_and_tabs_are_no_style():
    assert style("## A\n\n1. a\n2. b\n\n* c\n").marker == "* "
    assert style("## A\n\n-\ta\n-\tb\n").marker == "* "


@pytest.mark.parametrize(
    ("items", "step"),
    [
        ("*   a\n    * b\n*   c\n*   d\n", 4),
        ("* a\n  * b\n\n*   c\n*   d\n*   e\n", 4),
    ],
)
def test_a_step_that_does_not_fit_the_marker_becomes_its_width(items, step):
    assert style(f"## A\n\n{items}").step == step


def test_lines_end_as_most_of_them_do():
    assert style("## A\r\n\r\n* a\n").newline == "\r\n"
    assert style("## A\r\n\n* a\n").newline == "\n"


def test_a_heading_has_the_level_of_the_organisations():
    assert style("# T\n\n### A\n\n* a\n").heading == "### "


def test_a_kind_is_badged_if_most_of_its_links_are():
    badge = "![paper](i)"
    link = "  * [p](https://arxiv.org/abs/{})"
    lines = [link.format(n) for n in range(3)]
    some = "\n".join(["## A", "", "* a", f"{lines[0]} {badge}", *lines[1:]])
    most = "\n".join(["## A", "", "* a", *(f"{line} {badge}" for line in lines[:2]), lines[2]])
    assert style(some).badged == frozenset()
    assert style(most).badged == {"paper"}
    assert style(some).badges == {"paper": badge}


@pytest.mark.parametrize(
    ("marker", "columns"), [("* ", 2), ("-   ", 4), ("1. ", 3), ("12) ", 4), ("* [ ] ", 2)]
)
def test_the_width_of_a_marker_is_that_of_its_bullet(marker, columns):
    assert width(marker) == columns


@pytest.mark.parametrize(
    ("sibling", "behind", "beside"),
    [
        ("* ", 1, "* "),
        ("*   ", 1, "* "),
        ("- ", 1, "- "),
        ("-  [x] ", 1, "-  "),
        ("1. ", 0, "1. "),
        ("1. ", 1, "2. "),
        ("8) ", 2, "10) "),
        ("", 1, "* "),
    ],
)
def test_a_new_item_has_the_bullet_of_its_sibling_and_counts_on(sibling, behind, beside):
    assert marker_beside(sibling, CANON, behind) == beside
