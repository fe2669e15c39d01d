"""Write raised figures and letters that call no note as superscripts."""

from __future__ import annotations

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "raised-form"


def _apply(draft: Draft) -> RuleOutcome:
    apart = draft.spans(MarkKind.NOTEREF, MarkKind.MARKDOWN, MarkKind.HEADING)
    edits: list[Edit] = []
    add: list[Mark] = []
    for mark in draft.marked(MarkKind.SUPERSCRIPT):
        words = draft.text[mark.start : mark.end]
        if words.isascii() and words.isalnum() and not apart.overlap(mark.start, mark.end):
            edits.append(Edit(_NAME, mark.start, mark.end, f"^{words}^", "raised in the source"))
            add.append(Mark(mark.start, mark.end, MarkKind.MARKDOWN))
    return RuleOutcome(tuple(edits), tuple(add))


_AREA = "一块地有3m2大。"

RULE = Rule(
    name=_NAME,
    order=904,
    summary="Writes raised figures and letters that call no note as superscripts.",
    why="The format says that they are raised; no character is lost or added but the marks.",
    apply=_apply,
    examples=(
        Example(_AREA, _AREA.replace("m2", "m^2^"), (Hint(6, 7, HintKind.SUPERSCRIPT),)),
        Example(_AREA, _AREA),
    ),
)
