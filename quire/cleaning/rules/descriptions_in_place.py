"""Put the words left of a drawing behind its caption."""

from __future__ import annotations

from itertools import pairwise

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "descriptions-in-place"


def _apply(draft: Draft) -> RuleOutcome:
    edits = []
    for left, right in pairwise(draft.blocks()):
        if left.has(MarkKind.DESCRIPTION) and right.has(MarkKind.FIGURE):
            name = f"{_NAME}-{left.start}"
            text = left.text + "\n\n"
            if draft.text[left.start : right.start] != text:
                continue
            why = "the words of the drawing follow its caption"
            edits.append(Edit(_NAME, left.start, right.start, "", why, partner=name))
            edits.append(Edit(_NAME, right.end, right.end, "\n\n", why))
            edits.append(Edit(_NAME, right.end, right.end, text, why, partner=name))
    return RuleOutcome(_without_doubled_ends(draft, edits))


def _without_doubled_ends(draft: Draft, edits: list[Edit]) -> tuple[Edit, ...]:
    """The blank line behind a caption stands already: it is what the paste brings."""
    text = draft.text
    result = []
    for edit in edits:
        if edit.partner and edit.after and text.startswith("\n\n", edit.start):
            result.append(edit)
            result.append(Edit(_NAME, edit.start, edit.start + 2, "", edit.why))
        else:
            result.append(edit)
    return tuple(result)


_DRAWING = "船分三层，各有用处（图1）。下层装货，中层坐人。船头船舱货舱甲板船尾图1渡船的剖面"

RULE = Rule(
    name=_NAME,
    order=620,
    summary="Puts the words left of a drawing behind its caption.",
    why="They are moved whole; nothing of them is lost.",
    apply=_apply,
    examples=(Example(_DRAWING, _DRAWING),),
)
