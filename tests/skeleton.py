"""A page reduced to what could act: its tags, its attributes, and whether they are balanced."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from tests.vectors import VECTORS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID: Final = _words("area base br col embed hr img input link meta source track wbr")
# Their end tag may be left out.
LEFT_OPEN: Final = _words("li p option")
# What could act, load or lead away. A page may hold those of its template and no more.
ACTIVE: Final = _words(
    "script style link meta base iframe frame object embed applet svg math img image picture video "
    "audio source track form input button textarea select template noscript portal marquee title "
    "body head html main"
)
# Whatever a page shows, it holds as many of these as its template says.
ONCE: Final = ACTIVE - _words("svg img image input select option textarea button form")
ADDRESSES: Final = _words(
    "href src action formaction xlink:href data poster background cite ping srcset"
)


class Skeleton(HTMLParser):
    """The tags of a page, whether they are balanced, and everything that could act in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[tuple[str, str]] = set()
        self.comments: list[str] = []
        self.problems: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self._open if tag not in LEFT_OPEN]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in VOID:
            self._open.append(tag)
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.problems.append(f"<{tag}> has an attribute twice: {attrs}")
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.problems.append(f"<{tag} {name}={value!r}>")
            if name in ADDRESSES and not _leads_nowhere_bad(value or ""):
                self.problems.append(f"<{tag} {name}={value!r}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] in LEFT_OPEN and self._open[-1] != tag:
            self._open.pop()
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.problems.append(f"</{tag}> closes {self._open[-1:]}")

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_pi(self, data: str) -> None:
        self.problems.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.problems.append(f"<![{data}]>")


def _leads_nowhere_bad(address: str) -> bool:
    """As browsers read it: signs of control do not count, and without a scheme it is relative."""
    seen = re.sub(r"[\x00-\x20]", "", address)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")


def nothing_came_in(
    page: str, before: str, after: str, *, prose: bool, same_size: bool = True
) -> None:
    was, now = _skeleton_of(before), Skeleton(after)
    assert was.problems == [], page
    assert now.problems == [], page
    assert now.comments == was.comments, page
    foreign = now.attributes - was.attributes
    assert foreign <= (IN_PROSE if prose else set()), page
    for tag in ACTIVE if same_size else ONCE:
        assert now.tags[tag] == was.tags[tag], (page, tag)
    if same_size and not prose:
        assert now.tags == was.tags, page
    else:
        assert now.tags.keys() <= was.tags.keys() | PROSE, page
    # Nothing was taken for a template: 7919 times the vector's own number.
    for number in range(1001, 1001 + len(VECTORS)):
        assert str(7919 * number) not in after, page


@lru_cache(maxsize=8)
def _skeleton_of(calm: str) -> Skeleton:
    """One harmless page is held against many."""
    return Skeleton(calm)


# What nh3 lets through of a note, and Markdown makes: nothing that acts.
IN_PROSE: Final = frozenset({("a", "href"), ("a", "rel"), ("a", "title"), ("ol", "start")})
PROSE: Final = _words(
    "a abbr b blockquote br cite code dd del dfn dl dt em hr i kbd li mark ol p pre q s samp small "
    "span strike strong sub sup table tbody td th thead tr u ul var wbr details summary div center "
    "bdi bdo figure figcaption article aside footer header hgroup nav section rp rt ruby tt ins "
    "caption col colgroup time data acronym rtc"
)
