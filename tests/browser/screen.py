"""A person in front of a screen: how wide it is, in which theme, with or without scripts."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.watch import Watch

WIDTHS = {390: 844, 768: 1024, 1280: 800, 1920: 1080}  # phone, tablet, laptop, desk
THEMES = ("light", "dark")
# Preloading would put axe's own copies of the style sheets into the page, against the policy.
_AXE = {"resultTypes": ["violations"], "preload": False}
# All rows of a form are of one template; of three hundred, axe would look at each for seconds.
_ENOUGH_ROWS = {"exclude": [[".child:nth-child(n+31)"]]}
# The desk's type-aheads are made by jQuery, after the page has loaded: asked last, it calls last.
_READY = """
() => new Promise((done) => window.django?.jQuery ? django.jQuery(() => setTimeout(done)) : done())
"""
# What stands in the focus, and whether the eye can see it: inside the window, larger than
# nothing, and drawn in another way than the same element at rest.
_FOCUS = """
() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const box = element.getBoundingClientRect()
  const drawn = () => [element, ...element.querySelectorAll("*")].map((part) => {
    const style = getComputedStyle(part)
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
            style.backgroundColor, style.textDecoration].join()
  }).join(";")
  const focused = drawn()
  element.blur()
  const atRest = drawn()
  element.focus({preventScroll: true, focusVisible: true})
  return {
    name: (element.innerText || element.getAttribute("aria-label") || element.name || "").trim(),
    tag: element.localName,
    href: element.getAttribute("href"),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
    marked: focused !== atRest,
  }
}
"""


@dataclass(frozen=True)
class Look:
    width: int = 1280
    theme: str = "light"
    javascript: bool = True


@dataclass(frozen=True)
class Focus:
    """What a key press would act on."""

    name: str
    tag: str
    href: str | None
    seen: bool
    marked: bool


class Screen:
    """One window of the browser; what it complains about is in `watch.complaints`."""

    def __init__(self, context: BrowserContext, home: str, look: Look) -> None:
        self.watch = Watch(context, home)
        self.page: Page = context.new_page()
        self.home = home
        self.look = look

    def open(self, address: str, *arguments: object, status: int = 200) -> Page:
        """Go to a path, or to the page of a URL name; it must answer with this status."""
        path = address if address.startswith("/") else reverse(address, args=arguments)
        where = self.home + path
        if status >= 400:
            self.watch.expect(where, status)
        response = self.page.goto(where)
        assert response is None or response.status == status, f"{path}: {response.status}"
        return self.page

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    def barriers(self) -> list[str]:
        """What axe finds on the page: the rule, the sentence, the first elements."""
        self.page.evaluate(_READY)
        return [
            f"{found['id']} ({found['impact']}): {found['help']}: "
            + "; ".join(node["html"] for node in found["nodes"][:3])
            for found in Axe().run(self.page, _ENOUGH_ROWS, _AXE).response["violations"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def tab(self) -> Focus | None:
        """Press Tab; None when the focus has left the page."""
        self.page.wait_for_load_state()
        self.page.keyboard.press("Tab")
        focus = self.page.evaluate(_FOCUS)
        return Focus(**focus) if focus else None

    def tab_to(self, name: str, at_most: int = 400) -> Focus:
        """Press Tab until something of this name is reached."""
        passed = []
        for _ in range(at_most):
            focus = self.tab()
            if focus is None:
                break
            if focus.name == name:
                return focus
            passed.append(focus.name)
        raise AssertionError(f"{name!r} is not reached by Tab, only {passed}")

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)
