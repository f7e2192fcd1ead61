"""The groups that a migration makes."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import override_settings

from tests.people import group, groups, person

pytestmark = pytest.mark.django_db

SCHEMA = SimpleNamespace(connection=connection)


def allowed(name: str) -> set[str]:
    permissions = group(name).permissions.values_list("content_type__app_label", "codename")
    return {".".join(permission) for permission in permissions}


def test_a_curator_writes_what_a_list_is_made_of_and_reads_its_memory():
    nouns = ("organisation", "languagemodel", "resource", "alias", "listtext")
    written = {f"catalog.{act}_{noun}" for noun in nouns for act in ("view", "add", "change")}
    read = {f"catalog.view_{noun}" for noun in ("snapshot", "changeset", "change")}
    assert allowed("curator") == written | read


def test_an_editor_may_also_delete_import_export_undo_and_let_people_in():
    assert allowed("editor") - allowed("curator") == {
        "catalog.delete_organisation",
        "catalog.delete_languagemodel",
        "catalog.delete_resource",
        "catalog.delete_alias",
        "catalog.delete_listtext",
        "catalog.add_snapshot",
        "catalog.change_changeset",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.delete_user",
    }
    assert allowed("curator") < allowed("editor")


def test_the_groups_go_and_come_again():
    before = {name: allowed(name) for name in ("curator", "editor")}
    groups.take_groups_away(apps, SCHEMA)
    assert not Group.objects.filter(name__in=["Curator", "Editor"]).exists()
    groups.make_groups(apps, SCHEMA)
    assert {name: allowed(name) for name in ("curator", "editor")} == before


def test_a_group_of_that_name_that_is_there_already_keeps_what_it_has():
    curators = group("curator")
    extra = Permission.objects.get(codename="view_session")
    curators.permissions.set([extra])
    groups.make_groups(apps, SCHEMA)
    assert curators.permissions.count() == 19
    assert extra in curators.permissions.all()


def test_permissions_that_are_not_there_yet_are_made_as_django_makes_them():
    """A fresh database has none before the last migration has run."""
    Group.objects.all().delete()
    made_by_django = set(Permission.objects.values_list("codename", "name"))
    Permission.objects.all().delete()
    groups.make_groups(apps, SCHEMA)
    made_here = set(Permission.objects.values_list("codename", "name"))
    assert len(made_here) == 29
    assert made_here < made_by_django
    for label in ("auth", "catalog", "admin", "contenttypes", "sessions"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    assert set(Permission.objects.values_list("codename", "name")) == made_by_django
    assert Permission.objects.count() == len(made_by_django)


@override_settings(SECTION_WORDS=("topic", "topics"), ENTRY_WORDS=("data set", "data sets"))
def test_permissions_call_the_records_by_the_lists_own_words():
    Permission.objects.all().delete()
    groups.make_groups(apps, SCHEMA)
    assert Permission.objects.get(codename="add_organisation").name == "Can add topic"
    assert Permission.objects.get(codename="add_languagemodel").name == "Can add data set"


def test_no_group_makes_a_superuser():
    assert person("curator").is_superuser is False
    assert person("editor").is_superuser is False
