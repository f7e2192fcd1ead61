"""An order put back, though the numbers that stated it may have moved on. No query here.

Placing one row renumbers siblings, so positions change far more often than anybody means. What
an undo puts back is the order; the numbers only if nobody has numbered again since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from catalog.changes.places import Placed
from catalog.models import LanguageModel


class Renumbering(NamedTuple):
    """A row whose position a ChangeSet changed; `row.position` is what it is now."""

    row: Placed
    before: int
    after: int


def put_back(siblings: Sequence[Renumbering], *, made_room: bool) -> dict[Placed, int] | None:
    """The positions that these siblings need for their order of before; None if that is lost.

    `made_room` says that a sibling came or went in the same ChangeSet: then a change of numbers
    without a change of order has nothing to put back. Lost is an order that was changed again.
    """
    if all(sibling.row.position == sibling.after for sibling in siblings):
        return {sibling.row: sibling.before for sibling in siblings}
    before = _in_order((sibling.before, sibling.row) for sibling in siblings)
    after = _in_order((sibling.after, sibling.row) for sibling in siblings)
    if before == after:
        return {} if made_room else None
    if after == _in_order((sibling.row.position, sibling.row) for sibling in siblings):
        return dict(zip(before, sorted(row.position for row in before), strict=True))
    return None


def _in_order(numbered: Iterable[tuple[int, Placed]]) -> list[Placed]:
    """As `tree.in_order` does: at equal positions resources first, and older rows."""
    keyed = ((number, isinstance(row, LanguageModel), row.pk, row) for number, row in numbered)
    return [row for _, _, _, row in sorted(keyed, key=lambda key: key[:3])]
