"""Characters that no edition can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""XML 1.0 section 2.2 allows none of these in a document."""


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    for match in _CONTROL.finditer(page.chapter.body):
        yield page.error(
            LINT.name,
            page.markup.line_at(match.start()),
            f"There is a control character (U+{ord(match[0]):04X}) in this line.",
            "Delete it.",
        )


LINT = Lint(
    "control-character",
    "A character stands in the text that no edition can hold.",
    _look,
    before="# Lamp\n\nOne\x0c light.\n",
    after="# Lamp\n\nOne light.\n",
)
