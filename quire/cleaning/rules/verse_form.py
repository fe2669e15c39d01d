"""Writes lines that stay lines."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import form_blocks, insertion, line_starts, runs_of
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "verse-form"


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    for run in runs_of(form_blocks(draft, MarkKind.VERSE), MarkKind.VERSE):
        opening = line_starts(run[0], draft.text)[0]
        edits.append(insertion(_NAME, opening, "::: {.verse}\n", "verse begins"))
        for stanza in run:
            starts = line_starts(stanza, draft.text)
            edits += [insertion(_NAME, at, "| ", "a line of verse") for at in starts]
        edits.append(insertion(_NAME, run[-1].end, "\n:::", "verse ends"))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=915,
    summary="Writes verse as lines that stay lines.",
    why="Only for what the rules before found to be verse.",
    apply=_apply,
    examples=(Example("潮水退了，岸还在。", "潮水退了，岸还在。"),),
)
