"""Python's garbage collector, which rests while a list is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """A long list makes a million objects, and no garbage that only a search would find.

    To search again and again would take a third of the time. Of threads that are here at once,
    the one that found the collector on is the one that wakes it.
    """
    is_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_awake:
            gc.enable()
