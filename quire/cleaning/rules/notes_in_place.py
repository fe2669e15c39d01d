"""Put each note's body right behind the paragraph that calls it first."""

from __future__ import annotations

from bisect import bisect_right

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "notes-in-place"


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    starts = [block.start for block in blocks]
    first: dict[str, int] = {}
    for mark in draft.marked(MarkKind.NOTEREF):
        first.setdefault(mark.value, bisect_right(starts, mark.start) - 1)
    bodies: dict[int, str] = {}
    for mark in draft.marked(MarkKind.NOTE):
        index = bisect_right(starts, mark.start) - 1
        if mark.value in first and blocks[index].start == mark.start:
            bodies[index] = mark.value
    wanted: dict[int, list[int]] = {}
    for index, key in bodies.items():
        wanted.setdefault(first[key], []).append(index)
    edits = []
    for home, indexes in wanted.items():
        behind = list(range(home + 1, home + 1 + len(indexes)))
        if sorted(indexes) == behind:
            continue
        place = blocks[home].end
        for index in sorted(indexes, key=lambda one: (bodies[one] != "", one)):
            begin, end = blocks[index - 1].end if index else 0, blocks[index].end
            if index == 0:
                continue
            name = f"{_NAME}-{begin}"
            text = draft.text[begin:end]
            why = f"the note {bodies[index]} goes to its callout"
            edits.append(Edit(_NAME, begin, end, "", why, partner=name))
            edits.append(Edit(_NAME, place, place, text, why, partner=name))
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits))


RULE = Rule(
    name=_NAME,
    order=740,
    summary="Puts each note's body right behind the paragraph that calls it first.",
    why="Bodies are moved whole, by a cut and a paste that name each other.",
    apply=_apply,
    examples=(
        Example(
            "船要等到潮平才开①。\n\n没有人催。\n\n①见《河口志》，第12页。",
            "船要等到潮平才开①。\n\n见《河口志》，第12页。\n\n没有人催。",
        ),
    ),
)
