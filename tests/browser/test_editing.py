"""A curator edits records in the admin, and the export is right after each change."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from catalog import sync
from catalog.models import LanguageModel, Organisation
from tests.admin.desk import changed_lines
from tests.browser.screen import Look, Screen
from tests.readme.lists import REAL_LIST

PASTED = """https://arxiv.org/abs/2204.02311
https://github.com/lucidrains/PaLM-pytorch
https://huggingface.co/conceptofmind/palm-1b"""
# What they are called is the list's own way; a badge may follow.
AS_LINKS = [
    "  * [arXiv 2204.02311](https://arxiv.org/abs/2204.02311)",
    "  * [github repo](https://github.com/lucidrains/PaLM-pytorch)",
    "  * [Hugging Face 🤗](https://huggingface.co/conceptofmind/palm-1b)",
]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def li(new_screen, request) -> Screen:
    """The curator, with scripts and without."""
    return new_screen(Look(javascript=request.param), curator=True)


def model_page(screen: Screen, name: str) -> Page:
    pk = LanguageModel.objects.get(name=name).pk
    return screen.open("admin:catalog_languagemodel_change", pk)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def shown_lines(page: Page) -> tuple[list[str], list[str]]:
    """The red and the green lines on the page."""
    found = [page.locator(f".altered-lines tr.{sort} .text") for sort in ("removed", "added")]
    red, green = ([text.rstrip() for text in rows.all_text_contents()] for rows in found)
    return red, green


def preview(page: Page, li: Screen) -> tuple[list[str], list[str]]:
    """What the page says about README.md before anything is saved."""
    before = sync.export_text(allow_deletions=1000)
    if not li.look.javascript:
        page.get_by_role("button", name="Preview README.md").click()
    expect(page.locator("#readme-preview .altered-lines")).to_be_visible()
    expect(page.locator("#readme-preview.is-waiting")).to_have_count(0)
    assert sync.export_text(allow_deletions=1000) == before
    return shown_lines(page)


def exported() -> tuple[list[str], list[str]]:
    red, green = changed_lines(REAL_LIST.read_bytes())
    return [line.rstrip() for line in red], [line.rstrip() for line in green]


def test_a_curator_logs_in_by_the_form(visitor):
    page = visitor.open("admin:index")
    page.get_by_label("Username").fill("Li")
    page.get_by_label("Password").fill("Li")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert visitor.path == "/admin/"


def test_a_rename_shows_one_red_and_one_green_line_before_it_is_saved(li):
    page = model_page(li, "Motian")
    li.field("Name:").fill("Motian (摩天)")
    assert preview(page, li) == (["* Motian"], ["* Motian (摩天)"])
    save(page)
    assert exported() == (["* Motian"], ["* Motian (摩天)"])


def test_nothing_is_asked_before_something_is_changed(curator):
    page = curator.page
    page.clock.install()
    asked = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    model_page(curator, "ERNIE 3.0 TiTan")  # its type-aheads tell of themselves when they are made
    page.clock.run_for(3_000)
    expect(page.locator("#readme-preview")).to_contain_text("are shown here before you save")
    assert asked == []
    curator.field("Name:").fill("ERNIE 3.0")
    page.clock.run_for(3_000)
    expect(page.locator("#readme-preview .altered-lines")).to_be_visible()
    assert len(asked) == 1


def test_an_older_answer_does_not_stand_for_a_newer_form(curator):
    page = model_page(curator, "Motian")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/change/", hold_the_first)
    with page.expect_request(lambda request: request.method == "POST"):
        curator.field("Name:").fill("Motian 1")
    curator.field("Name:").fill("Motian 2")
    expect(page.locator("#readme-preview.is-waiting")).to_have_count(1)
    expect(page.locator("#readme-preview .added .text")).to_have_text("* Motian 2")
    held[0].fulfill(body="An older answer")
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    expect(page.locator("#readme-preview .added .text")).to_have_text("* Motian 2")
    expect(page.locator("#readme-preview.is-waiting")).to_have_count(0)


