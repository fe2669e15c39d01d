"""Writes list items with their marks."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.form import FormBlock, form_blocks, insertion, line_starts
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "list-form"
_NUMBER = re.compile(r"\(?(?:(?P<number>[0-9]{1,9})|(?P<letter>[a-z]))[.)]?")
_DEPTH = re.compile(r"bullet-([1-9])")
_INDENT = "    "


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    before: FormBlock | None = None
    last: Mark | None = None
    number, delimiter = 0, "."
    for block in form_blocks(draft, MarkKind.ITEM):
        mark = block.mark(MarkKind.ITEM)
        if mark is None:
            before = last = None
            number = 0
            continue
        starts = line_starts(block, draft.text)
        if mark == last:
            inner = _INDENT * _depth(mark.value)
            edits += [insertion(_NAME, at, inner, "goes on with its item") for at in starts]
        else:
            counted = _number(mark.value)
            if before is not None and counted and counted != number + 1:
                # Numbers that start anew are another list; another sign tells pandoc so.
                delimiter = ")" if delimiter == "." else "."
            if before is not None:
                tight = Edit(_NAME, before.end, starts[0], "\n", "items of one list")
                edits.append(tight)
            inner = _INDENT * _depth(mark.value)
            marker = inner[len(_INDENT) :] + (f"{counted}{delimiter} " if counted else "- ")
            edits.append(insertion(_NAME, starts[0], marker, "an item of a list in the source"))
            edits += [insertion(_NAME, at, inner, "goes on with its item") for at in starts[1:]]
            number = counted
        before, last = block, mark
    return RuleOutcome(tuple(edits))


def _depth(value: str) -> int:
    """How deep an item lies: 1, or more inside another item."""
    found = _DEPTH.fullmatch(value)
    return int(found[1]) if found else 1


def _number(value: str) -> int:
    """What the item's printed number says; 0 for a bullet."""
    found = _NUMBER.fullmatch(value.strip())
    if not found:
        return 0
    return int(found["number"]) if found["number"] else ord(found["letter"]) - ord("a") + 1


RULE = Rule(
    name=_NAME,
    order=910,
    summary="Writes the items of lists in Markdown, with a hyphen or their number.",
    why="Only for what the source's format, or a rule before, says is an item.",
    apply=_apply,
    examples=(
        Example(
            "A lamp\n\nA rope",
            "- A lamp\n- A rope",
            (Hint(0, 6, HintKind.ITEM, "bullet"), Hint(8, 14, HintKind.ITEM, "bullet")),
        ),
        Example(
            "Boats\n\nof oak",
            "- Boats\n    - of oak",
            (Hint(0, 5, HintKind.ITEM, "bullet"), Hint(7, 13, HintKind.ITEM, "bullet-2")),
        ),
        Example(
            "解缆\n\n起锚",
            "3. 解缆\n4. 起锚",
            (Hint(0, 2, HintKind.ITEM, "3"), Hint(4, 6, HintKind.ITEM, "4")),
        ),
    ),
)
