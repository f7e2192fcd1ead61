"""What to look at, at the desk."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import IntendedFinding, Organisation
from tests.admin.desk import Desk
from tests.people import client_of
from tests.sync.cast import model, taken
from tests.sync.test_findings import EVA, TEXT

pytestmark = pytest.mark.django_db


def page(client) -> str:
    response = client.get(reverse("admin:findings"))
    assert response.status_code == 200
    return response.content.decode()


def press(desk: Desk, **fields: object) -> str:
    response = desk.client.post(reverse("admin:intend"), fields, follow=True)
    assert response.status_code == 200
    return response.content.decode()


SENTENCE = "EVA 2.0 links to github:thu-coai/eva, and so does EVA 1.0."


def test_each_finding_leads_to_its_record(desk):
    taken(TEXT)
    address = reverse("admin:catalog_languagemodel_change", args=[model("ByT5").pk])
    assert f'<a href="{address}">ByT5 has no link.</a>' in page(desk.client)


def test_each_finding_says_its_rule(desk):
    taken(TEXT)
    assert re.findall(r'class="help rule">([^<]+)<', page(desk.client)) == [
        "link-expires",
        "same-work",
        "without-link",
    ]


def test_of_very_many_the_first_are_shown_and_all_are_counted(desk, monkeypatch):
    monkeypatch.setattr("catalog.admin.findings._MOST_SHOWN", 2)
    taken("# L\n\n## Google\n\n* T5\n* mT5\n* ByT5\n")
    shown = page(desk.client)
    assert '<span class="number">(3)</span>' in shown
    assert shown.count("has no link.") == 2
    assert "And 1 more" in shown


def test_at_the_desk_nobody_is_told_of_commands(desk, real_list):
    shown = page(desk.client)
    assert "IDEA is missing from the contents." in shown
    assert "lint_readme" not in shown
    link = f'<a href="{reverse("admin:waiting")}">download README.md</a>'
    assert shown.count(f"Let the contents follow the headings when you {link}.") == 2


def test_who_may_not_download_is_told_who_may(real_list):
    assert "An editor can let the contents follow" in page(client_of("curator"))


def test_a_list_in_order_has_an_empty_page(desk):
    taken("# L\n\n## Google\n\n* T5\n  * [paper](https://a.org)\n")
    assert "Nothing: all that can be checked" in page(desk.client)


def test_what_is_meant_so_is_said_and_taken_back_with_one_click_each(desk):
    taken(TEXT)
    assert SENTENCE in page(desk.client)
    after = press(desk, rule="same-work", sentence=SENTENCE)
    assert "Meant so" in after
    (mark,) = IntendedFinding.objects.all()
    assert mark.said_by == "Li"
    assert "Meant so" not in press(desk, mark=mark.pk)


@pytest.mark.parametrize("mark", ["0", "9" * 30, "9" * 5000, "²", "-1"])
def test_a_mark_that_is_none_takes_nothing_back(desk, mark):
    taken(TEXT)
    press(desk, rule="same-work", sentence=SENTENCE)
    press(desk, mark=mark)
    assert IntendedFinding.objects.count() == 1


def test_what_is_found_no_more_is_told(desk):
    taken(TEXT.replace(EVA, "https://a.org", 1))
    assert "This is not found any more" in press(desk, rule="same-work", sentence=SENTENCE)
    assert not IntendedFinding.objects.exists()


def test_the_page_asks_as_often_for_20_findings_as_for_10(desk):
    asked = []
    for number in (10, 20):
        taken("# L\n\n## Google\n\n" + "".join(f"* GLM {n}\n" for n in range(number)))
        page(desk.client)
        with CaptureQueriesContext(connection) as queries:
            assert page(desk.client).count("has no link.") == number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_rows_that_cannot_be_exported_are_told_with_the_reason(desk):
    desk.add("organisation", name="Google")
    Organisation.objects.update(name="[a](b")
    assert "cannot be written" in page(desk.client)


def test_an_empty_catalogue_is_told_how_to_begin(desk):
    assert f'<a href="{reverse("admin:import")}">import a list</a>' in page(desk.client)


def test_a_visitor_marks_nothing():
    taken(TEXT)
    response = client_of("visitor").post(
        reverse("admin:intend"), {"rule": "same-work", "sentence": SENTENCE}
    )
    assert response.status_code in (302, 403)
    assert not IntendedFinding.objects.exists()
