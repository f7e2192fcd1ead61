"""The cast: three makers with defaults for everything, and a small catalogue with names.

They write around `catalog.changes`, so that a test's own changes are the only ones.
"""

from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.utils.text import slugify

from catalog.models import LanguageModel, Organisation, Resource
from tests.beginnings import begun


def organisation(name: str = "Google", **fields: Any) -> Organisation:
    if "slug" not in fields:
        fields["slug"] = _free_slug(Organisation, name)
    if "position" not in fields:
        fields["position"] = _number("SELECT count(*) FROM catalog_organisation") + 1
    return Organisation.objects.create(name=name, **fields)


def language_model(name: str = "T5", **fields: Any) -> LanguageModel:
    """Of its parent's organisation, or of a new one if nothing is said; the last child there."""
    parent = fields.get("parent")
    if "organisation" not in fields and "organisation_id" not in fields:
        fields["organisation"] = parent.organisation if parent else organisation()
    if "slug" not in fields:
        fields["slug"] = _free_slug(LanguageModel, name)
    if "position" not in fields:
        owner = fields.get("organisation") or Organisation(pk=fields["organisation_id"])
        fields["position"] = _next_position(parent or owner)
    return LanguageModel.objects.create(name=name, **fields)


def resource(title: str = "A paper", **fields: Any) -> Resource:
    """Of a new model if no owner is said; the last child there."""
    if not fields.keys() & {"model", "model_id", "organisation", "organisation_id"}:
        fields["model"] = language_model()
    fields.setdefault("url", "https://arxiv.org/abs/1910.10683")
    fields.setdefault("kind", "paper")
    owner = fields.get("model") or fields.get("organisation")
    if "position" not in fields and owner is not None:
        fields["position"] = _next_position(owner)
    return Resource.objects.create(title=title, **fields)


def small_catalog() -> SimpleNamespace:
    """Google > T5 family > T5, ByT5; Baidu > ERNIE and an unpublished draft.

    Each row by its name: google, t5_family, t5, t5_paper, byt5, baidu, ernie, ernie_code, draft.
    """
    return begun("small catalogue", _small_catalog)


def _small_catalog() -> SimpleNamespace:
    google = organisation("Google")
    t5_family = language_model("T5 family", organisation=google, kind="family")
    t5 = language_model("T5", parent=t5_family)
    byt5 = language_model("ByT5", parent=t5_family)
    t5_paper = resource("Exploring the Limits of Transfer Learning", model=t5)
    baidu = organisation("Baidu")
    ernie = language_model("ERNIE", organisation=baidu)
    ernie_code = resource(
        "github repo", model=ernie, kind="code", url="https://github.com/PaddlePaddle/ERNIE"
    )
    draft = language_model("Wenxin", organisation=baidu, is_published=False)
    return SimpleNamespace(**locals())


# Asked in plain SQL: the sentences below are asked some ten thousand times in a run of the tests,
# and Django needs longer to build such a query than the database to answer it.


def _free_slug(row_class: type[Organisation] | type[LanguageModel], name: str) -> str:
    slug = slugify(name)[:50] or "nameless"
    table = row_class._meta.db_table
    if _number(f"SELECT count(*) FROM {table} WHERE slug = %s", slug):
        slug = f"{slug}-{_number(f'SELECT count(*) FROM {table}') + 1}"
    return slug


def _next_position(owner: Organisation | LanguageModel) -> int:
    if isinstance(owner, Organisation):
        models, resources = "organisation_id = %s AND parent_id IS NULL", "organisation_id = %s"
    else:
        models, resources = "parent_id = %s", "model_id = %s"
    return 1 + _number(
        f"SELECT (SELECT count(*) FROM catalog_languagemodel WHERE {models})"
        f" + (SELECT count(*) FROM catalog_resource WHERE {resources})",
        owner.pk,
        owner.pk,
    )


def _number(question: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return int(cursor.fetchone()[0])
