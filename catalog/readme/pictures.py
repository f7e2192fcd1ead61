"""Links on pictures as they are written: the picture of another link, for a new address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Final, TypeGuard

from catalog.identifiers import host_of
from catalog.readme.dialects.nested import url_span
from catalog.readme.dialects.pictured import is_pictured
from catalog.readme.meaning import Link, Thing
from catalog.readme.renderer import address
from catalog.readme.repositories import repository

# Less may stand in an address by chance.
_FEWEST_SIGNS: Final = 6
_PATH: Final = re.compile(rb"://[^/?#]+/([^?#]+)")


def pictured_like(raw: bytes, was: Link, wanted: Link) -> bytes:
    """The link on a picture for another address; nothing if the picture cannot be known."""
    place = was.place
    url = url_span(raw, place.link) if place is not None and is_pictured(was) else None
    if place is None or url is None:
        return b""
    picture = raw[place.link.start : url.start]
    for named in _SHOWN:
        here, there = named(was.url.encode()), named(wanted.url.encode())
        if here and here in picture:
            if not there:
                return b""
            picture = picture.replace(here, there)
    return picture + address(wanted.url).encode() + raw[url.end : place.link.end]


def last_segment(url: bytes) -> bytes:
    """`2404.04925` of a paper's address: what a picture may show of it."""
    segment = url.rstrip(b"/").rpartition(b"/")[2]
    return segment if len(segment) >= _FEWEST_SIGNS else b""


def _path(url: bytes) -> bytes:
    """`google/t5` of `https://travis-ci.org/google/t5`, if it has two parts at least."""
    found = _PATH.search(url)
    path = found[1].rstrip(b"/") if found is not None else b""
    return path if b"/" in path else b""


_SHOWN: Final = (repository, _path, last_segment)


def pictured_like_one_of(raw: bytes, others: Iterable[Thing], wanted: Link) -> bytes:
    """As the first of these is that has the same title on a picture; nothing if none has.

    One that leads to the same host comes first, and of those one whose picture shows where.
    """
    alike = [one for one in others if isinstance(one, Link) and _is_titled_like(one, wanted)]
    at_home = [one for one in alike if is_pictured_like(one, wanted)]
    shown = (one for one in at_home if _is_shown(raw, one))
    like = next(chain(shown, at_home, alike), None)
    return pictured_like(raw, like, wanted) if like is not None else b""


def is_pictured_like(one: Thing, wanted: Link) -> TypeGuard[Link]:
    """Whether this is a link on a picture with the same title, at the same host."""
    return (
        isinstance(one, Link)
        and _is_titled_like(one, wanted)
        and host_of(one.url) == host_of(wanted.url)
    )


def _is_titled_like(one: Link, wanted: Link) -> bool:
    return one.title == wanted.title and is_pictured(one)


def _is_shown(raw: bytes, link: Link) -> bool:
    """Whether its picture shows where it leads, and not something else of that host."""
    assert link.place is not None
    start, end = link.place.link.start, url_span(raw, link.place.link)
    picture, url = raw[start : end.start if end else start], link.url.encode()
    return any(name and name in picture for name in (named(url) for named in _SHOWN))
