"""Links that share a line: `[site](url) | [code](url)`, `[[site](url)] [[code](url)]`.

A link that is new beside them joins their line, and one that moves among them stays in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.fields import relink
from catalog.readme.meaning import Address, Link
from catalog.readme.places import LinkPlace
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.slots import Slot, Unit
from catalog.readme.style import Style, brackets_of


def with_newcomers(
    units: Sequence[Unit], slots: Sequence[Slot], style: Style, above: Address | None
) -> list[Unit]:
    """The units, each such line with the links that are new in it, or at another place of it.

    `above` is the address of what they all stand below.
    """
    found: list[Unit] = []
    for unit in units:
        last = found[-1] if found else None
        if last is not None and _takes(last, unit, slots, style, above):
            last.children.extend(unit.children)
        elif last is not None and _takes(unit, last, slots, style, above):
            found[-1] = Unit([*last.children, *unit.children], unit.home)
        else:
            found.append(unit)
    return found


def _takes(
    run: Unit, newcomers: Unit, slots: Sequence[Slot], style: Style, above: Address | None
) -> bool:
    """Whether these can join a line. Links from elsewhere may have more to carry along."""
    if run.home is None or newcomers.home is not None:
        return False
    slot = slots[run.home]
    places = _places(slot)
    if len(places) < len(slot.parts) or any(place.label_end >= 0 for place in places):
        return False
    is_shared = len(places) > 1 or (places[0].form == "paragraph" and bool(style.between_links))
    return is_shared and all(
        isinstance(child.thing, Link)
        and not child.thing.label
        and (
            child.source is None
            or (child.source[:-1] == above and _number(child, slot) is not None)
        )
        for child in newcomers.children
    )


def rewritten(raw: bytes, style: Style, slot: Slot, children: Sequence[Arranged]) -> Replacement:
    """The links of a line as they shall be, with what stands between the others in it."""
    places = _places(slot)
    between = Counter(_between(raw, *two) for two in pairwise(places))
    usual = between.most_common(1)[0][0] if between else style.between_links.encode()
    numbers = [_number(child, slot) for child in children]
    texts = list(_texts(raw, style, slot, children))
    line = texts[0]
    for (before, number), text in zip(pairwise(numbers), texts[1:], strict=True):
        if before is not None and number == before + 1:
            line += _between(raw, places[before], places[before + 1]) + text
        else:
            line += usual + text
    return Replacement(places[0].stated_start, places[-1].stated_end, line)


def is_as_before(slot: Slot, children: Sequence[Arranged]) -> bool:
    """Whether these all stood in the line, and in this order."""
    numbers = [_number(child, slot) for child in children]
    return None not in numbers and numbers == sorted(numbers)  # type: ignore[type-var]


def without_others(slot: Slot, kept: Sequence[int]) -> Iterator[Replacement]:
    """The line without those that go, and without what stood between these and the others."""
    places = _places(slot)
    for before, behind in pairwise((-1, *kept, len(slot.parts))):
        if behind - before == 1:
            continue
        if before < 0:
            yield Replacement(places[0].stated_start, places[behind].stated_start, b"")
        else:
            yield Replacement(places[before].stated_end, places[behind - 1].stated_end, b"")


def _texts(raw: bytes, style: Style, slot: Slot, children: Sequence[Arranged]) -> Iterator[bytes]:
    brackets = brackets_of(raw, _places(slot)[0])
    for child in children:
        assert isinstance(child.thing, Link)
        number = _number(child, slot)
        if number is None:
            yield renderer.link_text(child.thing, style, brackets=brackets).encode()
            continue
        part = slot.parts[number]
        assert isinstance(part, Link)
        changes = relink(raw, style, part, child.thing)
        yield replaced(raw, changes, *_places(slot)[number].stated)


def _places(slot: Slot) -> list[LinkPlace]:
    return [part.place for part in slot.parts if isinstance(part.place, LinkPlace)]


def _number(child: Arranged, slot: Slot) -> int | None:
    """Where a child of the same owner stands in the line; None if it does not."""
    number = child.source[-1] - slot.first if child.source is not None else -1
    return number if 0 <= number < len(slot.parts) else None


def _between(raw: bytes, before: LinkPlace, behind: LinkPlace) -> bytes:
    return raw[before.stated_end : behind.stated_start]
