"""Asks about curly quotes that close before they open."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft
from quire.cleaning.neighbours import left_alone, passages
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_QUOTE = re.compile("[“”]")
_SWAPPED = str.maketrans("“”", "”“")


def _alternate(signs: str) -> bool:
    """Whether quotes come in pairs, opening first."""
    return signs == "“”" * (len(signs) // 2)


def _apply(draft: Draft) -> RuleOutcome:
    alone = left_alone(draft)
    questions = []
    for passage in passages(draft):
        signs = "".join(_QUOTE.findall(draft.text, passage.start, passage.end))
        if not signs or _alternate(signs) or signs == "“" * len(signs):
            continue
        if signs.endswith("“") and _alternate(signs[:-1]):
            continue  # speech that goes on in the next paragraph
        if not passage.wide and (
            "“" not in signs or "„" in draft.text[passage.start : passage.end]
        ):
            continue  # Swedish quotes ”so”, German „so“
        places = list(_QUOTE.finditer(draft.text, passage.start, passage.end))
        first = places[0].start()
        if first in alone:
            continue
        end = places[-1].end()
        text = draft.text[first:end]
        swaps = _alternate(signs.translate(_SWAPPED))
        why = "the quotes close before they open" if swaps else "the quotes don't alternate"
        proposal = text.translate(_SWAPPED) if swaps else text
        questions.append(Question(first, end, proposal, why, 0.6 if swaps else 0.3))
    return RuleOutcome(questions=tuple(questions))


RULE = Rule(
    name="quotes-out-of-order",
    order=855,
    summary="Asks about curly quotes that close before they open, or don't alternate.",
    why="It changes nothing.",
    apply=_apply,
    examples=(Example("他说：”船来了。“", "他说：”船来了。“"),),
)
