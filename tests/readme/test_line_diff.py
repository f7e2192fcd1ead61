"""Which lines of a text differ from those of another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from catalog.readme.line_diff import Altered, altered
from tests.readme.strategies import examples

some_lines = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8)


def test_a_line_that_comes_or_goes_stands_between_those_that_stay():
    assert altered(["a", "b"], ["a", "c", "b"]) == [Altered(1, 1, 1, 2)]
    assert altered(["a", "b", "c"], ["a", "c"]) == [Altered(1, 2, 1, 1)]
    assert altered(["a"], ["a"]) == []


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
