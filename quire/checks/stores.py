"""An EPUB held against what a store's guide asks."""

from __future__ import annotations

from pathlib import Path

from quire.checks.store_measures import MEASURES, Offered
from quire.editions.epub.store import Limit, Store
from quire.problems import Problem

__all__ = ["check_for_store"]


def check_for_store(path: Path, store: Store) -> list[Problem]:
    """Each breach of a store's limits: what was found, what is asked, by whom, what to do.

    Args:
        path: an EPUB, the common one or the store's copy.
        store: whose limits.
    """
    try:
        offered = Offered(path)
    except (ValueError, OSError) as error:
        message = f"The EPUB can't be read: {error}."
        return [Problem("no-epub", message, "Build the book again.", str(path))]
    return [
        _breach(store, limit, value, place, path)
        for limit in store.limits
        for place, value in MEASURES[limit.measure].read(offered)
        if not limit.allows(value)
    ]


def _breach(store: Store, limit: Limit, value: float | str, place: str, path: Path) -> Problem:
    measure, guide = MEASURES[limit.measure], limit.guide
    unit = f" {measure.unit}" if measure.unit else ""
    found = value if isinstance(value, str) else f"{_number(value)}{unit}"
    return Problem(
        f"{store.name}-{limit.measure}",
        f"{measure.subject} is {found}; {store.title} asks for {_asked(limit)} "
        f"({guide.title}, “{guide.section}”).",
        measure.remedy,
        measure.file or (f"{path}!/{place}" if place else str(path)),
        severity=limit.severity,
    )


def _asked(limit: Limit) -> str:
    if limit.among:
        return " or ".join(limit.among)
    least = f"at least {_number(limit.least)}" if limit.least is not None else ""
    most = f"at most {_number(limit.most)}" if limit.most is not None else ""
    if limit.most == 0:
        return "none"
    return " and ".join(filter(None, (least, most)))


def _number(value: float) -> str:
    return f"{value:,}"
