"""What stands below a record: its resources as rows and, in one order with them, its sub-models.

A form says an order in two ways, both by names and never by numbers. Every row has a choice of
moves: up, down, behind another, into a sub-model, out. And the script that lets rows be dragged
writes the names of all of them into one field, which stays empty as long as nobody drags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from catalog import changes, words
from catalog.admin import pasted
from catalog.admin.forms import ResourceRowForm, RowSelect
from catalog.admin.orders import Move, in_order_of, moved
from catalog.admin.pasted import PastingFormSet
from catalog.admin.recorded import RecordedAdmin
from catalog.markup import plain_text
from catalog.models import LanguageModel, Organisation, Resource

Placed = LanguageModel | Resource
_OWN_MOVES = {"up": "up", "down": "down", "first": "to the top", "last": "to the end"}


class MoveForm(forms.Form):
    """Where one row goes. The script offers more than is written here: behind and into others."""

    move = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, name: str, out_to: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "stays here"), *_OWN_MOVES.items()]
        if out_to:
            choices.append(("out", f"out, to {out_to}"))
        asked = self["move"].value() or ""
        if asked and asked not in dict(choices):
            choices.append((asked, "as chosen"))
        self.fields["move"].widget = RowSelect({"aria-label": f"Move {name}"}, choices)


@dataclass(frozen=True, slots=True)
class Child:
    """One row of the page."""

    token: str
    """How the form names it: r12 a resource, m5 a model, n0 a row that is not saved yet."""

    name: str
    move: MoveForm | None
    form: Any = None
    model: LanguageModel | None = None

    @property
    def fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in RESOURCE_FIELDS]


RESOURCE_FIELDS = ("kind", "title", "url", "label", "remark", "is_official")


class ChildrenFormSet(PastingFormSet):
    """The resources of a record as forms; with them its sub-models and the order of both."""

    may_move_models = may_change_resources = True

    @cached_property
    def sub_models(self) -> list[LanguageModel]:
        owner = self.instance
        if owner.pk is None:
            return []
        if isinstance(owner, LanguageModel):
            return list(owner.children.in_tree_order())
        return list(LanguageModel.objects.filter(organisation=owner, parent=None).in_tree_order())

    @cached_property
    def out_to(self) -> str:
        """Below what a child comes that goes out; empty below an organisation."""
        owner = self.instance
        if owner.pk is None or isinstance(owner, Organisation):
            return ""
        return plain_text(str(owner.parent or owner.organisation))

    @cached_property
    def children(self) -> list[Child]:
        """All rows in their order; those that are not saved yet come last."""
        saved = {f"r{form.instance.pk}": form for form in self.initial_forms}
        below: dict[str, Any] = {token_of(model): model for model in self.sub_models}
        rows = {token: form.instance for token, form in saved.items()} | below
        tokens = sorted(rows, key=lambda token: _as_siblings_stand(rows[token]))
        tokens += [f"n{index}" for index in self._indexes_of_new]
        children = []
        for token in in_order_of(tokens, self.order):
            model = below.get(token)
            form = saved.get(token) or (None if model else self.forms[int(token[1:])])
            name = plain_text(str(rows.get(token, f"new {words.RESOURCE.one}")))
            children.append(Child(token, name, self._moves.get(token), form, model))
        return children

    @property
    def offers_moves(self) -> bool:
        return len(self._moves) > 1

    @property
    def empty_fields(self) -> list[forms.BoundField]:
        """The fields of a row that the script may add."""
        form = self.empty_form
        return [form[name] for name in RESOURCE_FIELDS]

    @property
    def query_of_new_model(self) -> str:
        """What the page of a new sub-model is told."""
        owner = self.instance
        if isinstance(owner, Organisation):
            return urlencode({"organisation": owner.pk})
        return urlencode({"organisation": owner.organisation_id, "parent": owner.pk})

    @property
    def may_order(self) -> bool:
        """Dragging one row renumbers others, of both sorts."""
        return self.may_change_resources and self.may_move_models

    @property
    def order(self) -> list[str]:
        """All names in the order that somebody dragged them into; empty if nobody did."""
        if not (self.is_bound and self.may_order):
            return []
        return self.data.get(self.add_prefix_to("order"), "").split()

    @property
    def paste_text(self) -> str:
        return self.data.get(self.add_prefix_to("paste"), "") if self.is_bound else ""

    @property
    def panel(self) -> Mapping[str, str]:
        """The move that the panel beneath the rows asks for, where no script runs."""
        names = ("panel-row", "panel-move")
        return {name: self.data.get(self.add_prefix_to(name), "") for name in names}

    @cached_property
    def _indexes_of_new(self) -> range:
        return range(self.initial_form_count(), self.total_form_count())

    @cached_property
    def _moves(self) -> dict[str, MoveForm]:
        """The moves on offer, by the row's name."""
        found = {}
        if self.may_change_resources:
            for form in self.initial_forms:
                found[f"r{form.instance.pk}"] = self._move_form(form.prefix, str(form.instance))
        if self.may_move_models:
            for model in self.sub_models:
                prefix = self.add_prefix_to(token_of(model))
                found[token_of(model)] = self._move_form(prefix, str(model))
        return found

    def _move_form(self, prefix: str | None, name: str) -> MoveForm:
        data = self.data if self.is_bound else None
        return MoveForm(data, prefix=prefix, name=plain_text(name), out_to=self.out_to)

    def clean(self) -> None:
        super().clean()
        self.moves = self._moves_asked()

    def _moves_asked(self) -> list[Move]:
        asked = {
            token: form.cleaned_data["move"]
            for token, form in self._moves.items()
            if form.is_valid() and form.cleaned_data["move"]
        }
        if self.panel["panel-row"] in self._moves and self.panel["panel-move"]:
            asked[self.panel["panel-row"]] = self.panel["panel-move"]
        tokens = {child.token for child in self.children if child.move}
        below = {token_of(model) for model in self.sub_models}
        moves = [
            Move(token, where, target)
            for token, text in asked.items()
            for where, _, target in [text.partition(":")]
        ]
        for move in moves:
            is_known = (
                move.where in _OWN_MOVES
                or (move.where == "out" and self.out_to)
                or (move.where == "after" and move.target in tokens - {move.token})
                or (move.where == "into" and move.target in below - {move.token})
            )
            if not is_known:
                name = next(child.name for child in self.children if child.token == move.token)
                raise ValidationError(f"“{name}” cannot go there any more: choose again.")
        return moves


