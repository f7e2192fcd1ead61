"""Children of this process that do a job, and may be killed somewhere on the way."""

import json
import os
import random
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NamedTuple

from django.db import connection

_SECONDS = 60


# By which calls something reaches the disk, the database or git: where a death can do harm.
_RISKY = {
    **dict.fromkeys(("fsync", "mkstemp", "fchmod", "chmod", "chown", "_sync_folder"), "file"),
    **dict.fromkeys(("execute", "executemany", "commit", "_commit", "set_autocommit"), "database"),
    **dict.fromkeys(("_run", "_execute_child"), "git"),
}


class Point(NamedTuple):
    """So many calls behind the nth of a kind; of any kind, if it has none."""

    kind: str
    nth: int
    behind: int = 0


def points_of(job: Callable[[], object], chance: random.Random) -> Iterator[Point]:
    """Points anywhere in a job, and as often near one of the few calls that can do harm.

    They are counted once, in a child that does the job to its end.
    """
    read, write = os.pipe()

    def counted() -> None:
        found: Counter[str] = Counter()

        def step(frame: FrameType, event: str, arg: Any) -> None:
            found.update(_kinds(frame, event, arg))

        sys.setprofile(step)
        job()
        sys.setprofile(None)
        os.write(write, json.dumps(found).encode())

    assert exit_status_of(child_doing(counted)) == 0
    os.close(write)
    with os.fdopen(read) as pipe:
        found = json.load(pipe)
    while True:
        kind = chance.choice(sorted(found))
        yield Point(kind, chance.randint(1, found[kind]), chance.randint(0, 3))


def killed(job: Callable[[], object], point: Point) -> bool:
    """Do the job in a child that is killed (-9) at that point; whether it came so far."""

    def doomed() -> None:
        nth, behind = point.nth, point.behind

        def step(frame: FrameType, event: str, arg: Any) -> None:
            nonlocal nth, behind
            if nth > 0:
                nth -= point.kind in _kinds(frame, event, arg)
            else:
                behind -= 1
            if nth == 0 and behind <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(step)
        job()

    status = exit_status_of(child_doing(doomed))
    assert status in (0, -signal.SIGKILL), "the job failed by itself"
    return status != 0


def child_doing(job: Callable[[], object]) -> int:
    """A copy of this process, made without the time that a new one takes; its number."""
    connection.close()  # or both would talk through it
    with warnings.catch_warnings():
        # Of threads, which the child does not have: it does one thing, and has an alarm clock.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.alarm(_SECONDS)
            job()
            status = 0
        finally:
            os._exit(status)
    return child


def exit_status_of(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _kinds(frame: FrameType, event: str, arg: Any) -> tuple[str, ...]:
    name = arg.__name__ if event.startswith("c_") else frame.f_code.co_name
    return ("", _RISKY[name]) if name in _RISKY else ("",)
