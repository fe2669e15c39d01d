"""Join a heading that the format holds in two pieces: a label, and its title below."""

from __future__ import annotations

import re
from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "split-headings"
_LONGEST = 60


def _apply(draft: Draft) -> RuleOutcome:
    marks = [mark for mark in draft.marked(MarkKind.HEADING) if mark.value.startswith("hint")]
    edits: list[Edit] = []
    add: list[Mark] = []
    drop: set[Mark] = set()
    for label, title in pairwise(marks):
        if label in drop or not _belong_together(draft.text, label, title):
            continue
        text = draft.text[label.start : title.end]
        between = " " if re.search(r"[^\x00-\x7f]", text) else ": "
        edits.append(Edit(_NAME, label.end, title.start, between, "a label and its title", 0.95))
        add.append(Mark(label.start, title.end, MarkKind.HEADING, label.value))
        drop |= {label, title}
    return RuleOutcome(tuple(edits), tuple(add), drop=frozenset(drop))


def _belong_together(text: str, label: Mark, title: Mark) -> bool:
    """Whether a label without words stands right above a title of its own level."""
    if label.value != title.value or text[label.end : title.start].strip():
        return False
    found = heading_label(text[label.start : label.end])
    words = text[title.start : title.end]
    return found is not None and found.alone and len(words) <= _LONGEST and not heading_label(words)


_SPLIT = "第三章\n\n灯船\n\n灯船是夜里来的。"
_WHOLE = "灯\n\n船\n\n船是夜里来的。"

RULE = Rule(
    name=_NAME,
    order=570,
    summary="Joins a heading that the format holds in two pieces: a label, and its title below.",
    why="The label has no words of its own, and both pieces are headings of one level.",
    apply=_apply,
    examples=(
        Example(
            _SPLIT,
            _SPLIT.replace("章\n\n灯", "章 灯"),
            (Hint(0, 3, HintKind.HEADING, "1"), Hint(5, 7, HintKind.HEADING, "1")),
        ),
        Example(
            _WHOLE,
            _WHOLE,
            (Hint(0, 1, HintKind.HEADING, "1"), Hint(3, 4, HintKind.HEADING, "1")),
        ),
    ),
)
