"""Takes out blanks that a scan put between Chinese characters."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import passages
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "spaced-han"
_H = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff"
_MARKS = "，。、；：？！“”‘’（）《》…—"
_GAP = re.compile(rf" (?<=[{_H}] )(?=[{_H}])")
_RUN = re.compile(rf"[{_H}]+")
_BLANK = re.compile(rf" (?<=[{_H}{_MARKS}] )(?=[{_H}{_MARKS}])")
_FEWEST = 4


def _apply(draft: Draft) -> RuleOutcome:
    if not _GAP.search(draft.text):
        return RuleOutcome()
    verse = draft.spans(MarkKind.VERSE, MarkKind.DESCRIPTION)
    why = "most characters of this line stand apart, as a scan leaves them"
    edits: list[Edit] = []
    for passage in passages(draft):
        line = draft.text[passage.start : passage.end]
        gaps = len(_GAP.findall(line))
        if gaps < _FEWEST or gaps <= sum(len(run) - 1 for run in _RUN.findall(line)):
            continue
        if not verse.overlap(passage.start, passage.end):
            edits += (
                Edit(_NAME, passage.start + at.start(), passage.start + at.end(), "", why, 0.9)
                for at in _BLANK.finditer(line)
            )
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=625,
    summary="Takes out blanks between Chinese characters where most of a line has them.",
    why="A line that a person wrote has few; one with more gaps than joints was read so.",
    apply=_apply,
    examples=(
        Example("河 水 在 夜 里 涨 了 三 尺 。", "河水在夜里涨了三尺。"),
        Example("前 言", "前 言"),
        Example("船家 王五 李六 都在岸上等着天亮。", "船家 王五 李六 都在岸上等着天亮。"),
    ),
)
