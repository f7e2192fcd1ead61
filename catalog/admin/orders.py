"""Names in an order, and what moves do to it: no record is known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Move(NamedTuple):
    """One row's wish: up, down, first, last; after a target; into a target or out, which leave."""

    token: str
    where: str
    target: str = ""


def in_order_of(tokens: Sequence[str], order: Sequence[str]) -> list[str]:
    """The tokens in a wanted order, whatever it forgets or does not know any more.

    What the order does not name stays behind the neighbour that it has now.
    """
    there = set(tokens)
    wanted = list(dict.fromkeys(token for token in order if token in there))
    if not wanted:
        return list(tokens)
    named, previous = set(wanted), ""
    for token in tokens:
        if token not in named:
            wanted.insert(wanted.index(previous) + 1 if previous else 0, token)
        previous = token
    return wanted


def moved(tokens: Sequence[str], moves: Sequence[Move]) -> list[str]:
    """The tokens after these moves among themselves, in the order in which they stand."""
    now = list(tokens)
    by_token = {move.token: move for move in moves}
    in_turn = [by_token[token] for token in tokens if token in by_token]
    # From the end downwards, so that two neighbours that both go down do not change places.
    downwards = [move for move in reversed(in_turn) if move.where == "down"]
    for move in [move for move in in_turn if move.where != "down"] + downwards:
        index = now.index(move.token)
        match move.where:
            case "up":
                place = index - 1
            case "down":
                place = index + 1
            case "first":
                place = 0
            case "last":
                place = len(now)
            case "after" if move.target in now:
                place = now.index(move.target) + (index > now.index(move.target))
            case _:
                continue
        del now[index]
        now.insert(max(place, 0), move.token)
    return now
