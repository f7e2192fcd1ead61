"""What a list should be looked at for, in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from catalog.readme.lint.findings import ERROR, Finding

# More names than these make a line that nobody reads.
_MOST_NAMED: Final = 3
_SUMMED_UP: Final = frozenset({"without-link", "contents-missing", "link-expires"})


def in_short(findings: Collection[Finding], entry: tuple[str, str]) -> str:
    """43 models without a link; A and B missing from the contents; 1 link expired on 2022-08-09.

    Empty if there is nothing of this sort. `entry` is what the list calls one and many.
    """
    parts = list(_parts(findings, entry))
    return f"{'; '.join(parts)}." if parts else ""


def _parts(findings: Collection[Finding], entry: tuple[str, str]) -> Iterator[str]:
    if number := len(_of(findings, "without-link")):
        yield f"{_counted(number, *entry)} without a link"
    if absent := _of(findings, "contents-missing"):
        yield f"{_named(absent)} missing from the contents"
    if days := sorted(_of([f for f in findings if f.severity == ERROR], "link-expires")):
        since = "on" if days[0] == days[-1] else "since"
        yield f"{_counted(len(days), 'link', 'links')} expired {since} {days[0]}"
    others = [f for f in findings if f.severity == ERROR and f.rule not in _SUMMED_UP]
    if others:
        lines = "the first in line" if len(others) > 1 else "in line"
        yield f"{_counted(len(others), 'error', 'errors')} more, {lines} {others[0].line}"


def _of(findings: Collection[Finding], rule: str) -> list[str]:
    return [finding.about for finding in findings if finding.rule == rule]


def _named(names: Sequence[str]) -> str:
    """A and B; of many the first, and how many more."""
    if len(names) > _MOST_NAMED + 1:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
