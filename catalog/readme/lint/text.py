"""What spoils the text itself: conflict markers, its size, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.document import ListDocument
from catalog.readme.lint.findings import ERROR, HINT, WARNING, Finding
from catalog.readme.source import unmarked

# Seven equals signs are no sign of a conflict: they underline a heading, too.
_CONFLICT_MARKER: Final = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
GITHUB_CUT: Final = 512_000
"""GitHub shows so many bytes of a README, and nothing of the rest."""
_VARIATION: Final = "\ufe0f"


def lines_with_conflict_marker(raw: bytes) -> Iterator[int]:
    """The numbers of the lines that a merge of git has left behind."""
    line, at = 1, 0
    for match in _CONFLICT_MARKER.finditer(raw):
        line += raw.count(b"\n", at, match.start())
        at = match.start()
        yield line


def conflict_markers(document: ListDocument) -> Iterator[Finding]:
    for line in lines_with_conflict_marker(document.raw):
        yield Finding(
            line,
            ERROR,
            "conflict-marker",
            "This line is a conflict marker.",
            "Finish the merge: keep one side, or both, and take the markers away.",
        )


def size(document: ListDocument) -> Iterator[Finding]:
    """A list that GitHub shows only in part, or soon will."""
    bytes_ = len(document.raw)
    if bytes_ * 10 < GITHUB_CUT * 9:
        return
    is_cut = bytes_ > GITHUB_CUT
    yield Finding(
        document.line(min(bytes_, GITHUB_CUT)),
        ERROR if is_cut else HINT,
        "size",
        f"The list has {bytes_:,} bytes; GitHub shows the first {GITHUB_CUT:,}.",
        "Split the list, or shorten its badges.",
    )


def headings(document: ListDocument, blocks: Iterable[Block]) -> Iterator[Finding]:
    """A second title, or a heading that skips a level: readers and screen readers lose the way."""
    heads = [block for block in blocks if block.kind == "heading"]
    titles = [block for block in heads if block.level == 1]
    if len(titles) > 1 and document.section_level > 1:
        for block in titles[1:]:
            yield Finding(
                document.line(block.start),
                HINT,
                "second-title",
                "A list has one title; this heading is of the same level.",
                "Give it two hashes.",
            )
    for above, block in pairwise(heads):
        if block.level > above.level + 1:
            yield Finding(
                document.line(block.start),
                HINT,
                "heading-level",
                f"A heading of level {block.level} stands below one of level {above.level}.",
                "Go down one level at a time.",
            )


def invisible_in_headings(document: ListDocument) -> Iterator[Finding]:
    """An emoji's invisible U+FE0F stays in the anchor, and nobody who writes a link knows."""
    for start, text in document.headings:
        heading = document.raw[text.start : text.end].decode()
        if _VARIATION in heading:
            yield Finding(
                document.line(start),
                WARNING,
                "invisible-character",
                f"The heading “{unmarked(heading)}” holds the invisible character U+FE0F, "
                "and so does its anchor.",
                "Take the character away, and mend the links to this heading.",
            )
