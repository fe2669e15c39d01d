"""Puts U+FFFD in the place of half a character that no file can hold."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "lone-surrogates"
_LONE = re.compile("[\ud800-\udfff]")


def _apply(draft: Draft) -> RuleOutcome:
    why = "half of a UTF-16 pair can't be written to a file"
    found = _LONE.finditer(draft.text)
    return RuleOutcome(tuple(Edit(_NAME, at.start(), at.end(), "\ufffd", why) for at in found))


RULE = Rule(
    name=_NAME,
    order=900,
    summary="Puts U+FFFD, the sign for a lost character, in the place of a lone surrogate.",
    why="A lone surrogate is no character: UTF-8 has no bytes for it.",
    apply=_apply,
    examples=(Example("水\ud83d面", "水\ufffd面"),),
    touches_markdown=True,
)
