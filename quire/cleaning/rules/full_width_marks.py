"""Makes commas, colons and other marks full-width in Chinese text."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import is_wide, left_alone, left_of, passages, right_of
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "full-width-marks"
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", ".": "。"}
# A blank behind the mark goes with it: the full-width mark carries its own.
_MARK = re.compile(r"(?P<mark>[,:;?!]|(?<![.。…])\.(?![.。…]))(?P<blank> ?)")
_HAN_STOP = re.compile(r"[\u3400-\u9fff]\.")
_LABEL = re.compile(r"[〇一二三四五六七八九十百]{1,4}$")
_WHY = "a mark beside Han is full-width"


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    alone = left_alone(draft)
    dotted = len(_HAN_STOP.findall(text)) > text.count("。")
    edits = []
    for passage in passages(draft):
        if not passage.wide:
            continue
        for found in _MARK.finditer(text, passage.start, passage.end):
            left = left_of(text, found.start(), passage.start)
            right = right_of(text, found.end(), passage.end)
            if found["mark"] == ".":
                due = _is_stop(text[passage.start : found.start()][-5:], left, right, dotted)
            else:
                due = is_wide(left) or is_wide(right)
            if due and found.start() not in alone:
                blank = found["blank"] if right == "" else ""
                after = _FULL[found["mark"]] + blank
                edits.append(Edit(_NAME, found.start(), found.end(), after, _WHY, 0.98))
    return RuleOutcome(tuple(edits))


def _is_stop(before: str, left: str, right: str, dotted: bool) -> bool:
    """Whether a dot is a Chinese full stop: behind Han, at an end, or in a text that uses dots.

    Args:
        before: some characters before the dot, from the line's beginning on.
        left: the character that it follows.
        right: what comes behind it.
        dotted: whether more of the text's sentences end in a dot than in a full stop.
    """
    if not is_wide(left) or _LABEL.fullmatch(before):
        return False
    return right == "" or (dotted and is_wide(right))


RULE = Rule(
    name=_NAME,
    order=835,
    summary="Makes , : ; ? ! and a closing dot full-width beside Han, with the blank behind them.",
    why="At least one neighbour is Han; between Latin words, numbers and in addresses none is.",
    apply=_apply,
    examples=(
        Example("船开了,雾还没散;谁在喊?是他!", "船开了，雾还没散；谁在喊？是他！"),
        Example("钟上是9:30,水位1,200尺。", "钟上是9:30，水位1,200尺。"),
        Example("The word 渡, an old one, is lost.", "The word 渡, an old one, is lost."),
    ),
)  # fmt: skip
