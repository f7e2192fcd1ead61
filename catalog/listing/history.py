"""What changed of a record and its links, and when: only what was to be seen at the time.

Nobody is named, and no old value is quoted but a former name that the page shows anyway: what
somebody took back would come to light here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from catalog.listing.chips import Chip
from catalog.markup import plain_text
from catalog.models import FACTS, Action, Change, ChangeSet, LanguageModel, Origin
from catalog.titles import title_of


@dataclass(slots=True)
class Happening:
    """What was done in one go."""

    when: datetime
    is_from_list: bool
    sentences: list[str] = field(default_factory=list)


def of(
    table: str, id_: int, links: Mapping[int, Chip], former_names: Collection[str]
) -> list[Happening]:
    """The newest first. One query; `links` are the record's resources, by id."""
    remembered = Change.objects.filter(
        Q(table=table, object_id=id_) | Q(table="resource", object_id__in=list(links))
    )
    remembered = remembered.select_related("change_set").order_by("pk")
    return told(remembered, table, links, former_names)


def told(
    changes: Iterable[Change], table: str, links: Mapping[int, Chip], former_names: Collection[str]
) -> list[Happening]:
    """The same of changes that have been read, in the order in which they were made."""
    changes = list(changes)
    own = [change for change in changes if change.table == table]
    public = _public_at_first(own)
    was_public = public
    born: int | None = None
    happenings: dict[int, Happening] = {}
    for change in changes:
        sentences: list[str] = []
        if change.table != table:
            if public and change.change_set_id != born:
                sentences = _of_link(change, links.get(change.object_id))
        elif change.action == Action.CREATE or "is_published" in change.after:
            public = change.after.get("is_published", True)
            if public:
                born = change.change_set_id
                sentences = ["Published again." if was_public else "Added."]
                was_public = True
        elif public:
            sentences = _of_record(change, former_names)
        if sentences:
            told_of = happenings.setdefault(change.change_set_id, _happening(change.change_set))
            told_of.sentences += [s for s in sentences if s not in told_of.sentences]
    return list(reversed(happenings.values()))


def _public_at_first(own: list[Change]) -> bool:
    """Before the first change that is remembered; a record may be older than the memory."""
    for change in own:
        if change.action == Action.CREATE:
            return False
        if "is_published" in change.before:
            return bool(change.before["is_published"])
    return True


def _happening(change_set: ChangeSet) -> Happening:
    return Happening(change_set.made_at, change_set.origin == Origin.IMPORT)


def _of_record(change: Change, former_names: Collection[str]) -> list[str]:
    before, after = change.before, change.after
    sentences = []
    if "name" in after:
        former = plain_text(before.get("name", ""))
        sentences.append(f"Renamed from “{former}”." if former in former_names else "Renamed.")
    if after.keys() & {"parent_id", "organisation_id"}:
        sentences.append("Moved to its present place.")
    if "kind" in after:
        sentences.append("Kind changed.")
    if "note" in after:
        sentences.append(_said("Note", before["note"], after["note"]))
    if "slug" in after:
        sentences.append("Address changed.")
    return sentences + _of_facts(before, after)


def _of_facts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    by_verb: dict[str, list[str]] = {"Recorded": [], "Corrected": [], "Taken back": []}
    old, new = (dict(side.get("facts", ())) for side in (before, after))
    for fact in {**old, **new}:
        # One with a column is told by that, unless the column could not follow.
        if old.get(fact) != new.get(fact) and fact not in after:
            verb = "Taken back" if fact not in new else "Corrected" if fact in old else "Recorded"
            by_verb[verb].append(title_of(fact).lower())
    for name in FACTS:
        # It goes with the size as published.
        if name in after and not (name == "parameters_number" and "parameters" in after):
            verb = "Taken back" if not after[name] else "Corrected" if before[name] else "Recorded"
            label = LanguageModel._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            by_verb[verb].append(str(label))
    return [f"{verb}: {', '.join(names)}." for verb, names in by_verb.items() if names]


def _of_link(change: Change, link: Chip | None) -> list[str]:
    if link is None:
        return []
    if change.action == Action.CREATE:
        return [f"{link.word} added: {link.title}"]
    words: Final = {"url": "address", "title": "title", "remark": "remark", "kind": "kind"}
    changed = [word for name, word in words.items() if name in change.after]
    return [f"{link.word} “{link.title}”: new {' and '.join(changed)}."] if changed else []


def _said(what: str, before: str, after: str) -> str:
    return f"{what} {'changed' if before and after else 'added' if after else 'removed'}."
