"""Names and slugs: a new record gets a slug, and what one was called once still finds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from catalog import slugs, tree, words
from catalog.changes.journal import (
    TABLES,
    ChangeRefused,
    Row,
    Values,
    rows_where,
    table_of,
    title_of,
)
from catalog.models import Alias, Change, LanguageModel, Organisation

Named = Organisation | LanguageModel


# Slugs of new records.


def give_slugs(rows: Iterable[Row]) -> set[int]:
    """A slug for each row that is about to be saved and has none, the first having first choice.

    A row that had a slug before may get it again. Answers with Python's ids of those that got
    one: under the lock nobody else can have it.
    """
    waiting: dict[str, list[Named]] = defaultdict(list)
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if isinstance(row, Named) and row.slug:
            claimed[table_of(row)].add(row.slug)
        elif isinstance(row, Named):
            waiting[table_of(row)].append(row)
    for table, newcomers in waiting.items():
        own = {row.pk for row in newcomers}
        models = _models() if table == "model" else {}
        families = [
            _newcomer(model, models)
            for model in models.values()
            if model.pk not in own and slugs.family_stem(model.name) is not None
        ]
        chosen = slugs.slugs_for(
            [_newcomer(row, models) for row in newcomers],
            taken={slug for slug, holder in slugs_in_use(table).items() if holder not in own}
            | claimed[table],
            families=families,
            word=slugs.base_slug(words.of_table(table)) or table,
        )
        for row, slug in zip(newcomers, chosen, strict=True):
            row.slug = slug
    return {id(row) for newcomers in waiting.values() for row in newcomers}


def _models() -> dict[int, LanguageModel]:
    """All models as far as slugs need them; a thousand new ones must not ask for each parent."""
    fields = ("name", "parent_id", "organisation_id", "organisation__name")
    found = LanguageModel.objects.select_related("organisation").only(*fields)
    return {model.pk: model for model in found}


def _newcomer(row: Named, models: Mapping[int, LanguageModel]) -> slugs.Newcomer:
    if isinstance(row, Organisation):
        return slugs.Newcomer(row.name)
    owners: list[str] = []
    above = _parent(row, models)
    while above is not None and len(owners) < tree.MAX_DEPTH:
        owners.append(above.name)
        above = _parent(above, models)
    return slugs.Newcomer(row.name, (*owners, row.organisation.name), row.organisation.name)


def _parent(row: LanguageModel, models: Mapping[int, LanguageModel]) -> LanguageModel | None:
    """A parent that is new itself is only known to the row."""
    if row.parent_id is not None:
        return models.get(row.parent_id)
    return row.parent if LanguageModel.parent.is_cached(row) else None


# Slugs that are taken.


def slugs_in_use(table: str, *, among: Collection[str] | None = None) -> dict[str, int]:
    """Every slug that must not be given to another record, with the id of its own.

    Those in use, those that a record had before, and those of the dead. `table` is "organisation"
    or "model"; `among` asks only about these slugs. Three queries.
    """
    holders = _said_by_changes(table, among)
    owner = f"{table}_id"
    former = Alias.objects.filter(kind="former_slug", **{f"{owner}__isnull": False})
    holders |= _pairs(former, "name", owner, among)
    holders |= _pairs(TABLES[table]._default_manager.all(), "slug", "id", among)
    return holders


def _said_by_changes(table: str, among: Collection[str] | None) -> dict[str, int]:
    """The slugs that a record of the table had before or after a change, the latter preferred."""
    # Rows that were created and live are in their table; an undone import's were deleted.
    said = Change.objects.filter(table=table, action__in=("update", "delete"))
    # Cast, or `among` would be taken for JSON, which a slug is not.
    said = said.annotate(
        slug_before=Cast(KeyTextTransform("slug", "before"), CharField()),
        slug_after=Cast(KeyTextTransform("slug", "after"), CharField()),
    )
    if among is None:
        said = said.filter(Q(before__has_key="slug") | Q(after__has_key="slug"))
    else:
        said = said.filter(Q(slug_before__in=among) | Q(slug_after__in=among))
    rows = list(said.values_list("slug_before", "slug_after", "object_id"))
    holders = {before: holder for before, _, holder in rows}
    holders |= {after: holder for _, after, holder in rows}
    holders.pop(None, None)
    return holders if among is None else {s: holders[s] for s in holders.keys() & set(among)}


def _pairs(
    rows: QuerySet[Any], slug: str, owner: str, among: Collection[str] | None
) -> dict[str, int]:
    if among is not None:
        rows = rows.filter(**{f"{slug}__in": list(among)})
    return dict(rows.values_list(slug, owner))


def refuse_taken_slugs(rows: Iterable[Row]) -> None:
    """Rows about to be saved: their slugs, and former slugs, must not be another record's."""
    claims: dict[str, list[tuple[Row, str, int | None]]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Named):
            claims[table_of(row)].append((row, row.slug, row.pk))
        elif isinstance(row, Alias) and row.kind == "former_slug":
            table = "organisation" if row.model_id is None else "model"
            claims[table].append((row, row.name, row.model_id or row.organisation_id))
    for table, claimed in claims.items():
        # Of so many, reading all is quickest.
        among = [slug for _, slug, _ in claimed] if len(claimed) <= 500 else None
        holders: dict[str, int | None] = {**slugs_in_use(table, among=among)}
        for row, slug, owner in claimed:
            if slug in holders and (owner is None or holders[slug] != owner):
                raise ChangeRefused(
                    f"{title_of(row)} cannot have the slug “{slug}”: it belongs, or once "
                    f"belonged, to another {TABLES[table]._meta.verbose_name}. Choose a "
                    "different one."
                )
            holders[slug] = owner


# Former names.


def published_among(rows: Iterable[Named]) -> set[Named]:
    """Those of these records that everybody can see, in two queries at most."""
    by_class: dict[type[Named], list[int]] = defaultdict(list)
    for row in rows:
        by_class[type(row)].append(row.pk)
    shown: set[Named] = set()
    for row_class, ids in by_class.items():
        shown.update(rows_where(row_class.objects.published(), "pk", ids))
    return shown


def former_names(
    renames: Sequence[tuple[Named, Values, Values]], shown: Collection[Named]
) -> tuple[list[Alias], list[Alias]]:
    """The aliases that renamed records gain, and those that they lose: (row, before, after) each.

    What a record was called becomes an alias if it was public, for aliases are; what it is called
    now is no former name any more.
    """
    known: dict[tuple[int | None, int | None, str, str], Alias] = {}
    for column, owner_class in (("organisation_id", Organisation), ("model_id", LanguageModel)):
        owners = [row.pk for row, _, _ in renames if isinstance(row, owner_class)]
        for alias in rows_where(Alias.objects.all(), column, owners):
            known[alias.organisation_id, alias.model_id, alias.kind, alias.name] = alias
    gained: list[Alias] = []
    lost: list[Alias] = []
    for row, before, after in renames:
        owner = (row.pk, None) if isinstance(row, Organisation) else (None, row.pk)
        for field, kind in (("name", "former_name"), ("slug", "former_slug")):
            if field not in before:
                continue
            current = known.pop((*owner, kind, after[field]), None)
            if current is not None:
                lost.append(current)
            if row in shown and (*owner, kind, before[field]) not in known:
                alias = Alias(
                    organisation_id=owner[0], model_id=owner[1], kind=kind, name=before[field]
                )
                gained.append(alias)
    return gained, lost
