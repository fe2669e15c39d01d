"""Leaves one blank line between blocks and none around the text."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "blank-lines"
_MANY = re.compile(r"\A\n+|\n+\Z|(?<!\n)\n{3,}")


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text

    def after(found: re.Match[str]) -> str:
        return "" if found.start() == 0 or found.end() == len(text) else "\n\n"

    return RuleOutcome(substitute(_NAME, _MANY, after, text, "one blank line parts two blocks"))


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
