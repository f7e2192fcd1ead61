"""Every constraint is broken around `clean`, in the database itself; then what people are told."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from catalog.models import (
    Alias,
    Catalogue,
    Change,
    ChangeSet,
    IntendedFinding,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
)
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db

URL = "https://example.org/"


@pytest.fixture
def cast():
    return small_catalog()


def refused(row):
    """The name of the constraint that keeps this row out of the database, by its own account."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(row).objects.bulk_create([row])
    return str(caught.value)


BROKEN = {
    "organisation_name_says_something": lambda c: Organisation(name="", slug="x"),
    "organisation_name_on_one_line": lambda c: Organisation(name="a\nb", slug="x"),
    "organisation_slug_says_something": lambda c: Organisation(name="X", slug=""),
    "model_name_says_something": lambda c: model(c, name=""),
    "model_name_on_one_line": lambda c: model(c, name="a\rb"),
    "model_slug_says_something": lambda c: model(c, slug=""),
    "model_is_not_its_own_parent": lambda c: model(c, id=77, parent_id=77),
    "model_kind_is_known": lambda c: model(c, kind="horse"),
    "model_access_is_known": lambda c: model(c, access="ajar"),
    "model_released_is_date": lambda c: model(c, released="May 2022"),
    "model_parameters_number_is_positive": lambda c: model(c, parameters_number=0),
    "model_context_length_is_positive": lambda c: model(c, context_length=0),
    "resource_has_one_owner": lambda c: Resource(
        model=c.t5, organisation=c.google, url=URL, title="X"
    ),
    "resource_kind_says_something": lambda c: Resource(model=c.t5, url=URL, kind=""),
    "resource_url_is_web_address": lambda c: Resource(model=c.t5, url="javascript:alert(1)"),
    "resource_title_and_url_and_label_on_one_line": lambda c: Resource(
        model=c.t5, url=URL, title="a\nb"
    ),
    "alias_has_one_owner": lambda c: Alias(name="X"),
    "alias_kind_is_known": lambda c: Alias(model=c.t5, name="X", kind="nickname"),
    "alias_name_says_something": lambda c: Alias(model=c.t5, name=""),
    "alias_name_on_one_line": lambda c: Alias(model=c.t5, name="a\nb"),
    "list_text_key_is_known": lambda c: ListText(key="footer"),
    "catalogue_is_one_row": lambda c: Catalogue(id=2),
    "snapshot_origin_is_known": lambda c: Snapshot(text=b"", meaning={}, grammar=1, origin="mail"),
    "change_set_origin_is_known": lambda c: ChangeSet(who="Li", origin="magic"),
    "change_action_is_known": lambda c: Change(
        change_set=ChangeSet.objects.create(who="Li", origin="admin"),
        table="model",
        object_id=1,
        action="bend",
    ),
}
UNIQUE = {
    "resource_own_link_once_per_organisation": lambda c: Resource(organisation=c.google, url=URL),
    "resource_own_link_once_per_model": lambda c: Resource(model=c.t5, url=URL),
    "alias_name_once_per_organisation": lambda c: Alias(organisation=c.baidu, name="百度"),
    "alias_name_once_per_model": lambda c: Alias(model=c.t5, name="Text-to-Text"),
    "alias_former_slug_of_one_organisation": lambda c: Alias(
        organisation=c.baidu, name="alphabet", kind="former_slug"
    ),
    "alias_former_slug_of_one_model": lambda c: Alias(
        model=c.ernie, name="t-five", kind="former_slug"
    ),
    "intended_finding_once": lambda c: IntendedFinding(
        rule="same-name", sentence="T5 is listed twice.", said_by="Mei"
    ),
}


