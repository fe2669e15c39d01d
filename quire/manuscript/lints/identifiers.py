"""Identifiers that two places share."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, proof: Proof) -> Iterator[Problem]:
    earlier: dict[str, str] = {}
    for other in proof.pages:
        if other is page:
            break
        for mark in other.markup.identifiers:
            earlier.setdefault(mark.name, f"{other.place}:{other.line(mark.line)}")
    for mark in page.markup.identifiers:
        first = earlier.get(mark.name)
        if first:
            yield page.error(
                LINT.name,
                mark.line,
                f"The identifier {{#{mark.name}}} stands here and at {first}.",
                "Give one of the two another.",
            )
        earlier.setdefault(mark.name, f"{page.place}:{page.line(mark.line)}")


LINT = Lint(
    "identifier-doubled",
    "Two places of the book have one identifier.",
    _look,
    before="# Lamp\n\n## Oil {#x}\n\nOne.\n\n## Wick {#x}\n\nTwo.\n",
    after="# Lamp\n\n## Oil {#x}\n\nOne.\n\n## Wick {#y}\n\nTwo.\n",
)
