"""Who may do what: every address of the site in one table, and what nobody may.

A new address without a row here fails: put it where it belongs, with what each person gets:

    yes     the page                        post    only by POST (405)
    login   sent to the login               gone    not found (404)
    no      refused (403)                   on      sent on to another page
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalog import changes, sync
from catalog.models import Alias, ChangeSet, Snapshot, WaitingImport
from tests.addresses import LIST as SITE_LIST
from tests.addresses import Site, patterns
from tests.admin.desk import Desk, Page, inline
from tests.changes.memory import everything as all_rows
from tests.people import PEOPLE, client_of

pytestmark = pytest.mark.django_db

TABLE = """
                                        anonymous visitor curator editor superuser
catalog:list                            yes       yes     yes     yes    yes
catalog:organisation                    yes       yes     yes     yes    yes
catalog:model                           yes       yes     yes     yes    yes

api:api-root                            yes       yes     yes     yes    yes
api:schema                              yes       yes     yes     yes    yes
api:organisation-list                   yes       yes     yes     yes    yes
api:organisation-detail                 yes       yes     yes     yes    yes
api:model-list                          yes       yes     yes     yes    yes
api:model-detail                        yes       yes     yes     yes    yes
api:resource-list                       yes       yes     yes     yes    yes
api:resource-detail                     yes       yes     yes     yes    yes

admin:index                             login     login   yes     yes    yes
admin:app_list                          login     login   yes     yes    yes
admin:waiting                           login     login   yes     yes    yes
admin:download                          login     login   post    post   post
admin:findings                          login     login   yes     yes    yes
admin:intend                            login     login   post    post   post
admin:import                            login     login   no      yes    yes
admin:offer                             login     login   yes     yes    yes
admin:offer_choose                      login     login   post    post   post
admin:offer_import                      login     login   post    post   post
admin:offer_dismiss                     login     login   post    post   post
admin:login                             yes       yes     on      on     on
admin:logout                            on        on      post    post   post
admin:password_change                   login     login   yes     yes    yes
admin:password_change_done              login     login   yes     yes    yes
admin:autocomplete                      login     login   yes     yes    yes
admin:jsi18n                            login     login   yes     yes    yes
admin:view_on_site                      login     login   on      on     on
admin:(?P<url>.*)$                      login     login   gone    gone   gone

admin:catalog_organisation_changelist   login     login   yes     yes    yes
admin:catalog_organisation_add          login     login   yes     yes    yes
admin:catalog_organisation_change       login     login   yes     yes    yes
admin:catalog_organisation_history      login     login   yes     yes    yes
admin:catalog_organisation_proposed     login     login   yes     yes    yes
admin:catalog_organisation_pasted       login     login   post    post   post
admin:catalog_organisation_delete       login     login   no      yes    yes

admin:catalog_languagemodel_changelist  login     login   yes     yes    yes
admin:catalog_languagemodel_add         login     login   yes     yes    yes
admin:catalog_languagemodel_change      login     login   yes     yes    yes
admin:catalog_languagemodel_history     login     login   yes     yes    yes
admin:catalog_languagemodel_pasted      login     login   post    post   post
admin:catalog_languagemodel_delete      login     login   no      yes    yes
admin:catalog_languagemodel_suggestions login     login   yes     yes    yes

admin:catalog_resource_changelist       login     login   yes     yes    yes
admin:catalog_resource_add              login     login   yes     yes    yes
admin:catalog_resource_change           login     login   yes     yes    yes
admin:catalog_resource_history          login     login   yes     yes    yes
admin:catalog_resource_delete           login     login   no      yes    yes

admin:catalog_listtext_changelist       login     login   yes     yes    yes
admin:catalog_listtext_add              login     login   yes     yes    yes
admin:catalog_listtext_change           login     login   yes     yes    yes
admin:catalog_listtext_history          login     login   yes     yes    yes
admin:catalog_listtext_delete           login     login   no      yes    yes

admin:catalog_snapshot_changelist       login     login   yes     yes    yes
admin:catalog_snapshot_add              login     login   no      no     no
admin:catalog_snapshot_change           login     login   yes     yes    yes
admin:catalog_snapshot_history          login     login   yes     yes    yes
admin:catalog_snapshot_delete           login     login   no      no     no
admin:catalog_snapshot_bring_back       login     login   no      yes    yes

