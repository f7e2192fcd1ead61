"""Which value of the rows a list cannot hold, in words for those who must mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from catalog.readme import Edit, Link, Section
from catalog.readme.meaning import Thing, name_of
from catalog.readme.values import problem

ADVICE: Final = "Mend it in the database, then export again."
_MOST: Final = 3
_FIELDS: Final = ("title", "url", "label", "remark", "note")
# What a list has no rule of its own for: a kind is one of few, and facts have a place or none.
_WITHOUT_RULE: Final = frozenset({"kind", "facts"})


def what_cannot_be_said(edits: Sequence[Edit]) -> str:
    """The first such values among what edits set or add; empty if each of them is good alone."""
    return "\n".join(islice(_problems(edits), _MOST))


def _problems(edits: Sequence[Edit]) -> Iterator[str]:
    for edit in edits:
        if edit.kind == "add" and edit.thing is not None:
            yield from _problems_of(edit.thing, edit.path[:-1])
        elif edit.kind == "set":
            yield from _told(_noun(edit), edit.new, edit.path)


def _problems_of(thing: Thing, above: tuple[str, ...]) -> Iterator[str]:
    path = (*above, name_of(thing))
    for field in _FIELDS:
        yield from _told(field, getattr(thing, field, ""), path)
    if not isinstance(thing, Link):
        yield from _told("organisation" if isinstance(thing, Section) else "name", thing.name, path)
        for child in thing.children:
            yield from _problems_of(child, path)


def _noun(edit: Edit) -> str:
    """What the rules of values call the field."""
    if edit.field == "name" and len(edit.path) == 1:
        return "organisation"
    return "list_title" if edit.field == "title" and not edit.path else edit.field


def _told(field: str, value: str, path: tuple[str, ...]) -> Iterator[str]:
    if field not in _WITHOUT_RULE and (reason := problem(field, value)):
        where = " > ".join(path) or "The list itself"
        yield f"{where} cannot be written. {reason} {ADVICE}"
