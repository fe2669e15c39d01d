"""Makes a tab one blank."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.lines import BLANKS
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "tabs"
_TABS = re.compile(rf"(?<=\S)[{BLANKS}]*\t[{BLANKS}]*(?=\S)")


def _apply(draft: Draft) -> RuleOutcome:
    return RuleOutcome(
        substitute(_NAME, _TABS, " ", draft.text, "a tab parts words as a blank does")
    )


RULE = Rule(
    name=_NAME,
    order=120,
    summary="Makes a tab inside a line one blank.",
    why="A book has no tab stops; what the tab parted stays parted.",
    apply=_apply,
    examples=(Example("Chapter 1\tThe Ferry", "Chapter 1 The Ferry"),),
)
