"""A curator at the desk: opens a page, reads its form as a browser does, and sends it back."""

from __future__ import annotations

import re
from contextlib import nullcontext
from hashlib import sha256
from html import unescape
from types import SimpleNamespace
from typing import Any, ClassVar, Final
from unittest import mock
from urllib.parse import urlencode

from django.contrib.auth import get_user
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from catalog import sync
from catalog.models import Snapshot
from tests.changes.memory import everything

Fields = dict[str, Any]


class Page:
    """The fields of a page's forms with the values that a browser would send.

    Found by patterns, not by a parser: Django writes its tags in one way only, and many tests
    open pages of hundreds of fields.
    """

    def __init__(self, response: HttpResponse) -> None:
        self.fields: Fields = {}
        self._select = ""
        for tag, attributes, text in _FIELD.findall(response.content.decode()):
            given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            self._read(tag, given, text)

    def _read(self, tag: str, given: dict[str, str], text: str) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag in ("select", "/select"):
            self._select = name
        elif tag == "option" and self._select:
            # The first one, where none is marked.
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = value
        elif tag == "textarea":
            # Browsers drop a first line end, and send all others as CRLF.
            said = unescape(text).replace("\r\n", "\n").removeprefix("\n")
            self.fields[name] = said.replace("\n", "\r\n")
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self.fields[name] = value or "on"
            elif kind != "submit":
                self.fields[name] = value


_FIELD: Final = re.compile(
    r"<(/?select|option|textarea|input)\b([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>([^<]*)"
)
AS_BROWSERS_DO: Final = "application/x-www-form-urlencoded"

# Templates take most of a page's time, and only some tests read what they make.
DRAWN: Final = nullcontext()
UNDRAWN: Final = mock.patch.object(TemplateResponse, "rendered_content", b"")

_ATTRIBUTE: Final = re.compile(r"([\w-]+)(?:=\"([^\"]*)\")?")


class Desk:
    """The admin's pages of one kind of record, and the client that is logged in."""

    # To make a page takes longer than to save it, and many tests begin with the same rows.
    _known: ClassVar[dict[tuple[Any, ...], Fields]] = {}

    def __init__(self, client: Client) -> None:
        self.client = client

    def opened(self, address: str) -> Fields:
        response = self.client.get(address)
        assert response.status_code == 200, address
        return Page(response).fields

    def _fields_of(self, address: str) -> Fields:
        """As opened; a page that is made of the same rows for the same rights is opened once."""
        key = (address, _rights(self.client), _all_that_forms_are_made_of())
        if key not in self._known:
            self._known[key] = self.opened(address)
        return self._known[key]

    def save(self, row: Any, **changed: Any) -> None:
        """Open the record's page, change these fields, save; it must be taken."""
        self._taken(_change_page(row), changed)

    def add(self, noun: str, **changed: Any) -> None:
        self._taken(_address(noun, "add"), changed)

    def refused(self, row_or_noun: Any, **changed: Any) -> HttpResponse:
        """The page that comes back because the form was not taken."""
        return self._refused(row_or_noun, changed)

    def complaints(self, row_or_noun: Any, **changed: Any) -> dict[str, list[str]]:
        """What that page complains about. It is not drawn: that takes longer than to judge it."""
        return errors(self._refused(row_or_noun, changed, UNDRAWN))

    def delete(self, row: Any) -> str:
        """Delete by way of the confirmation page; answers with that page's text."""
        address = _address(_noun(row), "delete", row.pk)
        question = self.client.get(address).content.decode()
        response = self.client.post(address, {"post": "yes"})
        assert response.status_code == 302, response.content.decode()
        return question

    def delete_selected(self, *rows: Any) -> str:
        """The same by the action of the list."""
        address = _address(_noun(rows[0]), "changelist")
        chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
        question = self.client.post(address, chosen).content.decode()
        response = self.client.post(address, chosen | {"post": "yes"})
        assert response.status_code == 302, response.content.decode()
        return question

    def _taken(self, address: str, changed: Fields) -> None:
        response = self._sent(address, changed)
        assert response.status_code == 302, errors(response)

    def _refused(self, row_or_noun: Any, changed: Fields, pages: Any = DRAWN) -> HttpResponse:
        is_noun = isinstance(row_or_noun, str)
        address = _address(row_or_noun, "add") if is_noun else _change_page(row_or_noun)
        response = self._sent(address, changed, pages)
        assert response.status_code == 200, "it was taken"
        return response

    def _sent(self, address: str, changed: Fields, pages: Any = DRAWN) -> HttpResponse:
        fields = dict(self._fields_of(address))
        for name, value in changed.items():
            rows, _, field = name.partition("-")
            number = field.partition("-")[0]
            if number.isdecimal():
                _add_inline_row(fields, rows, number)
            _set(fields, name, value)
        with pages:
            return self.client.post(
                address, urlencode(fields, doseq=True), content_type=AS_BROWSERS_DO
            )


def _rights(client: Client) -> tuple[str, ...]:
    account = get_user(SimpleNamespace(session=client.session))
    return ("all",) if account.is_superuser else tuple(sorted(account.get_all_permissions()))


def _all_that_forms_are_made_of() -> str:
    # Of a snapshot the columns of its tables: facts that a model has a place for.
    texts = [bytes(text) for text in Snapshot.objects.values_list("text", flat=True)]
    return sha256(repr((everything(), texts)).encode()).hexdigest()


def _add_inline_row(fields: Fields, rows: str, number: str) -> None:
    """What the admin's script does for "Add another": one more row, like the hidden empty one."""
    if int(number) < int(fields[f"{rows}-TOTAL_FORMS"]):
        return
    fields[f"{rows}-TOTAL_FORMS"] = int(number) + 1
    empty = f"{rows}-__prefix__-"
    for name in [name for name in fields if name.startswith(empty)]:
        fields[f"{rows}-{number}-{name.removeprefix(empty)}"] = fields[name]


def _set(fields: Fields, name: str, value: Any) -> None:
    if value is False:  # a box that is not ticked is not sent
        fields.pop(name, None)
    else:
        fields[name] = "on" if value is True else getattr(value, "pk", value)


def inline(number: int, rows: str = "resources", **fields: Any) -> Fields:
    """The fields of one inline row: inline(0, url="https://...")."""
    return {f"{rows}-{number}-{name}": value for name, value in fields.items()}


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """All that a page complains about, by field; "__all__" is the top of a form."""
    context: Any = response.context_data
    found = {name: list(said) for name, said in context["adminform"].form.errors.items()}
    for group in context["inline_admin_formsets"]:
        for number, said in enumerate(group.formset.errors):
            for name, sentences in said.items():
                found[f"{group.formset.prefix}-{number}-{name}"] = list(sentences)
        if group.formset.non_form_errors():
            found[group.formset.prefix] = list(group.formset.non_form_errors())
    return found


def changed_lines(before: bytes) -> tuple[list[str], list[str]]:
    """The lines that an export now takes out of a text, and those that it puts in."""
    lines = list(sync.diff(before, sync.export_text(allow_deletions=1000)))[2:]
    return (
        [line[1:] for line in lines if line.startswith("-")],
        [line[1:] for line in lines if line.startswith("+")],
    )


def _noun(row: Any) -> str:
    return str(row._meta.model_name)


def _change_page(row: Any) -> str:
    return _address(_noun(row), "change", row.pk)


def _address(noun: str, page: str, *arguments: Any) -> str:
    return reverse(f"admin:catalog_{noun}_{page}", args=arguments)
