"""What a curator wishes, one wish a line (tests/cases/README.md says how), and what it makes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from catalog import titles
from catalog.readme import Meaning
from catalog.readme.meaning import Address
from tests.readme.outline import children_of, meaning_of
from tests.readme.strategies import address_of, at, changed, inserted, without

_PLACE = r"(?:,? (?P<place>first|after .+|before .+))?"
_FIELDS = "note|title|url|kind|label|remark"


def wished(meaning: Meaning, text: str) -> Meaning:
    """The meaning after these wishes. Raises ValueError or LookupError for what it cannot read."""
    for wish in _wishes(text):
        meaning = _after(meaning, wish)
    return meaning


def _wishes(text: str) -> Iterator[str]:
    """Each wish with the indented lines that belong to it."""
    return iter(re.split(r"\n(?! |\n|$)", text.strip("\n")))


def _after(meaning: Meaning, wish: str) -> Meaning:
    for form, grant in _FORMS.items():
        match = re.fullmatch(form, wish)
        if match is not None:
            return grant(meaning, **match.groupdict())
    raise ValueError(f"No wish that a curator can have: {wish!r}")


# Values.


def _rename(meaning: Meaning, path: str, value: str) -> Meaning:
    return _set(meaning, path, "name", value)


def _set(meaning: Meaning, path: str, field: str, value: str) -> Meaning:
    said = value.replace("\n  ", "\n")
    return changed(meaning, _find(meaning, path), lambda thing: replace(thing, **{field: said}))


def _clear(meaning: Meaning, path: str, field: str) -> Meaning:
    return _set(meaning, path, field, "")


def _set_words(meaning: Meaning, field: str, value: str) -> Meaning:
    said: Any = {field: value.replace("\n  ", "\n")}
    return replace(meaning, **said)


def _clear_words(meaning: Meaning, field: str) -> Meaning:
    return _set_words(meaning, field, "")


# Things.


def _remove(meaning: Meaning, path: str) -> Meaning:
    return without(meaning, _find(meaning, path))


def _move(meaning: Meaning, path: str, parent: str | None, place: str | None) -> Meaning:
    address = _find(meaning, path)
    rest = without(meaning, address)
    below = address[:-1] if parent is None else _find(rest, parent)
    return inserted(rest, below, _index(rest, below, place), at(meaning, address))


def _add(meaning: Meaning, parent: str | None, place: str | None, outline: str) -> Meaning:
    below = () if parent is None else _find(meaning, parent)
    things = meaning_of(outline).sections if parent is None else children_of(outline)
    index = _index(meaning, below, place)
    for thing in reversed(things):
        meaning = inserted(meaning, below, index, thing)
    return meaning


# Where things are.


def _find(meaning: Meaning, path: str) -> Address:
    return address_of(meaning, *("" if step == "own link" else step for step in path.split(" > ")))


def _index(meaning: Meaning, parent: Address, place: str | None) -> int:
    siblings: Any = at(meaning, parent).children if parent else meaning.sections
    if place is None:
        return len(siblings)
    where, _, name = place.partition(" ")
    if where == "first":
        return 0
    names = [getattr(sibling, "name", None) or sibling.title for sibling in siblings]
    return names.index("" if name == "own link" else name) + (where == "after")


def _state(meaning: Meaning, path: str, fact: str, value: str) -> Meaning:
    def stated(entry: Any) -> Any:
        facts = {**dict(entry.facts), fact: value}
        return replace(entry, facts=titles.in_order((f, v) for f, v in facts.items() if v))

    return changed(meaning, _find(meaning, path), stated)


def _retract(meaning: Meaning, path: str, fact: str) -> Meaning:
    return _state(meaning, path, fact, "")


_FORMS: dict[str, Callable[..., Meaning]] = {
    r"rename (?P<path>.+?) to (?P<value>.+)": _rename,
    r"clear (?P<field>title|introduction)": _clear_words,
    r"set (?P<field>title|introduction) to (?P<value>(?s:.+))": _set_words,
    rf"set (?P<path>.+), (?P<field>{_FIELDS}) to (?P<value>(?s:.+))": _set,
    rf"clear (?P<path>.+), (?P<field>{_FIELDS})": _clear,
    r"state (?P<path>.+), (?P<fact>[^,]+) = (?P<value>.+)": _state,
    r"retract (?P<path>.+), (?P<fact>[^,]+)": _retract,
    r"remove (?P<path>.+)": _remove,
    rf"move (?P<path>.+?)(?: below (?P<parent>.+?))?{_PLACE}": _move,
    rf"add(?: below (?P<parent>.+?))?{_PLACE}\n(?P<outline>(?s:.+))": _add,
}
