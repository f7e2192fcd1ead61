import pytest

from catalog.readme.lines import (
    begins_item,
    behind_blanks,
    end_of_line,
    is_blank,
    is_blank_before,
    needs_break,
    start_of_line_before,
)

RAW = b"one\r\n \n\t\nfour\nfive"
ONE, TWO, THREE, FOUR, FIVE, END = 0, 5, 7, 9, 14, 18


def test_a_line_ends_behind_its_line_feed_or_with_the_text():
    assert [end_of_line(RAW, at) for at in (ONE, TWO, FIVE, END)] == [TWO, THREE, END, END]


def test_the_line_before_begins_behind_the_line_feed_before_it():
    assert [start_of_line_before(RAW, at) for at in (ONE, TWO, FOUR, FIVE)] == [
        ONE,
        ONE,
        THREE,
        FOUR,
    ]


def test_blank_lines_are_passed_over():
    assert [behind_blanks(RAW, at) for at in (ONE, TWO, FOUR, END)] == [ONE, FOUR, FOUR, END]
    assert behind_blanks(b"one\n\n", 4) == 5


def test_a_line_of_blanks_is_blank_and_so_is_what_lies_outside_the_text():
    assert [is_blank(RAW, at) for at in (ONE, TWO, THREE, FOUR, END)] == [
        False,
        True,
        True,
        False,
        True,
    ]
    assert [is_blank_before(RAW, at) for at in (ONE, TWO, THREE, FIVE)] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("line", [b"* a", b"- a", b"+\ta", b"1. a", b"12) a", b"  * a", b"\t- a"])
def test_an_item_begins_with_a_bullet_or_a_number(line):
    assert begins_item(b"x\n" + line, 2)
    assert not needs_break(b"x\n" + line, 2)


@pytest.mark.parametrize("line", [b"a", b"*a", b"**a** b", b"1.a", b"1 a", b"> * a", b"---"])
def test_other_text_would_run_on(line):
    assert not begins_item(b"x\n" + line, 2)
    assert needs_break(b"x\n" + line, 2)


def test_nothing_runs_on_into_a_blank_line():
    assert not needs_break(RAW, TWO)
    assert not needs_break(RAW, END)
