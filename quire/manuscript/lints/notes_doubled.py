"""Two bodies of one note."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for body in page.markup.bodies:
        first = lines.setdefault(body.name, body.line)
        if first != body.line:
            yield page.error(
                LINT.name,
                body.line,
                f"The note [^{body.name}] has a text here and on line {page.line(first)}.",
                "Give one of the two another name, in the text too.",
            )


LINT = Lint(
    "note-doubled",
    "Two notes of a file have one name.",
    _look,
    before="# Lamp\n\nOne.[^a]\n\n[^a]: Bow.\n\n[^a]: Stern.\n",
    after="# Lamp\n\nOne.[^a] Two.[^b]\n\n[^a]: Bow.\n\n[^b]: Stern.\n",
)
