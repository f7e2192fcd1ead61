"""Which lines of a text differ from those of another."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.readme.line_diff import Altered, altered
from tests.readme.strategies import examples
from tests.readme.timing import takes_the_time_of_its_size

some_lines = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8)


def test_a_line_that_comes_or_goes_stands_between_those_that_stay():
    assert altered(["a", "b"], ["a", "c", "b"]) == [Altered(1, 1, 1, 2)]
    assert altered(["a", "b", "c"], ["a", "c"]) == [Altered(1, 2, 1, 1)]
    assert altered(["a"], ["a"]) == []


def test_a_new_paragraph_stands_behind_the_blank_line_as_with_git():
    assert altered(["a", "", "b"], ["a", "", "c", "", "b"]) == [Altered(2, 2, 2, 4)]


def test_of_two_lines_that_change_places_the_first_stays():
    assert altered(["x", "a", "b", "y"], ["x", "b", "a", "y"]) == [
        Altered(1, 1, 1, 2),
        Altered(2, 3, 3, 3),
    ]


def test_of_lines_that_change_places_as_many_stay_as_can():
    assert altered(["a", "b", "c", "d"], ["d", "a", "b", "c"]) == [
        Altered(0, 0, 0, 1),
        Altered(3, 4, 4, 4),
    ]
    assert altered(["a", "b", "c", "d", "e"], ["c", "d", "e", "a", "b"]) == [
        Altered(0, 2, 0, 0),
        Altered(5, 5, 3, 5),
    ]


@given(some_lines, some_lines)
@examples(30)
def test_the_ranges_make_the_one_of_the_other(old, new):
    made, at = [], 0
    for start, end, to_start, to_end in altered(old, new):
        made += [*old[at:start], *new[to_start:to_end]]
        at = end
    assert [*made, *old[at:]] == new


@given(some_lines, some_lines)
@examples(30)
def test_the_ranges_stand_apart(old, new):
    assert all(one.end < other.start for one, other in pairwise(altered(old, new)))


def test_what_comes_behind_many_equal_lines_is_all_that_differs():
    same = ["* [ ]"] * 3_000
    assert altered(same, [*same, "* T5"]) == [Altered(3_000, 3_000, 3_000, 3_001)]
    assert altered(same, ["* T5", *same]) == [Altered(0, 0, 0, 1)]


@pytest.mark.parametrize("differing", [1_000_000, 50], ids=["all differ", "most are equal"])
def test_a_long_text_takes_the_time_of_its_length(differing):
    def comparing(lines: int) -> Callable[[], object]:
        old = [f"* model {number % differing}" for number in range(lines)]
        new = [f"{line}, changed" if number % 40 == 1 else line for number, line in enumerate(old)]
        return lambda: altered(old, new)

    assert takes_the_time_of_its_size(comparing, 12_800)
