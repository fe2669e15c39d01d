"""Finds block quotations by their indent: every line of them stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.geometry import printed_pages
from quire.cleaning.lines import MeasuredLine, groups_of_lines
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["RULE"]

_FEWEST_FLUSH = 8  # groups of lines that stand flush: what a text's lines do on the whole
_MOST = 0.25  # of the groups: more that stand in, and it says nothing
_LEAST, _DEEPEST = 2, 12  # cells that a quotation stands in
_NARROWEST = 40  # cells of its lines
_FULL = 0.75  # of its widest line: every line but the last
_TWO_LINES = re.compile(r"\n([ \t\u3000]{1,12})\S[^\n]{18,200}\n\1\S")
_GAP = re.compile(r"\S[ \u3000]{3}\S?|\t")
_LISTED = re.compile(r"[-–—•●*·|+\d(（\[【①-⑳]")
_KINDS = (MarkKind.MARKDOWN, MarkKind.ITEM, MarkKind.VERSE, MarkKind.QUOTE, MarkKind.FURNITURE)


def _is_quotation(group: Sequence[MeasuredLine]) -> bool:
    """Whether a group of lines is prose of which every line stands in by the same."""
    first, rest = group[0], group[1:]
    if not rest:
        return False
    indent = rest[0].indent
    if not _LEAST <= indent <= _DEEPEST or any(line.indent != indent for line in rest):
        return False
    if not indent <= first.indent <= indent + 4:
        return False
    widest = max(line.width for line in group)
    if widest < _NARROWEST or any(line.width < _FULL * widest for line in group[:-1]):
        return False
    if any(_GAP.search(line.text) for line in group):
        return False
    return (
        not _LISTED.match(first.text)
        and not heading_label(first.text)
        and ends_sentence(group[-1].text)
    )


def _is_cut(before: Sequence[MeasuredLine]) -> bool:
    """Whether what stands above breaks off: a page's end has cut one quotation in two."""
    return bool(before) and before[-1].indent >= _LEAST and not ends_sentence(before[-1].text)


def _apply(draft: Draft) -> RuleOutcome:
    if not _TWO_LINES.search(draft.text):
        return RuleOutcome()
    if printed_pages(draft) or draft.marked(MarkKind.QUOTE):
        return RuleOutcome()  # the format has told
    groups = list(groups_of_lines(draft.text, draft.spans(*_KINDS)))
    long = [group for group in groups if len(group) > 1]
    flush = sum(all(line.indent == 0 for line in group[1:]) for group in long)
    found = [
        group
        for before, group in pairwise([[], *groups])
        if _is_quotation(group) and not _is_cut(before)
    ]
    if flush < _FEWEST_FLUSH or len(found) > _MOST * len(long):
        return RuleOutcome()
    return RuleOutcome(
        add=tuple(
            Mark(group[0].start + _blanks(draft.text, group[0]), group[-1].end, MarkKind.QUOTE)
            for group in found
        )
    )


def _blanks(text: str, line: MeasuredLine) -> int:
    """The characters before a line's first word."""
    raw = text[line.start : line.end]
    return len(raw) - len(raw.lstrip())


_PROSE = (
    "The ferry had left the landing before the lamp was lit, and nobody on\n"
    "the bank could say who had been aboard that evening."
)
_QUOTED = (
    "    Whoever lights a lamp for one boat has lit it for all of them,\n"
    "    and whoever puts it out too early has put out his own name."
)
_TEXT = "\n\n".join([_PROSE] * 5 + [_QUOTED] + [_PROSE] * 5)
_STEPPED = "\n\n".join([_QUOTED] * 6)

RULE = Rule(
    name="block-quotes",
    order=143,
    summary="Finds block quotations by their indent: every line of them stands in.",
    why="Most of the text stands flush; the lines of a quotation are prose, stand in by the same, "
    "and are as wide as each other. The text isn't touched.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT), Example(_STEPPED, _STEPPED)),
)
