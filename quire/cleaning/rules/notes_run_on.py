"""Put the end of a note that runs on to the next page's foot behind its beginning."""

from __future__ import annotations

from collections.abc import Sequence

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.geometry import note_label, printed_pages
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import ends_sentence
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "notes-run-on"
_LONGEST = 60  # characters of a heading


def _zone(blocks: Sequence[Block]) -> list[Block]:
    """The blocks in the place of notes."""
    return [block for block in blocks if block.has(MarkKind.NOTE_ZONE)]


def _apply(draft: Draft) -> RuleOutcome:
    raised = {mark.start: mark.end for mark in draft.marked(MarkKind.SUPERSCRIPT)}
    edits: list[Edit] = []
    last: Block | None = None
    for page in printed_pages(draft):
        zone = _zone(page.blocks)
        for block in zone:
            if note_label(block, raised):
                last = block
            elif last is not None and _is_heading(block.text) and ends_sentence(last.text):
                last = None  # a list of all notes names the chapter that the next ones are of
            elif last is not None and draft.text[block.start - 1] == "\n":
                edits += _move(draft.text, last, block)
            # A note goes on at one page's foot alone: what follows there belongs to it too.
        if not zone:
            last = None
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits))


def _is_heading(text: str) -> bool:
    """Whether a block in the place of notes is a heading over those of one chapter."""
    return len(text) <= _LONGEST and heading_label(text) is not None and not ends_sentence(text)


def _move(text: str, note: Block, rest: Block) -> list[Edit]:
    """The edits that bring the rest of a note, with a line's end, behind what there is of it."""
    if not text[note.end : rest.start].strip():
        return [Edit(_NAME, note.end, rest.start, "\n", "the note goes on", 0.9)]
    why = "the note goes on at the next page's foot"
    start, name = rest.start - 1, f"{_NAME}-{rest.start}"
    moved = text[start : rest.end]
    return [
        Edit(_NAME, note.end, note.end, moved, why, 0.9, partner=name),
        Edit(_NAME, start, rest.end, "", why, 0.9, partner=name),
    ]


_FIRST, _HERE, _NEXT, _REST = (
    "艄公只听水声。①",
    "①见《渡口簿》，他后来",
    "船靠了岸。",
    "又抄过一遍。",
)
_RUNS_ON = f"{_FIRST}\n\n{_HERE}\n\f{_NEXT}\n\n{_REST}"
_PRINT = (
    Hint(0, len(_RUNS_ON), HintKind.SIZE, "10.5"),
    Hint(_RUNS_ON.index(_HERE), _RUNS_ON.index("\f") - 1, HintKind.NOTE_ZONE),
    Hint(_RUNS_ON.index(_REST), len(_RUNS_ON), HintKind.NOTE_ZONE),
)
_LISTED = "①见《渡口簿》。\n\n第二章 晒网的人\n\n②见《河志》。"
_ALONE = "一块地在河边。\n\n卷二。"

RULE = Rule(
    name=_NAME,
    order=385,
    summary="Puts the end of a note that runs on to the next page's foot behind its beginning.",
    why="It stands in the place of notes, first of all, without a mark, and the page before ends "
    "in a note; words are moved, none is changed.",
    apply=_apply,
    examples=(
        Example(_RUNS_ON, f"{_FIRST}\n\n{_HERE}\n{_REST}\n\n{_NEXT}\n", _PRINT),
        Example(_LISTED, _LISTED, (Hint(0, len(_LISTED), HintKind.NOTE_ZONE),)),
        Example(_ALONE, _ALONE, (Hint(9, 12, HintKind.NOTE_ZONE),)),
    ),
)
