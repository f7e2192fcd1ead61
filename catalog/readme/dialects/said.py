"""What one line says of an entry."""

from __future__ import annotations

from typing import NamedTuple

from catalog.readme.meaning import Link
from catalog.readme.places import Part, Range


class Said(NamedTuple):
    """Its name, note, facts and links, each with its place among the parts."""

    name: str
    name_span: Range
    note: str
    facts: list[tuple[str, str]]
    links: list[Link]
    parts: list[Part]
