"""Writes full-width letters and digits as plain ones where the text has plain ones elsewhere."""

from __future__ import annotations

import re
import unicodedata

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.neighbours import left_alone, passages
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "full-width-letters"
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?")
_PLAIN = re.compile("[0-9A-Za-z]+")
_SENTENCE = re.compile("[。！？；，,.!?;]")
_TIMES = 2  # as many plain ones as full-width ones make these the odd ones


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    wide = sum(map(len, _WIDE.findall(text)))
    if not wide or sum(map(len, _PLAIN.findall(text))) < _TIMES * wide:
        return RuleOutcome()
    alone = left_alone(draft)
    why = "letters and digits of the text are plain elsewhere"
    edits = []
    for passage in passages(draft):
        if passage.japanese or not _SENTENCE.search(text, passage.start, passage.end):
            continue  # Japanese sets a single one so; a line without a sentence is a label
        for found in _WIDE.finditer(text, passage.start, passage.end):
            if found.start() not in alone:
                after = unicodedata.normalize("NFKC", found.group())
                edits.append(Edit(_NAME, *found.span(), after, why, 0.8))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=804,
    summary="Writes full-width letters and digits as plain ones.",
    why="The text has plain ones mostly; labels, Japanese and a text of one custom stay.",
    apply=_apply,
    examples=(
        Example(
            "渡口在２０世纪停用，见1998年版第15页，编号Ｂ。",
            "渡口在20世纪停用，见1998年版第15页，编号B。",
        ),
        Example("渡口在２０世纪停用，见１９９８年版。", "渡口在２０世纪停用，见１９９８年版。"),
    ),
)
