"""One field of one thing changes where the text states it: its range is replaced, nothing else."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from catalog import kinds, titles
from catalog.readme import renderer
from catalog.readme.dialects.names import begins_with
from catalog.readme.dialects.nested import title_span, url_span
from catalog.readme.lines import (
    behind_blanks,
    break_of_line,
    end_of_line,
    is_among_lines,
    is_blank,
    is_blank_before,
    item_marker,
    needs_break,
    start_of_line_before,
)
from catalog.readme.meaning import Branch, Entry, Link, is_own
from catalog.readme.note_lines import restated
from catalog.readme.parser import parse
from catalog.readme.pictures import pictured_like
from catalog.readme.places import BranchPlace, LinkPlace
from catalog.readme.ranges import Replacement
from catalog.readme.reading import Reading
from catalog.readme.style import Style, opening_of_remark, width

Replacements = Iterator[Replacement]

_EMPTY_LINE: Final = re.compile(rb"^(?P<label>[^\n:]{1,60}):[ \t]*\r?$", re.MULTILINE)


# The name and the note of a branch.


def rename(raw: bytes, was: Branch, name: str) -> Replacements:
    """A name, wherever it stands: before its own link, as its text, or both."""
    if was.name == name:
        return
    place = _branch_place(was)
    new = name.encode()
    yield Replacement(*place.name, new)
    own = was.children[0].place if was.children and is_own(was.children[0]) else None
    if isinstance(own, LinkPlace) and own.link.inner_start >= place.name_end:
        yield Replacement(*title_span(Reading(raw), own.link), new)


def annotate(raw: bytes, style: Style, was: Branch, wanted: Branch) -> Replacements:
    """A note: its text replaced, its lines taken away, or new lines right below the name."""
    place = _branch_place(was)
    is_astray = is_note_detached(raw, place) and not begins_with(wanted.note, wanted.name)
    if was.note == wanted.note and not is_astray:
        return
    if place.note is not None and place.note_lines is not None:
        if wanted.note and not is_astray:
            yield restated(raw, place, was.note, wanted.note, style.newline)
            return
        start, end = place.note_lines
        if is_note_detached(raw, place) and is_blank_before(raw, start):
            end = behind_blanks(raw, end)
        yield Replacement(start, end, b"")
    if wanted.note:
        is_plain = place.form == "heading" and is_note_plain(wanted, style)
        if is_plain:
            text = wanted.note.replace("\n", style.newline) + style.newline
        else:
            text = renderer.quoted(wanted.note, _indent_below(raw, place), style)
        is_tight = is_plain and not (style.is_note_open and is_blank(raw, place.head_end))
        if place.form == "heading" and not is_tight:
            text = style.newline + text
        if place.head_end < place.end and needs_break(raw, place.head_end):
            text += style.newline
        yield Replacement(place.head_end, place.head_end, text.encode())


def is_note_plain(branch: Branch, style: Style) -> bool:
    """Whether the note of this heading is a paragraph in this list, and is read as one.

    Alone below its heading it would not be read at all.
    """
    note = branch.note
    if not style.is_note_plain or not branch.children:
        return False
    sections = parse(f"## A\n\n{note}\n\n* B\n").sections
    return len(sections) == 1 and sections[0].note == note


def restate_facts(raw: bytes, style: Style, was: Branch, wanted: Branch) -> Replacements:
    """The facts of a heading, each a line of its own below it."""
    place = _branch_place(was)
    if not isinstance(was, Entry) or not isinstance(wanted, Entry) or place.form != "heading":
        return
    said = dict(wanted.facts)
    newline = style.newline.encode()
    at = place.head_end if place.note_lines is None else max(place.head_end, place.note_lines.end)
    marker = b"" if place.note_lines is None else item_marker(raw, place.note_lines.start)
    is_line, gone = False, set[int]()
    for part in place.parts:
        value = said.pop(part.key, "")
        lines = part.lines(raw)
        at, marker = lines.end, item_marker(raw, lines.start)
        is_line = not marker and is_among_lines(raw, lines.start, place.head_end)
        if not value:
            end = lines.end if marker or is_line else behind_blanks(raw, lines.end)
            yield Replacement(lines.start, end, b"")
            gone.add(lines.start)
        elif value != dict(was.facts)[part.key]:
            yield Replacement(part.start, part.end, value.encode())
    for fact, value in said.items():
        line = f"{style.label(fact)}{value}".encode()
        if (empty := _empty_line(raw, was, fact)) >= 0:
            yield Replacement(empty, empty, b" " + value.encode())
        elif is_line:
            yield _last_line(raw, place, gone, line, newline)
        else:
            yield Replacement(at, at, (marker or newline) + line + newline)


def _empty_line(raw: bytes, entry: Entry, fact: str) -> int:
    """Where the value is missing of a label that states a fact: `Licence:`; -1 if there is none.

    What stands below a heading further down is that heading's.
    """
    place = _branch_place(entry)
    below = [
        child.place.start for child in entry.children if isinstance(child, Entry) and child.place
    ]
    for line in _EMPTY_LINE.finditer(raw, place.head_end, min(below, default=place.end)):
        if titles.fact_named(line["label"].decode().strip("* ")) == fact:
            return line.end("label") + 1
    return -1


def _last_line(
    raw: bytes, place: BranchPlace, gone: Container[int], line: bytes, newline: bytes
) -> Replacement:
    """A line behind the last one that stays of the paragraph with the last of the facts."""
    at = place.parts[-1].lines(raw).start
    while at > place.head_end and not is_blank_before(raw, at):
        at = start_of_line_before(raw, at)
    last, line_break = at, b""
    while at < len(raw) and not is_blank(raw, at):
        last = at if at not in gone else last
        line_break = line_break or break_of_line(raw, at)
        at = end_of_line(raw, at)
    if last in gone:
        return Replacement(last, last, line + newline)
    end = last + len(raw[last : end_of_line(raw, last)].rstrip(b"\r\n"))
    missing = b"" if break_of_line(raw, last) else line_break
    return Replacement(end, end, missing + newline + line)


def is_note_detached(raw: bytes, place: BranchPlace) -> bool:
    """Whether an entry's note stands behind it or its list, and is its own by its first words."""
    return (
        place.form in ("item", "paragraph")
        and place.note_lines is not None
        and raw[place.note_lines.start : place.note_lines.start + 1] not in (b" ", b"\t")
    )


