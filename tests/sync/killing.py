"""A child of this process that does a job and is killed somewhere on the way."""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import connection

_SECONDS = 60


def steps_of(job: Callable[[], object]) -> int:
    """How many calls of functions, Python's and C's, the job makes in a child."""
    read, write = os.pipe()

    def counted() -> None:
        steps = 0

        def step(frame: FrameType, event: str, arg: Any) -> None:
            nonlocal steps
            steps += 1

        sys.setprofile(step)
        job()
        sys.setprofile(None)
        os.write(write, str(steps).encode())

    assert _in_a_child(counted) == 0
    os.close(write)
    with os.fdopen(read) as pipe:
        return int(pipe.read())


def killed(job: Callable[[], object], at: int) -> bool:
    """Do the job in a child that is killed (-9) at that call; whether it came so far."""

    def doomed() -> None:
        left = at

        def step(frame: FrameType, event: str, arg: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(step)
        job()

    status = _in_a_child(doomed)
    assert status in (0, -signal.SIGKILL), "the job failed by itself"
    return status != 0


def _in_a_child(job: Callable[[], object]) -> int:
    """The exit status of a copy of this process, made without the time that a new one takes."""
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
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
