"""Those who come by, from the one who may least to the one who may most."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

groups = import_module("catalog.migrations.0002_groups")

PEOPLE = ("anonymous", "visitor", "curator", "editor", "superuser")
"""A visitor has a login and nothing else."""


def person(who: str) -> User | None:
    """One of PEOPLE as an account; nobody for the anonymous."""
    if who == "anonymous":
        return None
    if who == "superuser":
        return User.objects.create_superuser(who, password=who)
    account = User.objects.create_user(who, password=who, is_staff=who != "visitor")
    if who != "visitor":
        account.groups.add(group(who))
    return account


def group(who: str) -> Group:
    """The group of curators or editors."""
    name = who.capitalize()
    if not Group.objects.filter(name=name).exists():
        # Emptied by a test that ends with a flush; Django brings back only the permissions.
        groups.make_groups(apps, SimpleNamespace(connection=connection))
    return Group.objects.get(name=name)


def client_of(who: str, **options: bool) -> Client:
    client = Client(**options)
    account = person(who)
    if account:
        client.force_login(account)
    return client
