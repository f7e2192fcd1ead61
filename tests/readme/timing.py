"""How long something takes, for tests of growth: by the processor's time, not by the clock."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds_of(work: Callable[[], object], *, runs: int = 3) -> float:
    """The least of some runs.

    Without the garbage collector: it looks at all that other tests have left, at any moment.
    """
    least = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            began = time.process_time()
            work()
            least = min(least, time.process_time() - began)
    finally:
        gc.enable()
    return least
