"""What a store is: the limits of its guide as data, and what it needs done to an EPUB."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from quire.problems import Severity, UsageError

__all__ = ["Files", "Guide", "Limit", "Store", "StoreCopy", "store_named", "stores"]

Files: TypeAlias = dict[str, bytes]
"""An EPUB taken apart: path in the container → content."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a store says what it wants.

    Attributes:
        title: of the guide.
        section: of it, as its heading or number reads.
        address: where it is published.
    """

    title: str
    section: str
    address: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that a store measures, and what it may come to.

    Attributes:
        measure: a name in `quire.checks.store_measures.MEASURES`.
        guide: where the store says so.
        least: the smallest number that passes, or None.
        most: the largest that passes, or None.
        among: the words that pass; empty where numbers are measured.
        severity: an error where the store refuses the book, else a warning or a note.
    """

    measure: str
    guide: Guide
    least: float | None = None
    most: float | None = None
    among: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    def allows(self, value: float | str) -> bool:
        """Whether what was measured passes."""
        if isinstance(value, str):
            return value in self.among
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


@dataclass(frozen=True, slots=True)
class StoreCopy:
    """The EPUB that a store gets in place of the common one.

    Attributes:
        suffix: what follows the book's name, such as ``.kepub.epub``.
        why: what is done to it, in a few words for the build's report.
        transform: the common EPUB's files to the store's; the same where nothing is to be done.
    """

    suffix: str
    why: str
    transform: Callable[[Files], Files]


@dataclass(frozen=True, slots=True)
class Store:
    """A store: one module of `quire.editions.epub.stores`, which offers it as ``STORE``.

    Attributes:
        name: the word for ``--store``.
        title: what people call it.
        limits: what `check --store` measures.
        copy: what `build --store` makes, or None where the common EPUB is what the store wants.
    """

    name: str
    title: str
    limits: tuple[Limit, ...]
    copy: StoreCopy | None = None


@lru_cache(maxsize=1)
def _found() -> tuple[Store, ...]:
    package = importlib.import_module("quire.editions.epub.stores")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(module.STORE for module in modules)


def stores() -> dict[str, Store]:
    """Every store by name."""
    return {store.name: store for store in _found()}


def store_named(name: str) -> Store:
    """The store of that name.

    Raises:
        UsageError: there is none.
    """
    known = stores()
    if name not in known:
        raise UsageError(
            f"There is no store {name!r}.",
            f"Choose among {', '.join(sorted(known))}.",
            code="no-such-store",
        )
    return known[name]
