"""commit_message(edits): what a commit of the changed README.md says, ready to copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from catalog import kinds, words
from catalog.readme import Edit, Entry, Link, Section, compare, decode, parse, plain_text
from catalog.readme.meaning import walk
from catalog.sync.exporting import ExportReport

# What is new comes first, as in the news.
_ORDER_OF_VERBS: Final = ("add", "rename", "change", "move", "reorder", "remove")
# What git's own tools show of a subject without cutting it.
SUBJECT: Final = 72

_KINDS: Final = {value: label.lower() for value, label in kinds.choices()}
_NOTE: Final = words.Noun("note", "notes")
_ORDER: Final = words.Noun("order", "orders")
_TEXT: Final = words.Noun("text of the list itself", "texts of the list itself")


@dataclass(frozen=True)
class _Clause:
    """One thing that was done. Clauses of one verb and one noun may become one number."""

    verb: str
    noun: words.Noun
    short: str
    """For the subject, where each letter counts."""
    long: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.verb} {self.long or self.short}"


def commit_message(edits: Iterable[Edit]) -> str:
    """Add GLM-130B (THUDM); rename Motian

    In the imperative: a subject that fits, then whatever it does not say, in a list. Empty if
    nothing was edited.
    """
    clauses = sorted(_clauses(tuple(edits)), key=lambda clause: _ORDER_OF_VERBS.index(clause.verb))
    if not clauses:
        return ""
    subject = _subject(clauses)
    if len(clauses) == 1 and subject == _capital(clauses[0].sentence):
        return subject
    return "\n".join((subject, "", *(f"- {_capital(clause.sentence)}" for clause in clauses)))


def message_for(text: bytes, report: ExportReport) -> str:
    """The message of a commit that puts the text of an export in the place of this one."""
    if report.agreed == text:
        return commit_message(report.edits)
    was = parse(decode(text), report.meaning.organisations)
    return commit_message(compare(was.meaning, report.meaning))


# The clauses.


def _clauses(edits: Sequence[Edit]) -> Iterator[_Clause]:
    """What concerns one owner's links is one clause."""
    links: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    reordered: set[tuple[str, ...]] = set()
    for edit in edits:
        if _is_of_link(edit):
            # A link has fields and no name: what was done to it, is said of its kind.
            links[_VERBS[edit.kind], edit.path[:-1]].append(_kind_of(edit))
        elif edit.kind == "move" and edit.old[:-1] == edit.new[:-1]:
            reordered.add(edit.path[:-1])
        else:
            yield _clause(edit)
    for (verb, path), found in links.items():
        what = _listed(list(dict.fromkeys(found)))
        yield _Clause(verb, words.RESOURCE, f"{what} of {_named(path)}")
    for path in sorted(reordered):
        yield _Clause("reorder", _ORDER, _named(path) if path else words.section().many)


_VERBS: Final = {"add": "add", "remove": "remove", "set": "change", "move": "move"}


def _is_of_link(edit: Edit) -> bool:
    if edit.kind == "set":
        return edit.field in ("title", "url", "kind", "label", "remark") and edit.path != ()
    return isinstance(edit.thing, Link)


def _kind_of(edit: Edit) -> str:
    if isinstance(edit.thing, Link):
        return _KINDS.get(edit.thing.kind, words.RESOURCE.one)
    return "link" if edit.kind == "set" else words.RESOURCE.one


def _clause(edit: Edit) -> _Clause:
    noun = words.section() if len(edit.path) == 1 else words.entry()
    if edit.kind == "set" and edit.field == "name":
        was = _named((*edit.path[:-1], edit.old))
        return _Clause("rename", noun, _plain(edit.old), f"{was} to {_plain(edit.new)}")
    if edit.kind == "set" and not edit.path:
        return _Clause("change", _TEXT, f"the {edit.field}")
    if edit.kind == "set":
        return _Clause("change", _NOTE, f"the {edit.field} of {_named(edit.path)}")
    if edit.kind == "move":
        here = f"{_plain(edit.path[-1])} below {_plain(edit.new[-2])}"
        return _Clause("move", noun, here, f"{here}, from {_plain(edit.old[-2])}")
    return _Clause(
        _VERBS[edit.kind], noun, _named(edit.path), f"{_named(edit.path)}{_along(edit.thing)}"
    )


def _named(path: Sequence[str]) -> str:
    """GLM-130B (THUDM)"""
    name = _plain(path[-1])
    return f"{name} ({_plain(path[-2])})" if len(path) > 1 else name


def _along(thing: object) -> str:
    """What comes or goes along with a thing."""
    if not isinstance(thing, Section | Entry) or not thing.children:
        return ""
    below = [child for _, child in walk([Section("", children=thing.children)])][1:]
    counted = Counter(isinstance(child, Link) for child in below)
    said = [
        noun.counted(counted[is_link])
        for is_link, noun in ((False, words.entry()), (True, words.RESOURCE))
        if counted[is_link]
    ]
    return f", with {' and '.join(said)}"


def _plain(name: str) -> str:
    return " ".join(plain_text(name).split())


# The subject.


def _subject(clauses: Sequence[_Clause]) -> str:
    """The clauses of a verb together; where they are too many, their number, then "and more"."""
    groups: dict[tuple[str, words.Noun], list[_Clause]] = defaultdict(list)
    for clause in clauses:
        groups[clause.verb, clause.noun].append(clause)
    said = [f"{verb} {_listed([c.short for c in some])}" for (verb, _), some in groups.items()]
    counted = [f"{verb} {noun.counted(len(some))}" for (verb, noun), some in groups.items()]
    longest_first = sorted(range(len(said)), key=lambda i: -len(said[i]))
    for i in longest_first:
        if len("; ".join(said)) <= SUBJECT:
            break
        if len(counted[i]) < len(said[i]) and len(list(groups.values())[i]) > 1:
            said[i] = counted[i]
    return _capital(_cut(said))


def _cut(said: Sequence[str]) -> str:
    """As many parts as fit."""
    subject = "; ".join(said)
    fitting = len(said)
    while len(subject) > SUBJECT and fitting > 1:
        fitting -= 1
        subject = f"{'; '.join(said[:fitting])}; and more"
    return subject if len(subject) <= SUBJECT else f"{subject[: SUBJECT - 1].rstrip()}…"


def _listed(parts: Sequence[str]) -> str:
    *some, last = parts
    return f"{', '.join(some)} and {last}" if some else last


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
