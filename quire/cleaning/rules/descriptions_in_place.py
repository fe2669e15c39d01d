"""Put the words left of a drawing behind its caption."""

from __future__ import annotations

from itertools import pairwise

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "descriptions-in-place"


def _apply(draft: Draft) -> RuleOutcome:
    edits = []
    for left, right in pairwise(draft.blocks()):
        if left.has(MarkKind.DESCRIPTION) and right.has(MarkKind.FIGURE):
            name = f"{_NAME}-{left.start}"
            why = "the words of the drawing follow its caption"
            edits.append(Edit(_NAME, left.start, left.end, "", why, partner=name))
            edits.append(Edit(_NAME, left.end, right.start, "", why))
            edits.append(Edit(_NAME, right.end, right.end, "\n\n", why))
            edits.append(Edit(_NAME, right.end, right.end, left.text, why, partner=name))
    return RuleOutcome(tuple(edits))


_DRAWING = "船分三层，各有用处（图1）。下层装货，中层坐人。船头船舱货舱甲板船尾图1渡船的剖面"

RULE = Rule(
    name=_NAME,
    order=620,
    summary="Puts the words left of a drawing behind its caption.",
    why="They are moved whole; nothing of them is lost.",
    apply=_apply,
    examples=(Example(_DRAWING, _DRAWING),),
)
