"""Writes block quotations."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import FormBlock, form_blocks, insertion, line_starts
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "quote-form"


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    before: FormBlock | None = None
    for block in form_blocks(draft, MarkKind.QUOTE):
        mark = block.mark(MarkKind.QUOTE)
        if mark is None:
            before = None
            continue
        if before is not None and before.mark(MarkKind.QUOTE) == mark:
            edits.append(insertion(_NAME, before.end + 1, ">", "goes on with the quotation"))
        starts = line_starts(block, draft.text)
        edits += [insertion(_NAME, at, "> ", "a quotation in the source") for at in starts]
        before = block
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=960,
    summary="Writes block quotations in Markdown.",
    why="Only for what the source's format says is one.",
    apply=_apply,
    examples=(
        Example(
            "他写道：\n\n岸还在。",
            "他写道：\n\n> 岸还在。",
            (Hint(6, 10, HintKind.QUOTE),),
        ),
    ),
    touches_markdown=True,
)
