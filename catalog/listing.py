"""The grouped list as a page shows it: the published tree in words that are ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from catalog import kinds, tree
from catalog.markup import plain_text, prose
from catalog.models import ListText, Organisation, Resource


@dataclass(frozen=True, slots=True)
class ListedResource:
    kind: str
    kind_label: str
    title: str
    url: str
    label: str
    remark: str


@dataclass(frozen=True, slots=True)
class ListedBranch:
    """An organisation or a model, with what stands below it."""

    slug: str
    name: str
    kind: str
    note: SafeString
    resources: list[ListedResource]
    branches: list[ListedBranch]
    models: int
    """How many models stand below it, at whatever depth."""


@dataclass(frozen=True, slots=True)
class Listing:
    title: str
    introduction: SafeString
    organisations: list[ListedBranch]
    models: int
    resources: int


_KIND_LABELS = dict(kinds.choices())


def read() -> Listing:
    """All that is published, in four queries."""
    texts = dict(ListText.objects.values_list("key", "text"))
    organisations = [_listed(branch) for branch in Organisation.objects.published().as_tree()]
    return Listing(
        plain_text(texts.get("title", "")) or "Catalogue",
        _prose(texts.get("introduction", "")),
        organisations,
        sum(organisation.models for organisation in organisations),
        sum(map(_resources, organisations)),
    )


def _listed(branch: tree.Branch) -> ListedBranch:
    row = branch.row
    name = plain_text(row.name)
    links = [child for child in branch.children if isinstance(child, Resource)]
    below = [_listed(child) for child in branch.children if isinstance(child, tree.Branch)]
    return ListedBranch(
        row.slug,
        name,
        "organisation" if isinstance(row, Organisation) else row.kind,
        _prose(row.note),
        [_listed_resource(resource, owner=name) for resource in links],
        below,
        sum(1 + child.models for child in below),
    )


def _listed_resource(resource: Resource, *, owner: str) -> ListedResource:
    return ListedResource(
        resource.kind,
        _KIND_LABELS.get(resource.kind, resource.kind),
        plain_text(resource.title) or owner,
        resource.url,
        plain_text(resource.label),
        plain_text(resource.remark),
    )


def _resources(branch: ListedBranch) -> int:
    return len(branch.resources) + sum(map(_resources, branch.branches))


def _prose(markdown: str) -> SafeString:
    """Notes are the only Markdown that becomes HTML, and `markup.prose` has cleaned it."""
    return mark_safe(prose(markdown))
