"""Takes blanks off the beginnings and ends of lines."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.lines import BLANKS
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.substitution import substitute

__all__ = ["RULE"]

_NAME = "indents"
_EDGES = re.compile(rf"^[{BLANKS}]+|(?<![{BLANKS}])[{BLANKS}]+$", re.MULTILINE)


def _apply(draft: Draft) -> RuleOutcome:
    edits = substitute(_NAME, _EDGES, "", draft.text, "an indent or a trailing blank is layout")
    verse = draft.spans(MarkKind.VERSE)
    return RuleOutcome(tuple(edit for edit in edits if not verse.overlap(edit.start, edit.end)))


RULE = Rule(
    name=_NAME,
    order=150,
    summary="Takes blanks of any width off both ends of lines, but not off verse.",
    why="The edition sets indents by itself; which lines they began is known by now.",
    apply=_apply,
    examples=(Example("　　河面很静。  \n\n   \n\n  对岸有人。", "河面很静。\n\n\n\n对岸有人。"),),
)
