"""What furniture of a page is, and what proves it: repetition, a page's distance, no overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

__all__ = [
    "HEAD_LENGTH", "PAGE_LENGTH", "TIMES", "Furniture", "Line", "a_page_apart", "common_prefix",
    "evenly_apart", "lines_of", "majority_prefix", "nearly_alike", "without_overlap",
]  # fmt: skip

TIMES = 3  # a string that stands fewer times is no furniture
PAGE_LENGTH = 150  # characters between two joints at the least, on the average
HEAD_LENGTH = 60
_MOST = 0.6  # of the strings that have a beginning in common
_EVEN = 0.12  # of a page: how far a line may be from where even pages would have it


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """Characters `start` to `end` are furniture; `kind` is head, foot or folio."""

    start: int
    end: int
    kind: str
    number: int = 0


class Line(NamedTuple):
    """A line of text at `start` to `end`, without blanks at its edges."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines that aren't blank, without blanks at their edges."""
    found: list[Line] = []
    place = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            start = place if bare[0] == raw[0] else place + raw.index(bare[0])
            found.append(Line(start, start + len(bare), bare))
        place += len(raw) + 1
    return found


def common_prefix(texts: Sequence[str]) -> str:
    """The longest string with which all of them begin."""
    first, last = min(texts), max(texts)
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    return first[:length]


def majority_prefix(texts: Sequence[str]) -> str:
    """The longest string with which most of them begin: one or the other may be misread."""
    left = list(texts)
    length = 0
    while True:
        following = Counter(text[length] for text in left if len(text) > length)
        character, count = max(following.items(), default=("", 0), key=_most)
        if count < max(2, _MOST * len(texts)):
            return left[0][:length] if left else ""
        left = [text for text in left if text[length : length + 1] == character]
        length += 1


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return item[1], item[0]


def a_page_apart(places: Sequence[int], least: int = PAGE_LENGTH) -> bool:
    """Whether places are a page's distance apart on the whole."""
    if len(places) < 2:
        return False
    gaps = sorted(b - a for a, b in pairwise(places))
    return gaps[len(gaps) // 2] >= least


def evenly_apart(places: Sequence[int], least: int = PAGE_LENGTH) -> bool:
    """Whether places are at the distance of one page, or of whole pages, from each other."""
    gaps = [b - a for a, b in pairwise(places)]
    if len(gaps) < TIMES:
        return False
    usual = sorted(gaps)[len(gaps) // 2]
    if usual < least:
        return False
    even = sum(abs(gap / usual - max(1, round(gap / usual))) <= _EVEN for gap in gaps)
    return even >= 0.75 * len(gaps)


def nearly_alike(one: str, other: str) -> bool:
    """Whether two strings are the same but for a character or two, misread or lost.

    Short strings may differ in one, and those of less than four in none.
    """
    most = min(2, min(len(one), len(other)) // 4)
    if abs(len(one) - len(other)) > most:
        return False
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def without_overlap(pieces: Iterable[Furniture]) -> list[Furniture]:
    """Pieces in order of place: of two that overlap the first, longer if they are of a kind."""
    kept: list[Furniture] = []
    for piece in sorted(pieces):
        if kept and piece.start < kept[-1].end:
            if piece.end > kept[-1].end and piece.kind == kept[-1].kind:
                kept[-1] = replace(kept[-1], end=piece.end)
            continue
        kept.append(piece)
    return kept
