"""The waiting import at the desk: told on the first page, decided with one click each."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from catalog import sync
from catalog.models import ChangeSet, WaitingImport
from tests.admin.desk import Desk
from tests.admin.test_index import sentences
from tests.changes.memory import edit
from tests.people import person
from tests.sync.cast import CAST, cast_taken, model, organisation, rename, take, taken, text_now

THEIRS = CAST.replace("* PaLM", "* PaLM (Pathways)").replace("* PLATO", "* PLATO-XL")


@pytest.fixture
def waiting(desk) -> None:
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    rename(model("PLATO"), "PLATO-2")
    take(THEIRS)


def page(desk: Desk) -> str:
    response = desk.client.get(reverse("admin:offer"))
    assert response.status_code == 200
    return response.content.decode()


def press(desk: Desk, name: str, **fields: object) -> HttpResponse:
    sent = {"offer": sync.what_is_offered().offer.pk} | fields
    return desk.client.post(reverse(f"admin:offer_{name}"), sent, follow=True)


def choose(desk: Desk, *sides: str) -> None:
    for question, side in zip(sync.what_is_offered().questions, sides, strict=False):
        press(desk, "choose", key=question.key, side=side)


def test_the_first_page_names_each_conflict_with_who_changed_it_and_where(desk, waiting):
    today = date_format(timezone.localtime(), "j M")
    line = [THEIRS[: THEIRS.index(name)].count("\n") + 1 for name in ("* PaLM", "* PLATO")]
    assert sentences(desk.client)[0] == (
        f"2 conflicts wait: PaLM (540B), name (database, Li, {today} / README line {line[0]}); "
        f"PLATO-2, name (database, Li, {today} / README line {line[1]})"
    )


def test_one_conflict_is_said_in_the_singular(desk, waiting):
    choose(desk, "file")
    assert sentences(desk.client)[0].startswith("1 conflict waits: PLATO-2, name (")


def test_the_first_page_is_silent_when_nothing_waits(desk, waiting):
    press(desk, "dismiss")
    assert not any("conflict" in said or "import waits" in said for said in sentences(desk.client))


def test_more_than_three_conflicts_are_counted(desk, db):
    names = [f"M{number}" for number in range(5)]
    text = "# L\n\n## Org\n\n" + "".join(f"* {name}\n" for name in names)
    taken(text)
    for name in names:
        rename(model(name), f"{name} ours")
    take(re.sub(r"\* (M\d)", r"* \1 theirs", text))
    assert sentences(desk.client)[0].startswith("5 conflicts wait: M0 ours, name (")
    assert sentences(desk.client)[0].endswith("; and 2 more")


def test_each_conflict_stands_with_its_three_sides(desk, waiting):
    shown = page(desk)
    first = shown.split('<section class="question"')[1]
    assert re.findall(r'<div class="said">(.*?)</div>', first) == [
        "PaLM",
        "PaLM (540B)",
        "PaLM (Pathways)",
    ]
    assert reverse("admin:catalog_languagemodel_change", args=[model("PaLM (540B)").pk]) in first
    assert "Import now" not in shown


def test_one_click_chooses_and_the_last_one_brings_the_button(desk, waiting):
    choose(desk, "file", "database")
    shown = page(desk)
    assert shown.count("Chosen by Li") == 2
    assert shown.count('class="side chosen"') == 2
    assert "Import now" in shown
    assert sentences(desk.client)[0] == "An import waits: all is chosen, README can be imported."
    response = press(desk, "import", planned=sync.what_is_offered().state)
    made = ChangeSet.objects.latest("pk")
    assert response.redirect_chain[-1][0] == reverse(
        "admin:catalog_changeset_change", args=[made.pk]
    )
    assert made.summary == "import of README.md, decided by Li"
    assert text_now() == CAST.replace("* PaLM", "* PaLM (Pathways)").replace("PLATO", "PLATO-2")
    assert "No import waits." in page(desk)


def test_a_choice_is_taken_back_with_one_click(desk, waiting):
    choose(desk, "file", "file")
    choose(desk, "")
    shown = page(desk)
    assert "1 conflict waits" in shown
    assert "Import now" not in shown


def test_import_now_stops_while_something_is_open(desk, waiting):
    response = press(desk, "import")
    assert "2 conflicts: both sides changed the same" in response.content.decode()
    assert text_now() != THEIRS


def test_import_now_is_of_the_state_that_the_page_showed(desk, waiting):
    choose(desk, "file", "file")
    state = sync.what_is_offered().state
    edit(lambda r: r.update(organisation("Google"), note="Newer."))
    response = press(desk, "import", planned=state)
    assert "something has changed since the plan was made" in response.content.decode()
    assert WaitingImport.objects.exists()


def test_a_page_that_shows_an_older_offer_decides_nothing(desk, waiting):
    old = sync.what_is_offered()
    take(THEIRS.replace("* T5 family", "* T5 and its kin"))
    for name, fields in (
        ("choose", {"key": old.questions[0].key, "side": "file"}),
        ("import", {}),
        ("dismiss", {}),
    ):
        response = press(desk, name, **({"offer": old.offer.pk} | fields))
        assert "This text does not wait any more" in response.content.decode(), name
    assert WaitingImport.objects.get().choices == {}


@pytest.mark.parametrize(
    "fields",
    [{"key": "0" * 16, "side": "file"}, {"side": "file"}, {"key": "<b>", "side": "theirs"}],
)
def test_what_is_not_asked_is_refused_in_a_sentence(desk, waiting, fields):
    response = press(desk, "choose", **fields)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert WaitingImport.objects.get().choices == {}


@pytest.mark.parametrize("offer", ["", "x", "-1", "²", "9" * 30])
def test_a_strange_number_is_no_offer(desk, waiting, offer):
    response = press(desk, "dismiss", offer=offer)
    assert "This text does not wait any more" in response.content.decode()


def test_stops_are_shown_in_sentences_and_removals_ticked(desk, db):
    names = [f"M{number}" for number in range(30)]
    text = "# L\n\n## Org\n\n" + "".join(f"* {name}\n" for name in names)
    taken(text)
    rename(model("M0"), "M0 ours")
    take("# L\n\n## Org\n\n* M0 theirs\n" + "".join(f"* {name}\n" for name in names[1:19]))
    choose(desk, "file")
    assert "11 of 31 records would be removed" in page(desk)
    assert "it stops at something else" in sentences(desk.client)[0]
    assert "would be removed" in press(desk, "import").content.decode()
    press(desk, "import", allow_deletions="11")
    assert model("M0 theirs")


def test_a_curator_looks_and_an_editor_decides(client, waiting):
    client.force_login(person("curator"))
    shown = client.get(reverse("admin:offer")).content.decode()
    assert "An editor chooses which side holds." in shown
    assert "<button" not in shown.split('id="content-main"')[1].split("</main>")[0]
