"""Writes dots that stand for something left out as an ellipsis."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import is_wide, left_alone, left_of, passages, right_of
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "ellipses"
_DOTS = re.compile(r"(?:\.\.|…|。。)[.…。]*")
_ELLIPSIS = re.compile(r"\.{3,}|…+|。{3,}|\.{2,}…+|…+\.{2,}")
_RIGHT_IN_CHINESE = ("……", "…………")  # the second is for a paragraph left out
_LEADERS = 7  # dots of a table of contents, before a number


def _apply(draft: Draft) -> RuleOutcome:
    if not _DOTS.search(draft.text):
        return RuleOutcome()
    alone = left_alone(draft)
    edits = []
    for passage in passages(draft):
        for found in _DOTS.finditer(draft.text, passage.start, passage.end):
            dots = found.group()
            if len(dots) >= _LEADERS or not _ELLIPSIS.fullmatch(dots):
                continue
            if dots in _RIGHT_IN_CHINESE or (passage.japanese and dots == "…"):
                continue
            if found.start() in alone:
                continue
            left = left_of(draft.text, found.start(), passage.start)
            right = right_of(draft.text, found.end(), passage.end)
            after = _after(dots, left, right, passage.wide)
            if after != dots:
                why = (
                    "these dots are an ellipsis, which has six dots in Chinese and three in English"
                )
                edits.append(Edit(_NAME, found.start(), found.end(), after, why, 0.95))
    return RuleOutcome(tuple(edits))


def _after(dots: str, left: str, right: str, wide: bool) -> str:
    if (wide or not right) and (is_wide(left) or (not left and is_wide(right))):
        return "……"
    if dots == "..." and not wide and (left.isalpha() or right.isalpha()):
        return "…"
    return dots


RULE = Rule(
    name=_NAME,
    order=820,
    summary="Writes three dots or stops as an ellipsis: six dots beside Han, three beside Latin.",
    why="Rows of dots before page numbers, and dots beside digits, stay as they are.",
    apply=_apply,
    examples=(
        Example("他想了想...又说：雾会散的。。。", "他想了想……又说：雾会散的……"),
        Example("She waited... and then she left.", "She waited… and then she left."),
    ),
)
