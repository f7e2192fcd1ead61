"""Imports that wait: a text that was offered and stopped at questions, and the choices so far.

Only the newest offer waits. What people choose is kept with it, and used by the next import, of
this text or another, wherever that asks the very same question.

All of this is for those who hold the lock, or takes it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from catalog import changes, readme
from catalog.models import ChangeSet, Snapshot, WaitingImport
from catalog.sync import planning
from catalog.sync.authors import last_changes
from catalog.sync.questions import SIDES, Choice, Choices, Question, undecided
from catalog.sync.rows import read_rows
from catalog.sync.snapshots import agreed_organisations, newest_number


class OfferGone(Exception):
    """Another text was offered meanwhile, or this one was taken or dismissed; for people."""

    def __init__(self) -> None:
        super().__init__(
            "This text does not wait any more: it was imported or dismissed, or another was "
            "offered since. Nothing was done."
        )


class NotAsked(Exception):
    """The question to which somebody chose an answer is not asked (any more); for people."""

    def __init__(self) -> None:
        super().__init__(
            "This is no longer asked: what one of the sides says has changed since the page was "
            "shown. Look at it again."
        )


@dataclass(frozen=True)
class Offered:
    """The text that waits, and what an import of it would do as things stand."""

    offer: WaitingImport
    base: str
    """A sentence that names the text from which the changes are counted."""
    plan: tuple[str, ...]
    """In words, as far as nobody has to choose first."""
    questions: tuple[Question, ...]
    stopped: tuple[str, ...]
    """Why it would not be imported although nothing is left to choose, in sentences."""
    removals: int
    """That many records would go, and that stops it; 0 if it does not."""
    state: str
    """The state of affairs for which all this is true."""

    @property
    def undecided(self) -> list[Question]:
        return undecided(self.questions)

    @property
    def file(self) -> str:
        """The name of the file as sentences have it: README"""
        return PurePath(self.offer.name).name.removesuffix(".md")

    @cached_property
    def last_changes(self) -> Mapping[str, ChangeSet]:
        """By the key of a question, who last changed in the database what it is about."""
        return last_changes(self.questions)


def what_is_offered() -> Offered | None:
    """What waits for choices; None if nothing does. Writes nothing."""
    with _locked():
        offer = waiting_offer()
        return offered(offer) if offer is not None else None


def offered(offer: WaitingImport) -> Offered:
    """For those who hold the lock."""
    document = readme.parse(readme.decode(bytes(offer.text)), agreed_organisations())
    plan = planning.plan_import(
        document,
        read_rows(),
        planning.Choices(shlex.quote(offer.name), base_of(offer), made=made_for(offer)),
    )
    stopped = () if undecided(plan.questions) else plan.stopped
    return Offered(
        offer,
        plan.base,
        tuple(plan.changes_in_words()),
        plan.questions,
        stopped,
        plan.removals,
        state_of_affairs(),
    )


def base_of(offer: WaitingImport) -> str:
    """As --base names it."""
    return str(offer.base_id) if offer.base_id else ""


# Choices.


def choose(offer: int, key: str, side: str, *, who: str) -> None:
    """Let one side hold in one question. Raises OfferGone and NotAsked."""
    if side not in SIDES:
        raise ValueError(f"A side is one of {', '.join(SIDES)}, not {side!r}.")
    with _locked():
        waiting = the_offer(offer)
        if key not in {question.key for question in offered(waiting).questions}:
            raise NotAsked
        waiting.choices[key] = {"side": side, "who": who}
        waiting.save(update_fields=["choices"])


def take_back(offer: int, key: str) -> None:
    """Leave a question open again. Raises OfferGone."""
    with _locked():
        waiting = the_offer(offer)
        waiting.choices.pop(key, None)
        waiting.save(update_fields=["choices"])


def dismiss(offer: int) -> None:
    """Let this text wait no more, without importing it. Raises OfferGone."""
    with _locked():
        the_offer(offer).delete()


@contextmanager
def _locked() -> Iterator[None]:
    with changes.record(who="import", origin="import"):
        yield


# Under the lock.


def waiting_offer() -> WaitingImport | None:
    return WaitingImport.objects.select_related("base").order_by("-pk").first()


def the_offer(pk: int) -> WaitingImport:
    """The one that waits, if it is still this one. Raises OfferGone."""
    offer = waiting_offer()
    if offer is None or offer.pk != pk:
        raise OfferGone
    return offer


def made_for(offer: WaitingImport | None) -> Choices:
    """The choices made so far."""
    kept: Mapping[str, Any] = offer.choices if offer is not None else {}
    return {key: Choice(choice["side"], choice["who"]) for key, choice in kept.items()}


def let_wait(
    text: bytes,
    *,
    base: Snapshot | None,
    name: str,
    who: str,
    source: str,
) -> None:
    """Keep this text in the place of what waited, with the choices made so far."""
    before = waiting_offer()
    said = WaitingImport(
        text=text,
        name=name,
        base=base,
        offered_by=who,
        offered_at=timezone.now(),
        source=source,
        # All of them: a question comes back as easily as it went, and its key tells it apart.
        choices=before.choices if before is not None else {},
    )
    if before is not None and bytes(before.text) == text and before.base_id == said.base_id:
        # The same again, as by a job that runs each night: a page that shows it stays true.
        said.pk = before.pk
        said.offered_at = before.offered_at
        said.save(force_update=True)
        return
    WaitingImport.objects.all().delete()
    said.save(force_insert=True)


def clear_after(name: str, *, is_new: bool) -> None:
    """What was taken answers what waited: if it held something new, or was that file again."""
    waiting = WaitingImport.objects.all()
    (waiting if is_new else waiting.filter(name=name)).delete()


def state_of_affairs() -> str:
    """What a plan depends on beside its text: rows, the newest text, choices."""
    offer = waiting_offer()
    said = (changes.generation(), newest_number(), readme.GRAMMAR, offer and offer.choices)
    return sha256(repr(said).encode()).hexdigest()[:16]


def waits_for_choices(questions: Sequence[Question]) -> bool:
    """Whether people have to choose, or have chosen: not where an option of the command did."""
    return any(question.choice.who or not question.choice.side for question in questions)


def choosers(offer: WaitingImport) -> tuple[str, ...]:
    """Those who made the choices, each once."""
    return tuple(dict.fromkeys(choice.who for choice in made_for(offer).values()))
