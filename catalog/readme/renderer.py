"""render(meaning) -> the canonical text, and the pieces from which patches write new things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from catalog import kinds, titles
from catalog.readme.anchors import Anchors
from catalog.readme.dialects.prose import needs_mark
from catalog.readme.meaning import Branch, Entry, Link, Meaning, Section, is_own
from catalog.readme.source import unmarked
from catalog.readme.style import CANON, Style


def render(meaning: Meaning) -> str:
    """The canonical text: title, introduction, contents, then the organisations."""
    parts = []
    if meaning.title:
        parts.append(f"# {meaning.title}\n")
    if meaning.introduction:
        parts.append(f"{meaning.introduction}\n")
    if meaning.title and meaning.sections:
        parts.append(_contents(meaning))
    parts += [heading_text(section, CANON) for section in meaning.sections]
    return "\n".join(parts)


def _contents(meaning: Meaning) -> str:
    anchors = Anchors()
    anchors.next(unmarked(meaning.title))
    return "".join(
        f"* [{in_link(section.name)}](#{anchors.next(unmarked(section.name))})\n"
        for section in meaning.sections
    )


def heading_text(branch: Branch, style: Style, *, is_note_plain: bool = False) -> str:
    """A heading with its note, its links and its entries, ending with a line end.

    Below an entry's heading that is a link itself, links are items and facts are lines of their
    own.
    """
    end = style.newline
    children = branch.children
    name = branch.name
    if children and isinstance(own := children[0], Link) and is_own(own):
        name, children = link_text(replace(own, title=name), style), children[1:]
    way_back = style.way_back if name == branch.name == in_link(name) else ""
    blocks = [f"{style.heading}{'[' if way_back else ''}{name}{way_back}{end}"]
    if branch.note:
        note = branch.note.replace("\n", end) + end
        if is_note_plain and not style.is_note_open:
            blocks[0] += note
        else:
            blocks.append(note if is_note_plain else quoted(branch.note, "", style))
    for is_link, run in _runs(children):
        if is_link and (name == branch.name or isinstance(branch, Section)):
            blocks += [line + end for line in _lines_of_links(run, style)]  # type: ignore[arg-type]
        else:
            blocks.append("".join(item_text(entry, style, is_top=True) for entry in run))
    if isinstance(branch, Entry):
        blocks += [f"{style.label(fact)}{value}{end}" for fact, value in branch.facts]
    return end.join(blocks)


def _lines_of_links(links: Sequence[Link], style: Style) -> list[str]:
    """The paragraphs of a heading's links: one, if this is so in the list."""
    brackets = style.link_brackets
    lines = [link_text(link, style, brackets=brackets) for link in links]
    return [style.between_links.join(lines)] if style.between_links else lines


def _runs(children: Sequence[Entry | Link]) -> Iterator[tuple[bool, list[Entry | Link]]]:
    """Links and entries that stand next to each other, together."""
    run: list[Entry | Link] = []
    for child in children:
        if run and isinstance(run[0], Link) != isinstance(child, Link):
            yield isinstance(run[0], Link), run
            run = []
        run.append(child)
    if run:
        yield isinstance(run[0], Link), run


def item_text(
    thing: Entry | Link,
    style: Style,
    indent: str = "",
    *,
    is_top: bool = False,
    is_marked: bool = False,
) -> str:
    """The lines of an item with all that is below it.

    `is_top`: it stands right below a heading; `is_marked`: a name alone needs its colon. The first
    child's line is indented by the style's step, or further if the marker is wider.
    """
    end = style.newline
    if isinstance(thing, Link):
        return f"{indent}{style.marker}{link_text(thing, style)}{end}"
    below = style.below(indent, style.marker)
    children = (
        thing.children[1:] if thing.children and is_own(thing.children[0]) else thing.children
    )
    is_enough = is_top or bool(children) or bool(thing.facts)
    is_bare = not (thing.children or thing.facts or thing.note)
    head = head_text(thing, style, is_link_enough=is_enough, is_marked=is_marked and is_bare)
    lines = [f"{indent}{style.marker}{head}{end}"]
    if thing.note:
        lines.append(quoted(thing.note, below, style))
    lines += [
        f"{below}{_plain(style)}{style.label(fact)}{value}{end}" for fact, value in thing.facts
    ]
    # Among labelled lines below a link, words without a mark are its authors or its venue.
    labelled = bool(thing.facts) or any(isinstance(one, Link) and one.label for one in children)
    is_marked = labelled and len(children) < len(thing.children)
    style = replace(style, marker=_plain(style))
    lines += [item_text(child, style, below, is_marked=is_marked) for child in children]
    return "".join(lines)


