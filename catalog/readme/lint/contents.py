"""The table of contents against the headings, and addresses that lead nowhere on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

from catalog.readme.blocks import Inline
from catalog.readme.document import ListDocument
from catalog.readme.html_headings import ids_within
from catalog.readme.lint.findings import ERROR, WARNING, Finding
from catalog.readme.source import plain_text

_REFRESH: Final = "Add it, or let `lint_readme --fix` do it."


def missing(document: ListDocument) -> Iterator[Finding]:
    """A section that no line of the contents leads to, where most have one."""
    listed = set(_targets(document))
    sections = [s for s in document.sections if s.place is not None]
    absent = [s for s in sections if s.place is not None and s.place.marker not in listed]
    if not document.contents or len(absent) * 2 > len(sections):
        return
    for section in absent:
        assert section.place is not None
        yield Finding(
            document.line(section.place.start),
            WARNING,
            "contents-missing",
            f"{section.name} is missing from the contents.",
            _REFRESH,
            about=plain_text(section.name),
        )


def in_another_order(document: ListDocument) -> Iterator[Finding]:
    """A line of the contents whose section stands before that of the line above it."""
    starts = [
        (line, document.anchors[line.anchor])
        for line in document.contents
        if line.anchor in document.anchors
    ]
    for (_, above), (line, start) in pairwise(starts):
        if start < above:
            name = document.raw[line.text.start : line.text.end].decode()
            yield Finding(
                document.line(line.lines.start),
                WARNING,
                "contents-order",
                f"{name} stands further up in the list than in the contents.",
                "Put the contents into the order of the list.",
            )


def dead_anchors(document: ListDocument, inlines: Iterable[Inline]) -> Iterator[Finding]:
    """An address within the page that no heading and no HTML anchor answers to."""
    answering = document.anchors.keys() | set(ids_within(document.text))
    for inline in inlines:
        target = inline.url
        if inline.kind == "image" or not target.startswith("#") or len(target) < 2:
            continue
        anchor = unquote(target[1:]).removeprefix("user-content-")
        if anchor in answering:
            continue
        is_near = anchor.lower() in answering  # some places fold the letters, some do not
        yield Finding(
            document.line(inline.start),
            WARNING if is_near else ERROR,
            "dead-anchor",
            f"{target} leads to no heading{', unless in small letters' if is_near else ''}.",
            f"Write #{anchor.lower()}."
            if is_near
            else "Write the anchor of the heading that is meant, or take the link away.",
        )


def _targets(document: ListDocument) -> Iterator[int]:
    for line in document.contents:
        start = document.anchors.get(line.anchor)
        if start is not None:
            yield start
