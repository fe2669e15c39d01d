"""What furniture of a page is, and what proves it: repetition, a page's distance, no overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

__all__ = [
    "HEAD_LENGTH", "PAGE_LENGTH", "TIMES", "Furniture", "Line", "a_page_apart", "common_prefix",
    "lines_of", "without_overlap",
]  # fmt: skip

TIMES = 3  # a string that stands fewer times is no furniture
PAGE_LENGTH = 150  # characters between two joints at the least, on the average
HEAD_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """Characters `start` to `end` are furniture; `kind` is head, foot or folio."""

    start: int
    end: int
    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at `start` to `end`."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines that aren't blank, without blanks at their edges."""
    return [Line(m.start(), m.end(), m[0]) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def common_prefix(texts: Sequence[str]) -> str:
    """The longest string with which all of them begin."""
    first, last = min(texts), max(texts)
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    return first[:length]


def a_page_apart(places: Sequence[int]) -> bool:
    """Whether places are a page's distance apart on the whole."""
    if len(places) < 2:
        return False
    gaps = sorted(b - a for a, b in pairwise(places))
    return gaps[len(gaps) // 2] >= PAGE_LENGTH


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
