"""Bring the rest of a linked note home that stands on the next page of a dump."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.ledger import Edit
from quire.cleaning.notes.bodies import breaks_off, end_in_stops, fits, is_cut
from quire.cleaning.notes.run_over import brought_home
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_NAME = "linked-notes-run-over"
_LINE = re.compile(r"\S[^\n]*")
_REACH = 4000  # characters, more than two pages
_FARTHEST = 200  # blocks behind a note in which its rest is looked for
_LONGEST = 300  # characters that run over
_FITS = 0.8
_NO_TEXT = (MarkKind.FURNITURE, MarkKind.HEADING, MarkKind.NOTE, MarkKind.NOTEREF, MarkKind.ITEM,
            MarkKind.MARKDOWN, MarkKind.IMAGE, MarkKind.FIGURE, MarkKind.MATTER)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that follow one another and are text, or one line that is something else."""

    start: int
    end: int
    is_text: bool


def _pieces(text: str, taken: SpanSet) -> list[_Piece]:
    pieces: list[_Piece] = []
    for line in _LINE.finditer(text):
        is_text = not taken.overlap(*line.span())
        last = pieces[-1] if pieces else None
        if last and last.is_text and is_text and not text[last.end : line.start()].count("\n") > 1:
            pieces[-1] = _Piece(last.start, line.end(), True)
        else:
            pieces.append(_Piece(line.start(), line.end(), is_text))
    return pieces


def _rest(text: str, note: Mark, stop: int, pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """The block that goes on with a note: between two that aren't text, or where text is cut.

    On the next page a cut on one side is enough; farther away nothing but other things may stand
    on either side, as where a list's other notes have gone to their callouts.
    """
    said = text[note.start : note.end]
    best, found = _FITS, None
    first = bisect_left(pieces, note.end, key=lambda piece: piece.start)
    for number in range(first, min(first + _FARTHEST, len(pieces))):
        piece = pieces[number]
        if piece.start >= stop and found:
            break
        if not piece.is_text or piece.end - piece.start > _LONGEST:
            continue
        before = pieces[number - 1]
        is_cut_off = not before.is_text or (
            piece.start < stop and breaks_off(text[before.start : before.end])
        )
        ends = number + 1 == len(pieces) or not pieces[number + 1].is_text
        apart = is_cut_off or ends if piece.start < stop else is_cut_off and ends
        how_well = fits(said, text[piece.start : piece.end]) if apart else 0.0
        if how_well >= best and (found is None or how_well > best):
            best, found = how_well, (piece.start, piece.end)
    return found


def _stop(note: Mark, pages: Sequence[Mark], length: int) -> int:
    """Where the page after a note's own ends."""
    page = bisect_right([one.start for one in pages], note.start)
    ends = pages[page].end if page < len(pages) else length
    return min(ends, note.end + _REACH, length)


def _apply(draft: Draft) -> RuleOutcome:
    notes = draft.marked(MarkKind.NOTE)
    pages = draft.marked(MarkKind.PAGE)
    text = draft.text
    stops = end_in_stops(text[note.start : note.end] for note in notes)
    cut = [note for note in notes if is_cut(text[note.start : note.end], stops)]
    if not cut or not (pages or draft.marked(MarkKind.FURNITURE)):
        return RuleOutcome()
    if draft.marked(MarkKind.NOTE_ZONE):
        return RuleOutcome()  # the page's own form has told
    pieces = _pieces(text, draft.spans(*_NO_TEXT))
    edits: list[Edit] = []
    add: list[Mark] = []
    drop: list[Mark] = []
    moved: set[int] = set()
    for note in cut:
        rest = _rest(text, note, _stop(note, pages, len(text)), pieces)
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