admin:catalog_changeset_changelist      login     login   yes     yes    yes
admin:catalog_changeset_add             login     login   no      no     no
admin:catalog_changeset_change          login     login   yes     yes    yes
admin:catalog_changeset_history         login     login   yes     yes    yes
admin:catalog_changeset_undo            login     login   post    post   post
admin:catalog_changeset_delete          login     login   no      no     no

admin:auth_user_changelist              login     login   no      yes    yes
admin:auth_user_add                     login     login   no      yes    yes
admin:auth_user_change                  login     login   no      yes    yes
admin:auth_user_history                 login     login   no      yes    yes
admin:auth_user_delete                  login     login   no      yes    yes
admin:auth_user_password_change         login     login   no      yes    yes

admin:auth_group_changelist             login     login   no      no     yes
admin:auth_group_add                    login     login   no      no     yes
admin:auth_group_change                 login     login   no      no     yes
admin:auth_group_history                login     login   no      no     yes
admin:auth_group_delete                 login     login   no      no     yes
"""
# Django's old short form of the change pages, `…/<path:object_id>/`, only leads on to them.
SHORT_FORM = "<path:object_id>/"


def table() -> dict[str, dict[str, str]]:
    """What each person gets at each address."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    assert tuple(header) == PEOPLE
    return {name: dict(zip(PEOPLE, gets, strict=True)) for name, *gets in lines}


@pytest.fixture
def site() -> Site:
    return Site()


def got(response: HttpResponse) -> str:
    """The word of the table for an answer."""
    if response.status_code == 302:
        return "login" if response["Location"].startswith(reverse("admin:login")) else "on"
    words = {200: "yes", 301: "on", 403: "no", 404: "gone", 405: "post"}
    return words.get(response.status_code, str(response.status_code))


def everything() -> Any:
    """All that a visit must leave as it is."""
    return (
        all_rows(),
        list(ChangeSet.objects.values()),
        list(Snapshot.objects.values()),
        list(WaitingImport.objects.values()),
        list(User.objects.order_by("pk").values()),
        list(User.groups.through.objects.order_by("pk").values()),
        list(Group.objects.order_by("pk").values()),
        changes.generation(),
    )


def test_every_address_stands_in_the_table():
    # Each once: Django's own first page stands behind ours, at the same address.
    addresses = {(name, str(pattern.pattern)) for name, pattern in patterns()}
    names = [name for name, _ in addresses if not name.endswith(SHORT_FORM)]
    assert set(names) == set(table())
    assert len(names) == len(set(names)), "two addresses have one name"


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_table_says_and_looking_changes_nothing(site, who):
    client = client_of(who)
    before = everything()
    answers = {name: got(client.get(site.address(name))) for name in table()}
    assert answers == {name: row[who] for name, row in table().items()}
    assert everything() == before


@pytest.mark.parametrize("who", PEOPLE)
def test_where_somebody_may_not_look_they_may_not_write(site, who):
    client = client_of(who)
    before = everything()
    refused = {name: row[who] for name, row in table().items() if row[who] in ("login", "no")}
    answers = {name: got(client.post(site.address(name), {"post": "yes"})) for name in refused}
    assert answers == refused
    assert everything() == before


def test_nothing_is_written_without_the_token_of_a_form(site):
    client = client_of("superuser", enforce_csrf_checks=True)
    before = everything()
    for name in table():
        for fields in ({"post": "yes"}, {"action": "undo", "_selected_action": 1}):
            response = client.post(site.address(name), fields)
            if name.startswith("api:"):
                # It looks at no cookie, so a token would guard nothing: it takes no POST at all.
                assert response.status_code in (403, 405), name
            else:
                assert response.status_code == 403, name
                assert b"CSRF" in response.content, name
    assert everything() == before


def test_the_public_pages_and_the_api_take_nothing_but_reading(site):
    client = client_of("superuser")
    before = everything()
    for name in table():
        if not name.startswith("admin:"):
            for method in ("post", "put", "patch", "delete"):
                assert getattr(client, method)(site.address(name)).status_code == 405, name
    assert everything() == before


