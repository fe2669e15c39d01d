"""A mark of a note that has no body."""

from __future__ import annotations

from collections.abc import Iterator

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    known = {body.name for body in page.markup.bodies}
    for call in page.markup.calls:
        if call.name not in known:
            yield page.error(
                LINT.name,
                call.line,
                f"The note [^{call.name}] has no text.",
                f'Write "[^{call.name}]: …" below the paragraph, or delete the mark.',
            )


LINT = Lint(
    "note-without-text",
    "A note is called that has no text.",
    _look,
    before="# Lamp\n\nOne light.[^a]\n",
    after="# Lamp\n\nOne light.[^a]\n\n[^a]: At the bow.\n",
)
