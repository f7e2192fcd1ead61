"""The words between the title of a paper and its links: authors and venue."""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.places import Range

Word = tuple[str, Range, Range]
"""A key with its place among the words, without and with its marks."""

_YEAR: Final = re.compile(r"\d{4}|'\d\d")
_DATE: Final = re.compile(
    r"""(?: (?:\d{1,2}(?:st|nd|rd|th)?\s)?
            (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[.,]{0,2}\s
            (?:\d{1,2},?\s)? )?
        (?:19|20)\d\d (?:[-/.]\d{1,2}){0,2} | \d{1,2}/\d{1,2}/(?:19|20)\d\d""",
    re.VERBOSE,
)
_MOST_WORDS_OF_A_VENUE: Final = 6
_VENUES_WITHOUT_YEAR: Final = frozenset({"arxiv", "preprint", "under review"})
_BETWEEN_NAMES: Final = re.compile(r"[,;，、；&]|\band\b|\bet\.? al\b\.?|等")
_MOST_WORDS_OF_A_PERSON: Final = 5
# Words that are small in the middle of a name: `Cyprien de Masson d'Autume`.
_PARTICLES: Final = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "van", "von"}
)
# A person, `Ada M. Lin`, and neither a prize nor a journal.
_PERSON: Final = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z]\.)?\s[^\W\d_a-z][^\W\d_]+\.?")
_NO_PERSON: Final = re.compile(
    r"best|paper|award|oral|poster|spotlight|survey|review|nature|science|journal|letters"
    r"|communications|transactions|conference|proceedings|learning|systems",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"\\(?=[ \t]*\r?\n)|<br\s*/?>")
_LONGEST_BREAK: Final = len("<br />")
_EMPHASISED: Final = re.compile(
    r"(?<!\\)(?P<mark>[*_])(?![*_\s])(?P<inside>(?:[^*_\\]|\\.)+?)(?P=mark)(?![*_\w])"
)
# `*Ada Lin et al. arXiv.*`: both within the marks.
# Without a mark: `Ada Lin et al.`
_ET_AL: Final = re.compile(r"[^\W\d_][^*_<>()\[\]\n]{1,80}\bet\.? al\b")
_ET_AL_AND_VENUE: Final = re.compile(
    r"(?P<authors>[^\n]+\bet\.? al)(?:\.,?|,)\s+(?P<venue>[^\W\d_a-z][^,.\n]{1,60}|arXiv[^,.\n]*)"
)

# Behind authors on a line of its own: `[12th Sep., 2023] [Nature Medicine, 2023]`.
_DATE_AND_VENUE: Final = re.compile(
    r"\[(?P<released>[^\[\]\n]{4,20})\] \s? \[(?P<venue>[^\[\]\n]{2,80})\]", re.VERBOSE
)


def split_words(text: str) -> list[Word] | None:
    """Authors and venue of a paper: one of both is emphasised, or `et al.` ends the authors; else
    None.

    Each with its place in the text, without and with its marks.
    """
    found = _EMPHASISED.search(text)
    if found is None:
        alone = _stripped(text, 0, len(text))
        people = _ET_AL.fullmatch(text, *alone) if alone is not None else None
        return [("authors", alone, alone)] if people and alone and are_names(people[0]) else None
    if "](" in text or "\n\n" in text:
        return None
    start, end = found.span("inside")
    inside = (start, end - 1) if text[end - 1] == "." else (start, end)
    outer = found.span()
    before, behind = _stripped(text, 0, outer[0]), _stripped(text, outer[1], len(text))
    if before is not None and text[slice(*before)] == "by":
        before = None
    second = _EMPHASISED.search(text, outer[1]) if before is None else None
    if second is not None:
        if _stripped(text, second.end(), len(text)) or _stripped(text, outer[1], second.start()):
            return None
        return [("authors", inside, outer), ("venue", second.span("inside"), second.span())]
    if before is None:
        if behind is None and (both := _ET_AL_AND_VENUE.fullmatch(text, *inside)) is not None:
            authors, venue = both.span("authors"), both.span("venue")
            return [("authors", authors, (outer[0], authors[1])), ("venue", venue, venue)]
        if behind is not None:
            return [("authors", inside, outer), *_when_and_where(text, behind)]
        is_venue = _YEAR.search(text[slice(*inside)]) and "," not in text
        return [("venue" if is_venue else "authors", inside, outer)]
    return [("authors", before, before), ("venue", inside, outer)] if behind is None else None


