"""The list, a section of it, an entry: each read at once, at most six queries with the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from catalog import sync, tree, words
from catalog.listing import facts, history, kin
from catalog.listing.branches import ListedBranch, listed, narrowed, path_to
from catalog.listing.chips import Chip, chip
from catalog.markup import note, plain_text
from catalog.models import Alias, AliasKind, LanguageModel, ListText, Organisation, Resource
from catalog.querysets import NAMES_OF_RECORDS

# What a visitor calls a resource, here as in "8 without links yet".
_LINK: Final = words.Noun("link", "links")


@dataclass(frozen=True, slots=True)
class GroupedList:
    title: str
    introduction: SafeString
    organisations: list[ListedBranch]
    models: int
    """How many there are, whatever was found."""
    resources: int
    is_narrowed: bool

    @property
    def found(self) -> int:
        return sum(organisation.models for organisation in self.organisations)

    @property
    def counts(self) -> str:
        """21 organisations, 102 models, 76 links; or of a search: 7 of 102 models."""
        if self.is_narrowed:
            return f"{self.found:,} of {words.entry().counted(self.models)}"
        return ", ".join(
            (
                words.section().counted(len(self.organisations)),
                words.entry().counted(self.models),
                _LINK.counted(self.resources),
            )
        )

    @property
    def all_models(self) -> str:
        return words.entry().counted(self.models)


@dataclass(frozen=True, slots=True)
class SectionPage:
    site: str
    branch: ListedBranch
    aliases: list[str]
    history: list[history.Happening]

    @property
    def counts(self) -> str:
        return ", ".join(
            (
                words.entry().counted(self.branch.models),
                _LINK.counted(self.branch.resources),
            )
        )


@dataclass(frozen=True, slots=True)
class EntryPage:
    site: str
    organisation: ListedBranch
    path: list[kin.Relative]
    """What stands above it, below its organisation."""
    branch: ListedBranch
    aliases: list[str]
    facts: list[facts.Fact]
    not_recorded: list[str]
    kin: kin.Kin
    history: list[history.Happening]

    @property
    def members(self) -> str:
        """12 models"""
        return words.entry().counted(self.branch.models)


def grouped_list(
    *, models: frozenset[int] | None = None, organisations: frozenset[int] = frozenset()
) -> GroupedList:
    """All that is published, or what leads to the models and organisations with these ids.

    Four queries.
    """
    texts = dict(ListText.objects.values_list("key", "text"))
    everything = [listed(branch) for branch in Organisation.objects.published().as_tree()]
    return GroupedList(
        _title(texts),
        note(texts.get("introduction", "")),
        everything if models is None else narrowed(everything, models, organisations),
        models=sum(organisation.models for organisation in everything),
        resources=sum(organisation.resources for organisation in everything),
        is_narrowed=models is not None,
    )


def section_page(slug: str) -> SectionPage | None:
    """A published organisation's page; None if there is no such. Six queries."""
    for branch in Organisation.objects.published().filter(slug=slug).as_tree():
        row: Organisation = branch.row
        aliases = _aliases(row)
        return SectionPage(
            _site(),
            listed(branch),
            aliases,
            history.of("organisation", row.pk, _links(branch), aliases),
        )
    return None


def entry_page(slug: str) -> EntryPage | None:
    """A published model's page; None if there is no such. Six queries.

    One more for what the list states of it.
    """
    # One organisation: slugs are unique.
    for organisation in Organisation.objects.published().filter(models__slug=slug).as_tree():
        path = path_to(organisation, slug)
        if not path:  # unpublished, or something above it is
            return None
        branch = path[-1]
        row: LanguageModel = branch.row
        aliases = _aliases(row)
        shown = listed(branch)
        return EntryPage(
            _site(),
            listed(organisation._replace(children=())),
            [kin.relative(above) for above in path[1:-1]],
            shown,
            aliases,
            facts.known(row, _titles_of_facts(path)),
            facts.not_recorded(row),
            kin.kin_of(path),
            history.of("model", row.pk, _links(branch), aliases),
        )
    return None


def _titles_of_facts(path: Sequence[tree.Branch]) -> Mapping[str, str]:
    """The list is asked for them only where it states something."""
    return sync.columns_of([above.row.name for above in path]) if path[-1].row.facts else {}


def _title(texts: dict[str, str]) -> str:
    return plain_text(texts.get("title", "")) or "Catalogue"


def _site() -> str:
    return _title(dict(ListText.objects.filter(key="title").values_list("key", "text")))


def _aliases(row: Organisation | LanguageModel) -> list[str]:
    """Other names, then former ones; once each."""
    names = Alias.objects.filter(kind__in=NAMES_OF_RECORDS)
    names = (
        names.filter(organisation=row) if isinstance(row, Organisation) else names.filter(model=row)
    )
    found = sorted(names.order_by("pk"), key=lambda alias: alias.kind == AliasKind.FORMER_NAME)
    return list(dict.fromkeys(plain_text(alias.name) for alias in found))


def _links(branch: tree.Branch) -> dict[int, Chip]:
    name = plain_text(branch.row.name)
    return {
        child.pk: chip(child, owner=name)
        for child in branch.children
        if isinstance(child, Resource)
    }
