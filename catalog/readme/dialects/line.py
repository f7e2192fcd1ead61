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
from typing import Final

from catalog import titles
from catalog.readme.dialects.authors import (
    are_authors_and_venue,
    bytes_of,
    is_venue,
    split_words,
)
from catalog.readme.dialects.dated import read_dated
from catalog.readme.dialects.names import is_name, marked
from catalog.readme.dialects.prose import is_prose
from catalog.readme.dialects.runs import (
    Context,
    Standing,
    as_own,
    behind_images,
    first_link,
    is_between,
    read_link,
    read_run,
    trimmed_end,
)
from catalog.readme.dialects.said import Said
from catalog.readme.meaning import Link
from catalog.readme.places import Part, Range
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
_BEFORE_ENDING: Final = frozenset(b" ].,\t)")
_LEAD: Final = re.compile(
    r"(?:[\[(（【](?P<source>[^\[\]()]{1,60})[\])）】]|[^\w\[\]()*_`<\"'“「]{1,8})\s*"
)
_BRACKETED: Final = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")


class _Line:
    """A paragraph while it is read, from its begin to its end."""

    def __init__(self, reading: Reading, text: Block, context: Context) -> None:
        self.reading = reading
        self.raw = reading.raw
        self.context = context
        start, marker, first, end, _, label = context
        self.titled = (start, marker, first, end, "title", label)
        """The context of links whose titles say their kinds."""
        self.inlines = text.inlines
        self.first = first_link(text.inlines)
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
        self.done = 0
        """How many of the inlines are read."""

    # Its name.

    def read_name(self) -> bool:
        """The name at the begin of the line, with its own link if it is one."""
        raw, at = self.raw, self.at
        if self.first is not None and self.first.start == at:
            return self._read_linked_name(self.first, at)
        first = self.first.start if self.first is not None else self.end
        lead = _LEAD.fullmatch(self.reading.text(at, first).lstrip("*_ "))
        if lead is not None and lead["source"] and lead["source"].strip():
            value = lead["source"].strip()
            start = raw.index(value.encode(), at, first)
            span = (start, start + len(value.encode()))
            self._add_text("source", value, span, span)
            at = first
            while raw[at - 1 : at] in (b"*", b"_"):
                at -= 1
        elif lead is not None and not lead["source"]:
            while raw[at : at + 1] not in (b"*", b"_") and at < first:
                at += 1
        if self.first is not None and raw[at:first].strip(b'*_"') == b"":
            return self._read_linked_name(self.first, at)
        if raw[at : at + 2] in (b"**", b"__"):
            closing = raw.find(raw[at : at + 2], at + 2, first)
            if closing > 0 and is_name(inside := self.reading.text(at + 2, closing)):
                name = inside.strip().rstrip(".:：")
                start = raw.index(name.encode(), at + 2, closing)
                where = (start, start + len(name.encode()))
                self._set_name(name, where, (at, closing + 2))
                return bool(plain_text(name))
        return self._read_plain_name(at, first)

    def _read_linked_name(self, link: Inline, at: int) -> bool:
        one = read_link(self.reading, *self._from(self.inlines.index(link)), self.context)
        if one is None:
            return False
        own, start, end = one
        if not is_name(own.title) or own.title == own.url:
            return False
        marks = start - at
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
        if self.first is None:
            return False
        raw = self.raw
        end = trimmed_end(raw, at, first)
        outer, inner = marked(raw, at, end)
        name = self.reading.text(*inner)
        if not is_name(name) or is_prose(name) or not self._are_named_by_kind(self.inlines):
            return False
        links = [one for one in self.inlines if one.kind != "image"]
        if read_run(self.reading, links, end, self.end, self.titled) is None:
            return False
        self._set_name(name, inner, outer)
        return bool(plain_text(name))

    def _set_name(self, name: str, inner: Range, outer: Range) -> None:
        start, self.at = outer
        self.parts.append(Part("name", start, *inner, self.at))
        self.name, self.name_span = name, inner

    # Links.

    def _add_link(self, key: str, one: Standing) -> None:
        self.parts.append(one.part(key, len(self.read)))
        self.read.append(one.link)
        self.at = one.end

    def read_links(self) -> None:
        """The links right behind the name, and images there, which stay as they are."""
        while (number := self._next()) < len(self.inlines):
            inline = self.inlines[number]
            if not is_between(self.raw, self.at, inline.start):
                return
            if self._is_picture(inline):
                self._add_image(inline)
                continue
            one = read_link(self.reading, *self._from(number), self.titled)
            if one is None:
                return
            self._add_link("link", one)

    def _next(self) -> int:
        """The number of the first inline that is not read yet."""
        while self.done < len(self.inlines) and self.inlines[self.done].start < self.at:
            self.done += 1
        return self.done

    def _from(self, number: int) -> tuple[list[Inline], int]:
        """An inline with the images behind it, and where the one after it begins."""
        behind = behind_images(self.inlines, number)
        limit = self.inlines[number + 1].start if number + 1 < len(self.inlines) else self.end
        return self.inlines[number:behind], limit

    def _is_picture(self, inline: Inline) -> bool:
        """Whether a reader sees nothing but an image, linked or not."""
        if inline.kind == "image" or not inline.has_image:
            return inline.kind == "image"
        return not plain_text(self.reading.text(inline.inner_start, inline.inner_end))

    def _add_image(self, image: Inline) -> None:
        part = Part("other", image.start, image.start, image.end, image.end)
        self.parts.append(part)
        self.at = image.end

    # The text, and the links at the end.

    def read_text(self) -> None:
        """All that is left: a note, authors and venue; behind them links that end the line."""
        raw = self.raw
        tail, end = self._tail()
        start = self.at
        while start < end:
            behind = _BEFORE_TEXT.match(raw, start, end)
            start = behind.end() if behind is not None else start
            image = self._inline_at(start)
            if image is None or not self._is_picture(image) or image.end > end:
                break
            self._add_image(image)
            start = image.end
        stop = trimmed_end(raw, start, end) if tail else end
        while stop > start and raw[stop - 1] in BLANKS:
            stop -= 1
        if stop > start:
            is_paper = bool(tail) or not self.is_linked
            if not is_paper and b"\n" in raw[self.at : start]:
                is_paper = are_authors_and_venue(self.reading.text(start, stop))
            self._read_words((start, stop), is_paper=is_paper)
        for one in tail:
            self._add_link("tail", one)
        self._read_ending()

    def _inline_at(self, at: int) -> Inline | None:
        for number in range(self.done, len(self.inlines)):
            if self.inlines[number].start >= at:
                return self.inlines[number] if self.inlines[number].start == at else None
        return None

    def _tail(self) -> tuple[list[Standing], int]:
        """The links at the end of the line, and where they begin."""
        if self._next() == len(self.inlines):
            return [], self.end
        rest = self.inlines[self.done :][-_MOST_AT_END:]
        last = next((one for one in reversed(rest) if one.kind != "image"), None)
        if last is None:
            return [], self.end
        found = self._ending(last.end)
        ending = self.end if found is None else found.outer_start
        for index, inline in enumerate(rest):
            if inline.kind == "image":
                continue
            run = read_run(self.reading, rest[index:], inline.start, ending, self.titled)
            if run is not None and (self._are_named_by_kind(rest[index:]) or _is_apart(run)):
                return run, run[0].start
        return [], self.end

    def _are_named_by_kind(self, links: list[Inline]) -> bool:
        """Whether each title says a kind, or stands in brackets of its own."""
        for link in links:
            if link.kind == "image" or self.raw[link.start - 1 : link.start] == b"[":
                continue
            title = self.reading.text(link.inner_start, link.inner_end)
            if titles.kind_of_title(plain_text(title)) is None:
                return False
        return True

    def _ending(self, at: int) -> Part | None:
        """Words behind the last link: in brackets a short name, `(**GPT-2**)`, else a venue."""
        raw = self.raw
        while at < self.end and raw[at] in _BEFORE_ENDING:
            at += 1
        if at >= self.end:
            return None
        text = self.reading.text(at, self.end)
        if raw[at] != 0x28:
            venue = text.rstrip(" .,;\n")
            end = at + len(venue.encode())
            return Part("venue", at, at, end, end) if is_venue(venue) else None
        bracketed = _BRACKETED.match(text)
        if bracketed is None or text[bracketed.end() :].strip(" .`"):
            return None
        last = at + len(bracketed.group().encode())
        start, end = self.reading.trim(at + 1, last - 1)
        _, inner = marked(raw, start, end)
        return Part("short name", at, *inner, last) if start < end else None

    def _read_ending(self) -> None:
        found = self._ending(self.at) if self.read else None
        if found is None or any(key == found.key for key, _ in self.facts):
            return
        self.parts.append(found)
        value = self.reading.text(found.start, found.end)
        self.facts.append((found.key, " ".join(value.split())))
        self.at = found.outer_end

    def _read_words(self, span: Range, *, is_paper: bool) -> None:
        text = self.reading.text(*span)
        if is_paper and (found := split_words(text)) is not None:
            for key, inner, outer in found:
                inside = bytes_of(span, text, inner)
                around = inside if outer == inner else bytes_of(span, text, outer)
                self._add_text(key, text[slice(*inner)], inside, around)
            return
        if self.note or holds_block(text):
            return
        note = "\n".join(line.strip(BLANK_CHARACTERS) for line in text.split("\n"))
        self.note = note
        start, self.at = span
        self.parts.append(Part("note", start, *span, self.at))

    def _add_text(self, key: str, value: str, inner: Range, outer: Range) -> None:
        start, self.at = outer
        self.parts.append(Part(key, start, *inner, self.at))
        self.facts.append((key, " ".join(value.split())))

    def is_whole(self) -> bool:
        """Whether nothing is left but an end."""
        return self.at >= self.end or _END.match(self.raw, self.at, self.end) is not None

    def said(self) -> Said:
        span = self.name_span or (self.at, self.at)
        return Said(self.name, span, self.note, self.facts, self.read, self.parts)


def _is_apart(run: list[Standing]) -> bool:
    """Whether each stands in brackets of its own."""
    return all(raw_start < link.place.stated_start for link, raw_start, _ in run if link.place)


def read_line(reading: Reading, text: Block, context: Context) -> Said | None:
    """What a paragraph says of one entry; None if it is prose."""
    if text.first < 0 or len(text.inlines) > 200:
        return None
    line = _Line(reading, text, context)
    if not line.read_name():
        return read_dated(reading, text)
    line.read_links()
    line.read_text()
    return line.said() if line.is_whole() else None


def read_words(reading: Reading, text: Block) -> Said | None:
    """What a paragraph below says of a paper without its name: `*Ada Lin.* [[pdf](url)], ACL 2024`.

    None if those are other words.
    """
    start, end = reading.start_of_line(text.first), reading.end_of_line(text.last)
    line = _Line(reading, text, (start, text.first, text.first, end, "title", ""))
    line.read_text()
    return line.said() if line.facts and not line.note and line.is_whole() else None
