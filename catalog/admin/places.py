"""Where a record stands among its siblings: two fields, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from catalog import changes, tree, words
from catalog.admin.forms import NamedForm, RecordedForm, ResourceForm
from catalog.admin.stated import FactsField, facts_near
from catalog.facts import filled_by
from catalog.models import LanguageModel, Organisation, Resource


class PlacedForm(RecordedForm):
    """A record with its place. Where nobody says one, a new record gets its natural place."""

    stands_first = forms.BooleanField(required=False, help_text="before all its siblings")
    stands_after: forms.ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, after = cleaned.get("stands_first"), cleaned.get("stands_after")
        if first and after:
            self.add_error("stands_after", "First, or after another? Choose one of the two.")
        if after and after == self.instance:
            self.add_error("stands_after", "It cannot stand after itself: choose another.")
        return cleaned

    @property
    def says_a_place(self) -> bool:
        return bool(self.cleaned_data.get("stands_first") or self.cleaned_data.get("stands_after"))


class OrganisationForm(PlacedForm, NamedForm):
    listed = {"name": "organisation", "note": "note"}

    stands_after = forms.ModelChoiceField(
        Organisation.objects.all(),
        required=False,
        help_text=words.later("directly after this %(section)s"),
        widget=AutocompleteSelect(LanguageModel._meta.get_field("organisation"), admin.site),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None and "stands_after" in self.fields:
            after = self.fields["stands_after"]
            after.help_text = (
                "Left open, it comes to its natural place: in the alphabet, if the others stand "
                "so, else last."
            )
            # The script asks there, and shows the natural place before it is saved.
            after.widget.attrs["data-propose"] = reverse("admin:catalog_organisation_proposed")


class ModelSelect(AutocompleteSelect):
    """Type-ahead for models. Two models may have one name, so it says whose each is."""

    url_name = "%s:catalog_languagemodel_suggestions"


class ModelSuggestions(AutocompleteJsonView):
    """What `ModelSelect` asks for."""

    def get_queryset(self) -> QuerySet[LanguageModel]:
        return super().get_queryset().select_related("parent", "organisation")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": with_owners(obj)}


class ModelChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return with_owners(obj)


def with_owners(model: LanguageModel) -> str:
    """CPM-1 (CPM family, THU)"""
    parent = f"{model.parent}, " if model.parent else ""
    return f"{model} ({parent}{model.organisation})"


class ModelForm(PlacedForm, NamedForm):
    listed = {"name": "name", "note": "note"}

    stands_after = ModelChoiceField(
        LanguageModel.objects.select_related("parent", "organisation"),
        required=False,
        help_text=words.later("directly after this %(entry)s, below the same parent"),
        widget=ModelSelect(LanguageModel._meta.get_field("parent"), admin.site),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "facts" not in self.fields:
            return
        self.fields["facts"] = FactsField(facts_near(self.instance))
        followed = filled_by(self.instance.facts)
        for column in followed & self.fields.keys():
            self.fields[column].disabled = True
            self.fields[column].help_text = "follows what the list states"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent, organisation = cleaned.get("parent"), cleaned.get("organisation")
        if parent and organisation and parent.organisation_id != organisation.pk:
            self.add_error(
                "parent",
                f"{parent} belongs to {parent.organisation}: choose that {words.section().one}, "
                f"or a parent of {organisation}.",
            )
        if "parent" in self.changed_data and self.instance.pk:
            if parent == self.instance:
                noun = capfirst(words.entry().with_article)
                self.add_error("parent", f"{noun} cannot stand below itself: choose another.")
            elif parent in changes.branch_of(self.instance):
                self.add_error(
                    "parent",
                    f"{parent} stands below this {words.entry().one} itself: "
                    "choose one outside its branch.",
                )
        after = cleaned.get("stands_after")
        if after and organisation and (after.parent, after.organisation) != (parent, organisation):
            self.add_error(
                "stands_after",
                f"{with_owners(after)} does not stand below {parent or organisation}: "
                "choose one that does, or none.",
            )
        return cleaned


class ResourcePageForm(PlacedForm, ResourceForm):
    """A resource on a page of its own."""

    stands_after = forms.ModelChoiceField(
        Resource.objects.none(),
        required=False,
        help_text="directly after this resource of the same owner",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and "stands_after" in self.fields:
            siblings = [row.pk for row in _siblings(self.instance) if isinstance(row, Resource)]
            self.fields["stands_after"].queryset = Resource.objects.filter(  # type: ignore[attr-defined]
                pk__in=siblings
            ).in_tree_order()


def place(recording: changes.Recording, row: Any, form: PlacedForm, *, change: bool) -> None:
    """Put a record, just written, where its form says.

    A record that moved below another and has no place chosen comes last there.
    """
    moved = change and bool({"organisation", "parent", "model"} & set(form.changed_data))
    if not (form.says_a_place or moved):
        return
    after = form.cleaned_data.get("stands_after")
    if not after:
        siblings = _siblings(row)
        if form.cleaned_data.get("stands_first"):
            # First of its sort: a model's resources stay before the models below it.
            siblings = list(takewhile(lambda other: type(other) is not type(row), siblings))
        after = siblings[-1] if siblings else None
    if isinstance(row, Organisation):
        recording.place(row, after=after)
    else:
        parent = row.parent if isinstance(row, LanguageModel) else row.model
        recording.place(row, organisation=row.organisation, parent=parent, after=after)


def _siblings(row: Any) -> Sequence[Any]:
    """The others with the same owner, in their shared order."""
    if isinstance(row, Organisation):
        return list(Organisation.objects.exclude(pk=row.pk).in_tree_order())
    owner = row.parent if isinstance(row, LanguageModel) else row.model
    models = LanguageModel.objects.filter(parent=owner)
    if owner:
        resources = Resource.objects.filter(model=owner)
    else:
        models = models.filter(organisation=row.organisation)
        resources = Resource.objects.filter(organisation=row.organisation)
    return [other for other in tree.in_order(models, resources) if other != row]
