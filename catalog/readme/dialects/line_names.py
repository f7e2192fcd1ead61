"""The name at the begin of a line: a link, in bold, behind a source or a short name, or plain."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects.authors import Word, bytes_of, fact_of
from catalog.readme.dialects.names import is_name, marked
from catalog.readme.dialects.plain_names import split_name
from catalog.readme.dialects.published import are_people, split_citation
from catalog.readme.dialects.runs import (
    Context,
    Standing,
    are_in_brackets,
    as_own,
    behind_images,
    first_link,
    read_link,
    read_run,
    say_kinds,
    trimmed_end,
)
from catalog.readme.meaning import Link
from catalog.readme.places import Part, Range
from catalog.readme.reading import Reading
from catalog.readme.source import plain_text

_IS_DATE: Final = re.compile(r"\d{1,4}\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?|月)?")
_DATE_AND_COLON: Final = re.compile(r"(?P<date>(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2})\s?[:：]\s*")
_ICONS: Final = re.compile(r"[^\w\[\]()*_`<\"'“「]{1,8}")
_LEAD: Final = re.compile(
    r"""[^\w\[\]()*_`<"'“「]{0,8} (?P<outer> (?P<around>[*_]{0,2}) [\[(（【] (?P<mark>[*_]{0,2})
        (?P<value>[^\[\]()*_\n]{1,60}) (?P=mark) [\])）】] (?P=around) ) \s* (?![(:])""",
    re.VERBOSE,
)
# `(NAACL 2022) [Vision and language (VLP)] **Title**`, `(2023-02-14) [Stephen Wolfram] **Title**`.
_SECOND: Final = re.compile(r"\[(?P<value>[^\[\]*_\s][^\[\]*_\n]{0,80})\]\s*(?=\*\*|__)")
_BEFORE_ENDING: Final = re.compile(rb"(?:[\s\].,)]|<br\s*/?>|\\(?=[ \t]*\r?\n))*")
_CLOSING: Final = re.compile(rb"\]{1,2}")
_BRACKETED: Final = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_SHORT_BEHIND: Final = re.compile(
    r"(?P<dash>[-–—]\s+)(?P<mark>[*_]{1,3})(?P<name>[^*_\n]{1,60})(?P=mark)"
)
_LONGEST_SHORT_NAME: Final = 80
_MOST_WORDS_OF_A_SHORT_NAME: Final = 4
_SHORT_NAME: Final = re.compile(
    r"(?P<marked>(?:<(?P<tag>u|b|i|ins|mark)>)?(?P<name>[^\W_][^<>*\[\]()]*?)(?(tag)</(?P=tag)>))\s*:?\s*"
)
_LONGEST_AUTHORS: Final = 700


def date_of_link(before: str) -> str:
    """The date that stands alone before a link, `2023-05: [Title](url)`; else nothing."""
    found = _DATE_AND_COLON.fullmatch(before)
    return "" if found is None else found["date"]


class NamedLine:
    """A paragraph while it is read, from its begin to its end."""

    def __init__(self, reading: Reading, text: Block, context: Context) -> None:
        self.reading = reading
        self.raw = reading.raw
        self.context = context
        start, marker, first, end, _, label = context
        self.titled = (start, marker, first, end, "title", label)
        """The context of links whose titles say their kinds."""
        self.inlines = text.inlines
        self.at = text.first
        self.end = text.last
        self.name = ""
        self.name_span: Range | None = None
        self.note = ""
        self.facts: list[tuple[str, str]] = []
        self.read: list[Link] = []
        self.parts: list[Part] = []
        self.is_linked = False
        """Whether the name is a link."""
        self.is_cited = False
        """Whether those who wrote it stand before the name: then its venue stands behind it."""
        self.done = 0
        """How many of the inlines are read."""
        self._pass_pictures()
        self.first = first_link(self.inlines)

    # Its name.

    def _pass_pictures(self) -> None:
        """Pictures at the begin of the line stay what they are.

        No record would know where one leads, if no other link of the line leads there as well.
        """
        passed = 0
        for inline in self.inlines:
            if inline.start != self.at or not self.reading.is_picture(inline):
                break
            behind = self.inlines[passed + 1 :]
            leads_away = inline.kind != "image" and inline.url.strip("#")
            if leads_away and all(one.url != inline.url for one in behind):
                break
            self.parts.append(Part("other", inline.start, inline.start, inline.end, inline.end))
            passed += 1
            self.at = self.reading.trim(inline.end, self.end)[0]
        self.inlines = self.inlines[passed:]

    def read_name(self) -> bool:
        """The name at the begin of the line, with its own link if it is one."""
        raw, at = self.raw, self.at
        if self.first is not None and self.first.start == at:
            return self._read_linked_name(self.first, at)
        first = self.first.start if self.first is not None else self.end
        at = self._read_lead(at, first)
        if _ICONS.fullmatch(self.reading.text(at, first).lstrip("*_ ").rstrip()):
            while raw[at : at + 1] not in (b"*", b"_") and at < first:
                at += 1
        if self.first is not None and raw[at:first].strip(b'*_"') == b"":
            return self._read_linked_name(self.first, at)
        at = self._read_before_title(at, first)
        if raw[at : at + 2] in (b"**", b"__"):
            closing = raw.find(raw[at : at + 2], at + 2, first)
            if closing > 0 and is_name(inside := self.reading.text(at + 2, closing)):
                name = inside.strip().rstrip(".:：").rstrip()
                start = raw.index(name.encode(), at + 2, closing)
                where = (start, start + len(name.encode()))
                self._set_name(name, where, (at, closing + 2))
                return bool(plain_text(name))
        return self._read_plain_name(at, first)

    def _read_lead(self, at: int, first: int) -> int:
        """Read what stands in brackets before the name; gives where that begins.

        Before a link or a name in bold it is a date, or where the entry is from. Brackets may
        belong to other words: before those it must say when or where it was published.
        """
        text = self.reading.text(at, first)
        if (dated := date_of_link(text)) and self.inlines == [self.first]:
            end = at + len(dated.encode())
            self._add_text("released", dated, (at, end), (at, end))
            return first
        lead = _LEAD.match(text)
        if lead is None or not (value := lead["value"].strip()):
            return at
        key, behind = fact_of(value), text[lead.end() :]
        if not behind.strip("*_ ") or behind[:2] in ("**", "__"):
            key = "released" if _IS_DATE.fullmatch(value) else key or "source"
        elif not key or not behind.strip('*_"[( ') or not say_kinds(self.reading, self._links()[0]):
            return at
        start = lead.start("value") + len(lead["value"]) - len(lead["value"].lstrip())
        inner = bytes_of((at, first), text, (start, start + len(value)))
        self._add_text(key, value, inner, bytes_of((at, first), text, lead.span("outer")))
        at += len(lead.group().encode())
        return at if key == "source" else self._read_second(key, at, first)

    def _read_second(self, key: str, at: int, first: int) -> int:
        """Read further brackets: behind a date where the entry is from, else what it is about."""
        text = self.reading.text(at, first)
        second = _SECOND.match(text)
        if second is None:
            return at
        inner = bytes_of((at, first), text, second.span("value"))
        outer = bytes_of((at, first), text, (0, text.index("]") + 1))
        key = "source" if key == "released" else "keywords"
        self._add_text(key, second["value"], inner, outer)
        return at + len(second.group().encode())

    def _read_before_title(self, at: int, first: int) -> int:
        """Read what stands before a title in bold; gives where that begins."""
        title = self.raw.find(b"**", at, first)
        if title <= at or title - at > _LONGEST_AUTHORS:
            return at
        text = self.reading.text(at, title)
        if _ICONS.fullmatch(text) is not None:
            return title
        cited = split_citation(text)
        words = cited or self._short_name_in(text)
        if not words or not say_kinds(self.reading, self._links()[0]):
            return at
        for key, inner, outer in words:
            value = text[slice(*inner)]
            self._add_text(
                key, value, bytes_of((at, title), text, inner), bytes_of((at, title), text, outer)
            )
        self.is_cited = any(key == "authors" for key, _, _ in cited)
        return title

    def _short_name_in(self, text: str) -> list[Word]:
        """What a paper is called for short: `T5: **Title**`."""
        short = _SHORT_NAME.fullmatch(text) if len(text) <= _LONGEST_SHORT_NAME else None
        if short is None or len(short["name"].split()) > _MOST_WORDS_OF_A_SHORT_NAME:
            return []
        name = short["name"]
        if name[-1] in ".," or are_people(name, 2) or titles.meant_by(name) is not None:
            return []
        return [("short name", short.span("name"), short.span("marked"))]

    def _read_linked_name(self, link: Inline, at: int) -> bool:
        one = read_link(self.reading, *self._from(self.inlines.index(link)), self.context)
        if one is None:
            return False
        own, start, end = one
        if not is_name(own.title) or own.title == own.url:
            return False
        marks = start - at
        if marks > 0 and self.raw[end : end + 1] in (b".", b":"):
            end += self.raw.startswith(self.raw[at:start], end + 1)
        if marks > 0 and self.raw[end : end + marks] == self.raw[at:start]:
            one = Standing(own, at, end + marks)
        elif marks > 0 and self.raw[at:start].strip(b"*_") == b"":
            return False
        self.name = own.title
        self.name_span = self.reading.trim(link.inner_start, link.inner_end)
        self.parts.append(one.part("name", 0))
        self.read.append(as_own(own))
        self.is_linked = True
        self.at = one.end
        return True

    def _read_plain_name(self, at: int, first: int) -> bool:
        """Words before links whose titles say what they are, as in `GPT-2 [paper] [code]`."""
        links, _ = self._links()
        ahead = self._before_words(links, first)
        if not ahead and not (links and say_kinds(self.reading, links)):
            return False
        end = trimmed_end(self.raw, at, first)
        outer, inner = marked(self.raw, at, end)
        if self.raw.startswith(b"**", at) and self.raw.endswith(b"**", first, self.end):
            self.end -= 2  # all of the line is in bold
            inner = (at + 2, end)
        text = self.reading.text(*inner)
        words = split_name(
            text,
            may_be_long=are_in_brackets(self.raw, ahead or links) or bool(self.facts),
            is_ended=self.raw[end : end + 1] == b"." and not self.facts,
        )
        if words is None:
            return False
        are_to_come = len(words) > 1 and not any(one.url.strip("#") for one in links)
        if not (ahead or are_to_come or self._end_line(links, first)):
            return False
        for key, within, around in words:
            where, whole = bytes_of(inner, text, within), bytes_of(inner, text, around)
            if key == "name":
                start = outer[0] if around[0] == 0 else whole[0]
                stop = outer[1] if around == (0, len(text)) else whole[1]
                self._set_name(text[slice(*within)], where, (start, stop))
            else:
                self._add_text(key, text[slice(*within)], where, whole)
        return True

    def _end_line(self, links: list[Inline], first: int) -> bool:
        """Whether nothing but an ending stands between and behind these links."""
        last = next(one for one in reversed(links) if one.kind != "image")
        ending = self.ending(last.end)
        stop = min(self._links()[1], self.end) if ending is None else ending.outer_start
        return bool(read_run(self.reading, links, first, stop, self.titled))

    def _before_words(self, links: list[Inline], first: int) -> list[Inline]:
        """The links in brackets, the first of a kind, that stand right before further words."""
        ahead = list(takewhile(lambda one: are_in_brackets(self.raw, [one]), links))
        if not ahead:
            return []
        title = self.reading.text(ahead[0].inner_start, ahead[0].inner_end)
        if titles.kind_of_title(plain_text(title)) is None:
            return []
        closing = _CLOSING.match(self.raw, ahead[-1].end, self.end)
        end = ahead[-1].end if closing is None else closing.end()
        return ahead if read_run(self.reading, ahead, first, end, self.titled) else []

    def _set_name(self, name: str, inner: Range, outer: Range) -> None:
        start, self.at = outer
        self.parts.append(Part("name", start, *inner, self.at))
        self.name, self.name_span = name, inner

    def _add_text(self, key: str, value: str, inner: Range, outer: Range) -> None:
        start, self.at = outer
        self.parts.append(Part(key, start, *inner, self.at))
        if key == "note":
            self.note = value
        else:
            self.facts.append((key, " ".join(value.split())))

    def _from(self, number: int) -> tuple[list[Inline], int]:
        """An inline with the images behind it, and where the one after them begins."""
        behind = behind_images(self.inlines, number)
        limit = self.inlines[behind].start if behind < len(self.inlines) else self.end
        return self.inlines[number:behind], limit

    def ending(self, at: int) -> Part | None:
        """Words behind the last link: in brackets a date or a short name, `(**GPT-2**)`, else a
        venue."""
        raw, end = self.raw, min(self.end, self._links()[1])
        before = _BEFORE_ENDING.match(raw, at, end)
        at = before.end() if before is not None else at
        if at >= end:
            return None
        text = self.reading.text(at, end)
        if raw[at] != 0x28:
            venue = text.rstrip(" .,;\n")
            end = at + len(venue.encode())
            if (short := _SHORT_BEHIND.fullmatch(venue)) is not None:
                inner = bytes_of((at, end), venue, short.span("name"))
                return Part("short name", at + len(short["dash"].encode()), *inner, end)
            key = fact_of(venue)
            return Part(key, at, at, end, end) if key else None
        bracketed = _BRACKETED.match(text)
        if bracketed is None or text[bracketed.end() :].strip(" .`"):
            return None
        last = at + len(bracketed.group().encode())
        start, end = self.reading.trim(at + 1, last - 1)
        _, inner = marked(raw, start, end)
        is_date = _IS_DATE.fullmatch(self.reading.text(*inner)) is not None
        key = "released" if is_date else "short name"
        return Part(key, at, *inner, last) if start < end else None

    def _links(self) -> tuple[list[Inline], int]:
        """The links and images without the pictures at the end, and where those begin."""
        links, behind = list(self.inlines), self.end
        while links and self.reading.is_picture(links[-1]):
            behind = links.pop().start
        return links, behind
