"""Repairs UTF-8 that was read as Windows-1252, where nothing else can be meant."""

from __future__ import annotations

from quire.cleaning.draft import Draft
from quire.cleaning.ledger import Edit
from quire.cleaning.mojibake import Misread, misread_places
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


def _apply(draft: Draft) -> RuleOutcome:
    places = misread_places(draft.text)
    edits, questions = [], []
    for place in places:
        why = f"these bytes are {place.encoding.upper()} read in another encoding"
        if _certain(place, draft.text, len(places)):
            edits.append(Edit(_NAME, place.start, place.end, place.meant, why, 0.95))
        else:
            questions.append(Question(place.start, place.end, place.meant, why, 0.6))
    return RuleOutcome(tuple(edits), questions=tuple(questions))


RULE = Rule(
    name=_NAME,
    order=108,
    summary="Repairs UTF-8 read as Windows-1252; asks about a lone doubt and about GBK.",
    why="A run of such characters is valid UTF-8 only by design; a single one is asked about.",
    apply=_apply,
    examples=(
        Example("The cafÃ© and the hÃ´tel were shut.", "The café and the hôtel were shut."),
        Example("Le café était fermé.", "Le café était fermé."),
    ),
)  # fmt: skip
