"""The words between the title of a paper and its links: authors and venue."""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.places import Span

_YEAR: Final = re.compile(r"\d{4}|'\d\d")
_MOST_WORDS_OF_A_VENUE: Final = 6
_EMPHASISED: Final = re.compile(r"(?P<mark>[*_])(?![*_\s])(?P<inside>[^*_]+?)(?P=mark)(?![*_\w])")


def split_words(text: str) -> list[tuple[str, Span, Span]] | None:
    """Authors and venue of a paper: one of both is emphasised; None if neither is.

    Each with its place in the text, without and with its marks.
    """
    found = _EMPHASISED.search(text)
    if found is None or "](" in text or "\n\n" in text:
        return None
    inside = Span(*found.span("inside"))
    if text[inside.end - 1] == ".":
        inside = Span(inside.start, inside.end - 1)
    outer = Span(*found.span())
    before, behind = _stripped(text, 0, outer.start), _stripped(text, outer.end, len(text))
    second = _EMPHASISED.search(text, outer.end) if before.start == before.end else None
    if second is not None:
        rest = _stripped(text, second.end(), len(text))
        if (
            rest.start != rest.end
            or _stripped(text, outer.end, second.start())[0] != second.start()
        ):
            return None
        venue = Span(*second.span("inside"))
        return [("authors", inside, outer), ("venue", venue, Span(*second.span()))]
    if before.start == before.end and behind.start == behind.end:
        is_venue = _YEAR.search(text[slice(*inside)]) and "," not in text
        return [("venue" if is_venue else "authors", inside, outer)]
    if before.start == before.end:
        return [("authors", inside, outer), ("venue", behind, behind)]
    if behind.start == behind.end:
        return [("authors", before, before), ("venue", inside, outer)]
    return None


def are_authors_and_venue(text: str) -> bool:
    """Whether a line of its own says, without doubt, who wrote it and where: `*A, B.* ACL'25`."""
    found = split_words(text)
    if found is None or [key for key, _, _ in found] != ["authors", "venue"]:
        return False
    (_, authors, outer), (_, venue, _) = found
    where = text[slice(*venue)]
    return (
        outer.start == 0 < authors.start
        and "," in text[slice(*authors)]
        and _YEAR.search(where) is not None
        and len(where.split()) <= _MOST_WORDS_OF_A_VENUE
        and "\n" not in text
    )


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ".,;:-–—|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;|"):
        end -= 1
    return Span(start, end) if start < end else Span(end, end)


def bytes_of(span: Span, text: str, inner: Span) -> Span:
    """The bytes of a range of characters in the text that stands in `span`."""
    if len(text) == span.end - span.start:  # a byte for each character
        return Span(span.start + inner.start, span.start + inner.end)
    start = span.start + len(text[: inner.start].encode())
    return Span(start, start + len(text[slice(*inner)].encode()))
