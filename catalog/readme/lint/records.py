"""Entries without links, names that stand twice, badges against hosts, brackets without a pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from catalog import kinds
from catalog.readme.document import ListDocument
from catalog.readme.lint.findings import HINT, WARNING, Finding, in_words, line_of, place_of
from catalog.readme.meaning import Address, Entry, Link, name_of
from catalog.readme.source import plain_text

# The kinds that a host tells apart for sure; a paper may lie anywhere.
_TOLD_BY_HOST: Final = frozenset({"paper", "code", "weights", "dataset"})
_CLOSING: Final = {"(": ")", "[": "]", "（": "）", "【": "】"}


def empty(document: ListDocument) -> Iterator[Finding]:
    """An entry that leads nowhere, with nothing below it."""
    for _, thing in document.things:
        if isinstance(thing, Entry) and not thing.children:
            yield Finding(
                line_of(document, thing),
                HINT,
                "without-link",
                f"{plain_text(thing.name)} has no link.",
                "Add its paper, code or page.",
            )


def same_name(document: ListDocument) -> Iterator[Finding]:
    """Two entries with one name. No sentence is said of two findings, as with `same_work`."""
    things = dict(document.things)
    seen: dict[str, list[Address]] = defaultdict(list)
    for address, thing in things.items():
        if isinstance(thing, Entry):
            seen[plain_text(thing.name).casefold()].append(address)
    for addresses in seen.values():
        first, *others = addresses
        there = place_of(first, things)
        times = Counter([there])
        for address in others:
            here = place_of(address, things)
            times[here] += 1
            where = f"under {here} and under {there}"
            if times[here] > 1:
                where = f"{in_words(times[here])} under {here}"
            yield Finding(
                line_of(document, things[address]),
                HINT,
                "same-name",
                f"{plain_text(name_of(things[address]))} is listed {where}.",
                "Put them together if they are one, or tell them apart by their names.",
                line_of(document, things[first]),
            )


def badge_against_host(document: ListDocument) -> Iterator[Finding]:
    """A badge that says one thing while the host says another."""
    for _, thing in document.things:
        if not isinstance(thing, Link) or thing.place is None or thing.place.badge is None:
            continue
        guessed = kinds.guess_kind(thing.url)
        if thing.kind != guessed and {thing.kind, guessed} <= _TOLD_BY_HOST:
            yield Finding(
                line_of(document, thing),
                WARNING,
                "badge-against-host",
                f"{name_of(thing)} has the badge {thing.kind}, but its address looks like "
                f"{guessed}.",
                "Change the badge or the address.",
            )


def unbalanced_brackets(document: ListDocument) -> Iterator[Finding]:
    """A name, title or remark with a bracket that has no partner."""
    for _, thing in document.things:
        said = thing.remark if isinstance(thing, Link) else ""
        for text in (name_of(thing), said):
            lonely = lonely_bracket(plain_text(text))
            if lonely:
                yield Finding(
                    line_of(document, thing),
                    WARNING,
                    "unbalanced-bracket",
                    f"“{lonely}” has no partner in: {plain_text(text)[:80]}",
                    "Add the missing bracket, or take this one away.",
                )


def lonely_bracket(text: str) -> str:
    """The first bracket without a partner; empty if all are paired."""
    opened: list[str] = []
    for character in text:
        if character in _CLOSING:
            opened.append(character)
        elif character in _CLOSING.values():
            if not opened or _CLOSING[opened[-1]] != character:
                return character
            opened.pop()
    return opened[0] if opened else ""
