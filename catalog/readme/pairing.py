"""Which thing of the new meaning is which thing of the old one: identity is not the name.

Branches pair by equal path (nth among equals), then by a former name that somebody knows, then by
what only they hold on each side (the identifier or address of a link, the name of a child), then
by their name wherever it went, then by alike names below the same parent, mutually best. Place
alone never pairs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final, TypeVar

from catalog.identifiers import identify, normal_url
from catalog.readme.meaning import Address, Branch, Link, Meaning, Thing, children_at, walk
from catalog.readme.source import plain_text

# How alike two names must be, from 0 to 1: "Langbaot" and "Langboat" are, "DeepNet" and "DeepNMT"
# are not.
ALIKE: Final = 0.87
# With so many candidates below one parent, comparing each with each would take minutes.
_MOST_COMPARED: Final = 40_000


FormerNames = Mapping[Address, Collection[str]]
"""What things of the new meaning were called before, as far as it is known."""


def pair(old: Meaning, new: Meaning, former: FormerNames | None = None) -> dict[Address, Address]:
    """The address in `old` of everything in `new` that was there before."""
    return _Pairing(old, new, former or {}).pairs


class _Pairing:
    def __init__(self, old: Meaning, new: Meaning, former: FormerNames) -> None:
        self.old: dict[Address, Branch] = {}
        self.new: dict[Address, Branch] = {}
        self.old_links: dict[Address, Link] = {}
        self.new_links: dict[Address, Link] = {}
        self.pairs: dict[Address, Address] = {(): ()}
        self.taken: set[Address] = {()}
        same = dict(unchanged(old, new))
        for sections, whole, branches, links in (
            (old.sections, set(same.values()), self.old, self.old_links),
            (new.sections, same, self.new, self.new_links),
        ):
            for address, thing in walk(sections, closed=whole):
                if isinstance(thing, Link):
                    links[address] = thing
                else:
                    branches[address] = thing
        for to, at in same.items():
            self._match(to, at)
            for below, _ in walk(children_at(new, to), to):
                self.pairs[below] = at + below[len(to) :]
        self._by_path()
        self._by_path(former)
        self._by_path()
        self._by_holdings(works_of)
        self._by_holdings(_children)
        self._by_holdings(_own_name)
        self._by_alike_names()
        self._links()

    def _match(self, new: Address, old: Address) -> None:
        self.pairs[new] = old
        self.taken.add(old)

    # Branches.

    def _free(self) -> tuple[dict[Address, Branch], dict[Address, Branch]]:
        return (
            {at: branch for at, branch in self.old.items() if at not in self.taken},
            {at: branch for at, branch in self.new.items() if at not in self.pairs},
        )

    def _by_path(self, former: FormerNames | None = None) -> None:
        """Top down: the nth child of this name, or of a former one, below a paired parent."""
        olds, news = self._free()
        waiting: dict[tuple[Address, str], list[Address]] = defaultdict(list)
        for at in reversed(olds):
            waiting[at[:-1], olds[at].name].append(at)
        for to, branch in news.items():
            parent = self.pairs.get(to[:-1])
            for name in (branch.name,) if former is None else former.get(to, ()):
                same = waiting.get((parent, name)) if parent is not None else None
                if same:
                    self._match(to, same.pop())
                    break

    def _by_holdings(self, holdings: Callable[[Branch], Iterable[Hashable]]) -> None:
        """Those that share most of what no other unpaired branch of their side holds."""
        olds, news = self._free()
        if not olds or not news:
            return
        holder, votes = sole_holders(olds, holdings), Counter[tuple[Address, Address]]()
        for key, to in sole_holders(news, holdings).items():
            at = holder.get(key)
            if at is not None and type(olds[at]) is type(news[to]):
                votes[to, at] += 1
        for (to, at), _ in votes.most_common():
            if to not in self.pairs and at not in self.taken:
                self._match(to, at)
        self._by_path()

    def _by_alike_names(self) -> None:
        olds, news = self._free()
        below: dict[Address, list[Address]] = defaultdict(list)
        for at in olds:
            below[at[:-1]].append(at)
        families: dict[Address, list[Address]] = defaultdict(list)
        for to in news:
            parent = self.pairs.get(to[:-1])
            if parent in below:
                families[parent].append(to)
        for parent, candidates in families.items():
            if len(candidates) * len(below[parent]) <= _MOST_COMPARED:
                self._mutually_best(candidates, below[parent])
        self._by_path()

    def _mutually_best(self, news: list[Address], olds: list[Address]) -> None:
        ratios = {
            (to, at): likeness(self.new[to].name, self.old[at].name) for to in news for at in olds
        }
        for to in news:
            best = max(olds, key=lambda at: ratios[to, at])
            rival = max(news, key=lambda other: ratios[other, best])
            if rival == to and ratios[to, best] >= ALIKE and best not in self.taken:
                self._match(to, best)

    # Links.

    def _links(self) -> None:
        """Links pair by all they say, by the work, by title, or as the only ones of their kind.

        Those of paired owners first; what is left over may have moved elsewhere.
        """
        groups: dict[Address, tuple[list[Address], list[Address]]] = defaultdict(lambda: ([], []))
        for at in self.old_links:
            groups[at[:-1]][0].append(at)
        for to in self.new_links:
            owner = self.pairs.get(to[:-1])
            if owner is not None:
                groups[owner][1].append(to)
        for olds, news in groups.values():
            for key in LINK_KEYS:
                self._equal_links(olds, news, key)
            self._lone_links(olds, news)
        self._equal_links(self.old_links, self.new_links, _all)

    def _equal_links(
        self, olds: Iterable[Address], news: Iterable[Address], key: Callable[[Link], Hashable]
    ) -> None:
        waiting: dict[Hashable, list[Address]] = defaultdict(list)
        for at in olds:
            if at not in self.taken:
                waiting[key(self.old_links[at])].append(at)
        for to in news:
            same = waiting.get(key(self.new_links[to])) if to not in self.pairs else None
            if same:
                self._match(to, same.pop(0))

    def _lone_links(self, olds: list[Address], news: list[Address]) -> None:
        by_kind: dict[str, tuple[list[Address], list[Address]]] = defaultdict(lambda: ([], []))
        for at in olds:
            if at not in self.taken:
                by_kind[self.old_links[at].kind][0].append(at)
        for to in news:
            if to not in self.pairs:
                by_kind[self.new_links[to].kind][1].append(to)
        for old, new in by_kind.values():
            if len(old) == len(new) == 1:
                self._match(new[0], old[0])


def unchanged(old: Meaning, new: Meaning) -> Iterator[tuple[Address, Address]]:
    """Branches that say what the nth of their path said, below which all pairs path by path.

    Nothing else could come of the rules; most of a list is like that.
    """
    waiting: list[tuple[Address, Address]] = [((), ())]
    while waiting:
        to, at = waiting.pop()
        olds, news = _by_name(children_at(old, at)), _by_name(children_at(new, to))
        for name, named in news.items():
            for (number, child), (origin, was) in _equals(named, olds.get(name, [])):
                found = (*to, number), (*at, origin)
                if was == child:
                    yield found
                else:
                    waiting.append(found)


def _by_name(children: Iterable[Thing]) -> dict[str, list[tuple[int, Branch]]]:
    named: dict[str, list[tuple[int, Branch]]] = defaultdict(list)
    for number, child in enumerate(children):
        if not isinstance(child, Link):
            named[child.name].append((number, child))
    return named


def _equals(
    news: list[tuple[int, Branch]], olds: list[tuple[int, Branch]]
) -> Iterator[tuple[tuple[int, Branch], tuple[int, Branch]]]:
    """The nth of one name with the nth; if some came or went, first those that say the same."""
    if len(news) != len(olds):
        saying: dict[Branch, list[tuple[int, Branch]]] = defaultdict(list)
        for one in reversed(olds):
            saying[one[1]].append(one)
        left: list[tuple[int, Branch]] = []
        for new in news:
            if same := saying.get(new[1]):
                yield new, same.pop()
            else:
                left.append(new)
        news, olds = (
            left,
            sorted((one for same in saying.values() for one in same), key=lambda one: one[0]),
        )
    yield from zip(news, olds, strict=False)


# What a branch holds.

_Holder = TypeVar("_Holder")


def sole_holders(
    branches: Mapping[_Holder, Branch], holdings: Callable[[Branch], Iterable[Hashable]]
) -> dict[Hashable, _Holder]:
    """Who holds what nobody else among these holds."""
    holders: dict[Hashable, _Holder | None] = {}
    for holder, branch in branches.items():
        for key in dict.fromkeys(holdings(branch)):
            holders[key] = None if key in holders else holder
    return {key: holder for key, holder in holders.items() if holder is not None}


def works_of(branch: Branch) -> Iterator[Hashable]:
    return (work_of(child) for child in branch.children if isinstance(child, Link))


def _children(branch: Branch) -> Iterator[Hashable]:
    return (child.name for child in branch.children if not isinstance(child, Link))


def _own_name(branch: Branch) -> Iterator[Hashable]:
    yield type(branch), branch.name


# What links are compared by.


def _all(link: Link) -> Hashable:
    return link.title, link.kind, link.label, link.url, link.remark


def work_of(link: Link) -> Hashable:
    found = identify(link.url)
    return normal_url(link.url) if found is None else str(found)


def _title_and_kind(link: Link) -> Hashable:
    return link.title, link.kind, link.label


def _title(link: Link) -> Hashable:
    """Another address may well be of another kind; a name can be but one link."""
    return link.title, link.label


LINK_KEYS: Final = (_all, work_of, _title_and_kind, _title)


# Names.

_BRACKETS: Final = re.compile(r"\s*[(（][^()（）]*[)）]")
_SUFFIX: Final = re.compile(r"[-_ ](?:lm|nlp|model|models|series|family)$")
_WORD: Final = re.compile(r"[^\W_]+")


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, without brackets, suffixes and signs.

    A name that goes on where the other ends is alike, the more so the less it adds.
    """
    a, b = _words(one), _words(other)
    short, long = sorted(("".join(a), "".join(b)), key=len)
    if not short or re.findall(r"\d+", short) != re.findall(r"\d+", long):
        return 0.0  # another version is no other spelling
    goes_on = len(short) >= 4 and long.startswith(short)
    if short == long or goes_on or _holds(a, b) or _holds(b, a):
        return ALIKE + (1 - ALIKE) * len(short) / len(long)
    return SequenceMatcher(None, short, long, autojunk=False).ratio()


def _holds(words: list[str], others: list[str]) -> bool:
    """Whether the other name stands in this one, word for word."""
    length = len(others)
    return any(words[at : at + length] == others for at in range(len(words) - length + 1))


def _words(name: str) -> list[str]:
    name = _BRACKETS.sub("", plain_text(name)).casefold().strip()
    return _WORD.findall(_SUFFIX.sub("", name))
