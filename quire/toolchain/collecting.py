"""Pausing Python's search for circles of objects, where there are millions of objects and none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_search_for_circles"]


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """While the block runs, objects go when nothing holds them any more, and only then.

    Marks, edits and blocks of a large source are many and hold one another in no circle; to look
    for circles among them again and again takes a sixth of the time that cleaning takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
