"""A visitor reads the list: with the keyboard, by its links, with and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Look


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()


def test_the_first_tab_offers_to_skip_to_the_content(visitor):
    page = visitor.open("catalog:list")
    first = visitor.tab()
    assert first.name == "Skip to the content"
    assert first.seen
    page.keyboard.press("Enter")
    inside = "document.querySelector('main').contains(document.activeElement)"
    page.keyboard.press("Tab")
    assert page.evaluate(inside)


@pytest.mark.parametrize("width", [390, 1280])
def test_whatever_tab_reaches_is_seen_and_marked(new_screen, width):
    screen = new_screen(Look(width=width))
    screen.open("catalog:list")
    reached = [screen.tab() for _ in range(60)]
    assert None not in reached
    assert [focus for focus in reached if not (focus.seen and focus.marked)] == []


def test_tab_goes_through_the_list_in_its_order(visitor):
    page = visitor.open("catalog:list")
    addresses = page.locator("main a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    page.locator("main a").first.focus()
    assert [visitor.tab().href for _ in range(40)] == addresses[1:41]


def test_the_list_is_read_with_the_keyboard_alone(visitor):
    page = visitor.open("catalog:list")
    for name in ("Baidu", "ERNIE family", "ERNIE 3.0 TiTan"):
        visitor.tab_to(name)
        page.keyboard.press("Enter")
        heading(page, name)
    visitor.tab_to(
        "ERNIE 3.0 Titan: Exploring Larger-scale Knowledge Enhanced Pre-training"
        " for Language Understanding and Generation"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("https://arxiv.org/abs/2112.12731")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_gets_from_the_list_to_a_paper(new_screen, width, javascript):
    page = new_screen(Look(width=width, javascript=javascript)).open("catalog:list")
    main = page.get_by_role("main")
    main.get_by_role("heading", name="Baidu").get_by_role("link").click()
    heading(page, "Baidu")
    main.get_by_role("link", name="ERNIE family", exact=True).click()
    heading(page, "ERNIE family")
    main.get_by_role("link", name="ERNIE 3.0 TiTan", exact=True).first.click()
    heading(page, "ERNIE 3.0 TiTan")
    main.get_by_role("link", name="ERNIE 3.0 Titan: Exploring").click()
    page.wait_for_url("https://arxiv.org/abs/2112.12731")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_narrows_the_list(new_screen, javascript):
    page = new_screen(Look(javascript=javascript)).open("catalog:list")
    page.get_by_role("searchbox").fill("titan ernie")
    page.get_by_role("searchbox").press("Enter")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=2)).to_have_count(1)
    expect(main.get_by_role("link", name="ERNIE 3.0 TiTan", exact=True)).to_be_visible()
