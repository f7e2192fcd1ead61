"""The list engine: text in, text out; no Django, no database."""

from catalog.readme.conflicts import Choices, Conflict, choose
from catalog.readme.contents_lines import refresh_contents
from catalog.readme.difference import Edit, apply, compare, in_words
from catalog.readme.document import ListDocument
from catalog.readme.line_diff import altered
from catalog.readme.meaning import Entry, Link, Meaning, Section
from catalog.readme.merger import Merge, merge
from catalog.readme.parser import GRAMMAR, parse
from catalog.readme.patcher import patch
from catalog.readme.renderer import render
from catalog.readme.source import ListRefused, decode, html, plain_text
from catalog.readme.text_merger import merge_texts
from catalog.readme.texts import Unstatable

__all__ = [
    "GRAMMAR",
    "Choices",
    "Conflict",
    "Edit",
    "Entry",
    "Link",
    "ListDocument",
    "ListRefused",
    "Meaning",
    "Merge",
    "Section",
    "Unstatable",
    "altered",
    "apply",
    "choose",
    "compare",
    "decode",
    "html",
    "in_words",
    "merge",
    "merge_texts",
    "parse",
    "patch",
    "plain_text",
    "refresh_contents",
    "render",
]
