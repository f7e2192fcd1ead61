"""Which values a list can hold: those that, written and read again, come back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from catalog import kinds
from catalog.identifiers import is_web_address
from catalog.readme.meaning import Entry, Link, Meaning, Section
from catalog.readme.parser import parse
from catalog.readme.reading import is_single_line
from catalog.readme.renderer import render
from catalog.readme.source import ListRefused

# Field -> what sentences call it.
_NOUNS: Final[Mapping[str, str]] = {
    "name": "name",
    "organisation": "name",
    "note": "note",
    "title": "title",
    "url": "address",
    "label": "label",
    "remark": "remark",
    "list_title": "title",
    "introduction": "introduction",
}
_PROSE: Final = frozenset({"note", "introduction"})
_NAMES: Final = frozenset({"name", "organisation"})
# What is most often to blame, and worth naming.
_SUSPECTS: Final = ("](", "[", "]", "<", ">", "(", ")", ":", "*", "_", "`", "|", "#", "&")


def problem(field: str, value: str) -> str:
    """Why a list cannot hold this value, in a sentence for its author; empty if it can.

    `field` is one of those above; "organisation" is an organisation's name, "list_title" the
    title of the list.
    """
    noun = _NOUNS[field]
    if not value:
        return "A list has a title: write one." if field == "list_title" else ""
    if not is_single_line(value) and field not in _PROSE:
        return f"A {noun} stands on one line: take the line break out."
    if field == "url" and not is_web_address(value):
        return "Only web addresses are taken: begin with https:// or http://."
    if value != value.strip():
        return f"Take the blanks before and after the {noun} away."
    if "](" in value and field in _NAMES | {"label", "remark"}:
        return f"A {noun} cannot hold “](”: it would be read as a link. Leave it out."
    if "## " in value and field in _NAMES:
        return f"A {noun} cannot hold “## ”: it would be read as a heading. Leave it out."
    wanted = _holding(field, value)
    try:
        said = parse(render(wanted)).meaning
    except ListRefused as refusal:
        return str(refusal)
    if said == wanted:
        return ""
    suspect = next((mark for mark in _SUSPECTS if mark in value), "")
    hint = f" It may be “{suspect}”: put a backslash before it, or leave it out." if suspect else ""
    return f"Written into the list, this {noun} would not be read back the same.{hint}"


def _holding(field: str, value: str) -> Meaning:
    """A small list with this value in it, among neighbours that must come through whole."""
    paper = Link("Title", "https://example.org/", "other")
    after = Entry("Next", children=(paper,))
    link, entry, section = paper, Entry("Name"), Section("Organisation")
    title, introduction = "Title", ""
    match field:
        case "title":
            link = replace(paper, title=value)
        case "label":
            link = replace(paper, label=value)
        case "remark":
            link = replace(paper, remark=value)
        case "url":
            link = replace(paper, url=value, kind=kinds.guess_kind(value))
        case "name":
            entry = replace(entry, name=value)
        case "note":
            entry = replace(entry, note=value)
        case "organisation":
            section = replace(section, name=value)
        case "list_title":
            title = value
        case _:
            introduction = value
    below = replace(entry, note="", children=(link,))
    top = replace(entry, children=(link, below, after))
    section = replace(section, children=(top, after))
    return Meaning(title, introduction, (section, Section("Last", children=(after,))))
