"""How work grows with its size, for tests of growth: by the processor's time, not by the clock."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TIMES = 16
_AT_MOST = 1.3
"""What grows with its size takes 16 times as long for 16 times as much, and may take 1.3 times
that; what grows with its square takes 256 times as long."""

_AT_LEAST = 0.0001
"""The seconds of the small work are taken for no less: that little is the way there and back."""


def takes_the_time_of_its_size(prepared: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether work of this size takes about sixteen times as long as a sixteenth of it.

    `prepared` makes the work of a size. A busy machine spoils a comparison now and then; what
    grows faster than its size, each.
    """
    small, large = prepared(size // _TIMES), prepared(size)
    small()  # what only a first time takes is not of its size
    return any(_is_in_proportion(small, large) for _ in range(5))


def _is_in_proportion(small: Callable[[], object], large: Callable[[], object]) -> bool:
    """The small work before and behind the large one: when the machine gets busy, one of them is
    as slow as that."""
    before, whole, behind = _seconds_of(small), _seconds_of(large), _seconds_of(small)
    return whole < _AT_MOST * _TIMES * max(before, behind, _AT_LEAST)


def _seconds_of(work: Callable[[], object]) -> float:
    """Without the garbage collector: it looks at all that other tests have left, at any moment."""
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
