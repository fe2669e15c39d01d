"""Takes out the blanks that space out a short name in a heading: 前　言."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.matter_names import role_of
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import HAN, NOTES_HEADINGS

__all__ = ["RULE"]

_NAME = "spaced-names"
_SPACED = re.compile(rf"[{HAN}](?:[ \u3000\u2002\u2003]{{1,4}}[{HAN}]){{1,3}}")
_BLANKS = re.compile(r"[ \u3000\u2002\u2003]+")


def _apply(draft: Draft) -> RuleOutcome:
    edits = []
    for mark in draft.marked(MarkKind.HEADING):
        text = draft.text[mark.start : mark.end]
        if not _SPACED.fullmatch(text):
            continue
        name = _BLANKS.sub("", text)
        if role_of(name) == "chapter" and not NOTES_HEADINGS.fullmatch(name):
            continue
        why = "the blanks only space the name out"
        edits += [
            Edit(_NAME, mark.start + at.start(), mark.start + at.end(), "", why)
            for at in _BLANKS.finditer(text)
        ]
    return RuleOutcome(tuple(edits))


_TEXT = "前　言\n\n城里办事的大厅，多半有一条柜台。\n\n第一章 灯\n\n灯亮着，一夜没有灭。"
_LIST = "船家 王五\n\n渡口有雾，船家都没有出门。"

RULE = Rule(
    name=_NAME,
    order=695,
    summary="Takes out the blanks that space out a short name in a heading: 前　言.",
    why="Setting spaces a heading out; only names of a book's parts are looked at.",
    apply=_apply,
    examples=(
        Example(_TEXT, _TEXT.replace("前　言", "前言")),
        Example(_LIST, _LIST),
    ),
)
