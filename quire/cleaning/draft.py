"""The text between two rules, and the marks on it that every change carries along.

A `Mark` says what a stretch of text is (a heading, a callout, a note's body …). Rules read marks
that rules before them made, and the engine moves them with the text: over insertions, deletions,
and through a move from one place to another.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from quire.cleaning.ledger import Edit
from quire.sources.model import Hint, Source, Span

__all__ = ["Block", "Draft", "Mark", "MarkKind", "carry_marks", "paste_of"]


class MarkKind(StrEnum):
    """What a stretch of the draft is. The first group comes from the source's hints."""

    # As for any text: an enumeration's own is written in Python, and asked for with each mark.
    __hash__ = str.__hash__

    HEADING = "heading"  # value: its rank, see quire.cleaning.outline
    ROLE = "role"  # of what a heading opens
    EMPHASIS = "emphasis"
    STRONG = "strong"
    QUOTE = "quote"  # value: "epigraph" for one that opens a chapter
    ITEM = "item"  # value: "bullet", "bullet-2" inside another, or the number printed
    NOTEREF = "noteref"  # value: the note's key
    NOTE = "note"  # value: the note's key
    LINK = "link"  # value: the target
    IMAGE = "image"  # value: the medium's name
    MARKDOWN = "markdown"
    SIZE = "size"
    BOLD = "bold"
    SUPERSCRIPT = "superscript"
    NOTE_ZONE = "note-zone"
    GOES_ON = "goes-on"  # value: "yes" or "no"

    FURNITURE = "furniture"  # value: head, foot or folio
    PAGE = "page"  # a printed page's text; value: its folio
    MATTER = "matter"  # a block of front or back matter; value: its class (abstract …)
    FIGURE = "figure"  # a caption; value: the figure's number
    DESCRIPTION = "description"  # residue of a figure; value: the figure's number
    FIGURE_REFERENCE = "figure-reference"  # value: the figure's number
    VERSE = "verse"  # lines that stay lines
    APART = "apart"  # a short line that stands apart; value: gap or centred
    GLUED = "glued"  # a run in which pages lie without their line ends


class Mark(NamedTuple):
    """Characters `start` to `end` (half-open) are of that kind."""

    start: int
    end: int
    kind: MarkKind
    value: str = ""


class Block(NamedTuple):
    """A stretch of lines with blank lines around it: `text` lies at `start` to `end`."""

    start: int
    end: int
    text: str
    kinds: frozenset[MarkKind] = frozenset()

    def has(self, *kinds: MarkKind) -> bool:
        """Whether a mark of one of these kinds covers the block's first character."""
        return bool(self.kinds) and not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True)
class Draft:
    """The text as one rule leaves it to the next.

    Attributes:
        text: all of it.
        marks: in order of place.
        source: what it was made of.
        facts: what rules found out about the whole (``title``, ``author`` …), for rules after
            them and for the guesses at metadata.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    source: Source = field(default_factory=lambda: Source("text", ""))
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source) -> Draft:
        """The first draft: the source's text, its hints and pages as marks."""
        marks = [_mark_of_hint(hint) for hint in source.hints]
        marks += [Mark(page.start, page.end, MarkKind.PAGE) for page in source.pages]
        return cls(source.text, tuple(sorted(marks)), source)

    def marked(self, *kinds: MarkKind) -> tuple[Mark, ...]:
        """The marks of these kinds, in order of place."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        return tuple(mark for mark in self.marks if mark.kind in kinds)

    @cached_property
    def _by_kind(self) -> Mapping[MarkKind, tuple[Mark, ...]]:
        # Every rule asks for some kind, Markdown's at the least; most leave the marks as they are.
        found: dict[MarkKind, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark[2], []).append(mark)
        return {kind: tuple(marks) for kind, marks in found.items()}

    def spans(self, *kinds: MarkKind) -> SpanSet:
        """The places that marks of these kinds cover, to ask about."""
        return SpanSet(Span(mark.start, mark.end) for mark in self.marked(*kinds))

    def blocks(self) -> list[Block]:
        """The text's blocks: stretches with a blank line, or an edge of the text, around them."""
        return list(self._blocks)

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        # Many rules ask, and most leave the draft as it is.
        covering = _Sweep(self.marks)
        kinds, same_until = covering.kinds, covering.same_until
        found = []
        for start, end, text in self.stretches():
            if start >= same_until:
                covering.move_to(start)
                kinds, same_until = covering.kinds, covering.same_until
            found.append(Block(start, end, text, kinds))
        return tuple(found)

    def stretches(self) -> Iterator[tuple[int, int, str]]:
        """Start, end and text of each block, for those who don't ask what marks are on it."""
        for lines in _LINES.finditer(self.text):
            start, end = lines.span()
            text = lines[0]
            if text[-1].isspace():
                text = text.rstrip()
                end = start + len(text)
            yield start, end, text

    def after(self, edits: Sequence[Edit], text: str, add: Iterable[Mark] = ()) -> Draft:
        """The draft that a rule's edits leave; `text` is what they make of the text."""
        marks = carry_marks((*self.marks, *add), edits, self.text)
        return replace(self, text=text, marks=tuple(sorted(marks)))


