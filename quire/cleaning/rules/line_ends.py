"""Makes every kind of line end the same."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "line-ends"
# NEXT LINE is a line end only in text; before a letter it is half of a broken character.
_OTHER = re.compile(r"\r\n?|\v|\u0085(?=\n|\Z)|[\u2028\u2029]")


def _apply(draft: Draft) -> RuleOutcome:
    def after(found: re.Match[str]) -> str:
        return "\n\n" if found.group() == "\u2029" else "\n"

    return RuleOutcome(substitute(_NAME, _OTHER, after, draft.text, "a line end of another kind"))


RULE = Rule(
    name=_NAME,
    order=100,
    summary="Makes every kind of line end a line feed; a paragraph separator, two.",
    why="The characters have no other meaning.",
    apply=_apply,
    examples=(
        Example("潮水退了。\r\n\r\n船还没有来。", "潮水退了。\n\n船还没有来。"),
        Example("The tide is out.\u2029The boat is late.", "The tide is out.\n\nThe boat is late."),
    ),
    needed=True,
)
