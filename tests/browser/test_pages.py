"""Every page, in both themes: no barriers, no complaints, nothing wider than the window."""

import pytest
from playwright.sync_api import expect

from catalog import changes
from catalog.models import LanguageModel, Snapshot
from tests.browser.pages import ALL, NO_PAGE, PAGES, addresses_of_ours
from tests.browser.screen import THEMES, WIDTHS, Look


def test_every_address_is_in_the_tables():
    told = {where.name for where in PAGES.values()} | NO_PAGE.keys()
    assert addresses_of_ours() - told == set(), "give each its line in tests/browser/pages.py"


@pytest.mark.parametrize(
    ("catalogue", "where"),
    [pytest.param(catalogue, where, id=name) for catalogue, name, where in ALL],
)
def test_axe_finds_nothing(new_screen, where):
    screen = new_screen(curator=where.curator)
    page = screen.open(where.address)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert screen.barriers() == [], theme
    if not where.curator:  # on a phone the page is set in another way
        page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
        assert screen.barriers() == [], "at 390 px"


@pytest.mark.parametrize("name", ["Motian (摩天)", ""], ids=["lines", "errors"])
def test_axe_finds_nothing_in_what_a_preview_says(curator, name):
    motian = LanguageModel.objects.get(name="Motian")
    page = curator.open("admin:catalog_languagemodel_change", motian.pk)
    page.get_by_label("Name:", exact=True).fill(name)
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    page.get_by_role("button", name="Preview README.md").click()
    page.wait_for_load_state()
    told = "#readme-preview .altered-lines" if name else ".errornote"
    expect(page.locator(told)).to_be_visible()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert curator.barriers() == [], theme


@pytest.mark.parametrize("catalogue", ["asked"])
def test_axe_finds_nothing_in_the_plan_of_a_text_that_asks(curator):
    page = curator.open("admin:import")
    offered = Snapshot.objects.get()
    text = bytes(offered.text).decode().replace("* PaLM ", "* PaLM (Pathways) ")
    page.get_by_label("or its text").fill(text)
    page.get_by_role("button", name="Show the plan").click()
    expect(page.get_by_role("button", name="Let it wait and choose")).to_be_visible()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert curator.barriers() == [], theme


def test_axe_finds_nothing_before_selected_rows_are_deleted(curator):
    page = curator.open("admin:catalog_languagemodel_changelist")
    page.get_by_label("Select this object", exact=False).first.check()
    page.get_by_label("Action:").select_option("delete_selected")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("button", name="Yes, I’m sure")).to_be_visible()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert curator.barriers() == [], theme


def test_axe_finds_nothing_where_nothing_is(visitor):
    visitor.open("/nowhere/", status=404)
    assert visitor.barriers() == []


def test_axe_finds_nothing_where_the_site_fails(visitor, monkeypatch):
    def fail(*arguments: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("catalog.views.render", fail)
    visitor.open("catalog:list", status=500)
    assert visitor.barriers() == []


@pytest.mark.parametrize("name", ["desk-change-set", "desk-findings"])
def test_no_word_of_a_table_is_cut_on_a_phone(new_screen, name):
    with changes.record(who="Li", origin="admin") as recording:
        recording.update(LanguageModel.objects.get(name="PaLM"), name="PaLM" * 25)
    page = new_screen(Look(width=390), curator=True).open(PAGES[name].address)
    cut = "tables => tables.some(table => table.scrollWidth > table.parentElement.clientWidth)"
    assert not page.eval_on_selector_all("table.change-sets", cut)


@pytest.mark.parametrize("catalogue", ["real", "crowded"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(new_screen, width):
    screen = new_screen(Look(width=width))
    screen.open("catalog:list")
    assert screen.overflow() <= 0
