"""Editions: a book in, one file out. One room an edition, found by looking into this folder.

A room is an edition when it offers a constant ``EDITION`` (`quire.editions.model.Edition`); the
others here (typesetting, naming) serve several of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from quire.editions.model import Edition

__all__ = ["editions", "followed_by"]


def followed_by(edition: Edition) -> frozenset[str]:
    """Names of the editions that must be done before an edition begins, if they are made."""
    return frozenset((*edition.after, *edition.needs))


@lru_cache(maxsize=1)
def _found() -> tuple[Edition, ...]:
    """The editions of every room, each after those that it wants to come after."""
    rooms = (found.name for found in pkgutil.iter_modules(__path__) if found.ispkg)
    modules = (importlib.import_module(f"{__name__}.{room}") for room in sorted(rooms))
    waiting: list[Edition] = [one.EDITION for one in modules if hasattr(one, "EDITION")]
    ordered: list[Edition] = []
    while waiting:
        names = {edition.name for edition in waiting}
        ready = next((one for one in waiting if not names & followed_by(one)), None)
        if ready is None:
            raise RuntimeError(f"editions wait for each other: {', '.join(sorted(names))}")
        ordered.append(ready)
        waiting.remove(ready)
    return tuple(ordered)


def editions() -> dict[str, Edition]:
    """Every edition by name, in an order in which each comes after those it builds upon."""
    return {edition.name: edition for edition in _found()}
