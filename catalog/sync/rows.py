"""What the published rows say, in the words of the list engine, and which row says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog import facts, readme, tree, words
from catalog.models import FACTS, Alias, AliasKind, LanguageModel, ListText, Organisation, Resource
from catalog.readme import Entry, Link, Meaning, Section
from catalog.readme.meaning import Address

Branch = Organisation | LanguageModel
Row = Organisation | LanguageModel | Resource
Path = tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How much a list, or the catalogue, holds."""

    organisations: int
    models: int
    resources: int

    def __str__(self) -> str:
        return ", ".join(
            (
                words.section().counted(self.organisations),
                words.entry().counted(self.models),
                words.RESOURCE.counted(self.resources),
            )
        )


def counts_of(meaning: Meaning) -> Counts:
    return Counts(
        len(meaning.sections),
        sum(1 for _ in meaning.entries()),
        sum(1 for _ in meaning.links()),
    )


def links_in_rows() -> int:
    """The resources, and the links within notes, facts and the list's own texts; drafts too."""
    texts = list(ListText.objects.values_list("text", flat=True))
    for branches in (Organisation.objects, LanguageModel.objects):
        texts += branches.exclude(note="").values_list("note", flat=True)
    facts_of_all = LanguageModel.objects.exclude(facts=[]).values_list("facts", flat=True)
    texts += [said for stated in facts_of_all for _, said in stated]
    return Resource.objects.count() + sum(
        readme.parse(text).coverage.total for text in texts if "[" in text or "/" in text
    )


def catalogue_is_empty() -> bool:
    return not Organisation.objects.exists()


@dataclass(frozen=True)
class Rows:
    """All rows, drafts included, and what the published ones say.

    A row is *withheld* if it is unpublished, or stands below one that is.
    """

    meaning: Meaning
    at: Mapping[Address, Row]
    """The row that says what stands at an address of the meaning."""
    texts: Mapping[str, ListText]
    branches: tuple[tree.Branch, ...]
    """The whole tree, drafts included."""
    former: Mapping[Address, Collection[str]]
    """What the row at an address was called before."""

    @cached_property
    def children(self) -> Mapping[Row | None, list[Row]]:
        """The rows below each row in their order, drafts included; the organisations below None."""
        found: dict[Row | None, list[Row]] = {None: [branch.row for branch in self.branches]}
        waiting = list(self.branches)
        while waiting:
            branch = waiting.pop()
            found[branch.row] = [_row(child) for child in branch.children]
            waiting += [child for child in branch.children if isinstance(child, tree.Branch)]
        return found

    @cached_property
    def withheld(self) -> Mapping[Branch, Path]:
        """Every withheld branch with its path of names, the outer ones first."""
        shown = {row for row in self.at.values() if not isinstance(row, Resource)}
        found: dict[Branch, Path] = {}
        waiting: list[tuple[tree.Branch, Path]] = [(branch, ()) for branch in self.branches[::-1]]
        while waiting:
            branch, above = waiting.pop()
            path = (*above, branch.row.name)
            if branch.row not in shown:
                found[branch.row] = path
            below = [child for child in branch.children if isinstance(child, tree.Branch)]
            waiting += [(child, path) for child in reversed(below)]
        return found

    def unstated(self) -> tuple[str, ...]:
        """The fields that published rows fill and this list's form has no place for."""
        models = [row for row in self.at.values() if isinstance(row, LanguageModel)]
        stated = {model: facts.filled_by(model.facts) for model in models}
        found = [
            name.replace("_", " ")
            for name in FACTS
            if any(getattr(model, name) and name not in stated[model] for model in models)
        ]
        if any(
            isinstance(row, Resource) and row.organisation_id and row.label
            for row in self.at.values()
        ):
            found.append(f"label of {words.section().with_article}'s resource")
        return tuple(found)


def read_rows(*, also: Collection[Branch] = ()) -> Rows:
    """Everything, in five queries. `also` are read as if they were published."""
    organisations = Organisation.objects.all()
    branches = tuple(tree.grow(organisations, LanguageModel.objects.all(), Resource.objects.all()))
    texts = {text.key: text for text in ListText.objects.all()}
    at: dict[Address, Row] = {}
    sections: list[Section] = []
    for branch in branches:
        if branch.row.is_published or branch.row in also:
            address = (len(sections),)
            at[address] = branch.row
            children = _children(branch, address, at, also)
            sections.append(Section(branch.row.name, branch.row.note, children))
    title, introduction = (
        texts[key].text if key in texts else "" for key in ("title", "introduction")
    )
    meaning = Meaning(title, introduction, tuple(sections))
    return Rows(meaning, at, texts, branches, _former_names(at))


def _former_names(at: Mapping[Address, Row]) -> dict[Address, list[str]]:
    """The newest first."""
    names: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for alias in Alias.objects.filter(kind=AliasKind.FORMER_NAME).order_by("-pk"):
        names[alias.organisation_id, alias.model_id].append(alias.name)
    found: dict[Address, list[str]] = {}
    for address, row in at.items() if names else ():
        owner = (row.pk, None) if isinstance(row, Organisation) else (None, row.pk)
        if not isinstance(row, Resource) and owner in names:
            found[address] = names[owner]
    return found


def _children(
    branch: tree.Branch, address: Address, at: dict[Address, Row], also: Collection[Branch]
) -> tuple[Entry | Link, ...]:
    """The published children; an own link comes first, for it stands in its owner's line."""
    things: list[Entry | Link] = []
    for child in sorted(branch.children, key=_is_not_own):
        here = (*address, len(things))
        if isinstance(child, Resource):
            at[here] = child
            things.append(link_of(child, of_organisation=child.organisation_id is not None))
        elif child.row.is_published or child.row in also:
            at[here] = child.row
            below = _children(child, here, at, also)
            things.append(Entry(child.row.name, child.row.note, facts_of(child.row), below))
    return tuple(things)


def facts_of(row: LanguageModel) -> tuple[tuple[str, str], ...]:
    """What the list states of a model beside its links."""
    return tuple((fact, said) for fact, said in row.facts)


def link_of(row: Resource, *, of_organisation: bool) -> Link:
    """What the list says of a resource, or would say if it had an owner of this sort."""
    # A paragraph's links have no label: see `unstated`.
    label = "" if of_organisation else row.label
    return Link(row.title, row.url, row.kind, label, row.remark)


def _is_not_own(child: tree.Branch | Resource) -> bool:
    return not (isinstance(child, Resource) and not child.title)


def _row(child: tree.Branch | Row) -> Row:
    return child.row if isinstance(child, tree.Branch) else child
