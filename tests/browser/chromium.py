"""Which browser is driven, and how it is started."""

from __future__ import annotations

import os
import shutil

MISSING = (
    "No browser is here, so no browser test ran. Install one with"
    " `apt-get install chromium fonts-wqy-microhei fonts-noto-color-emoji`,"
    " or name one: CHROMIUM=/path/to/chromium make browser"
)
# Without a sandbox it also starts as root, as in most containers; the rest keeps it from
# talking to anybody but the site.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> str:
    """The path of the browser; empty where there is none."""
    named = os.environ.get("CHROMIUM", "")
    return next(filter(None, map(shutil.which, [named] if named else _NAMES)), "")


if __name__ == "__main__":
    print(found() or MISSING)
    raise SystemExit(not found())
