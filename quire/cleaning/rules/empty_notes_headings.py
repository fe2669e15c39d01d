"""Take away a heading such as 注释 or Notes when its notes have gone to their callouts."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import NOTES_HEADINGS

__all__ = ["RULE"]

_NAME = "empty-notes-headings"


def _apply(draft: Draft) -> RuleOutcome:
    if not draft.marked(MarkKind.NOTE):
        return RuleOutcome()
    blocks = draft.blocks()
    levels = {
        mark.start: int(mark.value) if mark.value.isdecimal() else 0
        for mark in draft.marked(MarkKind.HEADING)
    }
    edits = []
    for i, block in enumerate(blocks):
        is_last = i + 1 == len(blocks)
        if not NOTES_HEADINGS.fullmatch(block.text.strip()) or i == 0:
            continue
        below = 0 if is_last else levels.get(blocks[i + 1].start, 0)
        if below > levels.get(block.start, below):
            continue  # what it is above has headings of its own
        if is_last or blocks[i + 1].has(MarkKind.HEADING):
            start = blocks[i - 1].end
            edits.append(Edit(_NAME, start, block.end, "", "its notes stand at their callouts"))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=742,
    summary="Takes away a heading such as 注释 or Notes when its notes have gone from it.",
    why="Only a heading of notes goes, and only when no text is left below it.",
    apply=_apply,
    examples=(
        Example(
            "第一章 雾\n\n渡口有雾[1]。\n\n没有船。\n\n注释\n\n[1] 某人：《河志》，第3页。",
            "第一章 雾\n\n渡口有雾[1]。\n\n某人：《河志》，第3页。\n\n没有船。",
        ),
    ),
)
