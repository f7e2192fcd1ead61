"""Whether lines that were written are read as what they shall say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from catalog.readme.meaning import Entry, Link, Thing
from catalog.readme.parser import parse
from catalog.readme.slots import Shape, place_of


def says(text: bytes, entry: Entry, shape: Shape) -> bool:
    """Whether these lines alone are read as this entry; a paragraph is read among others."""
    if shape.form == "paragraph":
        return say(text + b"\n" + text, (entry, entry))
    lines = text.decode().split("\n")
    if not shape.is_top:
        lines = ["* A", *(f"  {line[len(shape.indent) :]}" for line in lines)]
    things: Sequence[Thing] = parse("\n".join(["## A", "", *lines])).sections
    for _ in range(1 if shape.is_top else 2):
        if len(things) != 1 or isinstance(things[0], Link):
            return False
        things = things[0].children
    return things == (entry,)


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
