"""Headings: what each names, and which of them are organisations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects import nested
from catalog.readme.dialects.prose import is_about_the_list, names_contents
from catalog.readme.places import Span
from catalog.readme.plain_lists import PlainList
from catalog.readme.reading import MAX_NAME, Reading
from catalog.readme.source import plain_text

# A heading that is only a year is never an organisation, but a part of the one above it.
_YEAR: Final = re.compile(r"\W*(?:19|20)\d\d(?:\W*|\W.*)")
_COLONS: Final = (b":", "：".encode())
_TAG: Final = re.compile(rb"</?[A-Za-z][^<>]*>\s*|<!--(?:(?!-->).)*-->\s*", re.DOTALL)
_CLOSING: Final = re.compile(rb"</([A-Za-z][A-Za-z0-9]*)>\Z")
# Most headings are a few words, and hold nothing that would have to be looked for.
_PLAIN: Final = re.compile(rb"[A-Za-z][A-Za-z0-9.,()/-]*(?: (?:&|[A-Za-z0-9.,()/-]+))*")
# A number or a picture before the link that a heading is.
_LEAD: Final = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+|:\w+:\s*|[^\w\s\[\]()<>*`]{1,8}\s*)?")
_BEHIND_LINK: Final = re.compile(rb"\s*+(?:!\[[^\]]*\]\([^()]*\)\s*+)*(?:\([^()]*\))?\s*")
# Where so large a share of all links stands right below a title, it is an organisation's heading
# too; and below one that seems to speak of the list itself ("Disclaimer"), entries stand.
_GOOD_PART: Final = 0.1
# In bytes. No further back is looked for a tag, so that thousands of tags cost no more than that.
_LONGEST_NAME: Final = 4 * MAX_NAME
_FEWEST_LINKS: Final = 3


class Levels(NamedTuple):
    """Which headings are organisations."""

    level: int
    title_at: int
    """The index of the block that is the title; -1 if there is none."""


class Said(NamedTuple):
    """What a heading says."""

    text: Span
    """All that a reader sees of it,"""
    plain: str
    """and without marks."""
    name: Span
    """What it names: without images, badges and tags round it, and without its link."""
    link: Inline | None
    """The link that its name is; a badge and a remark may stand behind it."""
    holds_link: bool
    """Whether a link stands in its words."""
    is_aside: bool
    """Whether it speaks of the list itself."""


class Headings:
    """The headings of a text."""

    def __init__(
        self,
        reading: Reading,
        blocks: Sequence[Block],
        contents_at: int,
        paragraphs: Collection[int] = (),
    ) -> None:
        self.reading = reading
        self.blocks = blocks
        self.contents_at = contents_at
        self.paragraphs = paragraphs
        """The numbers of the paragraphs that are entries."""
        self.said = {i: self._read(b) for i, b in enumerate(blocks) if b.kind == "heading"}
        """By the index of the block."""
        self.at = list(self.said)
        for head, end in pairwise([*self.at, len(blocks)]):
            if self.said[head].is_aside and self._holds_good_part(head + 1, end):
                self.said[head] = self.said[head]._replace(is_aside=False)

    # What one says.

    def _read(self, heading: Block) -> Said:
        if not heading.inlines and _PLAIN.fullmatch(self.reading.raw, heading.first, heading.last):
            text = Span(heading.first, heading.last)
            plain = self.reading.text(*text)
            return Said(text, plain, text, None, False, is_about_the_list(plain))
        text = Span(heading.end, heading.end)
        if heading.first >= 0:
            text = self._without_lone_end(heading.first, heading.last)
        plain = plain_text(self.reading.text(*text))
        name, link = self._name(heading, text), None
        links = [one for one in heading.inlines if not self._is_decoration(one)]
        if len(links) == 1 and links[0].start >= name.start and links[0].kind in nested.LINKS:
            lead = self.reading.text(name.start, links[0].start)
            behind = self.reading.raw[links[0].end : text.end]
            is_whole = _LEAD.fullmatch(lead) and _BEHIND_LINK.fullmatch(behind)
            link = links[0] if is_whole else None
        return Said(text, plain, name, link, bool(links), is_about_the_list(plain))

    def _without_lone_end(self, start: int, end: int) -> Span:
        """The words without the end of a tag that was opened elsewhere: `## T5</details>`."""
        start, end = self.reading.trimmed(start, end)
        closing = _CLOSING.match(self.reading.raw, self.reading.raw.rfind(b"</", start, end), end)
        if closing is None or self.reading.raw.find(b"<" + closing[1], start, closing.start()) >= 0:
            return Span(start, end)
        return self.reading.trimmed(start, closing.start())

    def _name(self, heading: Block, text: Span) -> Span:
        """Its words - within the way back to the contents, if that is all of it."""
        name = self._without_decoration(heading, text)
        if name.start < name.end:
            return name
        ways = (one for one in heading.inlines if one.kind == "link" and one.url[:1] == "#")
        inside = (self.reading.trimmed(one.inner_start, one.inner_end) for one in ways)
        return next((words for words in inside if self._says_something(words)), name)

    def _says_something(self, words: Span) -> bool:
        return any(map(str.isalnum, plain_text(self.reading.text(*words))))

    def _without_decoration(self, heading: Block, text: Span) -> Span:
        raw, (start, end) = self.reading.raw, text
        for inline in heading.inlines:
            if inline.start > start or not self._is_decoration(inline):
                break
            start, end = self.reading.trimmed(inline.end, end)
        for inline in reversed(heading.inlines):
            before, behind = self._bracketed(inline, start, end)
            if behind < end or before < start or not self._is_decoration(inline):
                break
            start, end = self.reading.trimmed(start, before)
        while (tag := _TAG.match(raw, start, end)) is not None:
            start = tag.end()
        start, end = self._without_colons(start, end)
        while raw[end - 1 : end] == b">" and end > start:
            opening = raw.rfind(b"<", start, end)
            if opening < 0 or not _TAG.fullmatch(raw, opening, end):
                break
            words = max(start, opening - _LONGEST_NAME)
            opened = b"<" + raw[opening + 2 : end - 1]
            if raw[opening + 1] == 0x2F and raw.find(opened, words, opening) >= 0:
                break  # it closes what is opened in the words
            start, end = self._without_colons(start, opening)
        return self.reading.trimmed(start, max(start, end))

    def _without_colons(self, start: int, end: int) -> Span:
        start, end = self.reading.trimmed(start, end)
        while self.reading.raw.endswith(_COLONS, start, end):
            end -= 1 if self.reading.raw[end - 1] == 0x3A else 3
            start, end = self.reading.trimmed(start, end)
        return Span(start, end)

    def _bracketed(self, inline: Inline, start: int, end: int) -> Span:
        """A link, with the brackets round it alone: `Models ([back](#contents))`."""
        before = self.reading.trimmed(start, inline.start).end
        behind = self.reading.trimmed(inline.end, end).start
        if self.reading.raw[before - 1 : before] + self.reading.raw[behind : behind + 1] == b"()":
            return Span(before - 1, behind + 1)
        return Span(inline.start, inline.end)

    def _is_decoration(self, inline: Inline) -> bool:
        """Whether it is a picture, or leads to another place of the page."""
        return inline.url.startswith("#") or self.reading.is_picture(inline)

    def holds_contents(self, head: int) -> bool:
        return self.contents_at >= 0 and all(
            self.blocks[i].kind != "heading" for i in range(head + 1, self.contents_at)
        )

    # Which of them are organisations.

    def levels(self, known: Collection[str] = ()) -> Levels:
        """The level of the headings that are organisations, and the title.

        It is that of most of the organisations that are `known`, if headings hold something there.
        Else it is the highest level at which headings hold entries or links themselves, unless that
        is rare: less than a third as often as at the level where it is most frequent. Headings of
        the same words count once there, as "Links" below each of a hundred models. Nor is it the
        level of the title, if a good part of the list stands below that. Where no heading does,
        headings that hold nothing but quotes count. What stands below a year or below a heading
        that is a link counts for the heading above those.
        """
        blocks = self.blocks
        title_at = self._title()
        is_list = bool(self.paragraphs) or any(b.kind in ("list", "table") for b in blocks)
        if len(self.at) == 1 and title_at >= 0 and is_list:
            return Levels(1, -1)
        organisation_at = -1
        if title_at >= 0 and self._is_organisation_too(title_at):
            organisation_at, title_at = title_at, -1
        holding, quoting = self._by_level({title_at, organisation_at})
        if title_at >= 0 and len(holding) > 1 and self._holds_good_part(*self._below(title_at)):
            holding.pop(blocks[title_at].level, None)
        if holding:
            most = max(map(len, holding.values()))
            level = min(level for level, names in holding.items() if len(names) * 3 >= most)
            stays = self._level_of(known, level)
            return Levels(stays if stays in holding else level, title_at)
        if organisation_at >= 0:
            return Levels(blocks[organisation_at].level, -1)
        return Levels(min(quoting, default=2), title_at)

    def _by_level(self, without: Collection[int]) -> tuple[dict[int, set[str]], dict[int, int]]:
        """The words of the headings that hold something, and how many hold but quotes."""
        blocks = self.blocks
        holding: dict[int, set[str]] = {}
        quoting: dict[int, int] = {}
        counted: set[int] = set(without)
        for holder, head, end in self._holders():
            said = self.said[head]
            if holder in counted or said.is_aside:
                continue
            level = blocks[holder].level
            content: Sequence[int] = range(head + 1, end)
            if self.contents_at in content:
                content = [i for i in content if i != self.contents_at]
            if said.link is not None or any(map(self._holds, content)):
                holding.setdefault(level, set()).add(self.said[holder].plain)
                counted.add(holder)
            elif all(blocks[i].kind == "quote" for i in content) and self.contents_at != head + 1:
                quoting[level] = quoting.get(level, 0) + 1
        return holding, quoting

    def _holders(self) -> Iterator[tuple[int, int, int]]:
        """Each heading and its end, and before them the heading for which it counts."""
        above: list[int] = []
        for head, end in pairwise([*self.at, len(self.blocks)]):
            while above and self.blocks[above[-1]].level >= self.blocks[head].level:
                above.pop()
            if above and self._is_part(head):
                yield above[-1], head, end
            else:
                above.append(head)
                yield head, head, end

    def _level_of(self, known: Collection[str], own: int) -> int:
        """The level at which most of these names stand; 0 for none.

        Of several it is the one that the text has by itself, or the highest: a text that is read
        with the organisations of its own reading says the same.
        """
        names: dict[int, set[str]] = {}
        for head, said in self.said.items() if known else ():
            name = self.reading.text(*said.name)
            if name in known:
                names.setdefault(self.blocks[head].level, set()).add(name)
        return max(names, key=lambda level: (len(names[level]), level == own, -level), default=0)

    def sink_years(self, level: int) -> None:
        """Put years below the heading right above them, even if they are of the same level.

        Such a heading has nothing of its own: `### Reasoning`, `### 2025`, `### 2024` say that
        the papers of both years are about reasoning. At the level of organisations this is never
        so, since one may well be without entries.
        """
        above = 0  # the level of the heading whose years are sunk, if that is not 0
        for head, below in pairwise([*self.at, -1]):
            block = self.blocks[head]
            is_year = _is_year(self.said[head])
            if block.level < above or (block.level == above and not is_year):
                above = 0
            if above:
                block.level += 1
            elif level < block.level and not is_year and below == head + 1:
                behind = self.blocks[below]
                if behind.level == block.level and _is_year(self.said[below]):
                    above = block.level

    def _title(self) -> int:
        """The first heading, if it is of the first level, says something, and is no other's."""
        if not self.at:
            return -1
        first = self.at[0]
        if self.blocks[first].level != 1 or self.blocks[first].first < 0:
            return -1
        said = self.said[first]
        is_of_contents = self.holds_contents(first) and said.is_aside
        return -1 if is_of_contents or names_contents(said.plain) else first

    def _is_organisation_too(self, title_at: int) -> bool:
        """Whether a good part of the list stands right below the title."""
        end = next((i for i in self.at if i > title_at and not self.said[i].link), len(self.blocks))
        if end == len(self.blocks) and self._links_within(title_at + 1, end):
            return True
        return self._holds_good_part(title_at + 1, end)

    def _below(self, head: int) -> Span:
        """The blocks from the next heading, if it is deeper, to the first that is not."""
        heads = self.at[self.at.index(head) + 1 :]
        level = self.blocks[head].level
        end = next((i for i in heads if self.blocks[i].level <= level), len(self.blocks))
        return Span(heads[0] if heads else end, end)

    def _holds_good_part(self, start: int, end: int) -> bool:
        """Whether a good part of the list's links stands in these blocks."""
        here = self._links_within(start, end)
        return here >= _FEWEST_LINKS and here >= _GOOD_PART * self._links_within(
            0, len(self.blocks)
        )

    def _links_within(self, start: int, end: int) -> int:
        """The links of lists, tables and headings among these blocks, without the contents."""
        return sum(
            _number_of_links(self.blocks[i])
            for i in range(start, end)
            if i != self.contents_at and self.blocks[i].kind in ("list", "table", "heading")
        )

    def _is_part(self, head: int) -> bool:
        said = self.said[head]
        return said.link is not None or _is_year(said)

    def _holds(self, number: int) -> bool:
        """Whether entries or links stand in a block."""
        block = self.blocks[number]
        if block.kind in ("list", "table") or number in self.paragraphs:
            return True
        return block.kind == "paragraph" and bool(nested.read_paragraph(self.reading, block))


def _is_year(said: Said) -> bool:
    return not said.plain[:1].isalpha() and _YEAR.fullmatch(said.plain) is not None


def _number_of_links(block: Block) -> int:
    """All links in a block that lead away from the page."""
    number = 0
    waiting = [block]
    while waiting:
        one = waiting.pop()
        inlines = one.inlines
        if isinstance(one, PlainList):
            inlines = one.links
        else:
            waiting += one.children
        number += sum(it.kind != "image" and not it.url.startswith("#") for it in inlines)
    return number
