"""Fences abstract, keywords, authors' lines and the like, so that the editions can set them."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import form_blocks, insertion, line_starts, runs_of
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "matter-form"
_CLASS = re.compile(r"[a-z][a-z-]*")


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    for run in runs_of(form_blocks(draft, MarkKind.MATTER), MarkKind.MATTER):
        mark = run[0].mark(MarkKind.MATTER)
        if mark is None or not _CLASS.fullmatch(mark.value):
            continue
        start = line_starts(run[0], draft.text)[0]
        why = f"matter of the kind {mark.value}"
        edits.append(insertion(_NAME, start, f"::: {{.{mark.value}}}\n", why))
        edits.append(insertion(_NAME, run[-1].end, "\n:::", why))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=940,
    summary="Fences front and back matter of an article (abstract, keywords, affiliation …).",
    why="Only for what the rules before found to be such matter; nothing in it is changed.",
    apply=_apply,
    examples=(Example("潮水退了，岸还在。", "潮水退了，岸还在。"),),
)
