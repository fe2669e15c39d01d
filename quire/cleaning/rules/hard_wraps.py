"""Joins the lines of a wrapped paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "hard-wraps"
_APART = (MarkKind.MARKDOWN, MarkKind.VERSE, MarkKind.ITEM)
_LINE_END = re.compile(r"\n *")
# Scripts written without blanks between words: Han, kana, and their marks.
_UNSPACED = re.compile(
    "[\u2e80-\u312f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003fffd“”‘’…—①-⑳]"
)
_HAN = re.compile("[\u2e80-\u312f\u31c0-\u9fff\uff00-\uffef]")


_WHY = "a program wrapped the line here"


@lru_cache(maxsize=4096)
def _joint(before: str, after: str) -> str:
    """What stands between two lines' characters once they are one line."""
    if _HAN.match(before) or _HAN.match(after):
        return ""
    return "" if _UNSPACED.match(before) and _UNSPACED.match(after) else " "


def _apply(draft: Draft) -> RuleOutcome:
    if "\n" not in draft.text.replace("\n\n", ""):
        return RuleOutcome()
    edits = []
    text, apart = draft.text, draft.spans(*_APART)
    for block in draft.blocks():
        if "\n" not in block.text or block.has(*_APART):
            continue
        for found in _LINE_END.finditer(text, block.start, block.end):
            start, end = found.span()
            while text[start - 1] == " ":
                start -= 1
            if not (apart and apart.overlap(start, end)):
                joint = _joint(text[start - 1], text[end])
                edits.append(Edit(_NAME, start, end, joint, _WHY, 0.95))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=645,
    summary="Joins the lines of a wrapped paragraph, with a blank only where the script has them.",
    why="Lines that end a paragraph were told apart before; those left were wrapped.",
    apply=_apply,
    examples=(
        Example(
            "The keeper had counted the boats twice that evening and had found\n"
            "one too many, which he did not write down.",
            "The keeper had counted the boats twice that evening and had found "
            "one too many, which he did not write down.",
        ),
        Example(
            "守渡口的人在黄昏时把船数了两遍，每一遍都多出一\n条，他没有把这件事写进簿子里。",
            "守渡口的人在黄昏时把船数了两遍，每一遍都多出一条，他没有把这件事写进簿子里。",
        ),
    ),
)  # fmt: skip
