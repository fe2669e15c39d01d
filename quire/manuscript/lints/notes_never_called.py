"""A note's body that no mark calls."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    called = {call.name for call in page.markup.calls}
    for body in page.markup.bodies:
        if body.name not in called:
            yield page.warning(
                LINT.name,
                body.line,
                f"Nothing calls the note [^{body.name}]: it isn't in the book.",
                f'Write "[^{body.name}]" where it belongs, or delete the note.',
            )


LINT = Lint(
    "note-never-called",
    "A note has a text, and no mark calls it.",
    _look,
    before="# Lamp\n\nOne light.\n\n[^a]: At the bow.\n",
    after="# Lamp\n\nOne light.[^a]\n\n[^a]: At the bow.\n",
)
