"""Which edits of a list a careful hand could make again from their meaning alone.

Two answers, for two texts and never for what we make of them:

* `is_clean`, the wide one: no kept line comes, goes or changes, and no added line ends in a blank.
* `is_strictly_clean`: the edit only adds or changes entries, links or fields, without stray text
  or blanks. A removal, a move or another order is neither, and so is a line that changes although
  its record says the same as before. Stray is what no meaning holds: a line that comes, goes or
  changes and is no record's (blank, contents, kept); a comment or an image that comes or goes
  within a line; a blank at the end of a line, a second blank, a tab or a hard blank between its
  fields that comes or goes - but in a cell that these blanks make as wide as its column. A changed
  line that keeps what was stray in it is clean.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from catalog.readme import Entry, ListDocument, Meaning, compare, parse
from catalog.readme.meaning import Thing, name_of, walk
from catalog.readme.pairing import pair
from catalog.readme.places import BranchPlace, Span

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_STRAY: Final = re.compile(r"[ \t\u00a0\u3000]{2,}|[\t\u00a0\u3000]")


def is_clean(before: str, after: str) -> bool:
    """The wide answer."""
    if _kept(parse(before)) != _kept(parse(after)):
        return False
    return all(line == line.rstrip() for line in _added(before, after))


def is_strictly_clean(before: str, after: str) -> bool:
    """The strict answer."""
    old, new = parse(before), parse(after)
    if {edit.kind for edit in compare(old.meaning, new.meaning)} - {"add", "set"}:
        return False
    if _lines_of_none(old) != _lines_of_none(new) or _unheld(old) != _unheld(new):
        return False
    if not _is_silence_kept(old, new):
        return False
    widths = _widths(old)
    come, gone = (
        Counter(blanks for line in lines.elements() for blanks in _stray_blanks(line, said, widths))
        for lines, said in (
            (_added(before, after), _values(new.meaning)),
            (_added(after, before), _values(old.meaning)),
        )
    )
    return come == gone


def _added(before: str, after: str) -> Counter[str]:
    return Counter(after.split("\n")) - Counter(before.split("\n"))


def _kept(document: ListDocument) -> Counter[str]:
    lines = (
        line.strip()
        for start, end in document.kept
        for line in document.raw[start:end].decode().split("\n")
    )
    return Counter(line for line in lines if line)


def _lines_of_none(document: ListDocument) -> Counter[str]:
    """The lines that no record holds, with those that are blank wherever they stand."""
    lines: Counter[str] = Counter()
    for owner, start, end in document.partition:
        for line in document.raw[start:end].decode().removesuffix("\n").split("\n"):
            if owner in ("kept", "contents") or not line.strip():
                lines[line.rstrip("\r")] += 1
    return lines


def _is_silence_kept(old: ListDocument, new: ListDocument) -> bool:
    """Whether the lines of entries that say the same are the same, but for their numbers."""
    for to, origin in pair(old.meaning, new.meaning).items():
        if not to:
            continue
        was, thing = old.thing(origin), new.thing(to)
        if was == thing and _stated(old, was) != _stated(new, thing):
            return False
    return True


def _stated(document: ListDocument, thing: Thing) -> bytes:
    place = thing.place
    assert place is not None
    if isinstance(place, BranchPlace):
        return document.raw[place.text : place.head_end].strip()
    return document.raw[slice(*place.stated)]


def _unheld(document: ListDocument) -> Counter[str]:
    """What stands within the lines of records and no field holds: comments and such images."""
    seen: Counter[str] = Counter(_COMMENT.findall(document.text))
    for _, thing in walk(document.sections):
        place = thing.place
        parts = place.parts if isinstance(place, BranchPlace) else ()
        seen.update(
            document.raw[part.start : part.end].decode() for part in parts if part.key == "other"
        )
    return seen


def _values(meaning: Meaning) -> list[str]:
    """The values that hold a run of blanks themselves, the longest first."""
    values: set[str] = set()
    for _, thing in walk(meaning.sections):
        values.add(name_of(thing))
        values |= {getattr(thing, name, "") for name in ("note", "url", "label", "remark")}
        if isinstance(thing, Entry):
            values |= {value for _, value in thing.facts}
    lines = {line for value in values for line in value.split("\n") if _STRAY.search(line)}
    return sorted(lines, key=len, reverse=True)


def _widths(document: ListDocument) -> set[tuple[int, int]]:
    """Number and width of each column: of its title, of the rule below it, of most of its cells."""
    widths: set[tuple[int, int]] = set()
    cells: dict[tuple[int, int], Counter[int]] = {}
    for _, thing in walk(document.sections):
        row = thing.place.row if isinstance(thing.place, BranchPlace) else None
        if row is None:
            continue
        for number, column in enumerate(row.table.columns):
            spans = Span(column.start, column.end), Span(column.rule_start, column.rule_end)
            widths |= {(number, _width(document, span)) for span in spans}
        for number, span in enumerate(row.cells):
            cells.setdefault((row.table.start, number), Counter())[_width(document, span)] += 1
    usual = {(number, seen.most_common(1)[0][0]) for (_, number), seen in cells.items()}
    return widths | usual


def _width(document: ListDocument, span: Span) -> int:
    return len(document.raw[slice(*span)].decode())


def _stray_blanks(line: str, values: list[str], widths: set[tuple[int, int]]) -> Iterator[str]:
    """The blanks of a line that no field holds and that align no cell."""
    line = line.removesuffix("\r")
    text = line.strip()
    margin = line[: len(line) - len(line.lstrip())] if text.startswith("|") else ""
    yield from filter(None, [margin, line[len(line.rstrip()) :]])
    cells = text.strip("|").split("|") if text.startswith("|") else [text]
    for number, cell in enumerate(cells):
        if len(cells) > 1 and (number, len(cell)) in widths:
            continue
        for value in values:
            cell = cell.replace(value, "")
        yield from _STRAY.findall(cell)
