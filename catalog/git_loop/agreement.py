"""Which text of the branch the rows agreed on last: the base of what came to it since.

Of all versions of the file in the history of the branch it is the one that the database took or
handed out last. Nothing has to be noted for that, so there is nothing that a fresh clone lacks, a
crash leaves wrong, or a restored database contradicts. A version that takes our newest commit
back is an older text, and so never its own base.

Only a rewritten branch can leave that version out; see `Repository.lost`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.git_loop.repository import Version
from catalog.models import Snapshot, SnapshotOrigin


@dataclass(frozen=True)
class Agreement:
    """The snapshot to name as base, and the newest commit with its text."""

    snapshot: int
    commit: str


def last_agreement(versions: Sequence[Version]) -> Agreement | None:
    """None if no version of the file was ever imported or exported."""
    found = next(_known(versions), None)
    return Agreement(found[0].pk, found[1]) if found else None


def last_written(versions: Sequence[Version]) -> datetime | None:
    """When the newest of those versions was made that the rows wrote; else the first was taken."""
    moment = None
    for snapshot, _ in _known(versions):
        moment = snapshot.taken_at
        if snapshot.origin == SnapshotOrigin.EXPORT:
            break
    return moment


def _known(versions: Sequence[Version]) -> Iterator[tuple[Snapshot, str]]:
    """The snapshots whose texts are among the versions, the newest snapshot first."""
    commits = {version.blob: version.commit for version in reversed(versions) if version.blob}
    digest = "sha256" if any(len(blob) == 64 for blob in commits) else "sha1"
    snapshots = Snapshot.objects.order_by("-pk").only("text", "origin", "taken_at")
    for snapshot in snapshots.iterator(chunk_size=10) if commits else ():
        commit = commits.get(_blob(bytes(snapshot.text), digest))
        if commit is not None:
            yield snapshot, commit


def _blob(text: bytes, digest: str) -> str:
    """The name that git gives to a text."""
    return hashlib.new(digest, b"blob %d\0" % len(text) + text, usedforsecurity=False).hexdigest()
