"""Links on a picture, `[![stars](picture)](url)`: the picture's text is their title.

One that leads where another link of its entry leads already, such as the stars of the repository,
says nothing more and stays a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from catalog.identifiers import is_web_address
from catalog.readme.blocks import Inline, new_inline
from catalog.readme.meaning import Link
from catalog.readme.places import Part
from catalog.readme.reading import Reading
from catalog.readme.repositories import repository

_PICTURE: Final = re.compile(rb"\[!\[(?P<text>[^\[\]\n]+)\]\([^()\s]*\)\s*\]\(")


def pictured(reading: Reading, inline: Inline) -> Inline | None:
    """The link with the picture's text as its own; None for any other link."""
    if not inline.has_image or inline.kind != "link" or not is_web_address(inline.url):
        return None
    found = _PICTURE.match(reading.raw, inline.start, inline.end)
    if found is None:
        return None
    start, end = reading.trim(*found.span("text"))
    if start == end:
        return None
    link = new_inline("link", inline.start, inline.end, start, inline.url)
    link.inner_end = end
    link.has_image = True
    return link


def is_pictured(link: Link) -> bool:
    """Whether a reader sees a picture in place of its title."""
    inline = link.place.link if link.place is not None else None
    return inline is not None and inline.has_image and inline.inner_start > inline.start + 1


def without_echoes(parts: Sequence[Part], links: Sequence[Link]) -> tuple[list[Part], list[Link]]:
    """The parts of an entry and its links, where those on pictures say more than the others."""
    goals = {goal for link in links if not is_pictured(link) for goal in _goals(link)}
    kept: list[Part] = []
    left: list[Link] = []
    for part in parts:
        link = links[part.link] if part.link >= 0 else None
        if link is None:
            kept.append(part)
        elif is_pictured(link) and not goals.isdisjoint(_goals(link)):
            kept.append(part._replace(key="other", link=-1))
        else:
            kept.append(part._replace(link=len(left)))
            left.append(link)
            goals.update(_goals(link))
    return kept, left


def _goals(link: Link) -> Iterator[str | bytes]:
    """Where a link leads: to its address, and into a repository."""
    yield link.url
    if inside := repository(link.url.encode()):
        yield inside
