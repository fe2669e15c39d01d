"""Writes notes' bodies as definitions."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import (
    form_blocks,
    insertion,
    line_starts,
    live_marks,
    note_labels,
    runs_of,
)
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "note-form"
_INDENT = "    "


def _apply(draft: Draft) -> RuleOutcome:
    labels = note_labels(draft)
    edits: list[Edit] = []
    questions: list[Question] = []
    written: set[str] = set()
    for run in runs_of(form_blocks(draft, MarkKind.NOTE), MarkKind.NOTE):
        mark = run[0].mark(MarkKind.NOTE)
        if mark is None:
            continue
        if mark.value not in labels or mark.value in written:
            why = "a note's text without a callout" if mark.value not in labels else "a second text"
            questions.append(
                Question(
                    run[0].start, run[-1].end, draft.text[run[0].start : run[-1].end], why, 0.3
                )
            )
            continue
        written.add(mark.value)
        starts = [at for block in run for at in line_starts(block, draft.text)]
        edits.append(insertion(_NAME, starts[0], f"[^{labels[mark.value]}]: ", "a note's text"))
        edits += [insertion(_NAME, at, _INDENT, "goes on with its note") for at in starts[1:]]
    for mark in live_marks(draft, MarkKind.NOTEREF):
        if mark.value not in labels:
            why = "a callout without a note: take it out?"
            questions.append(Question(mark.start, mark.end, "", why, 0.3))
    questions.sort(key=lambda one: one.start)
    return RuleOutcome(tuple(edits), questions=tuple(questions))


RULE = Rule(
    name=_NAME,
    order=950,
    summary="Writes the texts of notes as definitions, each under the block that calls it.",
    why="Only notes with a callout and a text are written so; a text without a callout stays a "
    "paragraph, so that it isn't lost, and a person is asked.",
    apply=_apply,
    examples=(
        Example(
            "潮水退了*。\n\n每日两次。",
            "潮水退了[^a]。\n\n[^a]: 每日两次。",
            (Hint(4, 5, HintKind.NOTEREF, "a"), Hint(8, 13, HintKind.NOTE, "a")),
        ),
    ),
)
