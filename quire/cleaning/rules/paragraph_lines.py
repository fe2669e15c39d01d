"""Tells lines that are paragraphs from lines that were wrapped, and finds verse."""

from __future__ import annotations

from statistics import median

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import Line, breaks, groups_of_lines, is_verse, measure_of
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "paragraph-lines"
_PROSE = 60  # cells: text is prose when most blocks have a line of this width


def _is_prose(groups: list[list[Line]], measure: int) -> bool:
    """Whether a text is prose, so that a group of short lines stands out."""
    return bool(measure) or median(max(one.width for one in group) for group in groups) >= _PROSE


def _apply(draft: Draft) -> RuleOutcome:
    apart = draft.spans(MarkKind.MARKDOWN, MarkKind.VERSE, MarkKind.ITEM)
    groups = list(groups_of_lines(draft.text, apart.overlap))
    if all(len(group) == 1 for group in groups):
        return RuleOutcome()
    measure = measure_of(groups)
    prose = _is_prose(groups, measure)
    why = f"lines are wrapped at {measure} cells; this one isn't full" if measure else (
        "lines aren't wrapped, so each is a paragraph"
    )  # fmt: skip
    edits: list[Edit] = []
    verse: list[Mark] = []
    for group in groups:
        if prose and is_verse(group, measure):
            verse.append(Mark(group[0].start, group[-1].end, MarkKind.VERSE))
            continue
        edits += (
            Edit(_NAME, line.end, line.end, "\n", why, 0.9) for line in breaks(group, measure)
        )
    return RuleOutcome(tuple(edits), add=tuple(verse))


_WRAPPED = (
    "The ferry had left the landing before the lamp was lit, and nobody on\n"
    "the bank could say who had been aboard. The keeper wrote the hour in\n"
    "his book.\n"
    "  In the morning the rope was found cut, and the boat lay on its side\n"
    "below the weir."
)

RULE = Rule(
    name=_NAME,
    order=140,
    summary="Puts a blank line after each line that ends a paragraph, and marks verse.",
    why="Wrapped lines are all nearly full; a line with room left for the next word was ended.",
    apply=_apply,
    examples=(
        Example("　　船来了。\n　　人上去了。", "　　船来了。\n\n　　人上去了。"),
        Example(_WRAPPED, _WRAPPED.replace("book.\n", "book.\n\n")),
    ),
)  # fmt: skip
