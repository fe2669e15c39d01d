"""Makes emphasis of words that were typed between underscores or equals signs."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "typed-emphasis"
# The custom of Project Gutenberg's plain texts: _italic_ and =bold=.
_TYPED = (
    (MarkKind.EMPHASIS, "_", re.compile(r"_(?<!\w_)(?=[^\s_])[^_\n]{1,400}(?<=\S)_(?!\w)")),
    (MarkKind.STRONG, "=", re.compile(r"=(?<![\w=]=)(?=[A-Z])[^=\n]{2,200}(?<=\S)=(?![\w=])")),
)
_FEWEST_STRONG = 2  # a single pair may be an equation


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    alone = left_alone(draft)
    edits: list[Edit] = []
    marks: list[Mark] = []
    for kind, sign, pattern in _TYPED:
        if text.count(sign) < 2:
            continue
        found = [at for at in pattern.finditer(text) if at.start() not in alone]
        if kind is MarkKind.STRONG and len(found) < _FEWEST_STRONG:
            continue
        why = f"a pair of {sign} around words emphasises them"
        for at in found:
            start, end = at.span()
            edits.append(Edit(_NAME, start, start + 1, "", why, 0.9))
            edits.append(Edit(_NAME, end - 1, end, "", why, 0.9))
            marks.append(Mark(start + 1, end - 1, kind))
    return RuleOutcome(tuple(sorted(edits, key=lambda edit: edit.start)), tuple(marks))


RULE = Rule(
    name=_NAME,
    order=812,
    summary="Makes emphasis of words between underscores, and strong words of those between =.",
    why="The signs stand in pairs at the edges of words; inside names and formulas they stay.",
    apply=_apply,
    examples=(
        Example("The _Heron_ was late, _very_ late.", "The Heron was late, very late."),
        Example("Set snake_case_names and x_1 = y_1.", "Set snake_case_names and x_1 = y_1."),
    ),
)
