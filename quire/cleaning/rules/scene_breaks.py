"""Writes the signs between two scenes as a thematic break."""

from __future__ import annotations

import re
from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.form import FormBlock, form_blocks
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "scene-breaks"
_BREAK = "* * *"
_PROSE = re.compile(r"[^\W\d_]{2}[^\n]*[。！？!?.…：:”’」』\"]")
# One of these alone, or several of the other signs, and nothing else on the line.
_SIGNS = re.compile(
    r"(?P<one>[※⁂◇◆☆★])(?:\s*(?P=one)){0,9}|(?P<three>[*＊~～#○●□■—–·_-])(?:\s*(?P=three)){2,19}"
)


def _is_prose(block: FormBlock) -> bool:
    """Whether a block is a text that can be a scene's last or first."""
    return block.mark(MarkKind.HEADING) is None and bool(_PROSE.search(block.text))


def _apply(draft: Draft) -> RuleOutcome:
    blocks = form_blocks(draft)
    edits: list[Edit] = []
    add: list[Mark] = []
    for (before, block), (_, behind) in pairwise(pairwise(blocks)):
        if block.markdown or block.marks or not _SIGNS.fullmatch(block.text):
            continue
        if not all(_is_prose(one) for one in (before, behind)):
            continue
        if block.text != _BREAK:
            why = "signs between two scenes"
            edits.append(Edit(_NAME, block.start, block.end, _BREAK, why, 0.9))
        add.append(Mark(block.start, block.end, MarkKind.MARKDOWN))
    return RuleOutcome(tuple(edits), tuple(add))


RULE = Rule(
    name=_NAME,
    order=904,
    summary="Writes the signs between two scenes (※, * * *, ◆) as a break that editions set.",
    why="Only for a line of such signs alone, between two blocks of text.",
    apply=_apply,
    examples=(
        Example("船走了。\n\n※\n\n天亮了。", "船走了。\n\n* * *\n\n天亮了。"),
        Example("船走了。\n\n* * *\n\n天亮了。", "船走了。\n\n* * *\n\n天亮了。"),
        Example("船走了。\n\n—\n\n天亮了。", "船走了。\n\n—\n\n天亮了。"),
    ),
)
