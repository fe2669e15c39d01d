"""Where each character of the manuscript is from, and what became of each of the source's.

All passes of a ledger are laid over one another once, as a table of pieces: stretches that came
from the source in one go, and stretches that a rule wrote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from quire.cleaning.draft import paste_of
from quire.cleaning.ledger import Edit, Ledger

__all__ = [
    "Accounting", "Changed", "Deleted", "Kept", "Loss", "Moved", "Provenance", "SourcePlace",
    "Stretch", "Tracing", "Written",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The character stands in the source at `offset`."""

    offset: int


@dataclass(frozen=True, slots=True)
class Written:
    """A rule wrote the character."""

    rule: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The character stands in the manuscript at `offset`."""

    offset: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The character stands in the manuscript at `offset`; the rules carried it there."""

    offset: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A rule put other text in the character's place."""

    rule: str
    after: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A rule took the character out."""

    rule: str


@dataclass(frozen=True, slots=True)
class Accounting:
    """The sums: every character of the source and of the manuscript in exactly one class.

    `deleted`, `changed` and `written` are by rule, in characters.
    """

    source: int
    manuscript: int
    kept: int
    moved: int
    deleted: Mapping[str, int]
    changed: Mapping[str, int]
    written: Mapping[str, int]

    @property
    def closes(self) -> bool:
        """Whether nothing is left over on either side."""
        here = self.kept + self.moved
        gone = sum(self.deleted.values()) + sum(self.changed.values())
        return here + gone == self.source and here + sum(self.written.values()) == self.manuscript


class Stretch(NamedTuple):
    """Characters of the manuscript that came in one go.

    Attributes:
        length: how many.
        source: their offset in the source; for what a rule wrote, where it was put there.
        edit: what wrote them; None for what is from the source.
        movers: the edits that carried them, in order; empty for what is in its place.
    """

    length: int
    source: int
    edit: Edit | None = None
    movers: tuple[Edit, ...] = ()


class Loss(NamedTuple):
    """`length` characters of the source from `source` on, which `edit` deleted or changed."""

    source: int
    length: int
    edit: Edit


_LENGTH = itemgetter(0)


class _Table:
    """Pieces in the order of a text, to take stretches of it from."""

    def __init__(self, pieces: list[Stretch]) -> None:
        self.pieces = pieces
        # Where each begins, and at last where the text ends.
        self.starts = list(accumulate(map(_LENGTH, pieces), initial=0))
        self.length = self.starts[-1]

    def between(self, start: int, end: int) -> list[Stretch]:
        """The pieces of a stretch, the outermost cut to it."""
        if start >= end:
            return []
        pieces, starts = self.pieces, self.starts
        first = bisect_right(starts, start) - 1
        begin = starts[first]
        if end <= starts[first + 1]:
            # Most stretches lie within a piece.
            length, source, edit, movers = pieces[first]
            if edit is None:
                source += start - begin
            return [Stretch(end - start, source, edit, movers)]
        stop = bisect_left(starts, end, first)
        taken = pieces[first:stop]
        rest = end - starts[stop - 1]
        length, source, edit, movers = taken[-1]
        if rest < length:
            taken[-1] = Stretch(rest, source, edit, movers)
        if begin < start:
            length, source, edit, movers = taken[0]
            skipped = start - begin
            taken[0] = Stretch(
                length - skipped, source + skipped if edit is None else source, edit, movers
            )
        return taken

    def source_of(self, offset: int, end: int) -> int:
        """Where in the source the character at `offset` stands, or was put; `end` beyond all."""
        if offset >= self.length:
            return end
        index = bisect_right(self.starts, offset) - 1
        piece = self.pieces[index]
        return piece.source if piece.edit else piece.source + offset - self.starts[index]


def _overlay(table: _Table, edits: Sequence[Edit], losses: list[Loss], end: int) -> _Table:
    """The table after one pass; `end` is the source's. What is gone for good goes to `losses`.

    What lies between two edits is copied as it is, so that a pass costs by its edits.
    """
    pastes = paste_of(edits)
    cuts = {edit.partner: edit for edit in edits if edit.partner in pastes and not edit.after}
    between = table.between
    made: list[Stretch] = []
    done = 0
    for edit in edits:
        start, stop, after, partner = edit.start, edit.end, edit.after, edit.partner
        if done < start:
            made += between(done, start)
        done = stop
        if partner in cuts:
            if after:
                cut = cuts[partner]
                made += [
                    Stretch(length, source, writer, (*movers, edit))
                    for length, source, writer, movers in between(cut.start, cut.end)
                ]
            continue
        if start < stop:
            for length, source, writer, _ in between(start, stop):
                if writer is None:
                    losses.append(Loss(source, length, edit))
        if after:
            made.append(Stretch(len(after), table.source_of(start, end), edit))
    made += between(done, table.length)
    return _Table(made)


class Tracing:
    """Where each character of the text as it is now came from, kept up to date pass by pass."""

    def __init__(self, length: int) -> None:
        """Begin with a source of `length` characters, all of them in their places."""
        self.source_length = length
        self._table = _Table([Stretch(length, 0)] if length else [])
        self._losses: list[Loss] = []

    def follow(self, edits: Sequence[Edit]) -> None:
        """Note one more pass."""
        self._table = _overlay(self._table, edits, self._losses, self.source_length)

    def nearest_source(self, offset: int) -> int:
        """The source offset of what stands at the text's `offset`.

        For what a rule wrote, it is the place in the source where it was put.
        """
        return self._table.source_of(offset, self.source_length)

    @property
    def stretches(self) -> list[Stretch]:
        """The text from its first character to its last."""
        return self._table.pieces

    @property
    def starts(self) -> list[int]:
        """Where each of the stretches begins, and at last where the text ends."""
        return self._table.starts

    @property
    def losses(self) -> list[Loss]:
        """What of the source is in the text no more, pass by pass."""
        return self._losses


class Provenance:
    """Answers for every character of a source and of the manuscript that a ledger makes of it."""

    def __init__(self, tracing: Tracing) -> None:
        """Answer by the tracing of all passes; see `of_ledger` for one that was read."""
        self._source_length, self._starts = tracing.source_length, tracing.starts
        self._pieces = pieces = tracing.stretches
        self._losses = sorted(tracing.losses, key=itemgetter(0))
        self._loss_starts = [loss.source for loss in self._losses]
        kept = [i for i, piece in enumerate(pieces) if piece.edit is None]
        self._by_source = sorted(kept, key=lambda i: pieces[i].source)
        self._source_starts = [pieces[i].source for i in self._by_source]

    @classmethod
    def of_ledger(cls, length: int, ledger: Ledger) -> Provenance:
        """Lay all passes over one another.

        Args:
            length: of the source's text, in code points.
            ledger: what was done to it.
        """
        tracing = Tracing(length)
        for one in ledger.passes:
            tracing.follow(one.edits)
        return cls(tracing)

    def origin(self, offset: int) -> SourcePlace | Written:
        """Where the manuscript's character at `offset` is from. IndexError outside of it."""
        if not 0 <= offset < self._starts[-1]:
            raise IndexError(offset)
        index = bisect_right(self._starts, offset) - 1
        piece = self._pieces[index]
        if piece.edit:
            return Written(piece.edit.rule)
        return SourcePlace(piece.source + offset - self._starts[index])

    def fate(self, offset: int) -> Kept | Changed | Moved | Deleted:
        """What became of the source's character at `offset`. IndexError outside of it."""
        if not 0 <= offset < self._source_length:
            raise IndexError(offset)
        index = bisect_right(self._source_starts, offset) - 1
        if index >= 0:
            number = self._by_source[index]
            piece = self._pieces[number]
            if offset < piece.source + piece.length:
                place = self._starts[number] + offset - piece.source
                rules = tuple(mover.rule for mover in piece.movers)
                return Moved(place, rules) if rules else Kept(place)
        loss = self._losses[bisect_right(self._loss_starts, offset) - 1]
        edit = loss.edit
        return Changed(edit.rule, edit.after) if edit.after else Deleted(edit.rule)

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The manuscript from its first character to its last."""
        return self._pieces

    @property
    def losses(self) -> Sequence[Loss]:
        """What of the source isn't in the manuscript, in the source's order."""
        return self._losses

    def accounting(self) -> Accounting:
        """The sums over all characters."""
        kept = moved = 0
        written: Counter[str] = Counter()
        for piece in self._pieces:
            if piece.edit:
                written[piece.edit.rule] += piece.length
            elif piece.movers:
                moved += piece.length
            else:
                kept += piece.length
        deleted: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        for loss in self._losses:
            (changed if loss.edit.after else deleted)[loss.edit.rule] += loss.length
        return Accounting(
            self._source_length, self._starts[-1], kept, moved, dict(deleted), dict(changed),
            dict(written),
        )  # fmt: skip
