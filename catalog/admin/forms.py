"""What a list can say, and nothing else: the forms refuse the rest, each at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from catalog import changes, kinds
from catalog.markup import problem
from catalog.models import Alias


class ProseField(forms.CharField):
    """Text over several lines. Browsers send CRLF; the rows hold LF, whatever the file has."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class RowSelect(forms.Select):
    """A select for pages with hundreds: Django would render a template for every option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        own = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", own, options)


class RecordedForm(forms.ModelForm):
    """A record; what is written into its fields must come out of the list again as it is."""

    listed: Mapping[str, str] = {}
    """The fields that are written into the list, and what `markup.problem` calls each."""

    refusal: str = ""
    """Why `catalog.changes` refused what this form asked for, when it is shown once more."""

    is_only_shown: bool = False
    """Whether it is shown once more although nothing is wrong with it: after a preview."""

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_only_shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # What the list itself said needs no proof: only what a person has written here.
        for name in self.listed.keys() & set(self.changed_data):
            reason = problem(self.listed[name], cleaned.get(name) or "")
            if reason:
                self.add_error(name, reason)
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class NamedForm(RecordedForm):
    """A record with an address. Its slug may stay empty: then it is made from the name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Leave it empty: then it is made from the name."

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not slug or "slug" not in self.changed_data:
            return slug
        noun = self._meta.model._meta.verbose_name
        holder = changes.slugs_in_use(changes.table_of(self.instance), among=[slug]).get(slug)
        if holder is not None and holder != self.instance.pk:
            raise ValidationError(
                f"“{slug}” belongs, or once belonged, to another {noun}: choose a different one."
            )
        return slug


class ResourceForm(RecordedForm):
    """A resource; its kind comes from the one table of kinds, or is guessed by the URL."""

    listed = {"title": "title", "url": "url", "label": "label", "remark": "remark"}

    kind = forms.ChoiceField(
        choices=[("", "by its URL"), *kinds.choices()], required=False, widget=RowSelect
    )

    class Meta:
        widgets = {"remark": AdminTextInputWidget}

    def clean_kind(self) -> str:
        # The URL is cleaned after the kind; a guess needs only its text.
        return self.cleaned_data["kind"] or kinds.guess_kind(self["url"].value() or "")

    def once(self) -> tuple[str, object, str] | None:
        """See OncePerOwner."""
        if self.cleaned_data.get("title"):
            return None
        return "title", (), "An owner has one link without a title at most: give this one a title."


class ResourceRowForm(ResourceForm):
    """A resource in a row of its owner's page: all its fields beside each other."""

    class Meta:
        widgets = {
            name: forms.TextInput(attrs={"placeholder": hint})
            for name, hint in (
                ("title", "Title"),
                ("url", "https://…"),
                ("label", "Label before it"),
                ("remark", "Remark after it"),
            )
        }

    def full_clean(self) -> None:
        """A saved row that nobody touched is as right as it was: three hundred need no query."""
        if self.instance.pk is None or not self.is_bound or self.has_changed():
            return super().full_clean()
        self._errors = ErrorDict()
        self.cleaned_data = {
            name: self.get_initial_for_field(f, name) for name, f in self.fields.items()
        }
        self.cleaned_data["id"] = self.instance


class AliasForm(forms.ModelForm):
    """Another name; it is never written into the list."""

    class Meta:
        model = Alias
        fields = ("name", "kind")

    def once(self) -> tuple[str, object, str] | None:
        """See OncePerOwner."""
        name, kind = self.cleaned_data.get("name"), self.cleaned_data.get("kind")
        return "name", (name, kind), "This alias stands here twice: take one away."


class OncePerOwner(forms.BaseInlineFormSet):
    """Rows below one owner, some of which may be there only once.

    The database holds that rule; a form asks it about the rows that are there. What two new rows
    do to each other is only seen here: each form's `once` tells at which field, what, and why.
    """

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or (form in self.extra_forms and not form.has_changed()):
                continue
            said = form.once()  # type: ignore[attr-defined]
            if said is None:
                continue
            field, value, sentence = said
            if value in seen and field not in form.errors:
                form.add_error(field, sentence)
            seen.add(value)


class ListTextForm(RecordedForm):
    """The list's title or introduction."""

    @property
    def listed(self) -> Mapping[str, str]:  # type: ignore[override]
        key = self.cleaned_data.get("key") or self.instance.key
        return {"text": "list_title" if key == "title" else "introduction"}
