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
        source: their offset in the source; -1 for what a rule wrote.
        edit: what wrote them; None for what is from the source.
        movers: the edits that carried them, in order; empty for what is in its place.
    """

    length: int
    source: int
    edit: Edit | None = None
    movers: tuple[Edit, ...] = ()

    def part(self, start: int, end: int) -> Stretch:
        """Its characters `start` to `end`."""
        source = self.source if self.source < 0 else self.source + start
        return Stretch(end - start, source, self.edit, self.movers)


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
        self.starts = list(accumulate(map(_LENGTH, pieces), initial=0))
        self.length = self.starts.pop()

    def between(self, start: int, end: int) -> list[Stretch]:
        """The pieces of a stretch, the outermost cut to it."""
        if start >= end:
            return []
        first = bisect_right(self.starts, start) - 1
        stop = bisect_left(self.starts, end)
        taken = self.pieces[first:stop]
        last = stop - 1
        rest = end - self.starts[last]
        if rest < taken[-1].length:
            taken[-1] = taken[-1].part(0, rest)
        skipped = start - self.starts[first]
        if skipped:
            taken[0] = taken[0].part(skipped, taken[0].length)
        return taken


def _overlay(table: _Table, edits: Sequence[Edit], losses: list[Loss]) -> _Table:
    """The table after one pass. What is gone for good goes to `losses`.

    What lies between two edits is copied as it is, so that a pass costs by its edits.
    """
    pastes = paste_of(edits)
    cuts = {edit.partner: edit for edit in edits if edit.partner in pastes and not edit.after}
    made: list[Stretch] = []
    done = 0
    for edit in edits:
        made += table.between(done, edit.start)
        done = edit.end
        if edit.partner in cuts and not edit.after:
            continue
        if edit.start < edit.end:
            losses += [
                Loss(piece.source, piece.length, edit)
                for piece in table.between(edit.start, edit.end)
                if piece.source >= 0
            ]
        if edit.partner in cuts:
            cut = cuts[edit.partner]
            made += [
                Stretch(one.length, one.source, one.edit, (*one.movers, edit))
                for one in table.between(cut.start, cut.end)
            ]
        elif edit.after:
            made.append(Stretch(len(edit.after), -1, edit))
    made += table.between(done, table.length)
    return _Table(made)


class _Step:
    """One pass, to be gone back over: from a place after it to the place before."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts: list[int] = []  # where each edit's text begins afterwards
        self._cuts: dict[str, int] = {}
        gain = 0
        for edit in edits:
            self._starts.append(edit.start + gain)
            gain += len(edit.after) - (edit.end - edit.start)
            if edit.partner and not edit.after:
                self._cuts[edit.partner] = edit.start

    def back(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        edit = self._edits[index]
        inside = offset - self._starts[index]
        if inside >= len(edit.after):
            return edit.end + inside - len(edit.after)
        if edit.partner in self._cuts:
            return self._cuts[edit.partner] + inside
        return edit.start


class Tracing:
    """The way back from the text as it is now to the source, kept up to date pass by pass."""

    def __init__(self, length: int) -> None:
        """Begin with a source of `length` characters, all of them in their places."""
        self._length = length
        self._steps: list[_Step] = []

    def follow(self, edits: Sequence[Edit]) -> None:
        """Note one more pass."""
        self._steps.append(_Step(edits))

    def nearest_source(self, offset: int) -> int:
        """The source offset of what stands at the text's `offset`.

        For what a rule wrote, it is the place in the source where it was put.
        """
        for step in reversed(self._steps):
            offset = step.back(offset)
        return min(offset, self._length)


class Provenance:
    """Answers for every character of a source and of the manuscript that a ledger makes of it."""

    def __init__(self, length: int, ledger: Ledger) -> None:
        """Lay all passes over one another.

        Args:
            length: of the source's text, in code points.
            ledger: what was done to it.
        """
        table, losses = _Table([Stretch(length, 0)] if length else []), list[Loss]()
        self._tracing = Tracing(length)
        for one in ledger.passes:
            table = _overlay(table, one.edits, losses)
            self._tracing.follow(one.edits)
        self._source_length, self._length = length, table.length
        self._pieces = pieces = table.pieces
        self._starts = table.starts
        self._losses = sorted(losses, key=lambda loss: loss.source)
        self._loss_starts = [loss.source for loss in self._losses]
        kept = [i for i, piece in enumerate(pieces) if piece.source >= 0]
        self._by_source = sorted(kept, key=lambda i: pieces[i].source)
        self._source_starts = [pieces[i].source for i in self._by_source]

    def origin(self, offset: int) -> SourcePlace | Written:
        """Where the manuscript's character at `offset` is from. IndexError outside of it."""
        if not 0 <= offset < self._length:
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

    def nearest_source(self, offset: int) -> int:
        """The source offset of what stands at the manuscript's `offset`, or where it was put."""
        return self._tracing.nearest_source(offset)

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
            self._source_length, self._length, kept, moved, dict(deleted), dict(changed),
            dict(written),
        )  # fmt: skip
