"""Put each note's body right behind the paragraph that calls it first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "notes-in-place"
_DEEPEST = 5  # notes of notes


@dataclass(frozen=True, slots=True)
class _Run:
    """The blocks `first` to `last` that one note has, and where its first callout stands."""

    first: int
    last: int
    key: str
    called: int


def _runs(draft: Draft, blocks: Sequence[Block]) -> list[_Run]:
    """Each note that has a callout, and begins a block, with its blocks."""
    called: dict[str, int] = {}
    for mark in draft.marked(MarkKind.NOTEREF):
        called.setdefault(mark.value, mark.start)
    starts = [block.start for block in blocks]
    runs = []
    for mark in draft.marked(MarkKind.NOTE):
        first = bisect_right(starts, mark.start) - 1
        if mark.value in called and starts[first] == mark.start:
            last = max(first, bisect_left(starts, mark.end) - 1)
            runs.append(_Run(first, last, mark.value, called[mark.value]))
    return runs


def _homes(starts: Sequence[int], runs: Sequence[_Run]) -> list[tuple[tuple[int, ...], int]]:
    """For each note, the places of the callouts that lead to it, and the block it goes behind.

    A note that another note calls goes where that one goes, and behind it.
    """
    around = {block: run for run in runs for block in range(run.first, run.last + 1)}
    found = []
    for run in runs:
        called = [run.called]
        home = bisect_right(starts, run.called) - 1
        while home in around and len(called) <= _DEEPEST:
            called.insert(0, around[home].called)
            home = bisect_right(starts, called[0]) - 1
        found.append((tuple(called), home))
    return found


def _are_in_place(home: int, runs: Sequence[_Run]) -> bool:
    """Whether these notes stand right behind their block, in order."""
    edges = [home, *(run.last for run in runs)]
    return all(run.first == edge + 1 for edge, run in zip(edges, runs, strict=False))


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    starts = [block.start for block in blocks]
    wanted: dict[int, list[tuple[tuple[int, ...], _Run]]] = {}
    found = _runs(draft, blocks)
    for run, (called, home) in zip(found, _homes(starts, found), strict=True):
        if len(called) <= _DEEPEST:  # notes that call one another stay where they are
            wanted.setdefault(home, []).append((called, run))
    edits: list[Edit] = []
    for home, calls in wanted.items():
        runs = [run for _, run in sorted(calls, key=lambda one: (one[0], one[1].first))]
        if _are_in_place(home, runs):
            continue
        place = blocks[home].end
        for run in runs:
            if run.first == 0:
                continue
            begin, end = blocks[run.first - 1].end, blocks[run.last].end
            name = f"{_NAME}-{begin}"
            text = draft.text[begin:end]
            why = f"the note {run.key} goes to its callout"
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
