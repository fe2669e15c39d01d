"""Put note bodies, captions and front matter into blocks of their own."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "blocks-apart"
_KINDS = (MarkKind.NOTE, MarkKind.MATTER, MarkKind.FIGURE, MarkKind.DESCRIPTION, MarkKind.HEADING)
_BLANKS = " \t\u3000"


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    furniture = draft.marked(MarkKind.FURNITURE)
    at_furniture = {mark.start for mark in furniture} | {mark.end for mark in furniture}
    from_format = draft.spans(MarkKind.MARKDOWN)
    edits = []
    done = -1
    marks = draft.marked(*_KINDS)
    for place in sorted({mark.start for mark in marks} | {mark.end for mark in marks}):
        left = right = place
        while left and text[left - 1] in _BLANKS:
            left -= 1
        while right < len(text) and text[right] in _BLANKS:
            right += 1
        touches = {left, right} & at_furniture or left == 0 or right == len(text)
        if touches or left < done or from_format.overlap(left, right + 1):
            continue
        breaks = text[max(0, left - 2) : left].count("\n") + text[right : right + 2].count("\n")
        if breaks >= 2 and (text[left - 1] == "\n" or text[right] == "\n"):
            continue
        if text[left - 1] == "\n" or text[right] == "\n":
            edits.append(Edit(_NAME, place, place, "\n", "a block of its own"))
        else:
            edits.append(Edit(_NAME, left, right, "\n\n", "a block of its own"))
        done = right
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=600,
    summary="Puts note bodies, captions and front matter into blocks of their own.",
    why="Only line ends come in, at the edges of what other rules have found.",
    apply=_apply,
    examples=(
        Example("灯在水边亮着。责任编辑：某人", "灯在水边亮着。\n\n责任编辑：某人"),
        Example("灯在水边亮着，编辑是某人。", "灯在水边亮着，编辑是某人。"),
    ),
)
