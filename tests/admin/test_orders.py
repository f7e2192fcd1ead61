"""Names in an order: what moves do to them, and an order that has grown old."""

import pytest

from catalog.admin.orders import Move, in_order_of, moved


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("", "abcd"),
        ("dcba", "dcba"),
        ("dbca", "dbca"),
        ("cab", "cdab"),  # d stays behind its neighbour
        ("xdcbay", "dcba"),  # x and y are gone
        ("bcd", "abcd"),  # a had no neighbour before it
        ("aabbccdd", "abcd"),
        ("xy", "abcd"),
    ],
)
def test_an_order_holds_for_what_is_there(order, wanted):
    assert "".join(in_order_of("abcd", order)) == wanted


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        ([("b", "up")], "bacd"),
        ([("a", "up")], "abcd"),
        ([("b", "down")], "acbd"),
        ([("d", "down")], "abcd"),
        ([("c", "first")], "cabd"),
        ([("b", "last")], "acdb"),
        ([("a", "after", "c")], "bcad"),
        ([("d", "after", "a")], "adbc"),
        ([("a", "after", "d")], "bcda"),
        ([("b", "after", "x")], "abcd"),
        ([("b", "out"), ("c", "into", "a")], "abcd"),  # they leave: their order is another's
        ([("b", "down"), ("a", "down")], "cabd"),  # both go down, whichever was asked first
        ([("a", "down"), ("b", "down")], "cabd"),
        ([("b", "up"), ("c", "up")], "bcad"),
    ],
)
def test_moves_change_the_order(moves, wanted):
    assert "".join(moved("abcd", [Move(*move) for move in moves])) == wanted
