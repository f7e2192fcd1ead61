"""What stands between the parts of a line: as the line itself has it, or the nearest that has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import Final

from catalog import titles
from catalog.readme.meaning import Link
from catalog.readme.patterns import Pattern
from catalog.readme.pictures import pictured_like_one_of
from catalog.readme.style import Style, width

# What belongs to one line alone.
_COMMENT: Final = re.compile(rb"<!--(?:(?!-->).)*-->|</a>", re.DOTALL)
# A second blank, or one at the end of a line.
_SLIP: Final = re.compile(rb"(?<![\n \t])[ \t]{2}|[ \t]\r?\n")
_WORD: Final = re.compile(rb"[a-z]{2,}(?= )")
LINKS: Final = ("link", "tail")
# What two of so many lines do, the nearest first, is how the list does it.
_MOST_ASKED: Final = 5


_CLOSING: Final = {"(": b")", "（": "）".encode()}

# The marks of what a paper says, where no other line shows them yet.
PAPER_MARKS: Final = {
    "authors": ("*", "*"),
    "venue": ("", ""),
    "released": ("", ""),
    "short name": ("(**", "**)"),
}


@dataclass(slots=True)
class Piece:
    """A part of the line as it shall be."""

    key: str
    text: bytes
    own: int = -1
    """The number of the part in the line as it was."""

    @property
    def is_link(self) -> bool:
        return self.key in LINKS or ":" in self.key


def _manner(sign: bytes) -> bytes:
    """How a part begins or ends: with a mark, a bracket, a question, or words.

    Words that go on, as in `by Google`, begin otherwise than a sentence of its own.
    """
    if sign.islower():
        return b"a"
    return sign if sign in b"*_`([{!?.:)]}~|" and sign else b""


def _first_word(part: bytes) -> bytes:
    """The word with which a part goes on, such as `by`; nothing if it begins anew."""
    found = _WORD.match(part)
    return found.group() if found is not None else b""


def _ending(part: bytes) -> bytes:
    """A question or a full stop is one within its marks, too."""
    last = part.rstrip(b'*_`)]~"')[-1:]
    if last == b"." and part[-1:] in b'*_"':
        return b"."
    return b"?" if last in (b"?", b"!") else _manner(part[-1:]).replace(b"a", b"")


def closing(outside: bytes) -> bytes:
    """The brackets that the text between values opens and does not close."""
    missing: list[bytes] = []
    for sign in outside.decode():
        closing = _CLOSING.get(sign)
        if closing is not None:
            missing.append(closing)
        elif missing and sign.encode() == missing[-1]:
            missing.pop()
    return b"".join(reversed(missing))


def unless_ended(value: str, suffix: bytes) -> bytes:
    """What stands behind a value elsewhere: a question needs no full stop."""
    return suffix.removeprefix(b".") if value.endswith(("?", "!")) else suffix


def _is_rebracketed(own: Pattern, behind: Piece) -> bool:
    """Whether a part begins with a bracket from now on, or no longer."""
    start = own.parts[behind.own].outer_start
    was, now = own.raw[start : start + 1], behind.text[:1]
    return was != now and bool({was, now} & {b"(", b"["})


class Separators:
    """The separators of a list: `kin` are the lines to look at, the nearest first."""

    def __init__(self, raw: bytes, style: Style, kin: Iterable[Pattern], column: int = -1) -> None:
        self.raw = raw
        self.column = column
        """Where the text of a new line begins, if it is known."""
        self.style = style
        self.kin = list(kin)
        self.nearest = self.kin[0].place if self.kin else None

    def first(
        self, key: str, fits: Callable[[Pattern, int], bool] = lambda one, number: True
    ) -> tuple[Pattern, int] | None:
        for pattern in self.kin:
            number = pattern.find(key)
            if number >= 0 and fits(pattern, number):
                return pattern, number
        return None

    def pictured(self, link: Link) -> bytes:
        """The link on a picture, as the nearest line has one with this title; else nothing."""
        lines = (pattern.children for pattern in self.kin)
        text = pictured_like_one_of(self.raw, chain.from_iterable(lines), link)
        is_kind_said = titles.kind_said("title", link.title, link.url) == link.kind
        return text if is_kind_said and not link.remark else b""

    def between(self, before: Piece, behind: Piece, own: Pattern | None) -> bytes:
        ends, begins = _ending(before.text), _manner(behind.text[:1])
        # What stands before the first link does so wherever that may be.
        pairs = [(before.key, behind.key)]
        if before.key not in LINKS and behind.key in LINKS:
            pairs += [(before.key, key) for key in LINKS if key != behind.key]
        if own is not None and behind.own > 0:
            is_kept = before.own == behind.own - 1
            is_changed = before.own < 0 or (is_kept and _is_rebracketed(own, behind))
            asked = pairs if before.own < 0 else pairs[:1]
            for pair in asked if is_changed else ():
                usual = self._usual(pair, (ends, begins))
                if usual is not None:
                    return usual
            text = own.between(behind.own - 1, behind.own)
            return text if is_kept or ends != b"." else text.removeprefix(b".")
        if word := _first_word(behind.text):
            said = self._usual(pairs[0], (None, word), fewest=2)
            if said is not None:
                return said
        manners = ((ends, begins), (ends, None), (None, begins), (None, None))
        for pair, signs in product(pairs, manners):
            usual = self._usual(pair, signs)
            if usual is not None:
                return usual.removeprefix(b".") if ends in (b"?", b".") else usual
        for pattern in self.kin:
            number = pattern.find(behind.key)
            if number > 0:
                text = self._of(pattern, number)
                lead = text.rstrip()
                return text[len(lead) :] if lead and before.text.endswith(lead) else text
        return self._default_between(before, behind)

    def _usual(
        self,
        keys: tuple[str, str],
        manners: tuple[bytes | None, bytes | None],
        fewest: int = 1,
    ) -> bytes | None:
        """What two of the nearest lines have between these parts; a slip only if all have it.

        `manners` are those in which the one part ends and the other begins: what stands before
        `*(2019)*` says nothing about what stands before a note. So many lines have to agree.
        """
        texts = self._seen(keys, manners)
        seen = Counter(islice(texts, _MOST_ASKED))
        if fewest > max(seen.values(), default=0):
            return None
        if seen == {b"": 1} and keys[0] not in LINKS:
            return None  # a blank that was forgotten
        tidy = [text for text in seen if _SLIP.search(text) is None]
        if seen and not tidy:
            wide = Counter(texts)
            tidy = [text for text in wide if _SLIP.search(text) is None]
            if sum(wide[text] for text in tidy) * 2 > wide.total() + seen.total():
                seen = wide
            else:
                tidy = []
        among = tidy or list(seen)
        return next((text for text in among if seen[text] > 1), among[0]) if among else None

    def _seen(
        self, keys: tuple[str, str], manners: tuple[bytes | None, bytes | None]
    ) -> Iterator[bytes]:
        """What the lines have between such parts, the nearest first."""
        for pattern in self.kin:
            for number in range(1, len(pattern.parts)):
                first, second = pattern.parts[number - 1 : number + 1]
                if (first.key, second.key) != keys:
                    continue
                raw = pattern.raw
                ending = _ending(raw[first.outer_start : first.outer_end])
                text = raw[second.outer_start : second.outer_end]
                begins = _manner(text[:1]), _first_word(text) or None
                if manners[0] in (None, ending) and manners[1] in (None, *begins):
                    yield self._of(pattern, number)
                break

    def _of(self, pattern: Pattern, number: int) -> bytes:
        """What a line has before a part; what goes on below its text does so in a new line, too."""
        text = _COMMENT.sub(b"", pattern.between(number - 1, number))
        lead, end, indent = text.rpartition(b"\n")
        is_below = indent == b" " * pattern.column and indent
        return lead + end + b" " * self.column if self.column >= 0 and is_below else text

    def _default_between(self, before: Piece, behind: Piece) -> bytes:
        if behind.key.startswith("+") or behind.key.endswith(":"):
            place = self.nearest
            indent, marker = b"", b"- "
            if place is not None:
                indent = self.raw[place.start : place.marker]
                marker = self.raw[place.marker : place.text]
            plain = marker if not marker[:1].isdigit() else b"- "
            below = indent + b" " * width(marker.decode())
            label = ""
            if behind.key.startswith("+"):
                label = self.style.label(behind.key[1:])
            return self.style.newline.encode() + below + plain + label.encode()
        if behind.key == "link" and before.key == "name" and not before.text.endswith(b")"):
            return b": "
        if behind.key.endswith("+") or behind.key == "link":
            return b", "
        if behind.key in ("authors", "venue", "released"):
            is_unmarked = before.key == "name" and behind.key != "authors"
            return b", " if is_unmarked and not _ending(before.text) else b". "
        if behind.key == "note":
            return b" - " if before.key in ("name", "link", "other") else b" "
        return b" "

    def end(self, last: Piece, own: Pattern | None) -> bytes:
        if own is not None:
            is_added = last.own < 0 and last.key in LINKS and own.parts[-1].key not in LINKS
            return own.end().lstrip(b".") if is_added else own.end()
        newline = self.style.newline.encode()
        for pattern in self.kin:
            if pattern.parts[-1].key == last.key:
                end, _, _ = _COMMENT.sub(b"", pattern.end()).partition(b"\n")
                end = end.rstrip(b" \t\r")
                return (end if not last.text.endswith(end) else b"") + newline
        return newline