def head_text(entry: Entry, style: Style, *, is_link_enough: bool, is_marked: bool = False) -> str:
    """The name of an entry, with its own link if it has one.

    Further down a link alone would be a link of the entry above: there the name is said twice.
    """
    own = entry.children[0] if entry.children else None
    if not isinstance(own, Link) or not is_own(own):
        # With facts below it, a name in bold would be read without its marks.
        is_bold = bool(entry.facts) and entry.name[:2] in ("**", "__")
        is_marked = is_marked or is_bold or needs_mark(entry.name)
        return f"{entry.name}:" if is_marked else entry.name
    link = link_text(replace(own, title=entry.name), style)
    return link if is_link_enough else f"{entry.name}: {link}"


def plain_marker(marker: str) -> str:
    """The marker of items below one whose marker was taken from its siblings."""
    return marker.partition("#")[0] if not marker[:1].isdigit() else CANON.marker


def _plain(style: Style) -> str:
    return plain_marker(style.marker)


def quoted(note: str, indent: str, style: Style) -> str:
    """A note as a block quote."""
    return "".join(f"{indent}> {line}".rstrip(" ") + style.newline for line in note.split("\n"))


# An address that is a link as it stands, wherever it stands.
_BARE: Final = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.:@-]*(?:[/?#](?:[A-Za-z0-9/.?=%+#:@-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*)?"
    r"(?<=[A-Za-z0-9/])"
)
# What stands between `<` and `>` is taken as it is.
_AUTOLINK: Final = re.compile(r"https?://[^\s<>&\\]+")


def link_text(
    link: Link, style: Style, context: str | None = None, brackets: tuple[str, str] = ("", "")
) -> str:
    """`label: [title](url) ![badge] (remark)`, with a badge where the kind would not be guessed.

    `context` is that of its place, if it comes to stand in a line or a cell; the brackets stand
    right round the link.
    """
    text = f"[{link.title}]({address(link.url)})"
    if link.title == link.url and _BARE.fullmatch(link.url):
        text = link.url
    elif link.title == link.url and _AUTOLINK.fullmatch(link.url) and in_link(link.url) != link.url:
        text = f"<{link.url}>"
    text = text.join(brackets)
    is_badged = context is None and link.kind in style.badged
    if context is None and link.label:
        text = f"{link.label}: {text}"
        context = titles.kind_of_title(link.label)
    if is_badged or titles.kind_said(context or "", link.title, link.url) != link.kind:
        text += f" {badge(link.kind, style)}"
    if link.remark:
        text += remark_text(link.remark, style, is_bare=not text.endswith(")"))
    return text


def remark_text(remark: str, style: Style, *, is_bare: bool) -> str:
    """What stands behind a link; behind a bare address, which it would lengthen, after a blank."""
    return f"({remark})" if not is_bare and not style.is_remark_apart else f" ({remark})"


def in_link(name: str) -> str:
    """A name as the text of a link: a bracket without a partner would end it, or never."""
    opened: list[int] = []
    lonely: list[int] = []
    at = 0
    while at < len(name):
        if name[at] == "\\":
            at += 1
        elif name[at] == "[":
            opened.append(at)
        elif name[at] == "]":
            if opened:
                opened.pop()
            else:
                lonely.append(at)
        at += 1
    for at in sorted((*opened, *lonely), reverse=True):
        name = f"{name[:at]}\\{name[at:]}"
    return name


def badge(kind: str, style: Style) -> str:
    """The image that states a kind: the list's own, if it has one."""
    return style.badges.get(kind) or kinds.badge_image(kind)


def address(url: str) -> str:
    """The address as a link's destination, so that it reads back as itself."""
    url = url.replace("\\", "\\\\")
    if "&" in url and ";" in url:  # or it would be read as an entity
        url = url.replace("&", "&amp;")
    if " " in url or not _is_balanced(url):
        return f"<{url}>"
    return url


def _is_balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
