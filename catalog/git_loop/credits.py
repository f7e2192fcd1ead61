"""Who is named: the contributors in the memory of the rows, the curators in the commit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.contrib.auth import get_user_model

from catalog.models import ChangeSet, Origin

_AT_GITHUB: Final = re.compile(
    r"(?:https://(?:[^/@]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?"
)
# Of ChangeSet.who, less the number of those for whom there is no room.
_ROOM: Final = 130


def contributors(commits: Sequence[tuple[str, str]]) -> str:
    """The authors of these commits, the newest first, as far as there is room; empty if none."""
    names = list(dict.fromkeys(name for _, author in commits if (name := _plain(author))))
    told: list[str] = []
    for name in names:
        if told and len(", ".join((*told, name))) > _ROOM:
            return f"{', '.join(told)} and {len(names) - len(told)} more"
        told.append(name[:_ROOM])
    return ", ".join(told)


def page(url: str, since: str, commits: Sequence[tuple[str, str]], until: str) -> str:
    """Where these commits can be seen: a page at GitHub, else their names."""
    found = _AT_GITHUB.fullmatch(url)
    if not commits:
        return ""
    if len(commits) == 1:
        commit = commits[0][0]
        return f"{_home(found)}/commit/{commit}" if found else f"commit {commit}"
    between = f"{since[:12]}...{until[:12]}"
    return f"{_home(found)}/compare/{between}" if found else f"commits {between}"


def _home(found: re.Match[str]) -> str:
    return f"https://github.com/{found['owner']}/{found['name']}"


def trailers(since: datetime | None, *, with_addresses: bool) -> str:
    """Who has edited in the admin since then, for the end of a commit message; empty if nobody.

    Addresses only where the operator asks for them: a commit is public and stays.
    """
    made = ChangeSet.objects.filter(origin__in=(Origin.ADMIN, Origin.UNDO))
    if since is not None:
        made = made.filter(made_at__gt=since)
    names = sorted(set(made.values_list("who", flat=True)))
    addresses = dict(_addresses(names)) if with_addresses else {}
    lines = [f"Edited-by: {_plain(name)}" for name in names if name not in addresses]
    lines += [f"Co-authored-by: {addresses[name]}" for name in names if name in addresses]
    return "\n".join(lines)


def _addresses(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for user in get_user_model().objects.filter(username__in=names).exclude(email=""):
        called = _plain(user.get_full_name() or user.get_username())
        yield user.get_username(), f"{called} <{_plain(user.email)}>"


def _plain(name: str) -> str:
    """In one line, and without what would end a name in a trailer."""
    return " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", name).split())
