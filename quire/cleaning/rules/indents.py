"""Takes blanks off the beginnings and ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import BLANKS
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "indents"
_WHY = "an indent or a trailing blank is layout"
_BLANKS = re.compile(rf"[{BLANKS}]+")
# Both begin with a line's end, which is found much faster than blanks, which are everywhere.
_LEADING = re.compile(rf"\n[{BLANKS}]+")
_TRAILING = re.compile(rf"\n(?<=[{BLANKS}]\n)")


def _edges(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the blanks at both ends of each line; those of a blank line at once."""
    first = _BLANKS.match(text)
    if first:
        yield first.span()
    for found in _LEADING.finditer(text):
        yield found.start() + 1, found.end()
    ends = [found.start() for found in _TRAILING.finditer(text)]
    for end in (*ends, len(text)):
        start = end
        while start and _BLANKS.match(text[start - 1]):
            start -= 1
        if 0 < start < end and text[start - 1] != "\n":
            yield start, end


def _apply(draft: Draft) -> RuleOutcome:
    verse = draft.spans(MarkKind.VERSE)
    edges = sorted(_edges(draft.text))
    if verse:
        edges = [(start, end) for start, end in edges if not verse.overlap(start, end)]
    return RuleOutcome(tuple([Edit(_NAME, start, end, "", _WHY) for start, end in edges]))


RULE = Rule(
    name=_NAME,
    order=150,
    summary="Takes blanks of any width off both ends of lines, but not off verse.",
    why="The edition sets indents by itself; which lines they began is known by now.",
    apply=_apply,
    examples=(Example("　　河面很静。  \n\n   \n\n  对岸有人。", "河面很静。\n\n\n\n对岸有人。"),),
)
