"""Every page, in both themes: no barriers, no complaints, nothing wider than the window."""

import pytest

from tests.browser.pages import NO_PAGE, PAGES, PUBLIC, addresses_of_ours
from tests.browser.screen import THEMES, WIDTHS, Look


def test_every_address_is_in_the_tables():
    told = {where.name for where in PAGES.values()} | NO_PAGE.keys()
    assert addresses_of_ours() - told == set(), "give each its line in tests/browser/pages.py"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(new_screen, name):
    where = PAGES[name]
    screen = new_screen(curator=where.curator)
    page = screen.open(where.address)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert screen.barriers() == [], theme
    if name in PUBLIC:  # on a phone the page is set in another way
        page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
        assert screen.barriers() == [], "at 390 px"


def test_axe_finds_nothing_where_nothing_is(visitor):
    visitor.open("/nowhere/", status=404)
    assert visitor.barriers() == []


def test_axe_finds_nothing_where_the_site_fails(visitor, monkeypatch):
    def fail(*arguments: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("catalog.views.render", fail)
    visitor.open("catalog:list", status=500)
    assert visitor.barriers() == []


@pytest.mark.parametrize("catalogue", ["real", "crowded"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(new_screen, width):
    screen = new_screen(Look(width=width))
    screen.open("catalog:list")
    assert screen.overflow() <= 0
