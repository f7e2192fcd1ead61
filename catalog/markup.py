"""The inline Markdown that names, titles and notes hold, as pages and forms need it."""

from __future__ import annotations

import re
from typing import Final

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalog.readme import html, plain_text
from catalog.readme.values import problem

__all__ = ["note", "plain_text", "problem", "prose", "with_han"]

# The security policy shows no image of another host, and a note may not look like the page itself.
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area", "h1", "h2", "h3", "h4", "h5", "h6"}
_SCHEMES = {"http", "https", "mailto"}

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese punctuation belongs to a run between its characters, and what follows the last one.
_BETWEEN: Final = "\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201d\u2026\u00b7"
_RUN: Final = re.compile(f"[{_HAN}](?:[{_BETWEEN}]*[{_HAN}])*[\u3001\u3002\uff01\uff0c\uff1f]*")
_KANA: Final = re.compile("[\u3041-\u30ff]")
# Cleaned HTML: a tag may hold ">" in its quoted values.
_TAG: Final = re.compile(r'(<(?:"[^"]*"|[^">])*>)')


def prose(markdown: str) -> str:
    """A note as HTML that is safe to show, whoever wrote it."""
    return nh3.clean(html(markdown), tags=_TAGS, url_schemes=_SCHEMES) if markdown else ""


def note(markdown: str) -> SafeString:
    """The same for a page: its runs of Han marked as Chinese, outside the tags."""
    parts = _TAG.split(prose(markdown))
    return mark_safe("".join(part if i % 2 else _marked(part) for i, part in enumerate(parts)))


def with_han(text: str) -> SafeString:
    """Plain text for a page: escaped, its runs of Han marked as Chinese.

    Fonts draw many characters differently for Chinese and Japanese, and voices read them so.
    """
    return mark_safe(_marked(escape(text)))


def _marked(escaped: str) -> str:
    if _KANA.search(escaped):  # Japanese writes with Han as well
        return escaped
    return _RUN.sub(r'<span lang="zh-Hans">\g<0></span>', escaped)