def token_of(row: Placed) -> str:
    return f"{'m' if isinstance(row, LanguageModel) else 'r'}{row.pk}"


def _as_siblings_stand(row: Placed) -> tuple[int, bool, int]:
    return row.position, isinstance(row, LanguageModel), row.pk


# Saving.


def arrange(recording: changes.Recording, formset: ChildrenFormSet) -> None:
    """Put what stands below the form's record where the form says, in the end."""
    if not (formset.order or formset.moves):
        return
    rows = {token_of(row): row for row in _children_of(formset.instance)}
    order = [_saved_token(formset, token) for token in formset.order]
    moves = [move for move in formset.moves if move.token in rows]
    tokens = moved(in_order_of(list(rows), order), moves)
    if tokens != list(rows):
        recording.arrange([rows[token] for token in tokens])
    for move in moves:
        if move.where == "into" and move.target in rows:
            _put_below(recording, rows[move.token], rows[move.target])
        elif move.where == "out":
            owner = formset.instance
            _put_below(recording, rows[move.token], owner.parent or owner.organisation, owner)


def _children_of(owner: Any) -> Sequence[Any]:
    table = "model" if isinstance(owner, LanguageModel) else "organisation"
    return changes.children_of([(table, owner.pk)])[table, owner.pk]


def _saved_token(formset: ChildrenFormSet, token: str) -> str:
    """A row that was new when it was dragged has its number by now."""
    index = int(token[1:]) if token[:1] == "n" and token[1:].isdecimal() else -1
    if 0 <= index < len(formset.forms):
        return token_of(formset.forms[index].instance)
    return token


def _put_below(
    recording: changes.Recording, row: Placed, owner: Any, left: LanguageModel | None = None
) -> None:
    """Below another owner: a resource behind the resources there, a model last.

    A model that goes out comes directly behind the one that it `left`.
    """
    siblings = _children_of(owner)
    after: Any = siblings[-1] if siblings else None
    if isinstance(row, Resource):
        after = next((s for s in reversed(siblings) if isinstance(s, Resource)), None)
    elif left is not None:
        after = left
    if isinstance(owner, Organisation):
        recording.place(row, organisation=owner, after=after)
    else:
        recording.place(row, parent=owner, after=after)


class ChildrenInline(admin.TabularInline):
    """The place of `ChildrenFormSet` on a record's page."""

    model = Resource
    form = ResourceRowForm
    formset = ChildrenFormSet
    template = "admin/catalog/edit_inline/children.html"
    fields = RESOURCE_FIELDS
    ordering = ("position", "pk")
    extra = 0

    class Media:
        css = {"all": ["catalog/admin/records.css"]}
        js = [
            Script("catalog/admin/order.js", defer=True),
            Script("catalog/admin/paste.js", defer=True),
        ]

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        formset.may_move_models = request.user.has_perm("catalog.change_languagemodel")
        formset.may_change_resources = self.has_change_permission(request, obj)
        formset.may_paste = self.has_add_permission(request, obj)
        return formset


class WithChildren(RecordedAdmin):
    """A record with an order of its own below it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if isinstance(formset, ChildrenFormSet):
                arrange(request.recording, formset)  # type: ignore[attr-defined]
                # Told with the answer, as the rest is: what is only tried out gets none.
                request.said_of_others = formset.said_of_others  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        _tell_of_others(request)
        return super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        _tell_of_others(request)
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.pasted_view))
        name = f"catalog_{self.opts.model_name}_pasted"
        return [path("pasted/", view, name=name), *super().get_urls()]

    def pasted_view(self, request: HttpRequest) -> HttpResponse:
        """What pasted lines will become; a POST, because it may be long, but nothing is written."""
        owner = self.model()
        if request.POST.get("owner", "").isdecimal():
            owner = self.get_object(request, request.POST["owner"]) or owner
        return pasted.shown(request, owner)


def _tell_of_others(request: Any) -> None:
    for sentence in getattr(request, "said_of_others", ()):
        messages.info(request, sentence)
