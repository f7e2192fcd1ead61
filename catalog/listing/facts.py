"""What is known of a model, and what nobody has recorded yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst

from catalog.markup import plain_text
from catalog.models import FACTS, LanguageModel, ModelKind
from catalog.titles import title_of, title_with_unit


class Fact(NamedTuple):
    name: str
    value: str


# In the order of a page, each with the facts that answer it. Not every model is based on another
# or has a status: those two are never missed.
_QUESTIONS: Final = (
    ("release date", ("released",)),
    ("size", ("parameters", "parameters_number")),
    ("architecture", ("architecture",)),
    ("languages", ("languages",)),
    ("modality", ("modality",)),
    ("access", ("access",)),
    ("licence", ("code_licence", "weights_licence")),
    ("context length", ("context_length",)),
)


def known(model: LanguageModel, titles: Mapping[str, str] = {}) -> list[Fact]:
    """Only what somebody stated: what has a column first, then what else the list states.

    `titles` are those under which the list states it; a unit may stand there.
    """
    in_list = {fact: plain_text(words) for fact, words in model.facts}
    facts = []
    for name in FACTS:
        # A size as published says more than the number made of it.
        if name == "parameters_number" and (model.parameters or "parameters" in in_list):
            continue
        # The list's own words where the column has no exact value for them.
        if value := _stated(model, name) or in_list.get(name):
            label = "parameters" if name == "parameters_number" else _label(name)
            label = title_with_unit(name, titles.get(name, "")) if name in in_list else label
            facts.append(Fact(str(capfirst(label)), value))
    others = ((fact, words) for fact, words in in_list.items() if fact not in FACTS and words)
    return facts + [Fact(str(capfirst(title_of(fact))), words) for fact, words in others]


def not_recorded(model: LanguageModel) -> list[str]:
    """What readers ask of a model and nobody has answered; families and teams have none of it."""
    if model.kind != ModelKind.MODEL:
        return []
    stated = {fact for fact, _ in model.facts}
    return [
        question
        for question, names in _QUESTIONS
        if not any(getattr(model, name) or name in stated for name in names)
    ]


def _label(name: str) -> str:
    return str(LanguageModel._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _stated(model: LanguageModel, name: str) -> str:
    value = getattr(model, name)
    if not value:
        return ""
    if name == "released":
        return in_words(value)
    if name == "parameters_number":
        return f"{value:,}"
    if name == "context_length":
        return f"{value:,} tokens"
    return str(model.get_access_display()) if name == "access" else str(value)


def in_words(released: str) -> str:
    """2022 stays, 2022-05 is May 2022, 2022-05-04 is 4 May 2022."""
    parts = [int(part) for part in released.split("-")]
    if len(parts) == 1:
        return released
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return format_date(day, "j F Y" if len(parts) > 2 else "F Y")
