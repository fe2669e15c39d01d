"""Put front matter behind its chapter's title, and an editor's name at the chapter's end."""

from __future__ import annotations

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "matter-in-place"


def _chapters(draft: Draft, blocks: list[Block]) -> list[list[int]]:
    """The numbers of each chapter's blocks, the title first; parts stand alone."""
    tops = {m.start for m in draft.marked(MarkKind.HEADING) if m.value in {"part", "1"}}
    chapters: list[list[int]] = [[]]
    for i, block in enumerate(blocks):
        if block.start in tops:
            chapters.append([])
        chapters[-1].append(i)
    return [chapter for chapter in chapters if chapter]


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    kinds = {mark.start: mark.value for mark in draft.marked(MarkKind.MATTER)}
    if not kinds:
        return RuleOutcome()
    edits: list[Edit] = []
    for chapter in _chapters(draft, blocks):
        matter = [i for i in chapter if blocks[i].start in kinds]
        titled = blocks[chapter[0]].has(MarkKind.HEADING)
        home = chapter[0] if titled else chapter[0] - 1
        for i in matter:
            if kinds[blocks[i].start] == "editor":
                edits += _move(draft, blocks, i, chapter[-1])
            elif i == home + 1:
                home = i
            elif home >= 0:
                edits += _move(draft, blocks, i, home)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits))


def _move(draft: Draft, blocks: list[Block], i: int, home: int) -> list[Edit]:
    """Move a block behind another, with the blank line before it."""
    if i in {home, 0}:
        return []
    begin, end = blocks[i - 1].end, blocks[i].end
    place = blocks[home].end
    name = f"{_NAME}-{begin}"
    why = "goes to its place in the chapter"
    return [
        Edit(_NAME, begin, end, "", why, partner=name),
        Edit(_NAME, place, place, draft.text[begin:end], why, partner=name),
    ]


_TEXT = "河灯考\n\n摘要：河灯在渡口点了很多年。\n\n灯在水边亮着。"

RULE = Rule(
    name=_NAME,
    order=745,
    summary="Puts front matter behind its chapter's title, and an editor's name at its end.",
    why="Blocks are moved whole, by a cut and a paste that name each other.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
