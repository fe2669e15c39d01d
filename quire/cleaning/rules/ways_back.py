"""Takes away the arrows behind notes that lead back to their callouts on a screen."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "ways-back"
_ARROW = re.compile("[↑↩⤴↵]")
# One arrow, or one for each callout with its number: ↩, ↑, ↑1 ↑2.
_ARROWS = re.compile(
    r"(?<=[.!?。！？…”’」』）)\]])\s{0,3}(?:[↑↩⤴↵][\ufe0e\ufe0f]?\s?\d{0,2}[\s,，、]{0,2}){1,40}\Z"
)
_NOTE = re.compile(r"[\[〔（(【]?(?:注\s?)?\d{1,3}[\]〕）)】.、．\s]|[①-⑳㉑-㉟㊱-㊿*†‡§]")
_TAIL = 200  # characters that arrows at a note's end may take


def _apply(draft: Draft) -> RuleOutcome:
    if not _ARROW.search(draft.text):
        return RuleOutcome()
    edits = []
    for block in draft.blocks():
        if block.has(MarkKind.MARKDOWN) or not _NOTE.match(block.text):
            continue
        found = _ARROWS.search(block.text[-_TAIL:])
        if found:
            start = block.end - (found.end() - found.start())
            edits.append(Edit(_NAME, start, block.end, "", "an arrow led back to the callout"))
    return RuleOutcome(tuple(edits))


_BOOK = "渡口有雾[1]。\n\n没有船。\n\n注释\n\n[1] 某人：《河志》，第3页。"

RULE = Rule(
    name=_NAME,
    order=380,
    summary="Takes away the arrows behind notes that lead back to their callouts on a screen.",
    why="They stand behind the last sentence of what begins as a note does, and say nothing; the "
    "book makes ways back anew.",
    apply=_apply,
    examples=(
        Example(f"{_BOOK} ↑1 ↑2", _BOOK),
        Example("雨前水位线是↑1，雨后是↑2。", "雨前水位线是↑1，雨后是↑2。"),
    ),
)