def model(cast, **fields):
    return LanguageModel(**{"organisation": cast.google, "name": "X", "slug": "x"} | fields)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name, cast):
    assert name in refused(BROKEN[name](cast))


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_a_second(name, cast):
    Resource.objects.create(organisation=cast.google, url=URL)
    Resource.objects.create(model=cast.t5, url=URL)
    Alias.objects.create(organisation=cast.baidu, name="百度")
    Alias.objects.create(model=cast.t5, name="Text-to-Text")
    Alias.objects.create(organisation=cast.google, name="alphabet", kind="former_slug")
    Alias.objects.create(model=cast.t5, name="t-five", kind="former_slug")
    said = {"rule": "same-name", "sentence": "T5 is listed twice."}
    IntendedFinding.objects.create(**said, said_by="Li")
    row = UNIQUE[name](cast)
    [rule] = [rule for rule in row._meta.constraints if rule.name == name]
    if connection.vendor == "sqlite":  # which names the columns and not the constraint
        columns = [f"{row._meta.db_table}.{row._meta.get_field(f).column}" for f in rule.fields]
        assert refused(row) == f"UNIQUE constraint failed: {', '.join(columns)}"
    else:
        assert f'"{name}"' in refused(row)
    with pytest.raises(ValidationError, match=rule.get_violation_error_message()):
        row.validate_constraints()


def test_no_constraint_is_without_a_test():
    tables = apps.get_app_config("catalog").get_models()
    ours = [constraint.name for table in tables for constraint in table._meta.constraints]
    assert set(ours) == BROKEN.keys() | UNIQUE.keys()
    assert len(ours) == len(set(ours)) == len(BROKEN) + len(UNIQUE)


def test_no_unique_field_is_without_a_test():
    tables = apps.get_app_config("catalog").get_models()
    unique = [f for t in tables for f in t._meta.fields if f.unique and not f.primary_key]
    assert {str(field).removeprefix("catalog.") for field in unique} == {
        "Organisation.slug",
        "LanguageModel.slug",
        "ListText.key",
    }


@pytest.mark.parametrize("line_end", ["\n", "\r"])
def test_line_ends_are_refused_in_everything_that_stands_on_one_line(line_end, cast):
    broken = f"https://example.org/{line_end}b"
    for row in (
        Organisation(name=broken, slug="x"),
        model(cast, name=broken),
        Alias(model=cast.t5, name=broken),
        Resource(model=cast.t5, url=URL, title=broken),
        Resource(model=cast.t5, url=broken),
        Resource(model=cast.t5, url=URL, label=broken),
    ):
        assert "_on_one_line" in refused(row)


@pytest.mark.parametrize("row_class", [Resource, Alias])
def test_one_owner_is_neither_none_nor_two(row_class, cast):
    fields = {"url": URL} if row_class is Resource else {"name": "X"}
    for owners in ({}, {"model": cast.t5, "organisation": cast.google}):
        assert "_has_one_owner" in refused(row_class(**fields, **owners))
    for owners in ({"model": cast.t5}, {"organisation": cast.google}):
        row_class.objects.create(**fields, **owners)


TABLES = (Organisation, LanguageModel, Resource, Alias, ListText)


@pytest.mark.parametrize("row_class", [Organisation, LanguageModel])
def test_a_slug_is_given_once_in_its_table(row_class, cast):
    new = Organisation(name="X", slug="google")
    if row_class is LanguageModel:
        new = model(cast, slug="t5")
    assert "slug" in refused(new)


def test_an_organisation_and_a_model_may_have_the_same_slug(cast):
    language_model("Google", slug="google")


def test_a_list_text_is_there_once(cast):
    ListText.objects.create(key="title")
    assert "key" in refused(ListText(key="title"))


