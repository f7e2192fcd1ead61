"""The hand-labelled sample: what a person reads in other people's lists, against what we read.

`tests/readme/sample/README.md` says how a label is written. A slot is what a list states of one
record: its path of names, its note, each fact, each link. A slot that we fill with something else,
or that the list does not have, is wrong; what we leave where it stands is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from catalog import kinds
from catalog.readme import Entry, Link, ListDocument, Section
from catalog.readme.meaning import Thing, walk
from tests.readme.lists import read

SAMPLE: Final = Path(__file__).parent / "sample"
MORE: Final = "…"

_OPEN: Final = "link"
_LINK: Final = re.compile(
    rf"(?P<kind>{'|'.join((_OPEN, *(kind.value for kind in kinds.KINDS)))})"
    r"(?: (?P<label>[^\"]+?):)?"
    r"(?: \"(?P<title>.*)\")?"
    r" (?P<url>https?://\S+)"
    r"(?: \((?P<remark>.*)\))?"
)
_MARKS: Final = re.compile(r"<[^<>]*>|[*`]+")
_STOPS: Final = " .。:：,;"


# What a person read.


@dataclass
class Record:
    """The labels of one record, or of a line that is none: then it has no path."""

    line: int
    path: list[str]
    note: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    anywhere: list[str] = field(default_factory=list)
    """Texts whose slot the list leaves open."""


@dataclass(frozen=True)
class Sample:
    """The labels of one version of a list."""

    list_name: str
    digest: str
    is_report_only: bool
    records: tuple[Record, ...]


def samples() -> list[Sample]:
    return [sample_of(path.read_text("utf-8")) for path in sorted(SAMPLE.glob("*.txt"))]


def sample_of(text: str) -> Sample:
    """ValueError with the line if it is no label."""
    head, *lines = text.split("\n")
    _, list_name, digest = head.removeprefix("#").split()
    records: list[Record] = []
    for line in lines:
        if line.startswith("line "):
            number, _, path = line.removeprefix("line ").partition(": ")
            names = [] if path == "no record" else path.split(" > ")
            records.append(Record(int(number), names))
        elif line.strip() and not line.startswith("#"):
            _take(line.strip(), records[-1])
    is_report_only = any(line.startswith("# report only") for line in lines)
    return Sample(list_name, digest, is_report_only, tuple(records))


def _take(line: str, record: Record) -> None:
    link = _LINK.fullmatch(line)
    fact, equals, value = line.partition(" = ")
    if line.startswith("> "):
        record.note = line.removeprefix("> ")
    elif line.startswith("? "):
        record.anywhere.append(line.removeprefix("? "))
    elif link is not None:
        record.links.append(link.groupdict(default=""))
    elif equals:
        record.facts[fact] = value
    else:
        raise ValueError(f"This is no note, fact or link: {line!r}")


# Comparing.


class Slot(NamedTuple):
    """How we read one slot: "right", "wrong" or "kept"."""

    line: int
    outcome: str
    sentence: str = ""
    """What is not right about it."""


def document_of(sample: Sample, paths: Iterator[Path]) -> ListDocument | None:
    """The labelled version of the list, if it is among these; None if it is not."""
    for path in paths:
        is_named = path.name == sample.list_name
        if is_named and hashlib.sha256(path.read_bytes()).hexdigest().startswith(sample.digest):
            return read(path)
    return None


def slots(sample: Sample, document: ListDocument) -> list[Slot]:
    things = _things_by_line(document)
    found: list[Slot] = []
    for record in sample.records:
        names, thing = things.get(record.line, ((), None))
        if not record.path:
            found.append(_no_record(record, thing))
        elif thing is None or isinstance(thing, Link):
            found += _unread(record, document, thing)
        else:
            found.append(_path_slot(record, names))
            found += _Reading(record, thing).slots()
    return found


def tally(found: list[Slot]) -> Counter[str]:
    return Counter(slot.outcome for slot in found)


def _things_by_line(document: ListDocument) -> dict[int, tuple[tuple[str, ...], Thing]]:
    """What begins on each line, the outermost first, with the names above and its own."""
    things: dict[int, tuple[tuple[str, ...], Thing]] = {}
    names: dict[tuple[int, ...], tuple[str, ...]] = {(): ()}
    for address, thing in walk(document.sections):
        assert thing.place is not None
        own = names[address[:-1]]
        if not isinstance(thing, Link):
            own = names[address] = (*own, thing.name)
        things.setdefault(document.line(thing.place.start), (own, thing))
    return things


def _no_record(record: Record, thing: Thing | None) -> Slot:
    if thing is None:
        return Slot(record.line, "right")
    return Slot(record.line, "wrong", f"this line is no record, we read {_in_words(thing)}")


def _unread(record: Record, document: ListDocument, thing: Thing | None) -> list[Slot]:
    """Nothing of our records begins on the line of the record."""
    start = sum(map(len, document.raw.splitlines(keepends=True)[: record.line - 1]))
    owner = next(piece.owner for piece in document.partition if piece.start <= start < piece.end)
    if thing is not None:
        why = f"is a record, we read only {_in_words(thing)}"
    elif owner == "record":
        why = "is a record, we read its line as a part of another"
    else:
        why = f"is a record, its line is {'a note' if owner == 'prose' else owner}"
    outcome = "wrong" if owner == "record" else "kept"
    said = Slot(record.line, outcome, f"{record.path[-1]!r} {why}")
    rest = bool(record.note) + len(record.facts) + len(record.links)
    return [said, *[Slot(record.line, "kept", f"a slot of {record.path[-1]!r}")] * rest]


def _path_slot(record: Record, names: tuple[str, ...]) -> Slot:
    """Right if each name is there, but for those in brackets, which may be kept text."""
    ours = list(names)
    missing = []
    for name in record.path:
        is_optional = name[0] == "(" and name[-1] == ")"
        if ours and _says(name[1:-1] if is_optional else name, ours[0]):
            del ours[0]
        elif not is_optional:
            missing.append(name)
    if not ours and not missing:
        return Slot(record.line, "right")
    should = f"stands at {' > '.join(record.path)!r}, we say {' > '.join(names)!r}"
    return Slot(record.line, "wrong" if ours else "kept", should)


class _Reading:
    """One record against the entry that we read: each label takes what it names from ours."""

    def __init__(self, record: Record, thing: Section | Entry) -> None:
        self.record = record
        self.links = [child for child in thing.children if isinstance(child, Link)]
        self.facts = dict(getattr(thing, "facts", ()))
        self.note = thing.note
        self.below = [
            text
            for _, child in walk(thing.children)
            for text in ((child.url,) if isinstance(child, Link) else (child.name, child.note))
        ]

    def slots(self) -> Iterator[Slot]:
        record = self.record
        found: list[tuple[str, str]] = []
        for label in record.links:
            found.append((label["url"], self._take_link(label)))
        for fact, value in record.facts.items():
            found.append((value, self._take_fact(fact, value)))
        if record.note:
            found.append((record.note, self._take_note()))
        left = self._left()
        for value, problem in found:
            moved = [what for what, text in left if _within(value, text)]
            left = [(what, text) for what, text in left if what not in moved]
            if not problem:
                yield Slot(record.line, "right")
            elif problem.startswith("has no") and not moved and not self._is_below(value):
                yield Slot(record.line, "kept", problem)
            else:
                where = f"; we say it as {moved[0]}" if moved else ""
                yield Slot(record.line, "wrong", problem + where)
        for what, text in left:
            if not any(_within(open_text, text) for open_text in record.anywhere):
                yield Slot(record.line, "wrong", f"does not state {what} {text!r}")

    def _take_link(self, label: dict[str, str]) -> str:
        for link in self.links:
            if _says(label["url"], link.url, is_plain=True):
                self.links.remove(link)
                return self._difference(label, link)
        return f"has no link {label['url']}"

    def _difference(self, label: dict[str, str], link: Link) -> str:
        if not _says(label["title"], link.title):
            return f"link {link.url} is {label['title']!r}, we say {link.title!r}"
        if label["kind"] not in (_OPEN, link.kind):
            return f"link {link.url} is a {label['kind']}, we say {link.kind}"
        for name, ours in (("label", link.label), ("remark", link.remark)):
            is_known = name == "label" and ours in {other["label"] for other in self.record.links}
            is_open = bool(ours) and any(_within(text, ours) for text in self.record.anywhere)
            if not (_says(label[name], ours) or is_known or is_open):
                return f"link {link.url} has the {name} {label[name]!r}, we say {ours!r}"
        return ""

    def _take_fact(self, fact: str, value: str) -> str:
        name = next((name for name in self.facts if name.casefold() == fact.casefold()), "")
        ours = self.facts.pop(name, "")
        if not ours:
            return f"has no {fact} {value!r}"
        return "" if _says(value, ours) else f"{fact} is {value!r}, we say {ours!r}"

    def _take_note(self) -> str:
        ours, self.note = self.note, ""
        if not ours:
            return f"has no note {self.record.note!r}"
        if _says(self.record.note, ours):
            return ""
        return f"note is {self.record.note!r}, we say {ours!r}"

    def _left(self) -> list[tuple[str, str]]:
        """What we say of it and nobody has labelled."""
        left = [("link", f"{link.title} {link.url}") for link in self.links]
        left += [(f"fact {name!r}", value) for name, value in self.facts.items()]
        return left + ([("note", self.note)] if self.note else [])

    def _is_below(self, value: str) -> bool:
        return any(_within(value, text) for text in self.below)


def _says(label: str, ours: str, *, is_plain: bool = False) -> bool:
    """Whether ours is what the label says: marks, blanks and a full stop are form, no slot."""
    if not is_plain:
        label, ours = _folded(label), _folded(ours)
    begin = label.removesuffix(MORE).rstrip(_STOPS)
    if label.startswith(MORE):
        return begin.removeprefix(MORE) in ours
    if label.endswith(MORE):
        return ours.startswith(begin)
    return label == ours


def _within(label: str, ours: str) -> bool:
    return _folded(label).strip(MORE) in _folded(ours)


def _folded(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split()).strip(_STOPS)


def _in_words(thing: Thing) -> str:
    if isinstance(thing, Link):
        return f"the link {thing.title or thing.url!r}"
    return f"the {type(thing).__name__.casefold()} {thing.name!r}"
