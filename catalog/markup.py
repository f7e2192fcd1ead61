"""The inline Markdown that names, titles and notes hold, as pages and forms need it."""

from __future__ import annotations

import nh3

from catalog.readme import html, plain_text
from catalog.readme.values import problem

__all__ = ["plain_text", "problem", "prose"]

# The security policy shows no image of another host, and a note may not look like the page itself.
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area", "h1", "h2", "h3", "h4", "h5", "h6"}
_SCHEMES = {"http", "https", "mailto"}


def prose(markdown: str) -> str:
    """A note as HTML that is safe to show, whoever wrote it."""
    return nh3.clean(html(markdown), tags=_TAGS, url_schemes=_SCHEMES) if markdown else ""
