"""Makes commas, colons and other marks full-width in Chinese text."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import (
    Passage,
    is_wide,
    is_wide_text,
    left_alone,
    left_of,
    passages,
    right_of,
)
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "full-width-marks"
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", ".": "。"}
# A blank behind the mark goes with it: the full-width mark carries its own.
_MARK = re.compile("[,:;?!.] ?")
_HAN_STOP = re.compile(r"\.(?<=[\u3400-\u9fff]\.)")
_LABEL = re.compile(r"[〇一二三四五六七八九十百]{1,4}$")
_FOREIGN = 80  # characters before a mark that are looked at
_FOREIGN_BEFORE = re.compile(
    r"[A-Za-z\u00c0-\u024f] ?\(?[^()\u2e80-\uffff]*[A-Za-z0-9\u00c0-\u024f)]$"
)
_FOREIGN_WORDS = re.compile(r"[A-Za-z\u00c0-\u024f,.] [A-Za-z\u00c0-\u024f]+$")
_CLOSES = frozenset(")）\"'”’")
_DOTS = frozenset(".。…")
_WHY = "a mark beside Han is full-width"
_WHY_INSIDE = "a mark between two Han is full-width"
_WHY_BESIDE = "a mark beside Han, without a blank, is full-width in a Chinese text"
_JAPANESE = "?!"  # its commas and stops are others, or were meant so


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    alone = left_alone(draft)
    dotted = len(_HAN_STOP.findall(text)) > text.count("。")
    edits = []
    for passage in passages(draft):
        for found in _MARK.finditer(text, passage.start, passage.end):
            start, end = found.span()
            mark = text[start]
            if passage.wide:
                due = _is_due(text, start, end, passage, dotted)
                why, confidence = _WHY, 0.98
            else:
                tight = mark != "." and end == start + 1
                due = tight and _is_inside(text, start, passage)
                why, confidence = _WHY_INSIDE, 0.8
                if tight and not due and _is_beside(text, start, passage):
                    due, why = is_wide_text(text), _WHY_BESIDE
            if due and not (alone and start in alone):
                after = _FULL[mark]
                if end - start == 2 and not right_of(text, end, passage.end):
                    after += " "
                edits.append(Edit(_NAME, start, end, after, why, confidence))
    return RuleOutcome(tuple(edits))


def _is_inside(text: str, at: int, passage: Passage) -> bool:
    """Whether Han stand right before and right behind a mark."""
    inside = passage.start < at < passage.end - 1
    return inside and is_wide(text[at - 1]) and is_wide(text[at + 1])


def _is_beside(text: str, at: int, passage: Passage) -> bool:
    """Whether a Han stands right before or right behind a mark, and no blank on its other side."""
    if not passage.start < at < passage.end - 1:
        return False
    before, behind = text[at - 1], text[at + 1]
    han = "\u4e00" <= before <= "\u9fff" or "\u4e00" <= behind <= "\u9fff"
    return han and not (before.isspace() or behind.isspace())


def _is_due(text: str, start: int, end: int, passage: Passage, dotted: bool) -> bool:
    """Whether the mark at `start`, in a Chinese passage, is to be full-width."""
    mark = text[start]
    if passage.japanese and mark not in _JAPANESE:
        return False
    if mark == ".":
        if _DOTS.intersection(
            text[max(passage.start, start - 1) : start] + text[start + 1 : end + 1]
        ):
            return False
        before = text[max(passage.start, start - 5) : start]
        left = left_of(text, start, passage.start)
        return is_wide(left) and _is_stop(before, right_of(text, end, passage.end), dotted)
    if start > passage.start and "\u4e00" <= text[start - 1] <= "\u9fff":
        return True
    if _ends_foreign_words(text, start, end, passage):
        return False
    return is_wide(left_of(text, start, passage.start)) or is_wide(right_of(text, end, passage.end))


def _ends_foreign_words(text: str, start: int, end: int, passage: Passage) -> bool:
    """Whether a mark belongs to foreign words: they stand before it, and a blank or bracket behind.

    Where a bracket or a quote closes behind it, there must be more than one word.
    """
    before = text[max(passage.start, start - _FOREIGN) : start]
    if end - start == 2:
        return _FOREIGN_BEFORE.search(before) is not None
    closes = text[start + 1 : start + 2] in _CLOSES
    return closes and _FOREIGN_WORDS.search(before) is not None


def _is_stop(before: str, right: str, dotted: bool) -> bool:
    """Whether a dot behind Han is a full stop: at an end, or in a text that uses dots.

    Args:
        before: some characters before the dot, from the line's beginning on.
        right: what comes behind it.
        dotted: whether more of the text's sentences end in a dot than in a full stop.
    """
    return not _LABEL.fullmatch(before) and (right == "" or (dotted and is_wide(right)))


_CHINESE = "雾从河口上来，渡船停了三天，没有人知道对岸的消息。"

RULE = Rule(
    name=_NAME,
    order=835,
    summary="Makes , : ; ? ! and a closing dot full-width beside Han, with the blank behind them.",
    why="At least one neighbour is Han; between Latin words, numbers and in addresses none is.",
    apply=_apply,
    examples=(
        Example("船开了,雾还没散;谁在喊?是他!", "船开了，雾还没散；谁在喊？是他！"),
        Example("钟上是9:30,水位1,200尺。", "钟上是9:30，水位1,200尺。"),
        Example(
            f"{_CHINESE}\n\nPort of Two Rivers,见下文。",
            f"{_CHINESE}\n\nPort of Two Rivers，见下文。",
        ),
        Example("The word 渡, an old one, is lost.", "The word 渡, an old one, is lost."),
    ),
)  # fmt: skip
