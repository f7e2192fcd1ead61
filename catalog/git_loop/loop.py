"""sync_repository: once round the loop, and once more if the branch moved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from catalog import sync
from catalog.git_loop import credits
from catalog.git_loop.agreement import Agreement, last_agreement, last_written
from catalog.git_loop.repository import GitFailed, Repository, Version

_ROUNDS: Final = 2
_WITHOUT_WORDS: Final = "Bring the list up to date with the catalogue"


@dataclass(frozen=True)
class Choices:
    """What a person decided beforehand: the options of the command."""

    base: str = ""
    prefer: str = ""
    allow_deletions: int | None = None
    dry_run: bool = False
    with_addresses: bool = False


@dataclass(frozen=True)
class LoopReport:
    """What one run did, or would do."""

    imported: sync.ImportReport
    text: bytes
    """The list as the branch has it."""
    commit: str = ""
    """What was pushed; empty if the branch says already what the rows say."""
    message: str = ""
    earlier: tuple[str, ...] = ()
    """What a round before this one has taken into the rows, in words: the branch moved then."""
    notes: tuple[str, ...] = ()


def sync_repository(
    path: Path, *, file: str, remote: str, branch: str, operator: str, choices: Choices
) -> LoopReport:
    """Fetch, take what is new into the rows, commit what the rows say, push.

    If the import stops, nothing is written anywhere; the report says why. Raises GitFailed,
    sync.CannotExport, sync.NoSuchBase and readme.ListRefused. Whatever it raises after the
    import, the rows have what the branch said, and the next run pushes what they say.
    """
    repository = Repository.opened(path, file=file, remote=remote, branch=branch)
    with repository.alone():
        earlier: tuple[str, ...] = ()
        for left in reversed(range(_ROUNDS)):
            round_ = _Round.begun(repository, operator, choices)
            report = replace(round_.imported(), earlier=earlier)
            if report.imported.stopped and left and round_.is_overtaken():
                continue
            if report.imported.stopped or choices.dry_run:
                return report
            report, refusal = round_.pushed(report)
            if not refusal:
                return report
            earlier += report.imported.plan
            if repository.fetch() == round_.head:
                raise GitFailed(
                    f"The rows have what {repository.branch} says, and what they say could not be "
                    f"pushed. The next run tries again.\n{refusal}"
                )
    raise GitFailed(
        f"{repository.branch} moved each time before we could push to it. The rows have what it "
        "said; the next run pushes what they say."
    )


@dataclass(frozen=True)
class _Round:
    repository: Repository
    operator: str
    choices: Choices
    head: str
    text: bytes
    versions: Sequence[Version]
    agreed: Agreement | None
    is_rewritten: bool

    @classmethod
    def begun(cls, repository: Repository, operator: str, choices: Choices) -> _Round:
        head = repository.fetch()
        text, versions = repository.text(head), repository.versions(head)
        lost = repository.lost(head)
        is_rewritten = bool(lost) and lost not in (version.blob for version in versions)
        agreed = None if is_rewritten else last_agreement(versions)
        return cls(repository, operator, choices, head, text, versions, agreed, is_rewritten)

    def imported(self) -> LoopReport:
        choices, agreed, repository = self.choices, self.agreed, self.repository
        commits = repository.commits(agreed.commit, self.head) if agreed else []
        since = agreed.commit if agreed else ""
        report = sync.import_readme(
            self.text,
            who=credits.contributors(commits) or self.operator,
            source_name=repository.file,
            source=credits.page(repository.url, since, commits, self.head),
            dry_run=choices.dry_run,
            allow_deletions=choices.allow_deletions,
            # Not named, the import asks a person if the text may be an old one.
            base=choices.base or (str(agreed.snapshot) if agreed else ""),
            prefer=choices.prefer,
        )
        notes = (
            f"{repository.branch} was rewritten and no longer has the text that was synced last.",
        )
        return LoopReport(report, self.text, notes=notes if self.is_rewritten else ())

    def is_overtaken(self) -> bool:
        """Whether somebody else has taken a version of the file meanwhile, or the branch moved."""
        if self.is_rewritten:
            return False
        if last_agreement(self.versions) != self.agreed:
            return True
        try:
            return self.repository.fetch() != self.head
        except GitFailed:  # what stopped the import is what a person has to know
            return False

    def pushed(self, report: LoopReport) -> tuple[LoopReport, str]:
        """What was done, and what git said if it did not let us."""
        repository, choices = self.repository, self.choices
        out = sync.export_readme(None, who=self.operator, allow_deletions=choices.allow_deletions)
        commit = self.head
        if out.text != self.text:
            message = self._message(out)
            commit = repository.commit(out.text, message, self.head)
            refusal = repository.push(commit)
            if refusal:
                return report, refusal
            report = replace(report, commit=commit, message=message)
        repository.note_synced(commit)
        note = repository.follow(commit)
        return replace(report, notes=(*report.notes, *([note] if note else []))), ""

    def _message(self, out: sync.ExportReport) -> str:
        said = sync.message_for(self.text, out) or _WITHOUT_WORDS
        since = last_written(self.versions)
        named = credits.trailers(since, with_addresses=self.choices.with_addresses)
        return f"{said}\n\n{named}\n" if named else f"{said}\n"
