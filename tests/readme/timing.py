"""How work grows with its size, for tests of growth: by the processor's time, not by the clock."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TIMES = 8
_AT_MOST = 1.5
"""What grows with its size takes 8 times as long for 8 times as much, and may take 1.5 times that;
what grows with its square takes 64 times as long."""

_AT_LEAST = 0.0002
"""The seconds of the small work are taken for no less: that little is the way there and back."""


def takes_the_time_of_its_size(prepared: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether work of this size takes about eight times as long as an eighth of it.

    `prepared` makes the work of a size. A busy machine spoils a comparison now and then; what
    grows faster than its size, each.
    """
    small, large = prepared(size // _TIMES), prepared(size)
    return any(
        _seconds_of(large) < _AT_MOST * _TIMES * max(_seconds_of(small), _AT_LEAST)
        for _ in range(3)
    )


def _seconds_of(work: Callable[[], object]) -> float:
    """Without the garbage collector: it looks at all that other tests have left, at any moment."""
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
