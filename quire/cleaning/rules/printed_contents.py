"""Takes away a printed list of contents: every edition makes its own."""

from __future__ import annotations

import re

from quire.cleaning.draft import Block, Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "printed-contents"
_FEWEST, _LONGEST = 3, 80
_TITLE = re.compile(r"目\s*[录錄次]|(?:table\s+of\s+)?contents", re.IGNORECASE)
# What a list of contents has behind a title: leaders and a folio.
_FOLIO = re.compile(r"(?:[\s.…·．‥-]{2,}|\s)[(（]?(?:[0-9]{1,4}|[ivxlc]{1,7})[)）]?$|[.…·．‥]{3,}$")


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    last = {_bare(one.text): place for place, one in enumerate(blocks) if _is_short(one)}
    edits = []
    for place, block in enumerate(blocks):
        if not _TITLE.fullmatch(block.text):
            continue
        end = place + 1
        while end < len(blocks) and _comes_again(blocks[end], end, last):
            end += 1
        if end - place > _FEWEST:
            until = blocks[end].start if end < len(blocks) else len(draft.text)
            why = f"each of its {end - place - 1} lines stands again as a heading of the text"
            edits.append(Edit(_NAME, block.start, until, "", why, 0.95))
            break
    return RuleOutcome(tuple(edits))


def _is_short(block: Block) -> bool:
    return len(block.text) <= _LONGEST


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _comes_again(block: Block, place: int, last: dict[str, int]) -> bool:
    """Whether the line, with or without its folio, is a block of its own further down."""
    if not _is_short(block):
        return False
    title = _FOLIO.sub("", block.text)
    return any(last.get(_bare(one), 0) > place for one in (title, block.text))


RULE = Rule(
    name=_NAME,
    order=215,
    summary="Takes away a printed list of contents, since every edition makes its own.",
    why="Only under the word for contents, and only while each line stands again as a line of its "
    "own further down: nothing is lost but folios that would be wrong.",
    apply=_apply,
    examples=(
        Example(
            "目录\n\n雾……1\n\n潮……9\n\n岸……17\n\n雾\n\n起雾了。\n\n潮\n\n退潮了。\n\n岸\n\n岸还在。",
            "雾\n\n起雾了。\n\n潮\n\n退潮了。\n\n岸\n\n岸还在。",
        ),
        Example("目录\n\n雾\n\n潮\n\n岸还在。", "目录\n\n雾\n\n潮\n\n岸还在。"),
    ),
)
