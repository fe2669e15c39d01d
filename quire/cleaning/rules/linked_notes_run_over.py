"""Bring the rest of a linked note home that stands on the next page of a dump."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.ledger import Edit
from quire.cleaning.notes.bodies import breaks_off, fits, is_cut
from quire.cleaning.notes.run_over import brought_home
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "linked-notes-run-over"
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_REACH = 4000  # characters, more than two pages
_LONGEST = 300  # characters that run over
_FITS = 0.8
_NO_TEXT = (MarkKind.FURNITURE, MarkKind.HEADING, MarkKind.NOTE, MarkKind.NOTEREF, MarkKind.ITEM,
            MarkKind.MARKDOWN, MarkKind.IMAGE, MarkKind.FIGURE, MarkKind.MATTER)  # fmt: skip


def _rest(text: str, note: Mark, stop: int, taken: SpanSet) -> tuple[int, int] | None:
    """The block that goes on with a note: between two that aren't text, or where text is cut."""
    said = text[note.start : note.end]
    best, found = _FITS, None
    cut = True  # whether a block may stand apart here
    blocks = list(_BLOCK.finditer(text, note.end, stop))
    for number, block in enumerate(blocks):
        start, end = block.span()
        is_taken = taken.overlap(start, end)
        if not is_taken and end - start <= _LONGEST:
            following = blocks[number + 1].span() if number + 1 < len(blocks) else None
            apart = cut or following is None or taken.overlap(*following)
            how_well = fits(said, block[0])
            if apart and how_well >= best and (found is None or how_well > best):
                best, found = how_well, (start, end)
        cut = is_taken or breaks_off(block[0])
    return found


def _stop(note: Mark, pages: Sequence[Mark], length: int) -> int:
    """Where the page after a note's own ends."""
    page = bisect_right([one.start for one in pages], note.start)
    ends = pages[page].end if page < len(pages) else length
    return min(ends, note.end + _REACH, length)


def _apply(draft: Draft) -> RuleOutcome:
    notes = draft.marked(MarkKind.NOTE)
    pages = draft.marked(MarkKind.PAGE)
    if not notes or not pages or draft.marked(MarkKind.NOTE_ZONE):
        return RuleOutcome()
    text, taken = draft.text, draft.spans(*_NO_TEXT)
    edits: list[Edit] = []
    add: list[Mark] = []
    drop: list[Mark] = []
    moved: set[int] = set()
    for note in notes:
        if not is_cut(text[note.start : note.end]):
            continue
        rest = _rest(text, note, _stop(note, pages, len(text)), taken)
        if rest is None or rest[0] in moved:
            continue
        moved.add(rest[0])
        edits += brought_home(_NAME, text, note.end, [rest])
        # The line's end lies inside the note, so that what comes does too.
        drop.append(note)
        add.append(Mark(note.start, note.end + 1, MarkKind.NOTE, note.value))
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return RuleOutcome(tuple(edits), add=tuple(add), drop=frozenset(drop))


_ALONE = "The weir was old.1\n\nHale, Weirs, 1902, p. 3."

RULE = Rule(
    name=_NAME,
    order=395,
    summary="Brings the rest of a linked note home that stands on the next page.",
    why="The note stops inside a sentence, and on the next page stands what goes on with it: it "
    "closes the note's quotation or title, or cites; words are moved, none is changed.",
    apply=_apply,
    examples=(
        Example(
            _ALONE,
            _ALONE,
            (Hint(17, 18, HintKind.NOTEREF, "n1"), Hint(20, 44, HintKind.NOTE, "n1")),
        ),
    ),
)
