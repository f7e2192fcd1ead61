"""What the list states of a model beside its links, each fact a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog import sync
from catalog.models import LanguageModel
from catalog.titles import in_order, title_with_unit


def facts_near(model: LanguageModel) -> Mapping[str, str]:
    """The facts that the list has a place for, each with its title there, if it has one.

    They are those of the model, of its siblings, and of their columns.

    A new model may come to stand anywhere: those of all.
    """
    rows = LanguageModel.objects.exclude(facts=[])
    above: list[str] = []
    if model.organisation_id is not None:
        rows = rows.filter(organisation=model.organisation_id, parent=model.parent_id)
        above = _names_above(model)
    near = [pair for facts in rows.values_list("facts", flat=True) for pair in facts]
    stated = (fact for fact, _ in (*model.facts, *near))
    return {**dict.fromkeys(stated, ""), **sync.columns_below(above)}


def _names_above(model: LanguageModel) -> list[str]:
    """The names that lead to what it stands below, that of its organisation first."""
    names = []
    parent = model.parent
    while parent is not None:
        names.append(parent.name)
        parent = parent.parent
    return [model.organisation.name, *reversed(names)]


class FactsInput(forms.Widget):
    """An input for each fact. A fact that is stated twice has two."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.titles = titles

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        pairs = [(fact, said) for fact, said in value or ()]
        stated = {fact for fact, _ in pairs}
        lines = in_order([*pairs, *((fact, "") for fact in self.titles if fact not in stated)])
        return format_html(
            '<div class="stated">{}</div>',
            format_html_join(
                "",
                '<p><label for="id_{0}_{1}">{2}</label>'
                '<input type="hidden" name="{0}_{1}_fact" value="{3}">'
                '<input class="vTextField" id="id_{0}_{1}" name="{0}_{1}_said" value="{4}"></p>',
                (
                    (name, number, self._title(fact), fact, said)
                    for number, (fact, said) in enumerate(lines)
                ),
            ),
        )

    def _title(self, fact: str) -> str:
        return title_with_unit(fact, self.titles.get(fact, ""))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[list[str]]:
        numbers = takewhile(lambda number: f"{name}_{number}_fact" in data, count())
        pairs = ((data[f"{name}_{n}_fact"], data.get(f"{name}_{n}_said", "")) for n in numbers)
        said = [(fact, words.strip()) for fact, words in pairs if words.strip()]
        return [list(pair) for pair in in_order(said)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_0_fact" not in data

    def id_for_label(self, id_: str) -> str:
        return ""


class FactsField(forms.Field):
    """Pairs of fact and words, as a row holds them."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__(
            required=False,
            widget=FactsInput(titles),
            label="",
            help_text="In the words of the list; an empty one is not stated.",
        )

    def to_python(self, value: Any) -> list[list[str]]:
        return value or []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [list(pair) for pair in initial or ()] != (data or [])
