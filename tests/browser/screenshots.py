"""Pictures of every page, to be looked at: `make screenshots` puts them into var/screenshots.

Each is named after its page, width and theme: model-without-links-390-dark.png. They are taken
under the same watch as the tests. The three that the README shows lie in var/screenshots/readme;
copy them to docs/images when the look has changed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.models import LanguageModel, Organisation
from tests.browser.pages import PAGES, Where, the
from tests.browser.screen import THEMES, WIDTHS, Look
from tests.browser.site import LONG_NAME

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(os.environ.get("SCREENSHOTS") or ROOT / "var" / "screenshots")

# A page as tall as 300 rows is cut: what follows looks the same.
TALLEST = 4000


def _model(name: str) -> Where:
    return Where("catalog:model", the(LanguageModel, name=name))


def _organisation(name: str) -> Where:
    return Where("catalog:organisation", the(Organisation, name=name))


# What is hard to set well: nothing, too much, two scripts, a bracket, a deep tree.
CASES = {
    "real": {
        "model-in-two-scripts": _model("织女 Vega v1"),
        "organisation-of-two": _organisation("THU (Tsinghua) & BAAI (Beijing)"),
        "organisation-with-a-link": _organisation("IDEA"),
    },
    "empty": {
        "empty-list": PAGES["list"],
        "empty-desk": PAGES["desk"],
        "empty-desk-models": PAGES["desk-models"],
    },
    "crowded": {
        "crowded-list": PAGES["list"],
        "crowded-organisation": _organisation("Google"),
        "crowded-model": _model("Model 300"),
        "long-name": _model(LONG_NAME),
        "long-organisation": _organisation(LONG_NAME),
        "crowded-desk-models": PAGES["desk-models"],
        "crowded-desk-organisation": replace(
            PAGES["desk-organisation"], row=the(Organisation, name="Google")
        ),
        "crowded-desk-model": replace(
            PAGES["desk-model"], row=the(LanguageModel, name="Model 300")
        ),
        "long-name-desk": replace(PAGES["desk-model"], row=the(LanguageModel, slug="long")),
    },
}
ALL = [
    (catalogue, name, where) for catalogue, cases in CASES.items() for name, where in cases.items()
]
ALL += [("real", name, where) for name, where in PAGES.items()]
FOR_THE_README = {
    "list": (PAGES["list"], "light"),
    "model": (_model("ERNIE 3.0 TiTan"), "dark"),
    "desk": (PAGES["desk-model"], "light"),
}


@pytest.mark.parametrize(("catalogue", "name", "where"), ALL, ids=[name for _, name, _ in ALL])
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


@pytest.mark.parametrize("name", FOR_THE_README)
def test_a_picture_for_the_readme(new_screen, name):
    where, theme = FOR_THE_README[name]
    screen = new_screen(Look(theme=theme), curator=where.curator)
    path = FOLDER / "readme" / f"{name}.png"
    screen.open(where.address).screenshot(path=path)
    assert path.stat().st_size < 150_000
