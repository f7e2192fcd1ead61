"""The git loop: a list that lives in a git repository, and the rows, kept in step.

Fetch what contributors pushed, take it into the rows, write what the rows say, commit, push. All
of it happens between the objects of a clone: no file is checked out, so a run that stops or dies
leaves none half written, and there is nothing to clean.

    repository.py   what the loop asks of git
    agreement.py    which text of the branch the rows agreed on last
    credits.py      who is named: contributors in the memory, curators in the commit
    loop.py         sync_repository
"""

from catalog.git_loop.loop import Choices, LoopReport, sync_repository
from catalog.git_loop.repository import GitFailed

__all__ = ["Choices", "GitFailed", "LoopReport", "sync_repository"]
