"""A new heading above lines that say what it is, as a sibling's: items, or those of a paragraph.

## [T5](url)

- Summary: A text-to-text transformer.
- License: Apache
- paper: [Exploring the Limits](url)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from catalog.readme import renderer
from catalog.readme.lines import (
    break_of_line,
    is_among_lines,
    item_marker,
    start_of_line_before,
)
from catalog.readme.meaning import Entry, Link, Thing, is_own
from catalog.readme.parser import parse
from catalog.readme.places import LinkPlace
from catalog.readme.ranges import Replacement
from catalog.readme.style import Style

_MOST_ASKED: Final = 5


def text_like_sibling(
    raw: bytes, thing: Thing, siblings: Sequence[Thing], style: Style
) -> str | None:
    """The lines of a heading as the nearest sibling with such items has them; None if none has."""
    if not isinstance(thing, Entry):
        return None
    forms: dict[str, str] = {}
    gap, line_break = 0, ""
    for one in islice(siblings, _MOST_ASKED):
        if isinstance(one, Entry) and (found := sorted(_forms(raw, one))):
            forms = {key: form for _, key, form in found}
            assert one.place is not None
            gap = raw.count(b"\n", one.place.head_end, found[0][0])
            line_break = break_of_line(raw, found[0][0]).decode()
            break
    if not set(forms) - {key for key in forms if key.endswith(":")}:
        return None
    own = [child for child in thing.children[:1] if is_own(child)]
    lines = _lines(thing, thing.children[len(own) :], forms, line_break, style)
    for heading in ("### ", style.heading):
        head = replace(thing, note="", facts=(), children=tuple(own))
        text = renderer.heading_text(head, replace(style, heading=heading))
        text += style.newline * gap + lines
        if heading == "### " and not _says(text, thing):
            return None
    return text


def joined(
    raw: bytes, links: Sequence[Thing], behind: Thing | None, ahead: Thing | None, style: Style
) -> Replacement | None:
    """New labelled links as lines of the paragraph in which the one before or behind them stands.

    None if they are no such links, or neither stands in one.
    """
    if not all(isinstance(link, Link) and link.label for link in links):
        return None
    end = style.newline.encode()
    lines = [renderer.link_text(link, style).encode() for link in links if isinstance(link, Link)]
    before = _line_of(raw, behind)
    place = before or _line_of(raw, ahead)
    if place is None:
        return None
    line_break = break_of_line(raw, place.start)
    line_break = line_break or break_of_line(raw, start_of_line_before(raw, place.start))
    if before is None or (
        break_of_line(raw, place.start) and raw[place.end - 1 : place.end] == b"\n"
    ):
        at = place.start if before is None else place.end
        return Replacement(at, at, b"".join(line + line_break + end for line in lines))
    at = place.start + len(raw[place.start : place.end].rstrip())
    return Replacement(at, at, b"".join(line_break + end + line for line in lines))


def with_break(raw: bytes, was: Thing, text: bytes) -> bytes:
    """What takes the line of a labelled link in a paragraph, with the break of that line."""
    place = _line_of(raw, was)
    line = text.rstrip(b"\r\n")
    return text if place is None else line + break_of_line(raw, place.start) + text[len(line) :]


def _line_of(raw: bytes, link: Thing | None) -> LinkPlace | None:
    """The line of a labelled link, if it is one of several of a paragraph."""
    if not isinstance(link, Link) or not link.label or link.place is None:
        return None
    is_line = link.place.form == "paragraph" and is_among_lines(raw, link.place.start, 0)
    return link.place if is_line else None


def _forms(raw: bytes, entry: Entry) -> Iterator[tuple[int, str, str]]:
    """Where each item of a heading begins, what it says, and what stands before that."""
    place = entry.place
    if place is None or place.form != "heading":
        return
    if place.note is not None and place.note_lines is not None:
        start = place.note_lines.start
        if item_marker(raw, start) or is_among_lines(raw, start, place.head_end):
            yield start, "note", raw[start : place.note.start].decode()
    for part in place.parts:
        start = part.lines(raw).start
        if item_marker(raw, start) or is_among_lines(raw, start, place.head_end):
            yield start, part.key, raw[start : part.start].decode()
    for child in entry.children:
        if isinstance(child, Link) and child.label and child.place is not None:
            start = child.place.start
            if child.place.form == "item" or is_among_lines(raw, start, place.head_end):
                yield start, f"{child.label}:", raw[start : child.place.text].decode()


def _lines(
    entry: Entry,
    children: Sequence[Entry | Link],
    forms: dict[str, str],
    line_break: str,
    style: Style,
) -> str:
    """The lines of a new one in the order of those of the sibling, further ones behind them."""
    marker = item_marker(next(iter(forms.values())).encode(), 0).decode()
    said: list[tuple[str, str]] = []
    if entry.note:
        note = entry.note.replace("\n", style.newline + " " * len(marker))
        said.append(("note", forms.get("note", f"{marker}Note: ") + note))
    for fact, value in entry.facts:
        said.append((fact, forms.get(fact, f"{marker}{style.label(fact)}") + value))
    for child in children:
        text = renderer.item_text(child, replace(style, marker=marker), is_top=True)
        key = f"{child.label}:" if isinstance(child, Link) and child.label else ""
        said.append((key, text.removesuffix(style.newline)))
    rank = {key: number for number, key in enumerate(forms)}
    said.sort(key=lambda one: rank.get(one[0], len(rank)))
    glue = (line_break if not marker else "") + style.newline
    return glue.join(text for _, text in said) + style.newline if said else ""


def _says(text: str, entry: Entry) -> bool:
    sections = parse(f"## A\n\n{text}").meaning.sections
    return len(sections) == 1 and sections[0].children == (entry,)
