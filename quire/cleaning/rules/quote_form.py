"""Writes block quotations."""

from __future__ import annotations

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import FormBlock, form_blocks, insertion, line_starts
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "quote-form"
_EPIGRAPH = "epigraph"


def _apply(draft: Draft) -> RuleOutcome:
    edits: list[Edit] = []
    before: FormBlock | None = None
    mottoes: list[list[FormBlock]] = []
    for block in form_blocks(draft, MarkKind.QUOTE):
        mark = block.mark(MarkKind.QUOTE)
        if mark is None:
            before = None
            continue
        if mark.value == _EPIGRAPH:
            goes_on = before is not None and mottoes and mottoes[-1][-1] is before
            mottoes[-1:] = [[*mottoes[-1], block]] if goes_on else [*mottoes[-1:], [block]]
            before = block
            continue
        if before is not None and before.mark(MarkKind.QUOTE) == mark:
            edits.append(insertion(_NAME, before.end + 1, ">", "goes on with the quotation"))
        starts = line_starts(block, draft.text)
        edits += [insertion(_NAME, at, "> ", "a quotation in the source") for at in starts]
        before = block
    for motto in mottoes:
        begin, end = line_starts(motto[0], draft.text)[0], motto[-1].end
        edits.append(insertion(_NAME, begin, "::: {.epigraph}\n", "a motto in the source"))
        edits.append(insertion(_NAME, end, "\n:::", "the motto's end"))
    edits.sort(key=lambda edit: edit.start)
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=960,
    summary="Writes block quotations and mottoes in Markdown.",
    why="Only for what the source's format says is one.",
    apply=_apply,
    examples=(
        Example(
            "他写道：\n\n岸还在。",
            "他写道：\n\n> 岸还在。",
            (Hint(6, 10, HintKind.QUOTE),),
        ),
        Example(
            "岸还在。\n\n——渡口的碑\n\n船开了。",
            "::: {.epigraph}\n岸还在。\n\n——渡口的碑\n:::\n\n船开了。",
            (Hint(0, 4, HintKind.QUOTE, "epigraph"), Hint(6, 12, HintKind.QUOTE, "epigraph")),
        ),
    ),
    touches_markdown=True,
)