def test_update_around_clean_is_refused_too(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        LanguageModel.objects.filter(pk=cast.t5.pk).update(parent=cast.t5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=cast.t5_paper.pk).update(organisation=cast.google)


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example", "HTTPS://A.example/%20_"])
def test_web_addresses_are_kept_as_given(url, cast):
    row = resource(url=url, model=cast.t5)
    row.full_clean()
    row.refresh_from_db()
    assert row.url == url


@pytest.mark.parametrize("url", ["", "ftp://a.example", "//a.example", "x https://a", "https:/a"])
def test_other_addresses_are_refused(url, cast):
    assert "resource_url_is_web_address" in refused(Resource(model=cast.t5, url=url, title="X"))


@pytest.mark.parametrize("released", ["", "2022", "2022-05", "2022-12-31"])
def test_dates_are_years_months_or_days(released, cast):
    language_model(released=released).full_clean()


@pytest.mark.parametrize(
    "released", ["22", "2022-", "2022-5", "2022-13", "2022-00", "2022-05-32", "2022\n", " 2022"]
)
def test_other_dates_are_refused(released, cast):
    assert "model_released_is_date" in refused(model(cast, released=released))


def test_long_values_fit(cast):
    row = resource(title="t" * 1000, url=URL + "u" * 1980, remark="r" * 5000, model=cast.t5)
    row.full_clean()


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (
            Resource(url="javascript:alert(1)", title="X"),
            "url",
            "“javascript:alert(1)” is not a web address: it must begin with http:// or https://.",
        ),
        (Resource(url=URL, kind="horse"), "kind", "There is no kind “horse”; the kinds are paper,"),
        (Resource(url=URL, title="a\nb"), "title", "several lines. Put it on one line."),
        (Organisation(name="a\nb", slug="x"), "name", "several lines. Put it on one line."),
        (Organisation(name=" ", slug="x"), "name", "Write something that can be read."),
        (LanguageModel(released="May"), "released", "write 2022, 2022-05 or 2022-05-04."),
        (LanguageModel(released="2022-02-30"), "released", "“2022-02-30” is not a date"),
        (LanguageModel(released="0000"), "released", "“0000” is not a date"),
        (LanguageModel(parameters_number=0), "parameters_number", "give 1 or more, or nothing"),
    ],
)
def test_people_are_told_what_is_wrong_at_the_field(row, field, sentence):
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert sentence in " ".join(caught.value.message_dict[field])


def test_people_are_told_who_owns_what(cast):
    with pytest.raises(ValidationError, match="to an organisation or to a model, not to both"):
        Resource(url=URL, title="X").full_clean()
    Resource.objects.create(model=cast.t5, url=URL)
    with pytest.raises(ValidationError, match="The model has this own link already"):
        Resource(model=cast.t5, url=URL).full_clean()
    with pytest.raises(ValidationError, match="Another model has this slug"):
        model(cast, slug="t5").full_clean()
    cast.t5.parent = cast.t5
    with pytest.raises(ValidationError, match="cannot be its own parent"):
        cast.t5.full_clean()


def test_a_new_kind_of_resource_needs_no_migration():
    assert not Resource._meta.get_field("kind").choices


@pytest.mark.parametrize("name", ["google", "t5_family"])
def test_a_record_is_not_deleted_with_what_hangs_on_it(name, cast):
    with pytest.raises(models.RestrictedError):
        getattr(cast, name).delete()
    assert LanguageModel.objects.count() == 5


def test_rows_go_out_with_dumpdata_and_come_in_with_loaddata(cast, tmp_path):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    cast.t5_family.parent = language_model("Above", organisation=cast.google)  # a later row
    cast.t5_family.save()
    dumped = dump()
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(json.loads(dumped)))
    for row_class in reversed(TABLES):
        row_class.objects.filter(pk__isnull=False)._raw_delete(connection.alias)
    call_command("loaddata", path, verbosity=0)
    assert dump() == dumped
    assert LanguageModel.objects.get(slug="byt5").parent.parent.name == "Above"


def dump():
    out = StringIO()
    tables = [f"catalog.{row_class._meta.model_name}" for row_class in TABLES]
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", *tables, stdout=out, indent=1, **natural)
    assert '"organisation": [\n   "google"' in out.getvalue()
    return out.getvalue()


def test_a_snapshot_keeps_every_byte():
    text = bytes(range(256))
    snapshot = Snapshot.objects.create(text=text, meaning={}, grammar=1, origin="import")
    snapshot.refresh_from_db()
    assert bytes(snapshot.text) == text


def test_records_read_as_their_names(cast):
    assert [str(row) for row in (cast.google, cast.t5)] == ["Google", "T5"]
    assert str(Resource(title="", url=URL)) == URL
    assert LanguageModel._meta.verbose_name_plural == "models"


def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_new_rows_are_published_and_facts_unknown():
    row = organisation("X")
    assert row.is_published
    fact = LanguageModel()
    assert {fact.released, fact.parameters, fact.access, fact.status} == {""}
    assert fact.parameters_number is None
