"""What a plain list says: names, what stands below them, and links.

Its lines are known to say no more, so nothing is looked for. The other dialects would say the same
of them: a test holds that.
"""

from __future__ import annotations

from typing import Final

from catalog import titles
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, LinkPlace, Span
from catalog.readme.plain_lists import PlainLine, PlainList
from catalog.readme.reading import Reading

# Places are tuples of many names: made so, each costs a third of what a call with names costs.
_tuple: Final = tuple.__new__

_Open = tuple[PlainLine, list[Entry | Link]]
"""A name, and what was read below it so far."""


def read_plain_list(reading: Reading, block: PlainList) -> list[Entry | Link]:
    """The entries of a list that an organisation's own heading holds, not one further down."""
    entries: list[Entry | Link] = []
    above: list[_Open] = []  # what the next line may stand below
    end = block.start
    for line in block.lines:
        while len(above) > line.depth:
            _close(above, entries, end)
        if line.link is None:
            above.append((line, []))
        elif line.name:
            above.append((line, [_link(reading, line, "head", line.title)]))
        elif line.depth == 0:
            above.append((line, [_link(reading, line, "head", "")]))
        else:
            above[-1][1].append(_link(reading, line, "item", line.title))
        end = line.end
    while above:
        _close(above, entries, end)
    return entries


def _close(above: list[_Open], entries: list[Entry | Link], end: int) -> None:
    """Take the last name as an entry, which ends where the last line below it does."""
    line, children = above.pop()
    _, start, marker, first, last, head_end, name, title, link, _, _ = line
    name_at = first
    if link is not None:
        if not name:
            name, name_at = title, link.inner_start
        last = name_at + len(name.encode())
    place = _tuple(
        BranchPlace,
        ("item", start, marker, first, name_at, last, head_end, end, None, None, (), None),
    )
    siblings = above[-1][1] if above else entries
    siblings.append(Entry(name, "", (), tuple(children), place))


def _link(reading: Reading, line: PlainLine, form: str, title: str) -> Link:
    _, start, marker, first, last, end, _, _, link, badge, span = line
    assert link is not None
    kind = None if badge is None else reading.kind_stated(badge)
    remark, remark_span = "", None
    if span[0] >= 0:
        remark, remark_span = reading.text(*span), Span(*span)
        last = span[1] + 1
    place = _tuple(
        LinkPlace,
        (form, start, marker, first, end, link.start, last, link, badge, -1, remark_span, ""),
    )
    return Link(title, link.url, kind or titles.kind_said("", title, link.url), "", remark, place)
