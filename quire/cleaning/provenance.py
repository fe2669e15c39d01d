"""Where each character of the manuscript is from, and what became of each of the source's.

All passes of a ledger are laid over one another once, as a table of pieces: stretches that came
from the source in one go, and stretches that a rule wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quire.cleaning.draft import paste_of
from quire.cleaning.ledger import Edit, Ledger

__all__ = [
    "Accounting", "Changed", "Deleted", "Kept", "Moved", "Provenance", "SourcePlace", "Tracing",
    "Written",
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """`length` characters from source offset `source`, or, when that is -1, written by `rule`."""

    length: int
    source: int
    rule: str = ""
    movers: tuple[str, ...] = ()

    def part(self, start: int, end: int) -> _Piece:
        source = self.source if self.source < 0 else self.source + start
        return _Piece(end - start, source, self.rule, self.movers)


@dataclass(frozen=True, slots=True)
class _Loss:
    source: int
    length: int
    rule: str
    after: str


class _Reader:
    """Reads a table of pieces from left to right by places of its text."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._inside = 0
        self._place = 0

    def until(self, place: int) -> list[_Piece]:
        taken = []
        while self._place < place:
            piece = self._pieces[self._index]
            length = min(piece.length - self._inside, place - self._place)
            taken.append(piece.part(self._inside, self._inside + length))
            self._inside += length
            self._place += length
            if self._inside == piece.length:
                self._index += 1
                self._inside = 0
        return taken


def _overlay(
    pieces: list[_Piece], edits: Sequence[Edit], length: int, losses: list[_Loss]
) -> list[_Piece]:
    """The table after one pass. What is gone for good goes to `losses`."""
    reader = _Reader(pieces)
    pastes = paste_of(edits)
    cut: dict[str, list[_Piece]] = {}
    made: list[_Piece | str] = []
    for edit in edits:
        made += reader.until(edit.start)
        removed = reader.until(edit.end)
        if edit.partner in pastes and not edit.after:
            cut[edit.partner] = removed
            continue
        losses += [
            _Loss(piece.source, piece.length, edit.rule, edit.after)
            for piece in removed
            if piece.source >= 0
        ]
        if edit.partner:
            made.append(edit.partner)
        elif edit.after:
            made.append(_Piece(len(edit.after), -1, edit.rule))
    made += reader.until(length)
    result: list[_Piece] = []
    for piece in made:
        if isinstance(piece, _Piece):
            result.append(piece)
        else:
            rule = pastes[piece].rule
            result += [
                _Piece(one.length, one.source, one.rule, (*one.movers, rule)) for one in cut[piece]
            ]
    return result


class Tracing:
    """The table of pieces, kept up to date pass by pass."""

    def __init__(self, length: int) -> None:
        """Begin with a source of `length` characters, all of them in their places."""
        self.pieces = [_Piece(length, 0)] if length else []
        self.losses: list[_Loss] = []
        self.length = length
        self._waiting: list[Sequence[Edit]] = []
        self._starts: list[int] | None = None

    def follow(self, edits: Sequence[Edit]) -> None:
        """Note one more pass. It is laid over the others when somebody asks."""
        self._waiting.append(edits)

    def up_to_date(self) -> Tracing:
        """Lay over what was noted."""
        for edits in self._waiting:
            self.pieces = _overlay(self.pieces, edits, self.length, self.losses)
            self.length = sum(piece.length for piece in self.pieces)
            self._starts = None
        self._waiting.clear()
        return self

    def starts(self) -> list[int]:
        """Where each piece begins in the text as it is now."""
        self.up_to_date()
        if self._starts is None:
            self._starts = _running(self.pieces)
        return self._starts

    def nearest_source(self, offset: int) -> int:
        """The source offset that stands at, or last before, the text's `offset`."""
        index = bisect_right(self.starts(), offset) - 1
        inside = offset - self.starts()[index] if index >= 0 else 0
        while index >= 0:
            piece = self.pieces[index]
            if piece.source >= 0:
                return piece.source + min(inside, piece.length)
            index -= 1
            inside = self.pieces[index].length if index >= 0 else 0
        return 0


class Provenance:
    """Answers for every character of a source and of the manuscript that a ledger makes of it."""

    def __init__(self, length: int, ledger: Ledger) -> None:
        """Lay all passes over one another.

        Args:
            length: of the source's text, in code points.
            ledger: what was done to it.
        """
        self._tracing = Tracing(length)
        for one in ledger.passes:
            self._tracing.follow(one.edits)
        self._starts = self._tracing.starts()
        self._source_length, self._length = length, self._tracing.length
        self._pieces = pieces = self._tracing.pieces
        self._losses = sorted(self._tracing.losses, key=lambda loss: loss.source)
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
        if piece.source < 0:
            return Written(piece.rule)
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
                return Moved(place, piece.movers) if piece.movers else Kept(place)
        loss = self._losses[bisect_right(self._loss_starts, offset) - 1]
        return Changed(loss.rule, loss.after) if loss.after else Deleted(loss.rule)

    def nearest_source(self, offset: int) -> int:
        """The source offset that stands at, or last before, the manuscript's `offset`."""
        return self._tracing.nearest_source(offset)

    def accounting(self) -> Accounting:
        """The sums over all characters."""
        kept = moved = 0
        written: Counter[str] = Counter()
        for piece in self._pieces:
            if piece.source < 0:
                written[piece.rule] += piece.length
            elif piece.movers:
                moved += piece.length
            else:
                kept += piece.length
        deleted: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        for loss in self._losses:
            (changed if loss.after else deleted)[loss.rule] += loss.length
        return Accounting(
            self._source_length, self._length, kept, moved, dict(deleted), dict(changed),
            dict(written),
        )  # fmt: skip


def _running(pieces: Sequence[_Piece]) -> list[int]:
    starts, place = [], 0
    for piece in pieces:
        starts.append(place)
        place += piece.length
    return starts
