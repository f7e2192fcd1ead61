"""Links on pictures as they are written: the picture of another link, for a new address."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from catalog.identifiers import host_of
from catalog.readme.dialects.nested import url_span
from catalog.readme.dialects.pictured import is_pictured
from catalog.readme.meaning import Link, Thing
from catalog.readme.renderer import address
from catalog.readme.repositories import repository

# Less may stand in an address by chance.
_FEWEST_SIGNS: Final = 6


def pictured_like(raw: bytes, was: Link, wanted: Link) -> bytes:
    """The link on a picture for another address; nothing if the picture cannot be known."""
    place = was.place
    url = url_span(raw, place.link) if place is not None and is_pictured(was) else None
    if place is None or url is None:
        return b""
    picture = raw[place.link.start : url.start]
    for named in (repository, _last_segment):
        here, there = named(was.url.encode()), named(wanted.url.encode())
        if here and here in picture:
            if not there:
                return b""
            picture = picture.replace(here, there)
    return picture + address(wanted.url).encode() + raw[url.end : place.link.end]


def _last_segment(url: bytes) -> bytes:
    """`2404.04925` of a paper's address: what a picture may show of it."""
    segment = url.rstrip(b"/").rpartition(b"/")[2]
    return segment if len(segment) >= _FEWEST_SIGNS else b""


def pictured_like_one_of(raw: bytes, others: Iterable[Thing], wanted: Link) -> bytes:
    """As the first of these is that has the same title on a picture; nothing if none has.

    One that leads to the same host comes first: a picture may show where its link leads.
    """
    alike = [
        one
        for one in others
        if isinstance(one, Link) and one.title == wanted.title and is_pictured(one)
    ]
    at_home = (one for one in alike if host_of(one.url) == host_of(wanted.url))
    like = next(chain(at_home, alike), None)
    return pictured_like(raw, like, wanted) if like is not None else b""
