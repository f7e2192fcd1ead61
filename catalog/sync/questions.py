"""What only people decide, one question each: what it is about, what the sides say, who chose.

The sides are called as people read them: before, in the database, in the file. A choice is kept by
the key of its question, which holds what the sides said: when one of them says something else, it
is another question, and nobody has chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from catalog import changes, readme, words
from catalog.models import ListText, Resource
from catalog.readme import Conflict, Edit, Entry, Link, ListDocument, Meaning, Section
from catalog.readme.conflicts import MOVED, REMOVED
from catalog.readme.meaning import Address, Thing, name_of
from catalog.sync.rows import Branch, Path, Row, Rows

DATABASE: Final = "database"
FILE: Final = "file"
WITHHELD: Final = "withheld"

# As --prefer and people call the sides, and as the engine does.
SIDES: Final[Mapping[str, str]] = {DATABASE: "ours", FILE: "theirs"}

Record = tuple[str, int]
"""A row as the memory names it: its table and its id."""


@dataclass(frozen=True)
class Choice:
    """Which side holds, and who says so; nobody if an option of the command does."""

    side: str = ""
    who: str = ""


Choices = Mapping[str, Choice]
"""By the key of a question."""


@dataclass(frozen=True)
class Question:
    key: str
    path: Path
    """The names that lead to what it is about, as plain text; none for the list's own words."""
    what: str
    """A field, or "removed", "moved", "withheld"."""
    sentence: str
    """All of it, for the command line."""
    before: str | None = None
    """What was said before; None if there was nothing that could say it. As in the others."""
    database: str | None = None
    file: str | None = None
    line: int = 0
    """Where the file says it; 0 if it does not."""
    choice: Choice = Choice()
    about: str = ""
    """The end of the path, where it is short enough to know it again; a link with its owner."""
    records: tuple[Record, ...] = ()
    """Whose change in the database made it a question; none if it is gone."""
    gone: str = ""
    """What it was called here, if it is gone."""
    columns: tuple[str, ...] = ()
    """Of which fields; none if any may have."""

    @property
    def title(self) -> str:
        """NLLB, URL"""
        return f"{self.about}, {self.field}" if self.about else self.field

    @property
    def field(self) -> str:
        """What is asked about, as forms call it."""
        return _CALLED.get(self.what, self.what)


_CALLED: Final = {"url": "URL", MOVED: "place", WITHHELD: "unpublished here"}
_PLACE: Final = ("position", "parent_id", "organisation_id", "model_id")


def undecided(questions: Iterable[Question]) -> list[Question]:
    return [question for question in questions if not question.choice.side]


# Both sides changed the same.


def of_conflicts(
    conflicts: Sequence[Conflict], base: Meaning, rows: Rows, document: ListDocument, made: Choices
) -> tuple[Question, ...]:
    """The questions of a merge. `made` tells who made the choices that settled some of them."""
    sides = {"ours": DATABASE, "theirs": FILE}
    found = []
    for conflict in conflicts:
        key = key_of(conflict, (base, rows.meaning, document.meaning))
        choice = made.get(key) or Choice(sides.get(conflict.choice, ""))
        found.append(replace(_of_conflict(conflict, rows, document), key=key, choice=choice))
    return tuple(found)


def key_of(conflict: Conflict, meanings: Sequence[Meaning]) -> str:
    """The conflict's own key, and with it what else would follow the choice."""
    if not conflict.along:
        return conflict.key
    follows = [
        [getattr(_thing_at(meaning, at), name, None) for name in conflict.along]
        for meaning, at in zip(meanings, conflict.at, strict=True)
        if at
    ]
    return _key(conflict.key, follows)


def _of_conflict(conflict: Conflict, rows: Rows, document: ListDocument) -> Question:
    at = conflict.at
    values = zip((conflict.base, conflict.ours, conflict.theirs), at, strict=True)
    before, database, file = (
        _shown(value) if place is not None else None for value, place in values
    )
    thing = document.thing(at.theirs) if at.theirs else None
    place = thing.place if thing is not None else None
    row = rows.at[at.ours] if at.ours else None
    path = _plain(conflict.path)
    return Question(
        key="",
        path=path,
        what=conflict.what,
        sentence=conflict.in_words(),
        before=before,
        database=database,
        file=file,
        line=document.line(place.start) if place is not None else 0,
        about=_about(path, is_link=isinstance(thing, Link) or isinstance(row, Resource)),
        records=tuple(_records(conflict, rows)),
        gone=_gone(conflict),
        columns=_columns(conflict),
    )


