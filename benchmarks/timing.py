"""How long a thing takes: the best of several runs, for noise only ever adds."""

import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best
