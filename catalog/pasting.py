"""Addresses as a curator pastes them, one a line: what each line says, and what is wrong with it.

Nothing here asks the network. A line may be a bare address, an address with words before or
behind it (they are the title), or a link in Markdown, bulleted or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from catalog import identifiers, kinds


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line that is not empty; either `url` or `problem` says something."""

    number: int
    """As people count: the first line is 1, empty lines count."""

    url: str = ""
    title: str = ""
    """What the line itself calls it; empty if there is only the address."""

    problem: str = ""

    @property
    def identifier(self) -> str:
        return str(identifiers.identify(self.url) or "")

    @property
    def kind(self) -> str:
        return kinds.guess_kind(self.url)

    @property
    def page(self) -> str:
        """What two addresses of one thing have in common."""
        return self.identifier or identifiers.normal_url(self.url)


def read(text: str) -> list[PastedLine]:
    """The lines of a pasted text, in their order. A page that comes twice is a problem."""
    lines = []
    first_with: dict[str, int] = {}
    for line in _lines(text):
        if not line.problem:
            first = first_with.setdefault(line.page, line.number)
            if first != line.number:
                line = PastedLine(line.number, problem=f"It is the same as line {first}.")
        lines.append(line)
    return lines


def name_of(url: str) -> str:
    """What an address calls its own page: a title where nobody has given one.

    "THUDM/GLM-130B", "arXiv 2206.07808", "blog.google": never empty for an address in the web.
    """
    identifier = identifiers.identify(url)
    rest = url.strip().partition("://")[2]
    host, _, path = rest.partition("?")[0].partition("#")[0].partition("/")
    if identifier is None:
        return host.rpartition("@")[2].lower().removeprefix("www.")
    if identifier.scheme in _HUBS:
        # From the address, because the identifier has folded its capitals away.
        names = [part for part in unquote(path).split("/") if part]
        if names[0].lower() in _SORTS_OF_PAGES:
            del names[0]
        return "/".join(names[:2]).removesuffix(".git")
    return f"{_SCHEMES[identifier.scheme]} {identifier.value}"


def _lines(text: str) -> Iterator[PastedLine]:
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        line = _BULLET.sub("", raw.strip())
        if not line:
            continue
        if "\0" in line:
            problem = "It holds a NUL character, which no text has: type it anew."
            yield PastedLine(number, problem=problem)
            continue
        link = _LINK.fullmatch(line)
        if link is not None:
            yield PastedLine(number, link["url"], link["title"].strip())
            continue
        found = _ADDRESS.findall(line)
        if not found:
            shown = f"{line[:60]}…" if len(line) > 60 else line
            problem = f"“{shown}” holds no address: one begins with http:// or https://."
            yield PastedLine(number, problem=problem)
        elif len(found) > 1:
            problem = f"It holds {len(found)} addresses: put each on a line of its own."
            yield PastedLine(number, problem=problem)
        else:
            url = found[0].rstrip(_CLOSING)
            before, _, behind = line.partition(found[0])
            title = f"{before.strip(_SEPARATORS)} {behind.strip(_SEPARATORS)}".strip()
            yield PastedLine(number, url, title)


_BULLET: Final = re.compile(r"^(?:[*+-]|\d+[.)])\s+")
_LINK: Final = re.compile(r"\[(?P<title>[^\]]*)\]\((?P<url>https?://[^\s<>]+)\)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_CLOSING: Final = ".,;，。；、"
_SEPARATORS: Final = ' \t:;,|<>"-–—：，；'

_HUBS: Final = frozenset(("github", "huggingface"))
_SORTS_OF_PAGES: Final = frozenset(("spaces", "datasets", "papers", "collections"))
_SCHEMES: Final = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview"}
