"""Headings that skip a level."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    last = 1
    for heading in page.markup.headings:
        if heading.level > last + 1:
            yield page.warning(
                LINT.name,
                heading.line,
                f"This heading is of level {heading.level}, and the one above it of level {last}.",
                f"Write {'#' * (last + 1)} before it.",
            )
        last = heading.level


LINT = Lint(
    "heading-level-skipped",
    "A heading is more than one level below the one above it.",
    _look,
    before="# Lamp\n\n### Oil\n\nIt burns.\n",
    after="# Lamp\n\n## Oil\n\nIt burns.\n",
)
