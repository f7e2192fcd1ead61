"""A link in few words: what sort it is, and whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from catalog import kinds, titles
from catalog.identifiers import Identifier, identify, paper_date
from catalog.markup import plain_text
from catalog.models import Resource


@dataclass(frozen=True, slots=True)
class Chip:
    kind: str
    word: str
    """The kind for people: Paper."""
    whose: str
    """As the address says it: "arXiv 2022-06", "THUDM/GLM-130B", else the host."""
    host: str
    """Where it leads, if `whose` does not say that already."""
    title: str
    """In the list's own words."""
    url: str
    label: str
    remark: str
    is_official: bool
    says_more: bool
    """Whether its title says more than its owner's name or its kind, which a row shows anyway."""


# "Other" sorts; a reader wants to know what it is.
_WORDS: Final = dict(kinds.choices()) | {kinds.OTHER: "Link"}
_NAMES_OF_HOSTS: Final = {"acl": "ACL Anthology", "openreview": "OpenReview"}
# On the Hugging Face hub these stand before the owner.
_SHELVES: Final = {"spaces", "datasets", "papers", "collections"}


def chip(resource: Resource, *, owner: str) -> Chip:
    """`owner` is the name of the record; an own link has no other title."""
    host = host_of(resource.url)
    whose = _whose(resource.url) or host
    title = _without_brackets(plain_text(resource.title)) or owner
    return Chip(
        resource.kind,
        _WORDS.get(resource.kind, resource.kind),
        whose,
        "" if whose == host else host,
        title,
        resource.url,
        plain_text(resource.label),
        plain_text(resource.remark),
        resource.is_official,
        title != owner and titles.kind_of_title(title) is None,
    )


def in_rows(chips: list[Chip]) -> list[Chip]:
    """The first paper leads, because a row shows the title of its first chip; else as listed."""
    paper = next((chip for chip in chips if chip.kind == "paper"), None)
    if paper is None:
        return chips
    return [paper, *(chip for chip in chips if chip is not paper)]


def _without_brackets(title: str) -> str:
    """A title as it is shown: `[[Paper]](url)` has brackets for its looks."""
    inside = title[1:-1]
    is_bracketed = title[:1] + title[-1:] == "[]" and not {"[", "]"} & set(inside)
    return inside if is_bracketed else title


def host_of(url: str) -> str:
    """arxiv.org, without www. and a password that somebody left in the address."""
    rest = url.partition("://")[2]
    for sign in "/?#\\":
        rest = rest.partition(sign)[0]
    return rest.rpartition("@")[2].lower().removeprefix("www.")


def _whose(url: str) -> str:
    identifier = identify(url)
    if identifier is None:
        return ""
    if identifier.scheme == "arxiv":
        return f"arXiv {paper_date(identifier) or ''}".rstrip()
    if identifier.scheme in ("github", "huggingface"):
        return _owner_and_name(url, identifier)
    return _NAMES_OF_HOSTS.get(identifier.scheme, "")


def _owner_and_name(url: str, identifier: Identifier) -> str:
    """Spelt as in the address: identifiers fold the case, THUDM would become thudm."""
    address = url.partition("://")[2].partition("#")[0].partition("?")[0]
    spelt = address.strip().partition("/")[2].strip("/").split("/")
    folded = identifier.value.split("/")
    if folded[0] in _SHELVES and len(folded) > 1:
        spelt, folded = spelt[1:], folded[1:]
    names = [
        name.removesuffix(".git") if name.removesuffix(".git").lower() == fold else fold
        for name, fold in zip(spelt, folded, strict=False)
    ]
    return "/".join(names[:2])
