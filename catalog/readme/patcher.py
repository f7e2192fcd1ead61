"""patch(document, edits) -> the text with these edits and no other byte changed.

Edits become replacements of byte ranges; what no replacement covers is copied. After writing, the
text is parsed again: where a local change cannot say what is asked (an entry whose links no
longer fit its line), the nearest thing around it is rendered anew. If that would cost kept text,
or no form can say it, `Unstatable` is raised.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from catalog.readme.columns import FEWEST_FOR_A_COLUMN
from catalog.readme.contents_lines import follow_contents
from catalog.readme.difference import Arranged, Edit, arrange, compare, in_words, sections_of
from catalog.readme.document import ListDocument
from catalog.readme.lines import behind_blanks, behind_html, is_blank
from catalog.readme.meaning import Address, Link, Meaning, Thing
from catalog.readme.numbers import counted_on
from catalog.readme.parser import parse
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.source import BYTE_ORDER_MARK_SIZE
from catalog.readme.style import style_of
from catalog.readme.texts import Unstatable
from catalog.readme.writer import Writer

# How often something further out is tried before giving up; a list is seldom deeper.
_TRIES: Final = 8


def patch(document: ListDocument, edits: Iterable[Edit]) -> str:
    """The document's text after the edits. Raises Unstatable if the text cannot say it."""
    edits = tuple(edits)
    if not edits:
        return document.text
    root = arrange(document.meaning, edits)
    texts = {edit.field: edit.new for edit in edits if edit.kind == "set" and edit.at == ()}
    wanted = replace(document.meaning, **texts, sections=sections_of(root))
    known = wanted.organisations if document.organisations else ()
    again = _read_for(wanted, document)
    if again.section_level != document.section_level:
        try:
            others = compare(again.meaning, wanted)
            return _written(again, others, arrange(again.meaning, others), wanted, known)
        except Unstatable:
            pass
    return _written(document, edits, root, wanted, known)


def _read_for(wanted: Meaning, document: ListDocument) -> ListDocument:
    """The document with the organisations of what is wanted, if those are others than its own.

    One heading more can make those of another level the organisations: read so, little changes;
    read as before, every organisation goes and others come.
    """
    names, wanted_names = document.meaning.organisations, wanted.organisations
    if len(names & wanted_names) * 2 >= max(len(names), len(wanted_names)):
        return document
    return parse(document.text, wanted.organisations)


def _written(
    document: ListDocument,
    edits: Sequence[Edit],
    root: Arranged,
    wanted: Meaning,
    known: Collection[str],
) -> str:
    """The text after the edits, which says what is wanted if it is read with the known names."""
    words = list(_set_texts(document, edits))
    anew: frozenset[Address] = frozenset()
    for fewest in (FEWEST_FOR_A_COLUMN, *[1] * _TRIES):
        writer = Writer(document, anew, fewest)
        replacements = [*words, *writer.write(root)]
        text = replaced(document.raw, replacements)
        counted = counted_on(document.raw, replacements, text, is_counted=writer.style.is_counted)
        after = parse(counted.decode(), known)
        if counted != text and not after.says(settled(after, wanted)):
            after = parse(text.decode(), known)
        if not after.says(wanted):
            wanted = settled(after, wanted)
        if after.says(wanted):
            return _with_contents(document, after, root)
        wrong = (
            wrong_places(document, root, after.meaning, wanted, anew)
            if fewest == 1
            else frozenset()
        )
        if not wrong and fewest == 1:
            break
        anew |= wrong
    first = next(in_words(compare(wanted, after.meaning), ("entry", "entries")), "the order")
    raise Unstatable(f"The list has no form that says this; it would read: {first}")


def settled(document: ListDocument, wanted: Meaning) -> Meaning:
    """What is wanted, with the links of each row in the order of the document's columns.

    A table orders the links of all its rows, and cannot say another order for one of them.
    """
    sections = tuple(map(_settled, document.sections, wanted.sections))
    return replace(wanted, sections=(*sections, *wanted.sections[len(sections) :]))


def _settled(said: Any, wanted: Any) -> Any:
    if isinstance(said, Link) or isinstance(wanted, Link):
        return wanted
    if said.place.form == "row":
        ranks = {_key(link): number for number, link in enumerate(said.children)}
        if len(ranks) == len(said.children) == len(wanted.children):
            links = sorted(wanted.children, key=lambda link: ranks.get(_key(link), len(ranks)))
            return replace(wanted, children=tuple(links))
        return wanted
    children = tuple(map(_settled, said.children, wanted.children))
    return replace(wanted, children=(*children, *wanted.children[len(children) :]))


