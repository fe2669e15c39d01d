"""Take away a heading such as 注释 or Notes when its notes have gone to their callouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.known_titles import folded
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import NOTES_HEADINGS

__all__ = ["RULE"]

_NAME = "empty-notes-headings"


def _apply(draft: Draft) -> RuleOutcome:
    if not draft.marked(MarkKind.NOTE):
        return RuleOutcome()
    blocks = draft.blocks()
    headings = draft.marked(MarkKind.HEADING)
    levels = {mark.start: int(mark.value) if mark.value.isdecimal() else 0 for mark in headings}
    titles = Counter(_words(draft.text[mark.start : mark.end]) for mark in headings)
    edits = []
    for i, block in enumerate(blocks):
        if not NOTES_HEADINGS.fullmatch(block.text.strip()) or i == 0:
            continue
        following = _behind_chapters_names(blocks, i, titles, levels)
        is_last = following == len(blocks)
        below = 0 if is_last else levels.get(blocks[following].start, 0)
        if below > levels.get(block.start, below):
            continue  # what it is above has headings of its own
        if is_last or blocks[following].has(MarkKind.HEADING):
            start, end = blocks[i - 1].end, blocks[following - 1].end
            edits.append(Edit(_NAME, start, end, "", "its notes stand at their callouts"))
    return RuleOutcome(tuple(edits))


def _behind_chapters_names(
    blocks: Sequence[Block], i: int, titles: Mapping[str, int], levels: Mapping[int, int]
) -> int:
    """The first block behind a heading of notes that doesn't only say a chapter's name.

    Notes are sorted by such names. A name that is a heading itself is the chapter's own, unless it
    stands below the heading of notes and says what another heading says.
    """
    level = levels.get(blocks[i].start, 0)
    i += 1
    while i < len(blocks) and heading_label(blocks[i].text):
        own = blocks[i].has(MarkKind.HEADING)
        if own and levels.get(blocks[i].start, 0) <= level:
            break
        if titles.get(_words(blocks[i].text), 0) <= own:
            break
        i += 1
    return i


def _words(title: str) -> str:
    """What a title says behind its number, which may be parted from it by a colon or by none."""
    label = heading_label(title)
    return folded(title[label.length :] if label else title).lstrip(":.")


RULE = Rule(
    name=_NAME,
    order=742,
    summary="Takes away a heading such as 注释 or Notes when its notes have gone from it.",
    why="Only a heading of notes goes, and only when no text is left below it.",
    apply=_apply,
    examples=(
        Example(
            "第一章 雾\n\n渡口有雾[1]。\n\n没有船。\n\n注释\n\n[1] 某人：《河志》，第3页。",
            "第一章 雾\n\n渡口有雾[1]。\n\n某人：《河志》，第3页。\n\n没有船。",
        ),
    ),
)
