"""Pasted addresses: shown while one types, and saved as resources with the rest of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, Value
from django.db.models.functions import Left, StrIndex
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from catalog import pasting
from catalog.admin.forms import OncePerOwner, ResourceForm
from catalog.admin.places import with_owners
from catalog.identifiers import normal_url
from catalog.markup import problem
from catalog.models import LanguageModel, Organisation, Resource

# So often a title must stand in the list for links of one sort to be its way of calling them.
_USUAL = 3


@dataclass(frozen=True, slots=True)
class Read:
    """What one pasted line will do."""

    number: int
    resource: Resource | None
    problems: list[str]
    elsewhere: list[str]
    """Other records that have the same page; no problem, but worth knowing."""


def read(text: str, owner: Organisation | LanguageModel) -> list[Read]:
    """What each pasted line becomes below this owner, in three queries for however many."""
    lines = pasting.read(text)
    if not lines:
        return []
    holders = _holders([line for line in lines if not line.problem])
    usual = _usual_titles()
    given = set(owner.resources.values_list("title", flat=True)) if owner.pk else set()
    found = []
    for line in lines:
        if line.problem:
            found.append(Read(line.number, None, [line.problem], []))
            continue
        scheme = line.identifier.partition(":")[0]
        title = line.title or usual.get((scheme, line.kind), "")
        if not line.title and (not title or title in given):
            title = pasting.name_of(line.url)
        given.add(title)
        row = Resource(kind=line.kind, title=title, url=line.url, identifier=line.identifier)
        here = [row for row in holders[line.page] if _is_below(row, owner)]
        problems = [f"It stands here already: “{here[0]}”."] if here else _problems(row)
        others = [_whose(other) for other in holders[line.page] if not _is_below(other, owner)]
        found.append(Read(line.number, row, problems, list(dict.fromkeys(others))))
    return found


def _holders(lines: Sequence[pasting.PastedLine]) -> dict[str, list[Resource]]:
    """The resources that lead to the same pages already, by `PastedLine.page`."""
    asked = {line.page for line in lines}
    spellings = {line.url for line in lines}
    for line in lines:
        rest = normal_url(line.url).partition("://")[2]
        spellings |= {f"{start}{rest}{end}" for start in _STARTS for end in ("", "/")}
    same = Q(url__in=spellings) | Q(identifier__in={line.identifier for line in lines} - {""})
    found = defaultdict(list)
    rows = Resource.objects.filter(same).select_related(
        "organisation", "model__organisation", "model__parent"
    )
    for row in rows.in_tree_order():
        page = row.identifier or normal_url(row.url)
        if page in asked:
            found[page].append(row)
    return found


_STARTS = ("https://", "http://", "https://www.", "http://www.")


def _usual_titles() -> dict[tuple[str, str], str]:
    """By scheme and kind, what this list mostly calls such links: "github repo"."""
    counted = (
        Resource.objects.exclude(Q(title="") | Q(identifier=""))
        .annotate(scheme=Left("identifier", StrIndex("identifier", Value(":")) - 1))
        .values_list("scheme", "kind", "title")
        .annotate(number=Count("pk"))
        .filter(number__gte=_USUAL)
        .order_by("number", "title")
    )
    # The most frequent comes last, and stays.
    return {(scheme, kind): title for scheme, kind, title, _ in counted}


def _problems(row: Resource) -> list[str]:
    """Why a list could not hold this link; nothing here asks the database."""
    found = []
    try:
        row.clean_fields(exclude=("organisation", "model"))
    except ValidationError as error:
        found += error.messages
    for name in ("title", "url"):
        reason = problem(ResourceForm.listed[name], getattr(row, name))
        if reason:
            found.append(reason)
    return found


def _is_below(row: Resource, owner: Organisation | LanguageModel) -> bool:
    return owner.pk is not None and owner in (row.model, row.organisation)


def _whose(row: Resource) -> str:
    return with_owners(row.model) if row.model else str(row.organisation)


class PastingFormSet(OncePerOwner):
    """The resources of a record, and a field for the addresses of more."""

    may_paste = True

    def add_prefix_to(self, name: str) -> str:
        return f"{self.prefix}-{name}"

    @cached_property
    def pasted(self) -> list[Read]:
        text = self.data.get(self.add_prefix_to("paste"), "") if self.is_bound else ""
        return read(text, self.instance) if self.may_paste and text.strip() else []

    def clean(self) -> None:
        super().clean()
        problems = [
            f"Line {line.number}: {sentence}" for line in self.pasted for sentence in line.problems
        ]
        if problems:
            raise ValidationError(["Nothing was added yet. Mend the pasted lines.", *problems])

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        """The rows that were filled in, then the pasted ones."""
        super().save_new_objects(commit=commit)
        for line in self.pasted:
            if line.resource is not None:
                setattr(line.resource, self.fk.name, self.instance)
                self.new_objects.append(line.resource)
        return self.new_objects

    @property
    def said_of_others(self) -> list[str]:
        """Which of the pasted pages other records have as well."""
        return [
            f"“{line.resource}” stands at {', '.join(line.elsewhere)} too."
            for line in self.pasted
            if line.elsewhere
        ]


def shown(request: HttpRequest, owner: Organisation | LanguageModel) -> HttpResponse:
    """What saving would make of these lines; writes nothing."""
    if not request.user.has_perm("catalog.add_resource"):
        raise PermissionDenied
    lines: Iterable[Read] = read(request.POST.get("text", ""), owner)
    return render(request, "admin/catalog/pasted.html", {"lines": lines})