def _key(thing: Any) -> tuple[str, ...]:
    if isinstance(thing, Link):
        return thing.title, thing.url, thing.label
    return ("", thing.name)


def _set_texts(document: ListDocument, edits: Iterable[Edit]) -> Iterator[Replacement]:
    """The title or the introduction; one that is new stands at the head of the file."""
    begin = BYTE_ORDER_MARK_SIZE if document.raw.startswith(BOM_UTF8) else 0
    texts = [edit for edit in edits if edit.kind == "set" and edit.at == ()]
    newline = style_of(document).newline if texts else ""
    for edit in texts:
        text, lines = document.texts.get(edit.field), document.prose.get(edit.field)
        new = str(edit.new).replace("\n", newline)
        if text is not None and lines is not None and new:
            yield Replacement(*text, new.encode())
        elif lines is not None:
            yield Replacement(lines.start, behind_blanks(document.raw, lines.end), b"")
        elif edit.field == "title":
            yield Replacement(begin, begin, f"# {new}{newline * 2}".encode())
        else:
            at = max((prose.end for prose in document.prose.values()), default=begin)
            if "title" in document.prose:
                at = behind_html(document.raw, document.prose["title"].start, at)
            before = newline if document.prose else ""
            behind = "" if is_blank(document.raw, at) else newline
            yield Replacement(at, at, f"{before}{new}{newline}{behind}".encode())


def _with_contents(document: ListDocument, after: ListDocument, root: Arranged) -> str:
    text = follow_contents(document, after, root)
    is_harmless = text == after.text or parse(text, after.organisations).says(after.meaning)
    return text if is_harmless else after.text


def wrong_places(
    document: ListDocument,
    root: Arranged,
    said: Meaning,
    wanted: Meaning,
    anew: frozenset[Address],
) -> frozenset[Address]:
    """Where to render anew: the old addresses of the innermost things that came out wrong."""
    found: set[Address] = set()
    for child, one, other in _aligned(root.children, said.sections, wanted.sections):
        found |= _wrong_inside(document, child, one, other, anew)
    return frozenset(found)


def _wrong_inside(
    document: ListDocument,
    child: Arranged,
    said: Thing | None,
    wanted: Thing,
    anew: frozenset[Address],
) -> set[Address]:
    """The addresses in this branch; none if it is right, or nothing in it is left to try.

    What stands around a wrong entry is written anew only if something was to change there as well:
    no other line may pay for one value that cannot be stated.
    """
    if said == wanted or isinstance(wanted, Link) or isinstance(said, Link):
        return set()
    if said is not None and replace(said, children=()) == replace(wanted, children=()):
        found: set[Address] = set()
        for below, one, other in _aligned(child.children, said.children, wanted.children):
            inside = _wrong_inside(document, below, one, other, anew)
            is_of_own_lines = isinstance(one, Link) or isinstance(other, Link)
            if one != other and not inside and (is_of_own_lines or _is_changed(document, child)):
                break
            found |= inside
        else:
            if found or len(said.children) == len(wanted.children):
                return found
    return {child.source} - anew if child.source is not None else set()


def _aligned(
    children: Sequence[Arranged], said: Sequence[Thing], wanted: Sequence[Thing]
) -> Iterator[tuple[Arranged, Thing | None, Thing]]:
    """Each child with what is said in its place: if some are lost, these with nothing."""
    if len(said) == len(wanted):
        yield from zip(children, said, wanted, strict=True)
        return
    left = Counter(said)
    for child, other in zip(children, wanted, strict=True):
        if left[other]:
            left[other] -= 1
        else:
            yield child, None, other


def _is_changed(document: ListDocument, child: Arranged) -> bool:
    """Whether something is to change in what a thing says itself, or in which are its children."""
    if child.source is None or isinstance(child.thing, Link):
        return True
    part = document.thing(child.source)
    assert not isinstance(part, Link)
    stay = [(*child.source, index) for index in range(len(part.children))]
    if [below.source for below in child.children] != stay:
        return True
    return replace(child.thing, children=()) != replace(part, children=())
