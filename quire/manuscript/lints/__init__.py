"""Lints: what an editor would mark in a manuscript before it is built. One file a lint.

They read the text itself, with places (`quire.manuscript.markup`), and run no other program.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from quire.manuscript.lints.lint import Lint, Proof
from quire.manuscript.model import Manuscript
from quire.metadata.model import Metadata
from quire.problems import Problem

__all__ = ["Lint", "Proof", "lint", "lints"]


@lru_cache(maxsize=1)
def lints() -> tuple[Lint, ...]:
    """Every lint in this folder, by name of its module: those that offer ``LINT``."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(found for module in modules if (found := getattr(module, "LINT", None)))


def lint(manuscript: Manuscript, metadata: Metadata) -> list[Problem]:
    """What is wrong in a manuscript, in reading order."""
    proof = Proof(manuscript, metadata)
    order = {manuscript.place(one): number for number, one in enumerate(manuscript.chapters)}
    problems = [problem for one in lints() for problem in one.check(proof)]
    return sorted(
        dict.fromkeys(problems), key=lambda one: (order.get(one.file or "", -1), one.line or 0)
    )
