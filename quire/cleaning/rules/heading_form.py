"""Writes headings with their levels."""

from __future__ import annotations

from collections.abc import Sequence

from quire.cleaning.chapters import Opening, openings
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.form import form_blocks, insertion, line_starts
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "heading-form"
# Labels as the book writes them by itself, in one of its languages: style and unit.
_USUAL = {
    "chapter": {"chapter-han": "章", "chapter": "chapter"},
    "part": {"volume": "编", "part": "part"},
}


def _apply(draft: Draft) -> RuleOutcome:
    unnumbered = _unnumbered(openings(draft))
    edits: list[Edit] = []
    for block in form_blocks(draft, MarkKind.HEADING):
        mark = block.mark(MarkKind.HEADING)
        if mark is None:
            continue
        level = int(mark.value) if mark.value.isdecimal() else 1
        hashes = "#" * min(max(level, 1), 6) + " "
        start = line_starts(block, draft.text)[0]
        edits.append(insertion(_NAME, start, hashes, f"a heading of level {level}"))
        if mark.start in unnumbered:
            why = "the text numbers itself, in a way of its own"
            edits.append(insertion(_NAME, block.end, " {.unnumbered}", why))
    return RuleOutcome(tuple(edits))


def _unnumbered(opened: Sequence[Opening]) -> set[int]:
    """Places of the headings that the book must not number.

    A text whose titles have numbers (【篇1】, 卷一) numbers itself. Where the number is one that
    the book would write (第三章), assembly takes it over as it stands.
    """
    found: set[int] = set()
    for role, usual in _USUAL.items():
        these = [one for one in opened if one.role == role]
        labels = [heading_label(one.title) for one in these]
        if not any(labels):
            continue
        for one, label in zip(these, labels, strict=True):
            words = one.title[: label.length].casefold() if label else ""
            if not label or usual.get(label.style, "\n") not in words:
                found.add(one.mark.start)
    return found


RULE = Rule(
    name=_NAME,
    order=920,
    summary="Writes headings in Markdown: one hash for a chapter's or a part's title, more below.",
    why="Levels are those of the outline; a title with a number of its own gets no other.",
    apply=_apply,
    examples=(
        Example(
            "第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
            "# 第一章 潮\n\n潮水退了。\n\n# 第二章 岸\n\n岸还在。",
        ),
    ),
)
