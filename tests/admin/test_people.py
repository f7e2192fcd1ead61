"""Who lets whom in, and that nobody comes to more than they were given."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.admin.desk import Page
from tests.people import group, person

pytestmark = pytest.mark.django_db


def address(page: str, *arguments: object) -> str:
    return reverse(f"admin:auth_user_{page}", args=arguments)


def password_page(account: User) -> str:
    return reverse("admin:auth_user_password_change", args=[account.pk])


@pytest.fixture
def editor(client) -> User:
    account = person("editor")
    client.force_login(account)
    return account


def sent(client, account: User, **changed: object) -> int:
    """Save the page of an account as a browser would, with these fields, shown or not."""
    fields = Page(client.get(address("change", account.pk))).fields
    # The desk's reader takes one choice of a list, and the groups are many.
    fields["groups"] = [one.pk for one in account.groups.all()]
    for box in [name for name, value in changed.items() if value is False]:
        fields.pop(box, None)
    fields |= {name: value for name, value in changed.items() if value is not False}
    return client.post(address("change", account.pk), fields).status_code


def new_account(client, name: str) -> User:
    password = {"usable_password": "true", "password1": "zug um zug", "password2": "zug um zug"}
    assert client.post(address("add"), {"username": name} | password).status_code == 302
    return User.objects.get(username=name)


def test_an_editor_lets_a_curator_in(client, editor):
    mei = new_account(client, "mei")
    assert sent(client, mei, is_staff="on", groups=[group("curator").pk]) == 302
    mei.refresh_from_db()
    assert mei.is_staff
    assert mei.has_perm("catalog.change_organisation")
    assert not mei.has_perm("catalog.delete_organisation")


def test_an_editor_shuts_the_door_again(client, editor):
    mei = person("curator")
    assert sent(client, mei, is_active=False) == 302
    mei.refresh_from_db()
    assert not mei.is_active
    assert client.post(address("delete", mei.pk), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=mei.pk).exists()


@pytest.mark.parametrize("whose", ["their own", "a curator's"])
def test_an_editor_makes_nobody_a_superuser(client, editor, whose):
    account = editor if whose == "their own" else person("curator")
    page = client.get(address("change", account.pk)).content.decode()
    assert 'name="groups"' in page
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    every = [permission.pk for permission in Permission.objects.all()]
    assert sent(client, account, is_superuser="on", user_permissions=every) == 302
    account.refresh_from_db()
    assert not account.is_superuser
    assert not account.user_permissions.exists()


def test_an_editor_makes_no_superuser_of_a_new_account(client, editor):
    password = {"usable_password": "true", "password1": "zug um zug", "password2": "zug um zug"}
    asked = {"username": "eve", "is_superuser": "on", "is_staff": "on"} | password
    client.post(address("add"), asked)
    assert not User.objects.get(username="eve").is_superuser


def test_an_editor_gives_no_group_that_may_more_than_they(client, editor):
    operators = Group.objects.create(name="Operators")
    operators.permissions.add(Permission.objects.get(codename="change_group"))
    page = client.get(address("change", editor.pk)).content.decode()
    assert ">Curator</option>" in page
    assert "Operators" not in page
    assert sent(client, editor, groups=[operators.pk]) == 200
    assert not operators.user_set.exists()


def more_powerful(how: str) -> User:
    account = User.objects.create_user("kim", password="kim", is_staff=True)
    if how == "a superuser":
        account.is_superuser = True
    if how == "a superuser who is not active":
        account.is_superuser, account.is_active = True, False
    if how.startswith("one with a permission"):
        account.user_permissions.add(Permission.objects.get(codename="change_group"))
    if how == "one with a permission who is not active":
        account.is_active = False
    if how == "one of a group with more":
        operators = Group.objects.create(name="Operators")
        operators.permissions.add(Permission.objects.get(codename="change_group"))
        account.groups.add(operators)
    account.save()
    return account


@pytest.mark.parametrize(
    "how",
    [
        "a superuser",
        "a superuser who is not active",
        "one with a permission",
        "one with a permission who is not active",
        "one of a group with more",
    ],
)
def test_an_editor_only_looks_at_an_account_that_may_more(client, editor, how):
    kim = more_powerful(how)
    before = User.objects.filter(pk=kim.pk).values().get()
    page = client.get(address("change", kim.pk))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    # A new password for it would be a way into it.
    new = {"usable_password": "true", "password1": "zug um zug", "password2": "zug um zug"}
    assert client.get(password_page(kim)).status_code == 403
    assert client.post(password_page(kim), new).status_code == 403
    assert client.post(address("change", kim.pk), {"username": "eve"}).status_code == 403
    assert client.post(address("delete", kim.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [kim.pk], "post": "yes"}
    assert client.post(address("changelist"), chosen).status_code == 403
    assert User.objects.filter(pk=kim.pk).values().get() == before


def test_a_superuser_gives_everything(client):
    client.force_login(person("superuser"))
    mei = person("curator")
    assert sent(client, mei, is_superuser="on", user_permissions=[]) == 302
    mei.refresh_from_db()
    assert mei.is_superuser


def test_a_curator_sees_no_people(client):
    curator = person("curator")
    client.force_login(curator)
    assert client.get(address("changelist")).status_code == 403
    assert client.get(address("change", curator.pk)).status_code == 403
    assert client.get(password_page(curator)).status_code == 403


def test_whoever_is_let_in_chooses_a_password_of_their_own(client):
    client.force_login(person("curator"))
    new = {"old_password": "curator", "new_password1": "zug um zug", "new_password2": "zug um zug"}
    assert client.post(reverse("admin:password_change"), new).status_code == 302
    assert User.objects.get(username="curator").check_password("zug um zug")
