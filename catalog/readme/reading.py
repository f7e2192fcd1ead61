"""What every dialect needs while it reads: lines, trimmed ranges, notes, and the list's badges."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from catalog import kinds
from catalog.readme.blocks import Block, Inline
from catalog.readme.places import Range, Span
from catalog.readme.source import BYTE_ORDER_MARK_SIZE, plain_text

# What is longer is prose, and kept: no record has room for it.
MAX_NAME: Final = 300
MAX_TITLE: Final = 1000
MAX_URL: Final = 2000

# A later line of a note that begins so was text only because of how far in it stood.
_NEW_BLOCK: Final = re.compile(
    r"""  (?: [-+*] | \d{1,9}[.)] ) (?: [ \t] | $ )                  # an item
        | \#{1,6} (?: [ \t] | $ ) | > | ``` | ~~~
        | (?: =+ | [-:|\ \t]+ | (?: [*_] [ \t]* ){3,} ) $          # an underline, a rule
        | < (?! /? (?: a|b|br|code|em|i|img|kbd|strong|sub|sup ) \b | https?: )""",
    re.VERBOSE,
)
# What only a first line can begin: a row, a definition of a reference, a tag alone on its line.
_NEW_BEGIN: Final = re.compile(
    r"""  \|.*\|
        | \[ (?: [^][\\] | \\. )+ \]: \s* \S+ \s* (?: $ | ["'(] )
        | </?[a-zA-Z][^<>]*> \s* $""",
    re.VERBOSE,
)

_TAGS: Final = re.compile(rb"(?:\s*<[^<>]*>)+")
_IMAGE: Final = b"<img"
_LONE_IMAGE: Final = re.compile(rb"!\[[^\[\]<]*\]\([^()<]*\)")
BLANKS: Final = b" \t\r\n\x0b\x0c"
BLANK_CHARACTERS: Final = BLANKS.decode()
IS_BLANK: Final = frozenset(BLANKS)


class Note(NamedTuple):
    """The prose of a quote or a paragraph."""

    text: str
    span: Span
    lines: Span


class TooLong(NamedTuple):
    """A name, title or address that no record has room for, so its line is kept text."""

    start: int
    characters: int
    most: int


class Reading:
    """A text while it is read."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.badges: dict[str, str] = {}
        """The first image that states each kind,"""
        self._badges_at: dict[str, int] = {}
        """and where it stands: what is further down may be read before."""
        self._kinds: dict[bytes, str | None] = {}
        """The kinds that the texts of images state: a list has the same few badges throughout."""
        self.too_long: dict[int, TooLong] = {}
        """By where it begins."""
        self.begin = BYTE_ORDER_MARK_SIZE if raw.startswith(codecs.BOM_UTF8) else 0

    def start_of_line(self, at: int) -> int:
        return self.raw.rfind(b"\n", 0, at) + 1 or self.begin

    def start_of_own_line(self, at: int) -> int:
        """The start of the line if only blanks stand before `at` in it, else -1.

        A lone CR begins a block, but no line.
        """
        raw, start = self.raw, at
        while start and ((byte := raw[start - 1]) == 0x20 or byte == 0x09):
            start -= 1
        return start if start <= self.begin or byte == 0x0A else -1

    def end_of_line(self, at: int) -> int:
        """The end of the line that holds the last byte before `at` that is not blank."""
        raw = self.raw
        while at > 0 and raw[at - 1] in IS_BLANK:
            at -= 1
        return raw.find(b"\n", at) + 1 or len(raw)

    def trimmed(self, start: int, end: int) -> Span:
        """The range without the blanks at both of its ends."""
        return Span(*self.trim(start, end))

    def trim(self, start: int, end: int) -> Range:
        raw = self.raw
        while end > start and raw[end - 1] in BLANKS:
            end -= 1
        while start < end and raw[start] in BLANKS:
            start += 1
        return start, end

    def text(self, start: int, end: int) -> str:
        return self.raw[start:end].decode()

    def has_room(self, value: str, most: int, at: int) -> bool:
        """Whether a record has room for this value, which begins at `at`; if not, it is told."""
        if len(value) <= most:
            return True
        self.too_long.setdefault(at, TooLong(at, len(value), most))
        return False

    def note(self, block: Block) -> Note | None:
        """The prose of a paragraph, or of a quote of one; None if this is neither."""
        inner = block
        if block.kind == "quote" and len(block.children) == 1:
            inner = block.children[0]
        if inner.kind != "paragraph" or inner.first < 0 or self._is_pictures(inner):
            return None
        if self.start_of_own_line(block.start) < 0:
            return None
        span = self.trimmed(inner.first, inner.last)
        text = self.text(*span).split("\n")
        shown = self.raw[inner.first : inner.last]
        if _NEW_BEGIN.match(text[0]):  # such as a row that lost its table
            return None
        lines = [line.lstrip(" \t>").rstrip(" \t\r\v\f") for line in text]
        # A first line was text only because of a vertical tab or a form feed at its ends.
        is_first_too = b"\v" in shown or b"\f" in shown
        broken = "\r".join(lines).split("\r")  # a lone CR ends a line as well
        if any(map(_begins_block, broken[not is_first_too :])) or not all(lines):
            return None
        whole_lines = Span(self.start_of_line(block.start), self.end_of_line(inner.last))
        return Note("\n".join(lines), span, whole_lines)

    def _is_pictures(self, block: Block) -> bool:
        """Whether a reader sees nothing, or nothing but images."""
        at = block.first
        for inline in block.inlines:
            if not (inline.kind == "image" or inline.has_image):
                return False
            if not shows_nothing(self.raw[at : inline.start]):
                return False
            at = inline.end
        return shows_nothing(self.raw[at : block.last])

    def is_picture(self, inline: Inline) -> bool:
        """Whether it is an image, or a link on nothing else, also if that is HTML."""
        if inline.kind == "image":
            return True
        start, end = inline.inner_start, inline.inner_end
        if not inline.has_image and self.raw[start : start + len(_IMAGE)].lower() != _IMAGE:
            return False
        if _LONE_IMAGE.fullmatch(self.raw, start, end):
            return True
        return not plain_text(self.text(start, end))

    def kind_stated(self, badge: Inline) -> str | None:
        """The kind that an image states, if any; the first image of each kind is remembered."""
        alt = self.raw[badge.inner_start : badge.inner_end]
        if alt not in self._kinds:
            self._kinds[alt] = kinds.kind_of_badge(alt.decode())
        kind = self._kinds[alt]
        if kind is not None and badge.start < self._badges_at.get(kind, len(self.raw)):
            self._badges_at[kind] = badge.start
            self.badges[kind] = self.text(badge.start, badge.end)
        return kind


def shows_nothing(raw: bytes) -> bool:
    """Whether a reader sees nothing of this: blanks, and tags such as anchors."""
    return not (text := raw.strip()) or (text[:1] == b"<" and _TAGS.fullmatch(text) is not None)


def holds_block(text: str) -> bool:
    """Whether a line of a text would begin a block if it stood at the begin of one."""
    if not text[:1].isalpha() and _NEW_BEGIN.match(text.strip().partition("\n")[0]):
        return True  # most begin with a letter, and no block does
    if text[:1].isalpha() and is_single_line(text):
        return False
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return any(map(_begins_block, lines)) or not all(map(str.strip, lines))


def _begins_block(line: str) -> bool:
    return not line[:1].isalpha() and _NEW_BLOCK.match(line.strip()) is not None


def is_single_line(text: str) -> bool:
    return "\n" not in text and "\r" not in text
