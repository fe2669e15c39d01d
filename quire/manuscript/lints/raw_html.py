"""HTML tags that not every edition can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]

_UNDERSTOOD: Final = frozenset(
    {"b", "br", "del", "div", "em", "i", "s", "span", "strong", "sub", "sup", "u", "wbr"}
)
"""What assembly makes of these is in every edition."""


def _look(page: Page, _: Proof) -> Iterator[Problem]:
    for tag in page.markup.tags:
        is_end = page.chapter.body.startswith("</", tag.start)
        if tag.name not in _UNDERSTOOD and not is_end:
            yield page.warning(
                LINT.name,
                tag.line,
                f"<{tag.name}> is raw HTML: it isn't in the book.",
                "Write it in Markdown.",
            )


LINT = Lint(
    "raw-markup",
    "A tag of HTML is neither Markdown nor understood by every edition.",
    _look,
    before="# Lamp\n\nA <blink>light</blink>.\n",
    after="# Lamp\n\nA *light*.\n",
)