def _about(path: Path, *, is_link: bool) -> str:
    return " > ".join(path[-2:] if is_link else path[-1:])


def _records(conflict: Conflict, rows: Rows) -> Iterator[Record]:
    at = conflict.at.ours
    if at and conflict.what == REMOVED:
        # Whatever was changed there or below it.
        yield from (_named(row) for there, row in rows.at.items() if there[: len(at)] == at)
    elif at:
        yield _named(rows.at[at])
    elif conflict.path:
        called = (conflict.path, conflict.origin)
        yield from (_named(row) for row, path in rows.withheld.items() if path in called)
    elif conflict.what in rows.texts:
        yield _named(rows.texts[conflict.what])


def _gone(conflict: Conflict) -> str:
    is_gone = conflict.what == REMOVED and conflict.at.ours is None
    return name_of(conflict.base) if is_gone and conflict.base is not None else ""


def _columns(conflict: Conflict) -> tuple[str, ...]:
    if conflict.at.ours is None:
        return ("is_published",)
    if not conflict.path:
        return ("text",)
    return {MOVED: _PLACE, REMOVED: ()}.get(conflict.what, (conflict.what, *conflict.along))


# Nothing was ever agreed on.


def of_edits(edits: Sequence[Edit], rows: Rows, made: Choices, prefer: str) -> tuple[Question, ...]:
    """Each value that differs is a question: no earlier text tells which side changed."""
    found: list[Question] = []
    seen: Counter[str] = Counter()
    for edit in edits:
        said = (edit.kind, edit.path, edit.field, edit.old, edit.new)
        key = _key(said, seen[repr(said)])
        seen[repr(said)] += 1
        is_move = edit.kind == "move"
        row = rows.at.get(edit.at) if edit.at else rows.texts.get(edit.field)
        path = _plain(edit.path)
        found.append(
            Question(
                key=key,
                path=path,
                what=MOVED if is_move else edit.field,
                sentence="".join(readme.in_words([edit], words.entry())),
                database=_shown(edit.old),
                file=_shown(edit.new),
                choice=made.get(key) or Choice(prefer),
                about=_about(path, is_link=isinstance(row, Resource)),
                records=(_named(row),) if row is not None else (),
                columns=_PLACE if is_move else (edit.field if edit.at else "text",),
            )
        )
    return tuple(found)


# Withheld here.


def of_withheld(
    row: Branch,
    path: Path,
    thing: Thing | None,
    sentence: str,
    made: Choices,
    prefer: str,
) -> Question:
    """What is unpublished here: the file names it again, or (no thing) lacks what it stands in."""
    table, pk = _named(row)
    key = _key(table, pk, path, row.note, thing)
    return Question(
        key=key,
        path=_plain(path),
        what=WITHHELD,
        sentence=sentence,
        database="unpublished",
        file=_shown(thing) if thing is not None else "removed",
        choice=made.get(key) or Choice(prefer),
        about=_about(_plain(path), is_link=False),
        records=((table, pk),),
        columns=("is_published",),
    )


# How they are shown.


def _shown(value: Any) -> str | None:
    if isinstance(value, tuple):
        return " > ".join(_plain(value)) or "first of all"
    if isinstance(value, Section | Entry | Link):
        return "\n".join(_outline(value))
    return value if value is None else str(value)


def _outline(thing: Thing, indent: str = "") -> Iterator[str]:
    """A thing with all below it, a line each."""
    if isinstance(thing, Link):
        yield f"{indent}{name_of(thing)} {thing.url}" if thing.title else f"{indent}{thing.url}"
        return
    yield f"{indent}{readme.plain_text(thing.name)}"
    if thing.note:
        yield f"{indent}  {thing.note}"
    for below in thing.children:
        yield from _outline(below, f"{indent}  ")


def _plain(path: Path) -> Path:
    return tuple(readme.plain_text(name) for name in path)


def _thing_at(meaning: Meaning, address: Address) -> Thing:
    thing: Any = meaning.sections[address[0]]
    for number in address[1:]:
        thing = thing.children[number]
    return thing


def _named(row: Row | ListText) -> Record:
    return changes.table_of(row), row.pk


def _key(*said: Any) -> str:
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