class SpanSet:
    """Places in a text, to ask whether one overlaps them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Merge the spans."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlap(self, start: int, end: int) -> bool:
        """Whether a character of `start` to `end` is covered, or an insertion falls inside."""
        index = bisect_left(self._ends, start + 1)
        if index == len(self._starts):
            return False
        if start == end:
            return self._starts[index] < start
        return self._starts[index] < end

    def __contains__(self, place: int) -> bool:
        """Whether the character at `place` is covered."""
        return self.overlap(place, place + 1)

    def __iter__(self) -> Iterator[Span]:
        """The merged spans in order."""
        return (Span(start, end) for start, end in zip(self._starts, self._ends, strict=True))

    def __bool__(self) -> bool:
        """Whether anything is covered."""
        return bool(self._starts)


# Lines that have something on them, with none between that has nothing.
_LINES = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


class _Sweep:
    """Kinds of the marks that cover a place, for marks and places in rising order.

    `kinds` hold for all places from the last one moved to up to `same_until`.
    """

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._next = 0
        self._open: list[Mark] = []
        self.kinds: frozenset[MarkKind] = frozenset()
        self.same_until = -1

    def move_to(self, place: int) -> None:
        marks, following = self._marks, self._next
        covering = [mark for mark in self._open if mark.end > place]
        self.same_until = sys.maxsize
        while following < len(marks):
            mark = marks[following]
            if mark.start > place:
                self.same_until = mark.start
                break
            if mark.end > place:
                covering.append(mark)
            following += 1
        self._next, self._open = following, covering
        self.kinds = frozenset([mark.kind for mark in covering])
        for mark in covering:
            self.same_until = min(self.same_until, mark.end)


_FROM_HINT = {kind.value: kind for kind in MarkKind}


def _mark_of_hint(hint: Hint) -> Mark:
    value = f"hint-{hint.value}" if hint.kind == MarkKind.HEADING.value else hint.value
    return Mark(hint.start, hint.end, _FROM_HINT[hint.kind.value], value)


def paste_of(edits: Iterable[Edit]) -> dict[str, Edit]:
    """The paste of each move, by the name that it shares with its cut."""
    return {edit.partner: edit for edit in edits if edit.partner and edit.after}


class _Shift:
    """Where places of a text lie after edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        # Before each edit there is one that ends before all text, so that none is the first.
        self._ends = [-1, *(edit.end for edit in edits)]
        gains = (len(after) - (end - start) for _, start, end, after, *_ in edits)
        self._gain = list(accumulate(gains, initial=0))

    def paste(self, index: int) -> int:
        """Where the text of edit `index` begins afterwards."""
        return self._starts[index] + self._gain[index]

    def start(self, place: int) -> int:
        """A stretch's first place: what is inserted right there comes before it."""
        index = bisect_right(self._starts, place)
        end = self._ends[index]
        if end <= place:
            return place + self._gain[index]
        if self._starts[index - 1] == place:
            # Its first character is replaced: the stretch begins with the replacement.
            return place + self._gain[index - 1]
        return end + self._gain[index]

    def end(self, place: int) -> int:
        """A stretch's end: what is inserted right there comes after it."""
        index = bisect_left(self._starts, place)
        if self._ends[index] > place:
            return self._starts[index - 1] + self._gain[index - 1]
        return place + self._gain[index]


def carry_marks(marks: Iterable[Mark], edits: Sequence[Edit], text: str) -> list[Mark]:
    """The marks as they lie after edits. A mark whose text is all gone is gone.

    Args:
        marks: in the places of `text`.
        edits: of one pass, in order.
        text: the text before.
    """
    if not edits:
        return list(marks)
    shift = _Shift(edits)
    pastes = {edit.partner: i for i, edit in enumerate(edits) if edit.partner and edit.after}
    cuts = [edit for edit in edits if edit.partner in pastes and not edit.after]
    cut_starts = [cut.start for cut in cuts]
    first = edits[0].start
    carried = []
    for mark in marks:
        start, end, kind, value = mark
        if end < first:
            carried.append(mark)
            continue
        index = bisect_right(cut_starts, start) if cuts else 0
        if index and start < end <= cuts[index - 1].end:
            cut = cuts[index - 1]
            there = shift.paste(pastes[cut.partner]) - cut.start
            carried.append(Mark(start + there, end + there, kind, value))
            continue
        left, right = shift.start(start), shift.end(end)
        if start == end:
            # A picture without words is a place, and stays one.
            carried.append(Mark(left, left, kind, value))
        elif left < right:
            carried.append(Mark(left, right, kind, value))
    return carried
