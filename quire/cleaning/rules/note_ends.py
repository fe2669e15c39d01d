"""Let notes end with their last word, once what stood on the next page has come to them."""

from __future__ import annotations

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "note-ends"


def _apply(draft: Draft) -> RuleOutcome:
    drop: list[Mark] = []
    add: list[Mark] = []
    for mark in draft.marked(MarkKind.NOTE, MarkKind.MATTER):
        text = draft.text[mark.start : mark.end]
        if text[-1:].isspace() and text.strip():
            drop.append(mark)
            add.append(Mark(mark.start, mark.start + len(text.rstrip()), mark.kind, mark.value))
    return RuleOutcome(add=tuple(add), drop=frozenset(drop))


_CUT = (
    "The ferry was late.[1] The keeper blamed the river and went home to\n\n"
    "[1] Hale, Tides of the Western Harbours, which was printed in\n\n"
    "his wife, who had been waiting at the door.[2] Nobody spoke.\n\n"
    "two volumes by the author, 1902, p. 3.\n\n[2] The same, p. 4."
)
_WHOLE = (
    "The ferry was late.[1] The keeper blamed the river and went home to\n\n"
    "Hale, Tides of the Western Harbours, which was printed in "
    "two volumes by the author, 1902, p. 3.\n\n"
    "his wife, who had been waiting at the door.[2] Nobody spoke.\n\nThe same, p. 4."
)

RULE = Rule(
    name=_NAME,
    order=401,
    summary="Lets a note that ran over to the next page end with its last word.",
    why="Only blanks are left out of the note; no character changes.",
    apply=_apply,
    examples=(
        Example(_CUT, _WHOLE),
        Example("The ferry was late.\n\nNobody spoke.", "The ferry was late.\n\nNobody spoke."),
    ),
)
