"""Links that share a line: `[site](url) | [code](url)`, `[[site](url)] [[code](url)]`.

A link that is new beside them joins their line, and one that moves among them stays in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.fields import relink
from catalog.readme.meaning import Address, Link
from catalog.readme.places import LinkPlace, Span
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.slots import Slot, Unit
from catalog.readme.style import Style, brackets_of, end_with_pictures


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
    spans = _spans(raw, slot)
    between = [raw[before.end : behind.start] for before, behind in pairwise(spans)]
    usual = max(between, key=between.count) if between else style.between_links.encode()
    numbers = [_number(child, slot) for child in children]
    texts = list(_texts(raw, style, slot, children))
    line = texts[0]
    for (before, number), text in zip(pairwise(numbers), texts[1:], strict=True):
        if before is not None and number == before + 1:
            line += between[before] + text
        else:
            line += usual + text
    return Replacement(spans[0].start, spans[-1].end, line)


def is_as_before(slot: Slot, children: Sequence[Arranged]) -> bool:
    """Whether these all stood in the line, and in this order."""
    numbers = [_number(child, slot) for child in children]
    return None not in numbers and numbers == sorted(numbers)  # type: ignore[type-var]


def without_others(raw: bytes, slot: Slot, kept: Sequence[int]) -> Iterator[Replacement]:
    """The line without those that go, and without what stood between these and the others."""
    if len(kept) == len(slot.parts):
        return
    spans = _spans(raw, slot)
    for before, behind in pairwise((-1, *kept, len(slot.parts))):
        if behind - before == 1:
            continue
        if before < 0:
            yield Replacement(spans[0].start, spans[behind].start, b"")
        else:
            yield Replacement(spans[before].end, spans[behind - 1].end, b"")


def _texts(raw: bytes, style: Style, slot: Slot, children: Sequence[Arranged]) -> Iterator[bytes]:
    spans, brackets = _spans(raw, slot), brackets_of(raw, _places(slot)[0])
    for child in children:
        assert isinstance(child.thing, Link)
        number = _number(child, slot)
        if number is None:
            yield renderer.link_text(child.thing, style, brackets=brackets).encode()
            continue
        part = slot.parts[number]
        assert isinstance(part, Link)
        changes = relink(raw, style, part, child.thing)
        yield replaced(raw, changes, *spans[number])


def _places(slot: Slot) -> list[LinkPlace]:
    return [part.place for part in slot.parts if isinstance(part.place, LinkPlace)]


def _spans(raw: bytes, slot: Slot) -> list[Span]:
    """The links of a line, each with its brackets, its remark and its pictures."""
    places = _places(slot)
    limits = [*(place.stated_start for place in places[1:]), places[-1].end]
    return [
        Span(place.stated_start, end_with_pictures(raw, place, limit))
        for place, limit in zip(places, limits, strict=True)
    ]


def _number(child: Arranged, slot: Slot) -> int | None:
    """Where a child of the same owner stands in the line; None if it does not."""
    number = child.source[-1] - slot.first if child.source is not None else -1
    return number if 0 <= number < len(slot.parts) else None
