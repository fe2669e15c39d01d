"""Leaves one blank line between blocks and none around the text."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "blank-lines"
_MANY = re.compile(r"\n{3,}")
_WHY = "one blank line parts two blocks"


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    first, behind = len(text) - len(text.lstrip("\n")), len(text.rstrip("\n"))
    edits = [Edit(_NAME, 0, first, "", _WHY)] if first else []
    inside = _MANY.finditer(text, first, behind)
    edits += [Edit(_NAME, found.start(), found.end(), "\n\n", _WHY) for found in inside]
    if first <= behind < len(text):
        edits.append(Edit(_NAME, behind, len(text), "", _WHY))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=160,
    summary="Leaves one blank line between blocks, and none at the text's ends.",
    why="More of them say no more; breaks between scenes have signs of their own.",
    apply=_apply,
    examples=(
        Example("\n\n门关了。\n\n\n\n灯灭了。\n", "门关了。\n\n灯灭了。"),
        Example("门关了。\n\n灯灭了。", "门关了。\n\n灯灭了。"),
    ),
)
