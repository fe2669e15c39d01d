"""Writes ligatures as the letters that they are."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "ligatures"
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LETTERS)}]")


def _apply(draft: Draft) -> RuleOutcome:
    def after(found: re.Match[str]) -> str:
        return _LETTERS[found.group()]

    why = "the font makes ligatures by itself"
    return RuleOutcome(substitute(_NAME, _LIGATURE, after, draft.text, why))


RULE = Rule(
    name=_NAME,
    order=800,
    summary="Writes the ligatures ﬀ, ﬁ, ﬂ, ﬃ, ﬄ, ﬅ and ﬆ as letters.",
    why="Only these seven: circled numbers and full-width marks are no ligatures and stay.",
    apply=_apply,
    examples=(Example("The ﬁrst oﬃce ① on the left.", "The first office ① on the left."),),
)
