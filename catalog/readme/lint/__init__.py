"""lint(text) -> what a curator should look at in a list; no database, no network.

findings.py   what a finding is, and how grave one can be
contents.py   the table of contents against the headings; addresses within the page
links.py      links that expire, that no browser follows, that name one work twice
records.py    entries without links, names twice, badges against hosts, brackets
text.py       what spoils the text itself: conflict markers, size, headings
summary.py    all of it in one line
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from catalog.readme.document import ListDocument
from catalog.readme.html_headings import take_html_headings
from catalog.readme.lint import contents, links, records, text
from catalog.readme.lint.findings import ERROR, HINT, SEVERITIES, WARNING, Finding
from catalog.readme.lint.summary import in_short
from catalog.readme.parser import parse
from catalog.readme.source import read_blocks

__all__ = ["ERROR", "HINT", "SEVERITIES", "WARNING", "Finding", "added", "in_short", "lint"]

_RULES: Final[tuple[Callable[[ListDocument], Iterator[Finding]], ...]] = (
    contents.missing,
    contents.in_another_order,
    links.unsafe,
    links.same_work,
    records.empty,
    records.same_name,
    records.badge_against_host,
    records.unbalanced_brackets,
    text.conflict_markers,
    text.size,
    text.invisible_in_headings,
)


def lint(markdown: str, today: date) -> tuple[Finding, ...]:
    """All findings, by line. Raises ListRefused as `parse` does.

    `today` tells which links have expired.
    """
    document = parse(markdown)
    # Once more for the blocks: a document keeps what it understood, not how that was written.
    blocks, inlines = read_blocks(markdown, document.raw)
    take_html_headings(blocks, document.raw)
    found = [finding for rule in _RULES for finding in rule(document)]
    found += contents.dead_anchors(document, inlines)
    found += links.expiring(document, inlines, today)
    found += links.broken(document, blocks)
    found += text.headings(document, blocks)
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.rule)))


def added(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is found after a change and was not before, wherever the lines have moved to."""
    known = Counter((finding.rule, finding.sentence) for finding in before)
    new: list[Finding] = []
    for finding in after:
        key = (finding.rule, finding.sentence)
        if known[key]:
            known[key] -= 1
        else:
            new.append(finding)
    return tuple(new)
