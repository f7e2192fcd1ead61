"""Pictures of every page, to be looked at: `make screenshots` puts them into var/screenshots.

Each is named after its page, width and theme: model-without-links-390-dark.png. They are taken
under the same watch as the tests. The three that the README shows lie in var/screenshots/readme;
copy them to docs/images when the look has changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from catalog.models import LanguageModel
from tests.browser.pages import ALL, PAGES
from tests.browser.screen import THEMES, WIDTHS, Screen

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(os.environ.get("SCREENSHOTS") or ROOT / "var" / "screenshots")

# A page as tall as 300 rows is cut: what follows looks the same.
TALLEST = 4000


@pytest.mark.parametrize(
    ("catalogue", "name", "where"),
    [pytest.param(catalogue, name, where, id=name) for catalogue, name, where in ALL],
)
def test_a_page_in_every_width_and_theme(new_screen, name, where):
    screen = new_screen(curator=where.curator)
    page = screen.open(where.address)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        tall = page.evaluate("document.documentElement.scrollHeight")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.screenshot(
                path=FOLDER / f"{name}-{width}-{theme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)},
            )


@pytest.mark.parametrize(("name", "theme"), [("list", "light"), ("model", "dark")])
def test_a_picture_for_the_readme(visitor, name, theme):
    visitor.page.emulate_media(color_scheme=theme)
    visitor.open(PAGES[name].address)
    _keep_for_the_readme(visitor, name)


def test_a_picture_of_the_desk_for_the_readme(curator):
    motian = LanguageModel.objects.get(name="Motian")
    page = curator.open("admin:catalog_languagemodel_change", motian.pk)
    curator.field("Name:").fill("Motian (摩天)")
    lines = page.locator("#readme-preview .altered-lines")
    expect(lines).to_be_visible()
    lines.evaluate("(lines) => lines.scrollIntoView({block: 'center'})")
    _keep_for_the_readme(curator, "desk")


def _keep_for_the_readme(screen: Screen, name: str) -> None:
    path = FOLDER / "readme" / f"{name}.png"
    screen.page.screenshot(path=path)
    assert path.stat().st_size < 150_000
