"""Links that expire, that cannot be followed, and that name one work twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

from catalog.identifiers import identify
from catalog.readme.blocks import Block, Inline
from catalog.readme.document import ListDocument
from catalog.readme.lint.findings import ERROR, WARNING, Finding, in_words, line_of, place_of
from catalog.readme.meaning import Address, Link, Thing, name_of


def expiring(document: ListDocument, inlines: Iterable[Inline], today: date) -> Iterator[Finding]:
    """A signed address that dies, or has died, on a day that it names itself."""
    for inline in inlines:
        expiry = expiry_of(inline.url)
        if expiry is None:
            continue
        host = urlsplit(inline.url).hostname
        is_over = expiry <= today
        yield Finding(
            document.line(inline.start),
            ERROR if is_over else WARNING,
            "link-expires",
            f"The link to {host} {'expired' if is_over else 'expires'} on {expiry}.",
            "Replace it by an address that lasts: the paper's page, arXiv, the repository.",
            about=str(expiry),
        )


def expiry_of(url: str) -> date | None:
    """The day on which an address says that it ends; None if it does not."""
    if "?" not in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    query = {name.lower(): values[-1] for name, values in parse_qs(parts.query).items()}
    if host.endswith("fbcdn.net") and re.fullmatch(r"[0-9A-Fa-f]{8}", query.get("oe", "")):
        return _day(int(query["oe"], 16))
    lasting, signed = query.get("x-amz-expires", ""), query.get("x-amz-date", "")
    if re.fullmatch(r"\d{1,9}", lasting) and re.fullmatch(r"\d{8}T\d{6}Z", signed):
        try:
            begin = datetime.strptime(signed, "%Y%m%dT%H%M%S%z")
            return (begin + timedelta(seconds=int(lasting))).date()
        except (ValueError, OverflowError):
            return None
    if re.fullmatch(r"\d{9,11}", query.get("expires", "")):
        return _day(int(query["expires"]))
    return None


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def unsafe(document: ListDocument) -> Iterator[Finding]:
    """An address that would run a program; browsers and this catalogue do not follow it."""
    for line, url in document.unsafe:
        yield Finding(
            line,
            ERROR,
            "unsafe-link",
            f"{url[:60]} runs a program instead of leading somewhere.",
            "Write a web address, or take the link away.",
        )


# What a link looks like whose brackets or address are not closed: readers see its source.
_BROKEN: Final = re.compile(rb"\]\s?\(\s*https?://[^\s)]*")
_HOLD_LINKS: Final = frozenset({"paragraph", "heading", "cell"})


def broken(document: ListDocument, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Text that was meant as a link and is none."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        waiting += block.children[::-1]
        if block.kind in _HOLD_LINKS and block.first >= 0:
            yield from _broken_in(document, block)


def _broken_in(document: ListDocument, block: Block) -> Iterator[Finding]:
    text = bytearray(document.raw[block.first : block.last])
    for inline in block.inlines:
        if inline.kind != "bare":
            start, end = inline.start - block.first, inline.end - block.first
            text[start:end] = b" " * (end - start)
    ticks, at = 0, 0
    for match in _BROKEN.finditer(text):
        ticks += text.count(b"`", at, match.start())
        at = match.start()
        if ticks % 2:
            continue  # in code, where people show how to write a link
        said = match.group().decode("utf-8", "replace")
        yield Finding(
            document.line(block.first + match.start()),
            ERROR,
            "broken-link",
            f"{said[:80]} was meant as a link and is none.",
            "Write [text](address): each bracket opened and closed, no blank between them.",
        )


def same_work(document: ListDocument) -> Iterator[Finding]:
    """A paper, a repository or a model on a hub that two entries link to, or one twice.

    No sentence is said of two findings: by it a curator's mark is found again.
    """
    things = dict(document.things)
    seen: dict[str, list[Address]] = defaultdict(list)
    for address, thing in things.items():
        if isinstance(thing, Link) and (identifier := identify(thing.url)) is not None:
            seen[str(identifier)].append(address)
    for work, addresses in seen.items():
        first, *others = addresses
        times, told = Counter([first[:-1]]), Counter[str]()
        for address in others:
            times[address[:-1]] += 1
            said = f"{name_of(things[address[:-1]])} links to {work}"
            said += _who_else(things, address[:-1], first[:-1], times[address[:-1]])
            told[said] += 1
            again = f", {in_words(told[said])}" if told[said] > 1 else ""
            yield Finding(
                line_of(document, things[address]),
                WARNING,
                "same-work",
                f"{said}{again}.",
                "Keep one of the two, unless both are meant.",
                line_of(document, things[first]),
            )


def _who_else(things: Mapping[Address, Thing], owner: Address, first: Address, times: int) -> str:
    """How the sentence goes on: with what tells the two apart."""
    if times > 1:
        return f" {in_words(times)}"
    if name_of(things[owner]) != name_of(things[first]):
        return f", and so does {name_of(things[first])}"
    here, there = place_of(owner, things), place_of(first, things)
    if here != there:
        return f" under {here} and under {there}"
    return f" in two places under {here}"
