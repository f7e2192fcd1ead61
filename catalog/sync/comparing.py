"""compare_lists(old, new) -> what a reader of a pull request wants to know; no database.

The same edits that an import would find, told by the entry to which they happen: "adds LongT5
under T5 family: paper, code". What comes from the list is kept apart from our own words, so that
whoever shows it can quote it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from catalog import kinds, readme, words
from catalog.readme import Edit, Entry, Link, ListDocument, Section, plain_text
from catalog.readme.meaning import Thing, walk
from catalog.sync.lines import altered_lines
from catalog.sync.rows import Path

_ORDER: Final = ("adds", "renames", "changes", "moves", "reorders", "removes")
_KINDS: Final = {value: label.lower() for value, label in kinds.choices()}
_FIELDS: Final = {"url": "address"}


class Quoted(str):
    """What somebody wrote in the list."""


Sentence = tuple[str, ...]
"""Its parts: our own words, and among them what is `Quoted`."""


@dataclass(frozen=True)
class ListChange:
    """What happens to one thing of the list."""

    does: str
    """One of adds, renames, changes, moves, reorders, removes."""
    path: Path
    """The names that lead to it."""
    told: Sentence

    @property
    def sentence(self) -> str:
        return "".join(self.told)


@dataclass(frozen=True)
class ListComparison:
    changes: tuple[ListChange, ...]
    other_lines: tuple[str, ...]
    """The lines that differ besides, each behind its - or +: kept text, or another form."""


def compare_lists(old: str, new: str) -> ListComparison:
    """Raises ListRefused as `parse` does."""
    before = readme.parse(old)
    after = readme.parse(new, before.meaning.organisations)
    edits = readme.compare(before.meaning, after.meaning)
    changes = sorted(_changes(edits), key=lambda change: _ORDER.index(change.does))
    return ListComparison(tuple(changes), tuple(lines_besides(before, edits, after)))


def lines_besides(
    before: ListDocument, edits: Sequence[Edit], after: ListDocument
) -> Iterator[str]:
    """What differs from the list as these edits change it, and is more than another spelling.

    That is: a line that nobody had to touch, or one that no record holds.
    """
    try:
        expected = readme.patch(before, edits).encode()
    except ValueError:  # this form of list cannot be patched so: nothing is expected
        expected = before.raw
    known = {line for _, line in _numbered(before.raw) if line}
    outside = set(_outside(after))
    for block in altered_lines(expected, after.raw).blocks:
        if any(line.number in outside if line.is_added else line.text in known for line in block):
            yield from (f"{'+' if line.is_added else '-'}{line.text}" for line in block)


def _outside(document: ListDocument) -> Iterator[int]:
    """The numbers of the lines that no record holds, blank ones left out."""
    number = 1
    for piece in document.partition:
        lines = document.raw[piece.start : piece.end]
        if piece.owner in ("kept", "contents"):
            yield from (number - 1 + n for n, line in _numbered(lines) if line)
        number += lines.count(b"\n")


def _numbered(text: bytes) -> Iterator[tuple[int, str]]:
    return enumerate((line.strip("\r") for line in text.decode().split("\n")), 1)


# The edits, by the thing to which they happen.


def _changes(edits: Iterable[Edit]) -> Iterator[ListChange]:
    parts: dict[Path, list[tuple[str, str]]] = defaultdict(list)
    reordered: dict[Path, None] = {}
    for edit in edits:
        if part := _part(edit):
            parts[_owner(edit)].append(part)
        elif edit.kind == "move" and edit.old[:-1] == edit.new[:-1]:
            reordered[_plain(edit.path[:-1])] = None
        elif edit.path:
            yield _of_whole(edit)
        else:
            yield ListChange("changes", (), (f"changes the {edit.field}",))
    for path, done in parts.items():
        said = ", ".join(f"{verb} {what}" for verb, what in _gathered(done))
        yield ListChange("changes", path, ("changes ", *_placed(path), f": {said}"))
    for path in reordered:
        what = ("what stands under ", Quoted(path[-1])) if path else (words.section().many,)
        yield ListChange("reorders", path, ("reorders ", *what))


def _part(edit: Edit) -> tuple[str, str] | None:
    """What an edit does to a thing if it concerns its links or its note: a verb, and to what."""
    if edit.kind == "set":
        if not edit.path or edit.field == "name":
            return None
        if edit.field in ("note", "facts"):
            return "changes", f"its {edit.field}"
        return "changes", f"the {_FIELDS.get(edit.field, edit.field)} of a link"
    if not isinstance(edit.thing, Link):
        return None
    if edit.kind == "move":
        is_near = edit.old[:-1] == edit.new[:-1]
        return ("reorders", "its links") if is_near else ("takes in", f"a {_kind(edit.thing)}")
    return f"{edit.kind}s", _kind(edit.thing)


def _owner(edit: Edit) -> Path:
    """Whose link or note it is."""
    is_its_own = edit.kind == "set" and edit.field in ("note", "facts")
    return _plain(edit.path if is_its_own else edit.path[:-1])


def _gathered(done: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """By verb; what is done to several is counted."""
    for verb in dict.fromkeys(verb for verb, _ in done):
        counted = Counter(what for other, what in done if other == verb)
        yield verb, _listed(counted, " and ")


def _of_whole(edit: Edit) -> ListChange:
    """An entry or a section comes, goes, moves, or gets another name."""
    path = _plain(edit.path)
    if edit.kind == "set":
        was, now = (Quoted(name) for name in _plain((edit.old, edit.new)))
        return ListChange("renames", path, ("renames ", was, " to ", now, *_under(path)))
    if edit.kind == "move":
        (*_, origin, _), (*_, target, name) = _plain(edit.old), _plain(edit.new)
        said = ("moves ", Quoted(name), " from ", Quoted(origin), " to ", Quoted(target))
        return ListChange("moves", path, said)
    does = f"{edit.kind}s"
    return ListChange(does, path, (f"{does} ", *_placed(path), *_holding(edit.thing)))


def _holding(thing: Thing | None) -> Iterator[str]:
    """: paper, code; below it 2 models, 3 resources"""
    children = cast(Section | Entry, thing).children
    links = Counter(_kind(child) for child in children if isinstance(child, Link))
    entries = [child for child in children if isinstance(child, Entry)]
    if links:
        yield f": {_listed(links, ', ')}"
    if not entries:
        return
    below = [child for _, child in walk(entries)]
    resources = sum(isinstance(child, Link) for child in below)
    yield f"{';' if links else ':'} below it {words.entry().counted(len(below) - resources)}"
    if resources:
        yield f", {words.RESOURCE.counted(resources)}"


def _placed(path: Path) -> Sentence:
    return (Quoted(path[-1]), *_under(path))


def _under(path: Path) -> Sentence:
    return (" under ", Quoted(path[-2])) if len(path) > 1 else ()


def _kind(link: Link) -> str:
    return _KINDS.get(link.kind, words.RESOURCE.one)


def _listed(counted: Counter[str], between: str) -> str:
    return between.join(f"{n} × {what}" if n > 1 else what for what, n in counted.items())


def _plain(path: Iterable[str]) -> Path:
    return tuple(" ".join(plain_text(name).split()) for name in path)
