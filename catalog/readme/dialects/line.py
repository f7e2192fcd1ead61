"""One line, or the few lines of one item, that say all of an entry: flat, paper and labelled lists.

    - [name](url), [code](url) - A note, [demo](url)
    1. **Title**. *Authors*. Venue. [[pdf](url)] [[code](url)] (**GPT-2**)
    - [name](url)
      - A note.
      - Keyword: alignment

A line is its name, links right behind it, a text, links at its end, and what its own lines below
it say. Each is a part with its bytes; what stands between the parts says nothing.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from catalog import titles
from catalog.readme.dialects.authors import bytes_of, split_words
from catalog.readme.dialects.names import is_name, marked
from catalog.readme.dialects.prose import is_prose
from catalog.readme.dialects.runs import (
    Context,
    as_own,
    is_between,
    read_link,
    read_run,
    span_of_title,
    trimmed_end,
)
from catalog.readme.meaning import Link
from catalog.readme.places import Part, Span
from catalog.readme.reading import BLANK_CHARACTERS, BLANKS, Reading, holds_block
from catalog.readme.source import Block, Inline, plain_text

_BEFORE_TEXT: Final = re.compile(
    rb"(?: \s | -{1,3}(?=[\s\[]) | \xe2\x80[\x92-\x95] | \xef\xbc\x9a | \xef\xbc\x8c | \xe2\x86\x92"
    rb"| [:|,;.>~](?=\s) | => | <br\s*/?> | <!--(?:(?!-->).)*--> | [-:](?=\w) )*",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# No line has more links at its end, and prose with many must not be tried from each of them.
_MOST_AT_END: Final = 12
_END: Final = re.compile(rb"[\s.,;\xe3\x80\x82]*\Z")
_LEAD: Final = re.compile(
    r"(?:[\[(（【](?P<source>[^\[\]()]{1,60})[\])）】]|[^\w\[\]()*_`<\"'“「]{1,8})\s*"
)
_DATED: Final = re.compile(
    r"[\[(*_【]*(?P<date>\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}日?|月)?)[\])*_】]*\s*[:：,，-]?\s*"
)
_BRACKETED: Final = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")


class Said(NamedTuple):
    """What a line says."""

    name: str
    name_span: Span
    note: str
    facts: list[tuple[str, str]]
    links: list[Link]
    parts: list[Part]


class _Line:
    """A paragraph while it is read, from its begin to its end."""

    def __init__(self, reading: Reading, text: Block, context: Context) -> None:
        self.reading = reading
        self.raw = reading.raw
        self.context = Context(
            context.start, context.marker, context.text, context.end, "title", context.label
        )
        self.plain = context
        self.inlines = text.inlines
        self.links = [one for one in text.inlines if one.kind != "image"]
        self.at = text.first
        self.end = text.last
        self.said = Said("", Span(0, 0), "", [], [], [])

    # Its name.

    def read_name(self) -> bool:
        """The name at the begin of the line, with its own link if it is one."""
        raw, at = self.raw, self.at
        first = self.links[0].start if self.links else self.end
        lead = _LEAD.fullmatch(self.reading.text(at, first).lstrip("*_ ")) if first > at else None
        if lead is not None and lead["source"] and lead["source"].strip():
            value = lead["source"].strip()
            start = raw.index(value.encode(), at, first)
            self._add_text("source", value, Span(start, start + len(value.encode())))
            at = first
            while raw[at - 1 : at] in (b"*", b"_"):
                at -= 1
        elif lead is not None and not lead["source"]:
            while raw[at : at + 1] not in (b"*", b"_") and at < first:
                at += 1
        if self.links and raw[at:first].strip(b'*_"') == b"":
            return self._read_linked_name(at)
        if raw[at : at + 2] in (b"**", b"__"):
            closing = raw.find(raw[at : at + 2], at + 2, first)
            if closing > 0 and is_name(inside := self.reading.text(at + 2, closing)):
                name = inside.strip().rstrip(".:：")
                start = raw.index(name.encode(), at + 2, closing)
                span = Span(start, start + len(name.encode()))
                self._set_name(name, span, Span(at, closing + 2))
                return bool(plain_text(name))
        return self._read_plain_name(at, first)

    def _read_linked_name(self, at: int) -> bool:
        link = self.links[0]
        one = read_link(
            self.reading,
            self._with_images(link),
            self._limit(link),
            self.plain,
        )
        if one is None:
            return False
        own, part = one
        if not is_name(own.title) or own.title == own.url:
            return False
        outer_start, outer_end = part.outer_start, part.outer_end
        marks = outer_start - at
        if marks > 0 and self.raw[outer_end : outer_end + marks] == self.raw[at:outer_start]:
            outer_start, outer_end = at, outer_end + marks
        elif marks > 0 and self.raw[at:outer_start].strip(b"*_") == b"":
            return False
        self._add_link(as_own(own), Part("name", outer_start, part.start, part.end, outer_end))
        self.said = self.said._replace(name=own.title, name_span=span_of_title(self.reading, own))
        self.links = self.links[1:]
        return True

    def _read_plain_name(self, at: int, first: int) -> bool:
        """Words before links whose titles say what they are, as in `GPT-2 [paper] [code]`."""
        if not self.links:
            return False
        raw = self.raw
        end = trimmed_end(raw, at, first)
        outer, inner = marked(raw, at, end)
        name = self.reading.text(*inner)
        if not is_name(name) or is_prose(name) or not self._are_named_by_kind(self.links):
            return False
        if read_run(self.reading, self.links, end, self.end, self.context) is None:
            return False
        self._set_name(name, inner, outer)
        return bool(plain_text(name))

    def _set_name(self, name: str, inner: Span, outer: Span) -> None:
        self.said.parts.append(Part("name", outer.start, *inner, outer.end))
        self.said = self.said._replace(name=name, name_span=inner)
        self.at = outer.end

    # Links.

    def _add_link(self, link: Link, part: Part) -> None:
        key, outer_start, start, end, outer_end, _ = part
        number = len(self.said.links)
        self.said.parts.append(Part(key, outer_start, start, end, outer_end, number))
        self.said.links.append(link)
        self.at = part.outer_end

    def read_links(self) -> None:
        """The links right behind the name, and images there, which stay as they are."""
        while True:
            inline = self._next()
            if inline is None or not is_between(self.raw, self.at, inline.start):
                return
            if self._is_picture(inline):
                self._add_image(inline)
                self.links = [link for link in self.links if link.start >= self.at]
                continue
            limit = self._limit(inline)
            one = read_link(self.reading, self._with_images(inline), limit, self.context)
            if one is None:
                return
            self._add_link(*one)
            self.links = [link for link in self.links if link.start >= self.at]

    def _is_picture(self, inline: Inline) -> bool:
        """Whether a reader sees nothing but an image, linked or not."""
        if inline.kind == "image":
            return True
        inside = self.reading.text(inline.inner_start, inline.inner_end)
        return inline.has_image and not plain_text(inside)

    def _add_image(self, image: Inline) -> None:
        part = Part("other", image.start, image.start, image.end, image.end)
        self.said.parts.append(part)
        self.at = image.end

    def _next(self) -> Inline | None:
        return next((one for one in self.inlines if one.start >= self.at), None)

    def _with_images(self, link: Inline) -> list[Inline]:
        index = self.inlines.index(link)
        behind = index + 1
        while behind < len(self.inlines) and self.inlines[behind].kind == "image":
            behind += 1
        return self.inlines[index:behind]

    def _limit(self, link: Inline) -> int:
        index = self.inlines.index(link)
        return self.inlines[index + 1].start if index + 1 < len(self.inlines) else self.end

    # The text, and the links at the end.

    def read_text(self) -> None:
        """All that is left: a note, authors and venue; behind them links that end the line."""
        raw = self.raw
        tail, end = self._tail()
        start = self.at
        while True:
            behind = _BEFORE_TEXT.match(raw, start, end)
            start = behind.end() if behind is not None else start
            image = next((one for one in self.inlines if one.start == start), None)
            if image is None or not self._is_picture(image) or image.end > end:
                break
            self._add_image(image)
            start = image.end
        stop = end
        if tail:
            stop = trimmed_end(raw, start, end)
        while stop > start and raw[stop - 1] in BLANKS:
            stop -= 1
        if stop > start:
            self._read_words(Span(start, stop), is_paper=bool(tail) or not self._is_linked())
        for link, part in tail:
            self._add_link(link, part._replace(key="tail"))
        self._read_ending()

    def _is_linked(self) -> bool:
        return any(not link.title for link in self.said.links)

    def _tail(self) -> tuple[list[tuple[Link, Part]], int]:
        """The links at the end of the line, and where they begin."""
        raw = self.raw
        ending = self.end
        bracket = raw.rfind(b"(", self.at, self.end)
        rest = [one for one in self.inlines if one.start >= self.at][-_MOST_AT_END:]
        last = next((one for one in reversed(rest) if one.kind != "image"), None)
        if last is None:
            return [], ending
        if bracket >= last.end and (found := self._ending(last.end)) is not None:
            ending = found.start
        for index, inline in enumerate(rest):
            if inline.kind == "image":
                continue
            run = read_run(self.reading, rest[index:], inline.start, ending, self.context)
            if run is not None:
                first = run[0][1].outer_start
                if self._are_named_by_kind(rest[index:]) or self._is_apart(run):
                    return run, first
        return [], self.end

    def _are_named_by_kind(self, links: list[Inline]) -> bool:
        """Whether each title says a kind, or stands in brackets of its own."""
        for link in links:
            if link.kind == "image":
                continue
            title = self.reading.text(link.inner_start, link.inner_end)
            if self.raw[link.start - 1 : link.start] == b"[":
                continue
            if titles.kind_of_title(plain_text(title)) is None:
                return False
        return True

    def _is_apart(self, run: list[tuple[Link, Part]]) -> bool:
        return all(part.outer_start < part.start for _, part in run)

    def _ending(self, at: int) -> Span | None:
        """Words in brackets behind the last link."""
        raw = self.raw
        while at < self.end and raw[at : at + 1] in (b" ", b"]", b".", b",", b"\t", b")"):
            at += 1
        text = self.reading.text(at, self.end)
        bracketed = _BRACKETED.match(text)
        if bracketed is None or text[bracketed.end() :].strip(" .`"):
            return None
        return Span(at, at + len(bracketed.group().encode()))

    def _read_ending(self) -> None:
        """`(**GPT-2**)` behind the links of a paper: what it is called for short."""
        span = self._ending(self.at) if self.said.links else None
        if span is None:
            return
        raw = self.raw
        start, end = self.reading.trimmed(span.start + 1, span.end - 1)
        outer, inner = marked(raw, start, end)
        if inner.end > inner.start and outer.end:
            part = Part("short name", span.start, *inner, span.end)
            self.said.parts.append(part)
            self.said.facts.append(("short name", self.reading.text(*inner)))
            self.at = span.end

    def _read_words(self, span: Span, *, is_paper: bool) -> None:
        text = self.reading.text(*span)
        if is_paper and (found := split_words(text)) is not None:
            for key, inner, outer in found:
                value = text[slice(*inner)]
                self._add_text(key, value, bytes_of(span, text, inner), bytes_of(span, text, outer))
            return
        if self.said.note or holds_block(text):
            return
        note = "\n".join(line.strip(BLANK_CHARACTERS) for line in text.split("\n"))
        self.said = self.said._replace(note=note)
        self.said.parts.append(Part("note", span.start, *span, span.end))
        self.at = span.end

    def _add_text(self, key: str, value: str, inner: Span, outer: Span | None = None) -> None:
        outer = outer or inner
        self.said.parts.append(Part(key, outer.start, *inner, outer.end))
        self.said.facts.append((key, " ".join(value.split())))
        self.at = outer.end

    def is_whole(self) -> bool:
        """Whether nothing is left but an end."""
        return _END.match(self.raw, self.at, self.end) is not None


def read_line(reading: Reading, text: Block, context: Context) -> Said | None:
    """What a paragraph says of one entry; None if it is prose."""
    if text.first < 0 or len(text.inlines) > 200:
        return None
    line = _Line(reading, text, context)
    if not line.read_name():
        return _read_dated(reading, text)
    line.read_links()
    line.read_text()
    return line.said if line.is_whole() else None


def _read_dated(reading: Reading, text: Block) -> Said | None:
    """News: a date, and a sentence about it."""
    words = reading.text(text.first, text.last)
    dated = _DATED.match(words)
    if dated is None or not words[dated.end() :].strip():
        return None
    name = bytes_of(Span(text.first, text.last), words, Span(*dated.span("date")))
    marks = words[: dated.start("date")]
    outer = Span(text.first, name.end + len(marks.encode()))
    note = reading.trimmed(text.first + len(dated.group().encode()), text.last)
    if holds_block(reading.text(*note)):
        return None
    said = "\n".join(line.strip(BLANK_CHARACTERS) for line in reading.text(*note).split("\n"))
    parts = [
        Part("name", outer.start, *name, min(outer.end, note.start)),
        Part("note", note.start, *note, note.end),
    ]
    return Said(dated["date"], name, said, [], [], parts)
