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

from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects.authors import (
    Word,
    are_authors_and_venue,
    bytes_of,
    fact_of,
    split_words,
    without_marks,
)
from catalog.readme.dialects.dated import read_dated
from catalog.readme.dialects.line_names import NamedLine
from catalog.readme.dialects.pictured import pictured, without_echoes
from catalog.readme.dialects.published import is_acronym_with_year, split_published
from catalog.readme.dialects.runs import (
    Context,
    Standing,
    are_apart,
    behind_bracket,
    is_between,
    is_to_come,
    read_link,
    read_run,
    say_kinds,
    trimmed_end,
    within_marks,
)
from catalog.readme.dialects.said import Said
from catalog.readme.places import Part, Range
from catalog.readme.reading import BLANK_CHARACTERS, BLANKS, Reading, holds_block, shows_nothing

_BEFORE_TEXT: Final = re.compile(
    rb"(?: \s | -{1,3}(?=[\s\[]) | \xe2\x80[\x92-\x95] | \xef\xbc\x9a | \xef\xbc\x8c | \xe2\x86\x92"
    rb"| [:|,;.>~](?=\s) | => | <br\s*/?> | \\(?=[ \t]*\r?\n) | <!--(?:(?!-->).)*-->"
    rb"| [-:](?=\w) )*",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# No line has more links at its end, and prose with many must not be tried from each of them.
_MOST_AT_END: Final = 12
_BRACKETS: Final = "()[]（）【】*_` "
_END: Final = re.compile(rb"(?:[\s.,;]|\xe3\x80\x82|<br\s*/?>)*\Z")
_NO_BREAK: Final = b"&nbsp;"
_OPENING: Final = BLANKS + b"[("
_SAYS_NOTHING: Final = BLANK_CHARACTERS + ".,;:*_"
# So many with a year among them are a venue, and no note.
_FEW_WORDS: Final = 3
_MOST_WORDS_OF_A_CITED_VENUE: Final = 15


class _Line(NamedLine):
    """What stands behind its name, to its end."""

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
            if self._is_mute(inline):
                self._add_image(inline)
                continue
            one = read_link(self.reading, *self._from(number), self.titled)
            if one is None:
                return
            self._add_link("link", within_marks(self.raw, one))

    def _next(self) -> int:
        """The number of the first inline that is not read yet."""
        while self.done < len(self.inlines) and self.inlines[self.done].start < self.at:
            self.done += 1
        return self.done

    def _add_image(self, image: Inline) -> None:
        start, end = image.start, image.end
        if (link := pictured(self.reading, image)) is not None:
            one = read_link(self.reading, [link], end, self.titled)
            if one is not None:
                self._add_link("tail" if self._has_words() else "link", one)
                return
        if self.raw[start - 1 : start] == b"[" and self.raw[end : end + 1] == b"]":
            start, end = start - 1, end + 1
        self.parts.append(Part("other", start, start, end, end))
        self.at = end

    def _has_words(self) -> bool:
        return any(part.link < 0 and part.key not in ("name", "other") for part in self.parts)

    # The text, and the links at the end.

    def read_text(self) -> None:
        """All that is left: a note, authors and venue; behind them links that end the line."""
        raw = self.raw
        if self.read and not self.is_linked and self._next() == len(self.inlines):
            self._read_ending()
        tail, end = self._tail()
        start = self.at
        while start < end:
            behind = _BEFORE_TEXT.match(raw, start, end)
            start = behind.end() if behind is not None else start
            image = self._inline_at(start)
            if image is None or not self.reading.is_picture(image) or image.end > end:
                break
            self._add_image(image)
            start = image.end
        said = None if tail or self.is_linked else self._before_pictures(start, end)
        end = end if said is None else said
        stop = trimmed_end(raw, start, end) if tail or said is not None else end
        signs = BLANKS if end == self.end else _OPENING
        while stop > start and (raw[stop - 1] in signs or raw.endswith(_NO_BREAK, start, stop)):
            stop -= 1 if raw[stop - 1] in signs else len(_NO_BREAK)
        if stop > start:
            is_paper = bool(tail) or not self.is_linked
            if not is_paper:
                is_paper = are_authors_and_venue(self.reading.text(start, stop))
            self._read_words((start, stop), is_paper=is_paper)
        for one in tail:
            self._add_link("tail", one)
        self.at = max(self.at, behind_bracket(raw, tail))
        self._read_pictures()
        self._read_ending()
        self._read_pictures()

    def _before_pictures(self, start: int, end: int) -> int | None:
        """The end of words that say when or where it was published, with no more than pictures
        behind; None if they say something else, such as `Best model of 2023`."""
        at = end
        for picture in reversed(self.inlines[self._next() :]):
            if not self.reading.is_picture(picture) or not is_between(self.raw, picture.end, at):
                break
            at = picture.start
        words = self.reading.text(start, at).strip(_SAYS_NOTHING)
        return at if fact_of(words) == "released" or is_acronym_with_year(words) else None

    def _read_pictures(self) -> None:
        """Pictures behind the links at the end, and links still to come, which stay as they are."""
        while (number := self._next()) < len(self.inlines):
            inline = self.inlines[number]
            if not self._is_mute(inline) or not is_between(self.raw, self.at, inline.start):
                return
            self._add_image(inline)

    def _is_mute(self, inline: Inline) -> bool:
        return self.reading.is_picture(inline) or is_to_come(self.reading, inline)

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
        behind = self.end
        while rest and rest[-1].kind != "image" and self._is_mute(rest[-1]):
            if not is_between(self.raw, rest[-1].end, behind):
                break
            behind = rest.pop().start
        last = next((one for one in reversed(rest) if one.kind != "image"), None)
        if last is None:
            return [], behind
        found = self.ending(last.end)
        ending = behind if found is None else found.outer_start
        rest = [one for one in rest if one.start < ending]
        for index, inline in enumerate(rest):
            if inline.kind == "image":
                continue
            run = read_run(self.reading, rest[index:], inline.start, ending, self.titled)
            if not run:
                continue
            is_grouped = behind_bracket(self.raw, run) > 0
            if is_grouped or say_kinds(self.reading, rest[index:]) or are_apart(run):
                start = run[0].start
                inside = self.raw.count(b"(", self.at, start) > self.raw.count(b")", self.at, start)
                return ([], behind) if inside else (run, start)
        return [], behind

    def _read_ending(self) -> None:
        found = self.ending(self.at) if self.read else None
        if found is None or found.key in dict(self.facts):
            return
        self.parts.append(found)
        value = self.reading.text(found.start, found.end)
        self.facts.append((found.key, " ".join(value.split())))
        self.at = found.outer_end

    def _read_words(self, span: Range, *, is_paper: bool) -> None:
        text = self.reading.text(*span)
        said = {key for key, _ in self.facts}
        is_on_own_line = b"\n" in self.raw[self.at : span[0]]
        found = split_published(text, is_linked=self.is_linked, is_on_own_line=is_on_own_line)
        if found is not None and said.isdisjoint(key for key, _, _ in found):
            self._add_words(span, text, found)
            self.at = span[1]
            return
        date = text.strip(_BRACKETS)
        if fact_of(date) == "released" and "released" not in said:
            start = text.index(date)
            inner = bytes_of(span, text, (start, start + len(date)))
            self._add_text("released", date, inner, span)
            return
        found = split_words(text) if is_paper else None
        if found is not None and said.isdisjoint(key for key, _, _ in found):
            self._add_words(span, text, found)
            return
        inner = without_marks(text, (0, len(text)))
        words = text[slice(*inner)]
        if is_paper and _is_short(text) and (key := fact_of(words)) and key not in said:
            self._add_text(key, words, bytes_of(span, text, inner), span)
            return
        is_short = len(text.split()) <= _MOST_WORDS_OF_A_CITED_VENUE and "](" not in text
        if self.is_cited and is_short and "venue" not in said and text[0] not in "*_":
            self._add_text("venue", text, span, span)
            return
        if self.note or holds_block(text):
            return
        if not text.strip(_SAYS_NOTHING):
            self.at = span[1]
            return
        if shows_nothing(self.raw[slice(*span)]):
            self.parts.append(Part("other", span[0], *span, span[1]))
            self.at = span[1]
            return
        note = "\n".join(line.strip(BLANK_CHARACTERS) for line in text.split("\n"))
        self.note = note
        start, self.at = span
        self.parts.append(Part("note", start, *span, self.at))

    def _add_words(self, span: Range, text: str, found: list[Word]) -> None:
        for key, inner, outer in found:
            inside = bytes_of(span, text, inner)
            around = inside if outer == inner else bytes_of(span, text, outer)
            self._add_text(key, text[slice(*inner)], inside, around)

    def is_whole(self) -> bool:
        """Whether nothing is left but an end."""
        return self.at >= self.end or _END.match(self.raw, self.at, self.end) is not None

    def said(self) -> Said:
        span = self.name_span or (self.at, self.at)
        parts, links = without_echoes(self.parts, self.read)
        return Said(self.name, span, self.note, self.facts, links, parts)


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS and "](" not in text


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
