"""Which lines a change alters, and how people read their number."""

import pytest

from catalog.sync.lines import altered_lines


def said(old: str, new: str) -> str:
    return altered_lines(old.encode(), new.encode()).summary


def test_each_line_has_its_number_before_or_after():
    found = altered_lines(b"a\nb\nc\nd\n", b"a\nx\ny\nc\n")
    assert [
        [(line.is_added, line.number, line.text) for line in block] for block in found.blocks
    ] == [
        [(False, 2, "b"), (True, 2, "x"), (True, 3, "y")],
        [(False, 4, "d")],
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("a\nb\n", "a\nc\n", "1 line changes in README.md."),
        ("a\nb\n", "a\n", "1 line leaves README.md."),
        ("a\n", "a\nb\nc\n", "2 lines are added to README.md."),
        ("a\n", "a\nb\n", "1 line is added to README.md."),
        ("a\nb\nc\nd\n", "x\nc\n", "2 lines leave README.md, 1 changes."),
        ("a\nb\nc\nd\ne\n", "c\nd\ne\na\nb\n", "2 lines move in README.md."),
        ("a\n", "a\n", "No line changes."),
        ("a\n", "", "1 line leaves README.md."),
    ],
)
def test_their_number_is_said_in_words(old, new, sentence):
    assert said(old, new) == sentence


def test_a_heading_says_first_of_which_file():
    assert altered_lines(b"a\nb\nc\n", b"x\n").counted == "README.md: 2 lines leave, 1 changes."


def test_line_ends_are_not_shown_and_other_separators_end_no_line():
    (block,) = altered_lines(b"a\r\nb\r\n", "a\r\nb\u2028c\r\n".encode()).blocks
    assert [line.text for line in block] == ["b", "b\u2028c"]


def test_the_same_line_many_times_is_compared_at_the_ends():
    found = altered_lines(b"\n" * 9_000, b"\n" * 9_000 + b"new\n")
    assert [[line.number for line in block] for block in found.blocks] == [[9_001]]
