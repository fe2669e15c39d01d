"""Writes headings with their levels."""

from __future__ import annotations

from quire.cleaning.chapters import openings
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import form_blocks, insertion, line_starts
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "heading-form"


def _apply(draft: Draft) -> RuleOutcome:
    keeping = draft.facts.get("titles-with-own-numbers", "").split()
    unnumbered = {one.mark.start for one in openings(draft) if one.role in keeping}
    edits: list[Edit] = []
    for block in form_blocks(draft):
        mark = block.mark(MarkKind.HEADING)
        if mark is None:
            continue
        level = int(mark.value) if mark.value.isdecimal() else 1
        hashes = "#" * min(max(level, 1), 6) + " "
        start = line_starts(block, draft.text)[0]
        edits.append(insertion(_NAME, start, hashes, f"a heading of level {level}"))
        if mark.start in unnumbered:
            why = "its title has a number of its own"
            edits.append(insertion(_NAME, block.end, " {.unnumbered}", why))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=920,
    summary="Writes headings in Markdown: one hash for a chapter's or a part's title, more below.",
    why="Levels are those of the outline; a title that keeps a number of its own gets no other.",
    apply=_apply,
    examples=(
        Example(
            "第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
            "# 潮\n\n潮水退了。\n\n# 岸\n\n岸还在。",
        ),
    ),
)
