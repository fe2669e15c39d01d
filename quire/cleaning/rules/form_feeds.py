"""Takes form feeds out, and remembers that a page ended there."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "form-feeds"
_FEED = re.compile(r"\f")


def _pages(text: str) -> list[Mark]:
    """The stretches between form feeds that hold anything."""
    pages = []
    start = 0
    for piece in text.split("\f"):
        if piece.strip():
            pages.append(Mark(start, start + len(piece), MarkKind.PAGE))
        start += len(piece) + 1
    return pages


def _apply(draft: Draft) -> RuleOutcome:
    edits = substitute(_NAME, _FEED, "\n\n", draft.text, "a form feed ends a page")
    if not edits or draft.marked(MarkKind.PAGE):
        return RuleOutcome(edits)
    return RuleOutcome(edits, add=tuple(_pages(draft.text)))


RULE = Rule(
    name=_NAME,
    order=105,
    summary="Takes form feeds out, and marks the pages that they part.",
    why="A form feed says that a page ends; it is kept as a mark, not as a character.",
    apply=_apply,
    examples=(
        Example("灯亮了。\f\n门开了。", "灯亮了。\n\n\n门开了。"),
        Example("灯亮了。\n门开了。", "灯亮了。\n门开了。"),
    ),
    touches_markdown=True,
    needed=True,
)
