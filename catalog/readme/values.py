"""Which values a list can hold: those that, written and read again, come back the same."""

from __future__ import annotations

from dataclasses import replace

from catalog.readme.meaning import Entry, Link, Meaning, Section
from catalog.readme.parser import parse
from catalog.readme.renderer import render
from catalog.readme.source import ListRefused

_LINK = Link("Title", "https://example.org/", "other")
_SAYS = {
    "name": "name",
    "note": "note",
    "title": "title",
    "url": "address",
    "label": "label",
    "remark": "remark",
    "introduction": "introduction",
}


def problem(field: str, value: str) -> str:
    """Why a list cannot hold this value, in a sentence for its author; empty if it can.

    `field` is name, note, title, url, label, remark, organisation (a name), list_title or
    introduction.
    """
    word = _SAYS.get(field, "name" if field == "organisation" else "title")
    if not value:
        return ""
    if "\n" in value and field not in ("note", "introduction"):
        return f"A {word} stands on one line: take the line break out."
    if field == "url" and not value.lower().startswith(("http://", "https://")):
        return "Only web addresses are taken: begin with https:// or http://."
    if value != value.strip():
        return f"Take the blanks before and after the {word} away."
    if "](" in value and field not in ("note", "introduction", "list_title"):
        return f"A {word} cannot hold '](': it would end a link in the middle. Leave it out."
    wanted = _holding(field, value)
    try:
        said = parse(render(wanted)).meaning
    except ListRefused as error:
        return str(error)
    if said == wanted:
        return ""
    culprit = next(
        (
            mark
            for mark in ("](", "## ", "[", "]", "<", ">", "(", ")", ":", "*", "_")
            if mark in value
        ),
        "",
    )
    hint = (
        f" The cause may be {culprit!r}: escape it with a backslash or leave it out."
        if culprit
        else ""
    )
    return f"Written into the list, this {word} would not be read back the same.{hint}"


def _holding(field: str, value: str) -> Meaning:
    """A small list with this value in it, between two neighbours that must come through whole."""
    link, entry, section = _LINK, Entry("Name", children=(_LINK,)), Section("Organisation")
    title, introduction = "Title", ""
    if field in ("title", "label", "remark", "url"):
        link = replace(link, **{field: value})
        if field == "url":
            from catalog import kinds

            link = replace(link, kind=kinds.guess_kind(value))
        entry = replace(entry, children=(link,))
    elif field in ("name", "note"):
        entry = replace(entry, **{field: value})
    elif field == "organisation":
        section = replace(section, name=value)
    elif field == "list_title":
        title = value
    elif field == "introduction":
        introduction = value
    top = replace(entry, children=(*entry.children, replace(entry, note=""), Entry("After")))
    section = replace(section, children=(top, Entry("Next")))
    return Meaning(title, introduction, (section, Section("Last", children=(Entry("End"),))))