def _when_and_where(text: str, span: Range) -> list[Word]:
    found = _DATE_AND_VENUE.fullmatch(text, *span)
    if found is None or fact_of(found["released"]) != "released":
        return [("venue", without_marks(text, span), span)]
    return [
        (key, found.span(key), (found.start(key) - 1, found.end(key) + 1))
        for key in ("released", "venue")
    ]


def are_authors_and_venue(text: str) -> bool:
    """Whether a line says, without doubt, who wrote it and where: `*A, B.* ACL'25`."""
    found = split_words(text)
    if found is None or [key for key, _, _ in found] != ["authors", "venue"]:
        return False
    (_, authors, outer), (_, venue, _) = found
    return (
        outer[0] == 0 < authors[0]
        and "," in text[slice(*authors)]
        and fact_of(text[slice(*venue)]) == "venue"
        and "\n" not in text
    )


def is_venue(text: str) -> bool:
    """Whether a few words say, without doubt, where something was published: most have a year."""
    if text.casefold() in _VENUES_WITHOUT_YEAR:
        return True
    return _YEAR.search(text) is not None and len(text.split()) <= _MOST_WORDS_OF_A_VENUE


def are_names(words: str) -> bool:
    """Whether words without a mark can be those who wrote something: `Ada Lin, OpenAI`.

    Among several a name may have a slip; one alone is told from other words by nothing else.
    """
    names = [name for part in _BETWEEN_NAMES.split(words) if (name := part.strip(" ."))]
    found = sum(map(_is_of_somebody, names))
    return found > 0 and len(names) - found <= len(names) // 4


def _is_of_somebody(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MOST_WORDS_OF_A_PERSON
        and all(
            word in _PARTICLES or not (word[0].islower() and word[1:2] != "'") for word in words
        )
        and not any(map(str.isdigit, name))
    )


def is_person(words: str) -> bool:
    """Whether words without a mark are the name of one person: `Ada M. Lin`."""
    return _PERSON.fullmatch(words) is not None and _NO_PERSON.search(words) is None


def without_marks(text: str, span: Range) -> Range:
    """A value without the ticks or the brackets round the whole of it."""
    start, end = span
    inside, marks = text[start + 1 : end - 1], text[start] + text[end - 1]
    is_marked = marks in ("``", "()", "[]") and not any(mark in inside for mark in marks)
    return (start + 1, end - 1) if is_marked and inside.strip() == inside != "" else span


def fact_of(text: str) -> str:
    """What a few words say: "venue", or "released" if they are but a date; mostly ""."""
    if _DATE.fullmatch(text):
        return "released"
    return "venue" if is_venue(text) else ""


def _stripped(text: str, start: int, end: int) -> Range | None:
    """The range without blanks, separators and breaks at its ends; None if nothing is left."""
    while start < end:
        found = _BREAK.match(text, start, end)
        if found is None and not text[start].isspace() and text[start] not in ".,;:-–—|":
            break
        start = found.end() if found is not None else start + 1
    while end > start:
        found = _break_before(text, start, end)
        if found is None and not text[end - 1].isspace() and text[end - 1] not in ".,;|":
            break
        end = found.start() if found is not None else end - 1
    return (start, end) if start < end else None


def _break_before(text: str, start: int, end: int) -> re.Match[str] | None:
    if text[end - 1] == "\\":
        return _BREAK.match(text, end - 1)
    at = text.rfind("<br", max(start, end - _LONGEST_BREAK), end) if text[end - 1] == ">" else -1
    found = _BREAK.match(text, at, end) if at >= 0 else None
    return found if found is not None and found.end() == end else None


def bytes_of(span: Range, text: str, inner: Range) -> Range:
    """The bytes of a range of characters in the text that stands in `span`."""
    at, (start, end) = span[0], inner
    if len(text) == span[1] - at:  # a byte for each character
        return at + start, at + end
    at += len(text[:start].encode())
    return at, at + len(text[start:end].encode())
