"""Writes characters that were taken apart, or that stand in for others, as what they are.

Only canonical equivalents are composed (NFC, Unicode Standard Annex 15), never compatible ones:
NFKC would make ① a 1 and every full-width mark ASCII. Besides, two blocks are read as what they
were made from: radicals that a PDF's font gave in the place of Han characters, and marks and kana
of half width.
"""

from __future__ import annotations

import re
import unicodedata

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "composed-characters"
# A letter with marks behind it, conjoining jamo, or characters that have a canonical equivalent.
_APART = re.compile(
    "[^\\W\\d_\u0300-\u036f]?[\u0300-\u036f\u3099\u309a]+"
    "|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    "|[\u212a\u212b\uf900-\ufaff\U0002f800-\U0002fa1f]+"
)
# A quick look for what the pattern above is slow to find.
_SIGN_OF_IT = re.compile(
    "[\u0300-\u036f\u3099\u309a\u1100-\u1112\u212a\u212b\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
_STANDS_IN = re.compile("[\u2e80-\u2fd5]+|[\uff61-\uff9f]+")
_WHY = {
    "apart": "the same character, composed (NFC)",
    "radical": "a radical that a font gave in the place of the character",
    "half": "kana and marks of half width are full-width in a book",
}


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if text.isascii():
        return RuleOutcome()
    edits = []
    for found in _APART.finditer(text) if _SIGN_OF_IT.search(text) else ():
        after = unicodedata.normalize("NFC", found.group())
        if after != found.group():
            edits.append(Edit(_NAME, found.start(), found.end(), after, _WHY["apart"]))
    for found in _STANDS_IN.finditer(text):
        is_radical = found.group() < "\u3000"
        if is_radical and not _beside_han(text, found.start(), found.end()):
            continue  # a book about radicals
        after = unicodedata.normalize("NFKC", found.group())
        if after != found.group():
            why = _WHY["radical" if is_radical else "half"]
            edits.append(Edit(_NAME, found.start(), found.end(), after, why, 0.95))
    return RuleOutcome(tuple(sorted(edits, key=lambda edit: edit.start)))


def _beside_han(text: str, start: int, end: int) -> bool:
    """Whether a Han character stands beside: the radical is one of a sentence's characters."""
    beside = text[start - 1 : start] + text[end : end + 1]
    return any("\u3400" <= sign <= "\u9fff" for sign in beside)


RULE = Rule(
    name=_NAME,
    order=109,
    summary="Composes characters that were taken apart; reads radicals and half-width kana.",
    why="Canonical equivalents are the same character by the standard; compatible ones stay.",
    apply=_apply,
    examples=(
        Example("Le cafe\u0301 du Sa\u0303o.", "Le café du São."),
        Example("渡船的\u2f08都在\u2f54边。", "渡船的人都在水边。"),
        Example("ﾌｪﾘｰは｢休み｣です｡", "フェリーは「休み」です。"),
        Example("①③ＡＢ，℃㈠㎡½ﬁ", "①③ＡＢ，℃㈠㎡½ﬁ"),
    ),
)
