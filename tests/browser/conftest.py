"""A browser, a site to look at, and the people who look. Run by `make browser`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.screen import WIDTHS, Look, Screen
from tests.browser.site import Site

# Not how fast a page is, only when to give up: machines that do much else are slow.
_PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=_PATIENCE)

NewScreen = Callable[..., Screen]


def pytest_configure(config: pytest.Config) -> None:
    if not config.pluginmanager.hasplugin("playwright"):
        raise pytest.UsageError("The browser tests need their plugin: make browser")
    if not chromium.found():
        # One sentence, and not one for each test that is skipped.
        pytest.exit(f"SKIPPED. {chromium.MISSING}", returncode=0)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {
        "executable_path": chromium.found(),
        "args": list(chromium.FLAGS),
    }


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A file and not memory: the server's threads have connections of their own, as in life."""
    default = connections["default"]
    assert default.vendor == "sqlite", "browser tests run on SQLite: make browser"
    default.settings_dict["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "site.sqlite3"
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, aliases=["default"])
        yield
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, served; its tests name the catalogue that it shows."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would refuse every query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        patch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
        server = LiveServer("localhost")
        try:
            yield Site(server, tmp_path_factory.mktemp("catalogues"))
        finally:
            server.stop()


@pytest.fixture
def catalogue() -> str:
    """Which catalogue the site shows; a test or a file may have another."""
    return "real"


@pytest.fixture
def new_screen(site: Site, browser: Browser, catalogue: str) -> Iterator[NewScreen]:
    """Open a window; when the test is over, none of its pages may have complained."""
    site.show(catalogue)
    screens = []

    def open_window(look: Look | None = None, *, curator: bool = False) -> Screen:
        look = look or Look()
        context = browser.new_context(
            viewport={"width": look.width, "height": WIDTHS[look.width]},
            color_scheme=look.theme,
            java_script_enabled=look.javascript,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE)
        if curator:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": site.session, "url": site.url}]
            )
        screens.append(Screen(context, site.url, look))
        return screens[-1]

    yield open_window
    complaints = [complaint for screen in screens for complaint in screen.watch.complaints]
    for screen in screens:
        screen.page.context.close()
    assert complaints == []


@pytest.fixture
def visitor(new_screen: NewScreen) -> Screen:
    return new_screen()


@pytest.fixture
def visitor_without_script(new_screen: NewScreen) -> Screen:
    return new_screen(Look(javascript=False))


@pytest.fixture
def curator(new_screen: NewScreen) -> Screen:
    return new_screen(curator=True)


@pytest.fixture
def curator_without_script(new_screen: NewScreen) -> Screen:
    return new_screen(Look(javascript=False), curator=True)
