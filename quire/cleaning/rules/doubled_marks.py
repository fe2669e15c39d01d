"""Takes out the second of two marks or particles where nothing can be read into it."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "doubled-marks"
# What must stand before comes last in a pattern, so that a search begins with a sign.
_MARK = re.compile(r"([，、；：。])\1(?<![，、；：。]..)(?![，、；：。])")
# 不甚了了, 小时了了, 受不了了 and 了了分明 are right; a verb with two 了 and a noun behind isn't.
_PARTICLE = re.compile(
    r"了了(?<=[\u3400-\u9fff]了了)(?<![不得没甚时未了]了了)(?=[\u3400-\u9fff])(?![了分无可事])"
)
_DOUBTFUL = re.compile(
    r"的的(?<![目标打有端中众无]的的)(?!确|士|哥)|的地(?<!目的地)(?=[将把])"
    r"|着着(?<=[\u3400-\u9fff]着着)(?=[\u3400-\u9fff])|，[。；、：]|。，|、[，。；]"
)


def _apply(draft: Draft) -> RuleOutcome:
    alone = left_alone(draft)
    edits = [
        Edit(_NAME, found.start() + 1, found.end(), "", why, 0.9)
        for pattern, why in (
            (_MARK, "the mark stands twice"),
            (_PARTICLE, "the particle stands twice, and no set phrase has it so"),
        )
        for found in pattern.finditer(draft.text)
        if found.start() not in alone
    ]
    questions = tuple(
        Question(found.start(), found.end(), found.group()[0], "one of the two may be stray", 0.5)
        for found in _DOUBTFUL.finditer(draft.text)
    )
    return RuleOutcome(tuple(sorted(edits, key=lambda edit: edit.start)), questions=questions)


RULE = Rule(
    name=_NAME,
    order=840,
    summary="Takes out the second of two equal marks, and of two 了; asks about other pairs.",
    why="Set phrases with the pair are left out; a pair that could be meant is only asked about.",
    apply=_apply,
    examples=(
        Example("他上了了船，，雾散了。", "他上了船，雾散了。"),
        Example("我受不了了，他却不甚了了。", "我受不了了，他却不甚了了。"),
    ),
)
