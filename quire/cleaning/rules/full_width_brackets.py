"""Makes brackets full-width in Chinese text, both or neither."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import (
    Passage,
    has_wide,
    is_wide,
    left_alone,
    left_of,
    passages,
    right_of,
)
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "full-width-brackets"
_OPEN = "(（"
_BRACKET = re.compile("[()（）]")
_TUPLE = re.compile(r"[-+]?\d[\d.]*(?:, ?[-+]?\d[\d.]*)+")  # (3, 4) is a place, and mathematics
_LONGEST = 5_000  # characters between two brackets that belong together
_WHY = "a bracket around or beside Han is full-width, and so is its partner"


def _pairs(text: str, passage: Passage) -> list[tuple[int, int]]:
    """The places of brackets that belong together, of either width."""
    pairs, waiting = [], []
    for found in _BRACKET.finditer(text, passage.start, passage.end):
        if found.group() in _OPEN:
            waiting.append(found.start())
        elif waiting:
            pairs.append((waiting.pop(), found.start()))
    return pairs


def _is_due(text: str, opening: int, closing: int, passage: Passage) -> bool:
    if closing - opening > _LONGEST:
        return False
    if has_wide(text, opening + 1, closing):
        return True
    if passage.japanese or _TUPLE.fullmatch(text, opening + 1, closing):
        return False
    before = text[max(passage.start, opening - 2) : opening].rstrip(" ")[-1:]
    if before.isascii() and before.isalnum():
        return False  # f(x), No.1(1994), Rivers (London, 1920)
    left = left_of(text, opening, passage.start)
    return is_wide(left) or is_wide(right_of(text, closing + 1, passage.end))


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if "(" not in text and ")" not in text:
        return RuleOutcome()
    alone = left_alone(draft)
    edits = []
    for passage in passages(draft):
        if not passage.wide:
            continue
        for opening, closing in _pairs(text, passage):
            if opening in alone or closing in alone or not _is_due(text, opening, closing, passage):
                continue
            if text[opening] == "(":
                edits.append(Edit(_NAME, opening, opening + 1, "（", _WHY, 0.98))
            if text[closing] == ")":
                edits.append(Edit(_NAME, closing, closing + 1, "）", _WHY, 0.98))
    return RuleOutcome(tuple(sorted(edits, key=lambda edit: edit.start)))


RULE = Rule(
    name=_NAME,
    order=830,
    summary="Makes a pair of brackets full-width when Han stands in it or beside it.",
    why="Both change or neither; in an English passage, and after a Latin word or number, none.",
    apply=_apply,
    examples=(
        Example("渡口(见图)在下游,编号(A12)、(B7)。", "渡口（见图）在下游,编号（A12）、（B7）。"),
        Example("他算出f(x)等于三。", "他算出f(x)等于三。"),
        Example("见www.river.example/a(昨日查阅)。", "见www.river.example/a（昨日查阅）。"),
        Example(
            "参看 Hall, Rivers (London, 1920)；中译本《河》。",
            "参看 Hall, Rivers (London, 1920)；中译本《河》。",
        ),
    ),
)
