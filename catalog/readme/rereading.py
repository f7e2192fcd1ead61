"""Whether lines that were written are read as what they shall say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from catalog.readme.meaning import Entry, Link, Thing
from catalog.readme.parser import parse
from catalog.readme.renderer import plain_marker
from catalog.readme.slots import Shape, place_of


def says(text: bytes, entry: Entry, shape: Shape) -> bool:
    """Whether these lines alone are read as this entry.

    A paragraph is read among others, and so is an item below another that has some: a sentence
    that is the first of them would be the note of that other one.
    """
    if shape.form == "paragraph":
        return say(text + b"\n" + text, (entry, entry))
    lines = text.decode().split("\n")
    first: list[str] = []
    if not shape.is_top:
        first = [f"{shape.indent}{plain_marker(shape.marker)}B"] if shape.kin else []
        lines = ["* A", *(f"  {line[len(shape.indent) :]}" for line in first + lines)]
    things: Sequence[Thing] = parse("\n".join(["## A", "", *lines])).sections
    for _ in range(1 if shape.is_top else 2):
        if len(things) != 1 or isinstance(things[0], Link):
            return False
        things = things[0].children
    return things[len(first) :] == (entry,)


def say(text: bytes, entries: Sequence[Entry]) -> bool:
    """Whether lines below a heading are read as these entries, their links in whichever order."""
    sections = parse("## A\n\n" + text.decode()).sections
    found = sections[0].children if len(sections) == 1 else ()
    return len(found) == len(entries) and all(
        isinstance(one, Entry)
        and replace(one, children=()) == replace(other, children=())
        and Counter(one.children) == Counter(other.children)
        for one, other in zip(found, entries, strict=True)
    )


def holds_table(text: bytes) -> bool:
    """Whether entries in these lines, as they stand below a heading, are rows."""
    sections = parse("## A\n\n" + text.decode()).sections
    return any(place_of(child).form == "row" for one in sections for child in one.children)