def test_unpublishing_and_publishing_say_before_which_lines_go_and_come(li):
    page = model_page(li, "ERNIE 3.0 TiTan")
    li.field("Published").uncheck()
    gone, come = preview(page, li)
    assert [line.split(":")[0] for line in gone] == [
        "  * ERNIE 3.0 TiTan",
        "    * [ERNIE 3.0 Titan",
    ]
    assert come == []
    save(page)
    assert exported() == (gone, [])
    page = model_page(li, "ERNIE 3.0 TiTan")
    expect(page.get_by_role("link", name="View on site")).to_have_count(0)
    li.field("Published").check()
    assert preview(page, li) == ([], gone)
    save(page)
    assert exported() == ([], [])


def test_three_pasted_addresses_are_three_green_lines(li):
    page = model_page(li, "PaLM")
    page.get_by_label("Paste addresses").fill(PASTED)
    red, green = preview(page, li)
    assert red == []
    assert len(green) == 3
    assert [line.partition(" ![")[0] for line in green] == AS_LINKS
    save(page)
    assert exported() == (red, green)
    li.open("admin:waiting")
    assert shown_lines(page) == (red, green)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download README.md").click()
    assert download.value.path().read_bytes() == sync.export_text(allow_deletions=1000)


# The order.

BEFORE, MOVED = b"* Meena\n* PaLM \n", b"* PaLM \n* Meena\n"


def google_page(screen: Screen) -> Page:
    pk = Organisation.objects.get(name="Google").pk
    return screen.open("admin:catalog_organisation_change", pk)


def palm_stands_before_meena() -> bool:
    text = REAL_LIST.read_bytes()
    assert text.count(BEFORE) == 1
    return sync.export_text() == text.replace(BEFORE, MOVED)


def test_a_model_moves_up_by_the_form_alone(curator_without_script):
    page = google_page(curator_without_script)
    page.get_by_label("Move PaLM", exact=True).select_option("up")
    assert preview(page, curator_without_script) == (["* PaLM"], ["* PaLM"])
    save(page)
    assert palm_stands_before_meena()


def test_a_model_moves_up_by_a_key(curator):
    page = google_page(curator)
    page.locator("li.child[data-name='PaLM'] .child-handle").focus()
    page.keyboard.press("ArrowUp")
    assert preview(page, curator) == (["* PaLM"], ["* PaLM"])
    save(page)
    assert palm_stands_before_meena()


def test_a_model_is_dragged_to_its_place(curator):
    page = google_page(curator)
    meena = page.locator("li.child[data-name='Meena']")
    meena.evaluate("(row) => row.scrollIntoView({block: 'center'})")
    to = meena.bounding_box()
    page.locator("li.child[data-name='PaLM'] .child-handle").hover()
    page.mouse.down()
    page.mouse.move(to["x"] + 20, to["y"] + 4, steps=5)
    page.mouse.up()
    expect(page.get_by_text("PaLM: now ")).to_be_visible()
    assert preview(page, curator) == (["* PaLM"], ["* PaLM"])
    save(page)
    assert palm_stands_before_meena()


def test_a_model_is_dragged_farther_than_the_window_shows(curator):
    page = google_page(curator)
    rows = page.locator("#resources-group li.child")
    last = rows.last.get_attribute("data-name")
    rows.last.locator(".child-handle").hover()
    page.mouse.down()
    page.mouse.move(300, 2, steps=3)
    # The hand rests at the edge, and the page goes by.
    expect(rows.first).to_have_attribute("data-name", last)
    page.mouse.up()
    expect(page.get_by_text(f"{last}: now first")).to_be_visible()
    save(page)
    google_page(curator)
    expect(rows.first).to_have_attribute("data-name", last)


def test_a_drag_that_is_given_up_leaves_the_order(curator):
    page = google_page(curator)
    rows = page.locator("#resources-group li.child")
    names = [row.get_attribute("data-name") for row in rows.all()]
    handle = page.locator("li.child[data-name='PaLM'] .child-handle")
    handle.hover()
    box = handle.bounding_box()
    page.mouse.down()
    page.mouse.move(box["x"] + 4, box["y"] - 200, steps=5)
    assert [row.get_attribute("data-name") for row in rows.all()] != names
    page.keyboard.press("Escape")
    page.mouse.up()
    assert [row.get_attribute("data-name") for row in rows.all()] == names
    expect(page.get_by_text("PaLM: now ")).to_have_count(0)
