"""Writes the hyphen of a page range in an English reference as an en dash."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "page-ranges"
_RANGE = re.compile(
    r"\b[Pp]{1,2}\. ?(?P<first>\d{1,4}) ?(?P<hyphen>-{1,2}) ?(?P<last>\d{1,4})\b(?!-\d)"
)


def _apply(draft: Draft) -> RuleOutcome:
    alone = left_alone(draft)
    why = "the numbers behind “pp.” are a range"
    return RuleOutcome(
        tuple(
            Edit(_NAME, *found.span("hyphen"), "–", why, 0.95)
            for found in _RANGE.finditer(draft.text)
            if found.start() not in alone
        )
    )


RULE = Rule(
    name=_NAME,
    order=860,
    summary="Writes the hyphen of a page range behind “pp.” as an en dash.",
    why="Only numbers behind the sign for pages; years, codes and telephone numbers stay.",
    apply=_apply,
    examples=(Example("Small Harbours, pp. 11-19.", "Small Harbours, pp. 11–19."),),
)
