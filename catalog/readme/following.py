"""Where new things go when the other side put a heading between their neighbours, or took one out.

A heading is one line, and what stands below it is told only by where that line stands: a new
heading takes all that follows it, and what stood below one that is gone falls to the heading
before. What is new on one side among such neighbours goes where they went.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from catalog.readme.alignment import BASE, SIDES, Alignment, Trio, opposite


class Following:
    """Reads it off the sections; entries know their owners by themselves."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment: Final = alignment
        self.places: Final[dict[Trio, Trio]] = {}
        """The section of the other side that each such new thing goes to."""
        self.runs: Final[dict[int, dict[Trio, list[Trio]]]] = {side: {} for side in SIDES}
        """By a section of one side, the sections among which the other one divided it."""
        self._sections: Final = [
            alignment.children(alignment.root, side) for side in (BASE, *SIDES)
        ]
        for side in SIDES:
            for section in self._sections[side]:
                if section.at[BASE] is not None:
                    self._divide(section, side)

    def _divide(self, section: Trio, side: int) -> None:
        run = self._run(section, side)
        went = {
            child: place
            for child in self.alignment.children(section, BASE)
            if self.alignment.parent(child, side) is section
            and (place := self.alignment.parent(child, opposite(side))) is not None
        }
        ranks = {child: run.index(place) for child, place in went.items() if place in run}
        known = list(ranks.values())
        is_whole = section in run or len(ranks) == len(went)
        if not known or known != sorted(known) or not is_whole or run[known[-1]] is section:
            return
        self.runs[side][section] = run
        rank = known[0]
        for child in self.alignment.children(section, side):
            rank = ranks.get(child, rank)
            if child.at[BASE] is None and child.is_lone(side) and run[rank] is not section:
                self.places[child] = run[rank]

    def _run(self, section: Trio, side: int) -> list[Trio]:
        """The section with the new ones right behind it, or the one before it if it is gone."""
        others, number = opposite(side), (section.at[BASE] or (0,))[0]
        at = section.at[others]
        if at is None:
            before = self._sections[BASE][number - 1] if number else section
            return [before] if before.at[others] is not None else []
        run = [section]
        for behind in islice(self._sections[others], at[0] + 1, None):
            if behind.at[BASE] is not None or not behind.is_lone(others):
                break
            run.append(behind)
        return run
