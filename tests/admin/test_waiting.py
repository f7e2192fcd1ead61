"""Changes waiting for export: read, committed, downloaded."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from catalog import sync
from catalog.models import ChangeSet, LanguageModel, Organisation, Snapshot


@pytest.fixture
def changed(desk, real_list):
    desk.save(LanguageModel.objects.get(slug="motian"), name="Motian (摩天)")


def page(client) -> str:
    response = client.get(reverse("admin:waiting"))
    assert response.status_code == 200
    return response.content.decode()


def mei(client, django_user_model, *permissions: str) -> None:
    user = django_user_model.objects.create_user("Mei", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)


def test_the_page_shows_the_lines_the_message_and_who_did_it(desk, changed):
    shown = page(desk.client)
    assert "1 line changes in README.md." in shown
    assert shown.count('<tr class="removed">') == shown.count('<tr class="added">') == 1
    assert "Rename Motian\n" in shown
    change_set = ChangeSet.objects.latest("pk")
    assert reverse("admin:catalog_changeset_change", args=[change_set.pk]) in shown


def test_without_changes_it_says_that_nothing_waits(desk, real_list):
    assert "Nothing waits: README.md says all that is published." in page(desk.client)


def test_without_a_list_it_says_what_to_do(desk):
    link = f'<a href="{reverse("admin:import")}">import a list</a>'
    assert f"Nothing to export yet: {link}, or publish the first organisation." in page(desk.client)
    assert "import_readme" not in page(desk.client)


def test_a_download_hands_out_the_text_and_remembers_it(desk, changed):
    expected = sync.export_text()
    response = desk.client.post(reverse("admin:download"))
    assert response.content == expected
    assert response["Content-Disposition"] == 'attachment; filename="README.md"'
    newest = Snapshot.objects.latest("pk")
    assert (bytes(newest.text), newest.origin, newest.taken_by) == (expected, "export", "Li")
    assert "Nothing waits" in page(desk.client)


def test_a_download_can_mend_the_contents(desk, real_list):
    assert 'name="refresh_contents"' in page(desk.client)
    response = desk.client.post(reverse("admin:download"), {"refresh_contents": "on"})
    assert "(#idea)" in response.content.decode()
    assert 'name="refresh_contents"' not in page(desk.client)


def test_only_a_post_with_its_token_downloads(desk, changed, django_user_model):
    assert desk.client.get(reverse("admin:download")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.get(username="Li"))
    assert strict.post(reverse("admin:download")).status_code == 403
    assert Snapshot.objects.count() == 1


def test_what_export_readme_would_not_write_is_not_handed_out(desk, real_list):
    desk.delete(Organisation.objects.get(name="Baidu"))
    with pytest.raises(sync.CannotExport) as stop:
        sync.export_text()
    shown = page(desk.client)
    assert str(stop.value) in shown
    assert "Download" not in shown
    response = desk.client.post(reverse("admin:download"), follow=True)
    assert str(stop.value) in response.content.decode()
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("permissions", "reads", "downloads"),
    [
        ((), 403, 403),
        (("change_languagemodel",), 200, 403),
        (("change_languagemodel", "add_snapshot"), 200, 200),
    ],
    ids=["nobody", "curator", "editor"],
)
def test_curators_read_and_editors_download(
    client, django_user_model, real_list, permissions, reads, downloads
):
    mei(client, django_user_model, *permissions)
    response = client.get(reverse("admin:waiting"))
    assert response.status_code == reads
    assert (b"Download README.md" in response.content) == (downloads == 200)
    assert client.post(reverse("admin:download")).status_code == downloads


def test_visitors_are_asked_to_log_in(client, db):
    for where in ("admin:waiting", "admin:index"):
        assert client.get(reverse(where)).status_code == 302
    assert client.post(reverse("admin:download")).status_code == 302
