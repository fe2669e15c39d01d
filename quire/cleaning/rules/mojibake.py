"""Repairs text that was read in another encoding, where nothing else can be meant."""

from __future__ import annotations

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.mojibake import (
    Misread,
    misread_as_gbk,
    misread_chinese,
    misread_places,
)
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "mojibake"


def _certain(place: Misread, text: str, all_of_them: int) -> bool:
    """UTF-8 is hard to hit by chance: two such characters in a text, or more, settle it.

    But not a capital before a quote or a dash, as in “IRMÃ”.
    """
    if place.encoding != "utf-8":
        return False
    by_chance = place.end - place.start == 2 and text[place.end - 1] in "“”‘’«»–—…"
    return len(place.meant) > 1 or (all_of_them > 1 and not by_chance)


def _edit(place: Misread, why: str, confidence: float) -> Edit:
    return Edit(_NAME, place.start, place.end, place.meant, why, confidence)


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    if text.isascii():
        return RuleOutcome()
    if other := misread_as_gbk(text):
        why = "as GBK these characters are UTF-8's bytes, and those are Chinese"
        return RuleOutcome(tuple(_edit(place, why, 0.95) for place in other))
    places = misread_places(text)
    if len(places) > 1 and (other := misread_chinese(text)):
        why = f"these bytes are {other[0].encoding.upper()}, and together they are Chinese"
        return RuleOutcome(tuple(_edit(place, why, 0.9) for place in other))
    edits, questions = [], []
    for place in places:
        why = f"these bytes are {place.encoding.upper()} read in another encoding"
        if _certain(place, draft.text, len(places)):
            edits.append(_edit(place, why, 0.95))
        else:
            questions.append(Question(place.start, place.end, place.meant, why, 0.6))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


RULE = Rule(
    name=_NAME,
    order=108,
    summary="Repairs text that was read in another encoding: UTF-8, GBK and Big5.",
    why="A run is valid UTF-8 only by design; GBK and Big5 must give Chinese on the whole.",
    apply=_apply,
    examples=(
        Example("The cafÃ© and the hÃ´tel were shut.", "The café and the hôtel were shut."),
        Example(
            "ËûÔÚ¶É¿ÚµÈ´¬£¬µÈÁËÒ»Ìì£»´¬Ã»ÓÐÀ´¡£",
            "他在渡口等船，等了一天；船没有来。",
        ),
        Example("Le café était fermé.", "Le café était fermé."),
    ),
)  # fmt: skip
