"""A meaning as people read it, an indented outline: tests/cases/README.md says how."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Any

from catalog import kinds, titles
from catalog.readme import Entry, Link, ListDocument, Meaning, Section

_LINK = re.compile(
    rf"(?P<kind>{'|'.join(kind.value for kind in kinds.KINDS)})"
    r"(?: (?P<label>[^\"]+?):)?"
    r"(?: \"(?P<title>.*)\")?"
    r" (?P<url>https?://\S+)"
    r"(?: \((?P<remark>.*)\))?"
)
_FACT = re.compile(r"[^\"=(:]+(?: \([^()]*\))? = ")
_STEP = "  "


# Writing.


def outline_of(document: ListDocument) -> str:
    """What a document says, and then its lines that say nothing of the kind."""
    owned = [
        f"{piece.owner}: {line.strip()}\n"
        for owner in ("contents", "kept")
        for piece in document.partition
        if piece.owner == owner
        for line in document.raw[piece.start : piece.end].decode().split("\n")
        if line.strip()
    ]
    return outline(document.meaning) + "".join(owned)


def outline(meaning: Meaning) -> str:
    lines = [f"# {meaning.title}"] if meaning.title else []
    lines += _quoted(meaning.introduction)
    for section in meaning.sections:
        lines += _lines(section)
    return "".join(f"{line}\n" for line in lines)


def _lines(thing: Section | Entry | Link) -> Iterator[str]:
    if isinstance(thing, Link):
        label = f" {thing.label}:" if thing.label else ""
        title = f' "{thing.title}"' if thing.title else ""
        remark = f" ({thing.remark})" if thing.remark else ""
        yield f"{thing.kind}{label}{title} {thing.url}{remark}"
        return
    yield thing.name
    for line in _quoted(thing.note):
        yield _STEP + line
    for fact, value in getattr(thing, "facts", ()):
        yield f"{_STEP}{fact} = {value}"
    for child in thing.children:
        for line in _lines(child):
            yield _STEP + line


def _quoted(note: str) -> list[str]:
    return [f"> {line}".rstrip() for line in note.split("\n")] if note else []


# Reading.


@dataclass
class _Line:
    depth: int
    text: str


def meaning_of(text: str) -> Meaning:
    """The meaning that an outline gives; ValueError if a line is indented by an odd blank."""
    lines = _read_lines(text)
    meaning = Meaning()
    if lines and lines[0].text.startswith("# "):
        meaning = replace(meaning, title=lines.pop(0).text.removeprefix("# "))
    meaning = replace(meaning, introduction=_take_note(lines))
    return replace(meaning, sections=tuple(_sections(lines)))


def children_of(text: str) -> tuple[Entry | Link, ...]:
    """Entries and links, for the place below something."""
    return tuple(_children(_read_lines(text)))


def _read_lines(text: str) -> list[_Line]:
    lines = []
    for line in filter(str.strip, text.split("\n")):
        depth, odd = divmod(len(line) - len(line.lstrip()), len(_STEP))
        if odd:
            raise ValueError(f"An outline is indented by two blanks a step: {line!r}")
        lines.append(_Line(depth, line.strip()))
    return lines


def _sections(lines: list[_Line]) -> Iterator[Section]:
    for name, below in _groups(lines):
        yield Section(name, _take_note(below), tuple(_children(below)))


def _children(lines: list[_Line]) -> Iterator[Entry | Link]:
    for text, below in _groups(lines):
        link = _LINK.fullmatch(text)
        if link is None:
            yield Entry(text, _take_note(below), _take_facts(below), tuple(_children(below)))
        else:
            said: dict[str, Any] = link.groupdict(default="")
            yield Link(**said)


def _groups(lines: list[_Line]) -> Iterator[tuple[str, list[_Line]]]:
    """Each line that is not indented further than the first, with those below it."""
    heads = [at for at, line in enumerate(lines) if line.depth <= lines[0].depth]
    for at, end in pairwise([*heads, len(lines)]):
        yield lines[at].text, lines[at + 1 : end]


def _take_facts(lines: list[_Line]) -> tuple[tuple[str, str], ...]:
    facts = [line.text.partition(" = ") for line in takewhile(_is_fact, lines)]
    del lines[: len(facts)]
    return titles.in_order((fact, value) for fact, _, value in facts)


def _is_fact(line: _Line) -> bool:
    return _FACT.match(line.text) is not None


def _take_note(lines: list[_Line]) -> str:
    quotes = list(takewhile(lambda line: line.text[:1] == ">", lines))
    del lines[: len(quotes)]
    return "\n".join(line.text[1:].strip() for line in quotes)
