"""Puts back the blanks that an English reference has lost."""

from __future__ import annotations

import re
from itertools import pairwise

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.english import RUN, lost_blanks, sentence_of
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "lost-blanks"
_LONGEST = 1_000  # characters: no reference is longer
_ALONE = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]+(?![A-Za-z])")


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    runs = list(RUN.finditer(text))
    if not runs:
        return RuleOutcome()
    apart = draft.spans(MarkKind.MARKDOWN, MarkKind.DESCRIPTION, MarkKind.LINK)
    notes = draft.spans(MarkKind.NOTE, MarkKind.MATTER)
    known = frozenset(word.casefold() for word in set(_ALONE.findall(text)))
    edits, questions = [], []
    for run in runs:
        if len(run.group()) > _LONGEST or apart.overlap(*run.span()):
            continue
        places = lost_blanks(run.group(), known)
        if places and (notes.overlap(*run.span()) or sentence_of(run.group())):
            why = "words run together in a reference: capitals and small words part them"
            edits += [
                Edit(_NAME, run.start() + at, run.start() + at, " ", why, 0.9) for at in places
            ]
        elif places:
            questions.append(
                Question(*run.span(), _parted(run.group(), places), "words run together", 0.5)
            )
    return RuleOutcome(tuple(edits), questions=tuple(questions))


def _parted(run: str, places: list[int]) -> str:
    bounds = [0, *places, len(run)]
    return " ".join(run[start:end] for start, end in pairwise(bounds))


RULE = Rule(
    name=_NAME,
    order=805,
    summary="Puts back the blanks of an English reference; asks about them in running text.",
    why="A word begins at a capital; a small word is cut off only where no known word ends so.",
    apply=_apply,
    examples=(
        Example(
            'MaryFennandTomGale,"TheLifeoftheWeir,"JournalofSmallHarbours,Vol.7,No.2(1988),pp.11-19.',
            'Mary Fenn and Tom Gale, "The Life of the Weir," Journal of Small Harbours, '
            "Vol. 7, No. 2 (1988), pp. 11-19.",
        ),
        Example("JavaScript、OpenStreetMap都不动。", "JavaScript、OpenStreetMap都不动。"),
    ),
)
