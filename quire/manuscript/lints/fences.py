"""Code and divs that are opened and never closed."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    for line in page.markup.open_fences:
        yield page.error(
            LINT.name, line, "This code is never closed.", "Close it with a line of ```."
        )
    for line in page.markup.open_divisions:
        yield page.error(
            LINT.name, line, "This div is never closed.", "Close it with a line of :::."
        )


LINT = Lint(
    "fence-open",
    "Code or a div is opened and never closed.",
    _look,
    before="# Lamp\n\n::: {.verse}\nOne light.\n",
    after="# Lamp\n\n::: {.verse}\nOne light.\n:::\n",
)
