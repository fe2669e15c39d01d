"""Takes 图1 and Figure 1 off captions: the book writes its figures' labels by itself."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import live_marks
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "caption-labels"
_LABEL = re.compile(
    r"(?:[图圖]\s*[0-9０-９一二三四五六七八九十]+(?:[-–.．][0-9０-９]+)*"
    r"|(?:figure|fig\.?|abb(?:ildung|\.)|figura)\s*[0-9ivxlc]+(?:[-–.][0-9]+)*\b)"
    r"[\s：:.．、—–-]*",
    re.IGNORECASE,
)


def _apply(draft: Draft) -> RuleOutcome:
    edits = []
    for mark in live_marks(draft, MarkKind.FIGURE):
        label = _LABEL.match(draft.text, mark.start, mark.end)
        if label and label.end() < mark.end:
            why = "the book writes its figures' labels by itself"
            edits.append(Edit(_NAME, label.start(), label.end(), "", why))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=903,
    summary="Takes the label (图1, Figure 1) off a figure's caption.",
    why="The book counts its figures and writes the label in front of the caption; a caption that "
    "is nothing but a label stays.",
    apply=_apply,
    examples=(Example("水位如图1所示。", "水位如图1所示。"),),
)