# What the pages that many may open do for each of them.


def _post(client: Client, noun: str, action: str, row: Any) -> None:
    chosen = {"action": action, "_selected_action": [row.pk], "post": "yes"}
    client.post(reverse(f"admin:catalog_{noun}_changelist"), chosen)


def change_a_model(client: Client, site: Site) -> None:
    Desk(client).save(site.cast.t5, name="T5 1.1")


def add_a_resource(client: Client, site: Site) -> None:
    Desk(client).save(site.cast.byt5, **inline(0, title="a", url="https://arxiv.org/abs/1"))


def add_an_alias(client: Client, site: Site) -> None:
    Desk(client).save(site.cast.byt5, **inline(0, "aliases", name="Byte-T5"))


def change_the_title_of_the_list(client: Client, site: Site) -> None:
    Desk(client).save(site.rows["listtext"], text="Another list")


def delete_selected_models(client: Client, site: Site) -> None:
    _post(client, "languagemodel", "delete_selected", site.cast.ernie)


def delete_selected_organisations(client: Client, site: Site) -> None:
    _post(client, "organisation", "delete_selected", site.cast.baidu)


def delete_a_resource_in_its_row(client: Client, site: Site) -> None:
    Desk(client).save(site.cast.t5, **inline(0, DELETE=True))


def delete_an_alias_in_its_row(client: Client, site: Site) -> None:
    Alias.objects.create(model=site.cast.ernie, name="Wenxin")
    Desk(client).save(site.cast.ernie, **inline(0, "aliases", DELETE=True))


def undo_what_another_did(client: Client, site: Site) -> None:
    _post(client, "changeset", "undo", site.rows["changeset"])


def import_a_list(client: Client, site: Site) -> None:
    where = reverse("admin:import")
    text = SITE_LIST.replace("ByT5", "ByT5 (bytes)")
    page = client.post(where, {"text": text})
    if page.status_code == 200:
        client.post(where, Page(page).fields)


def import_what_waits(client: Client, site: Site) -> None:
    where = reverse("admin:offer")
    fields = Page(client.get(where)).fields
    client.post(reverse("admin:offer_choose"), fields | {"side": "file"})
    client.post(reverse("admin:offer_import"), {"offer": site.offer.pk})


DONE_BY = [
    (change_a_model, "curator editor superuser"),
    (add_a_resource, "curator editor superuser"),
    (add_an_alias, "curator editor superuser"),
    (change_the_title_of_the_list, "curator editor superuser"),
    (delete_selected_models, "editor superuser"),
    (delete_selected_organisations, "editor superuser"),
    (delete_a_resource_in_its_row, "editor superuser"),
    (delete_an_alias_in_its_row, "editor superuser"),
    (undo_what_another_did, "editor superuser"),
    (import_a_list, "editor superuser"),
    (import_what_waits, "editor superuser"),
]


@pytest.mark.parametrize(
    ("act", "doers"), DONE_BY, ids=lambda given: getattr(given, "__name__", "")
)
@pytest.mark.parametrize("who", ["curator", "editor", "superuser"])
def test_who_does_what_at_the_desk(site, act, doers, who):
    client = client_of(who)
    before = changes.generation()
    act(client, site)
    assert (changes.generation() > before) == (who in doers.split())


@pytest.mark.parametrize(
    ("who", "is_done"), [("curator", False), ("editor", True), ("superuser", True)]
)
@pytest.mark.parametrize("name", ["admin:offer_choose", "admin:offer_dismiss"])
def test_who_decides_about_an_import_that_waits(site, name, who, is_done):
    client = client_of(who)
    before = list(WaitingImport.objects.values())
    fields = Page(client.get(reverse("admin:offer"))).fields
    # Where there is no button there is no field; somebody may send one all the same.
    key = sync.what_is_offered().questions[0].key
    sent = fields | {"offer": site.offer.pk, "key": key, "side": "file"}
    assert client.post(reverse(name), sent).status_code == (302 if is_done else 403)
    assert (list(WaitingImport.objects.values()) != before) == is_done