def _indent_below(raw: bytes, place: BranchPlace) -> str:
    if place.form == "heading":
        return ""
    marker = raw[place.marker : place.text].decode()
    return raw[place.start : place.marker].decode() + " " * width(marker)


def _branch_place(branch: Branch) -> BranchPlace:
    assert branch.place is not None
    return branch.place


# A link.


def relink(raw: bytes, style: Style, was: Link, wanted: Link) -> Replacements:
    """The fields of a link that differ. Whether it is its owner's own link must not change."""
    place = was.place
    assert place is not None
    if bool(was.label) != bool(wanted.label):
        yield Replacement(*place.stated, renderer.link_text(wanted, style).encode())
        return
    if was.label != wanted.label:
        yield Replacement(place.stated_start, place.label_end, wanted.label.encode())
    yield from _readdress(raw, place, was, wanted)
    yield from _restate_kind(raw, style, place, was, wanted)
    yield from _restate_remark(raw, style, place, was, wanted)


def _readdress(raw: bytes, place: LinkPlace, was: Link, wanted: Link) -> Replacements:
    link, title = place.link, title_span(Reading(raw), place.link)
    is_titled = is_own(wanted) or was.title == wanted.title
    if was.url == wanted.url and is_titled:
        return
    if is_titled and (picture := pictured_like(raw, was, wanted)):
        yield Replacement(link.start, link.end, picture)
        return
    url = url_span(raw, link)
    address = renderer.address(wanted.url)
    if link.kind in ("bare", "autolink") and wanted.title == wanted.url:
        mark = raw[link.start : link.inner_start], raw[link.inner_end : link.end]
        yield Replacement(link.start, link.end, wanted.url.encode().join(mark))
        return
    if url is None or link.kind != "link":
        said = wanted.title or raw[title.start : title.end].decode()
        yield Replacement(link.start, link.end, f"[{said}]({address})".encode())
        return
    if not is_titled:
        yield Replacement(*title, wanted.title.encode())
    if was.url != wanted.url:
        yield Replacement(*url, address.encode())


def _restate_kind(
    raw: bytes, style: Style, place: LinkPlace, was: Link, wanted: Link
) -> Replacements:
    """A badge is written where the text would not say the kind without it."""
    stated = None
    if place.badge is not None:
        alt = raw[place.badge.inner_start : place.badge.inner_end].decode()
        stated = kinds.kind_of_badge(alt)
    if wanted.kind == (stated or titles.kind_said(place.context, wanted.title, wanted.url)):
        return
    image = renderer.badge(wanted.kind, style).encode()
    if place.badge is not None and stated is not None:
        yield Replacement(place.badge.start, place.badge.end, image)
    else:
        yield Replacement(place.link.end, place.link.end, b" " + image)


def _restate_remark(
    raw: bytes, style: Style, place: LinkPlace, was: Link, wanted: Link
) -> Replacements:
    """A remark, in brackets from now on even if it had none."""
    if was.remark == wanted.remark:
        return
    if place.remark is None:
        is_bare = place.link.kind != "link" and place.badge is None
        remark = renderer.remark_text(wanted.remark, style, is_bare=is_bare)
        yield Replacement(place.stated_end, place.stated_end, remark.encode())
        return
    behind = place.badge.end if place.badge is not None else place.link.end
    opening = opening_of_remark(raw, place)
    if not wanted.remark:
        start = behind + len(raw[behind : place.remark.start if opening < 0 else opening].rstrip())
        yield Replacement(start, place.stated_end, b"")
    elif opening < 0:
        yield Replacement(*place.remark, f"({wanted.remark})".encode())
    else:
        yield Replacement(*place.remark, wanted.remark.encode())
