"""Two long texts, character by character: anchors first, then least edits between them.

Least edits alone would scatter a lost passage over single letters that happen to agree; long
runs that both texts have are matched before, the longest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import Levenshtein

__all__ = ["Alignment"]

_GRAM = 16
_LONGEST_SEARCHED = 4_000_000
"""Product of lengths up to which the longest common run of a gap is looked for."""
_SHORTEST_RUN = 4
_LEAST_JUDGED = 24
_ALIKE = 0.4

Change = tuple[str, int, int, int, int]
Run = tuple[int, int, int]
"""Place in the first text, place in the second, length."""


class Alignment:
    """Which character of the truth is which of the result."""

    def __init__(self, truth: str, result: str) -> None:
        """Align two texts."""
        self.truth, self.result = truth, result
        self.changes: list[Change] = list(_changes(truth, result))
        # To the place of each character of the truth its place in the result, -1 where it has none.
        self.place: list[int] = []
        self.equal = 0
        for tag, start, end, other, _ in self.changes:
            if tag == "delete":
                self.place += [-1] * (end - start)
            else:
                self.place += range(other, other + end - start)
            if tag == "equal":
                self.equal += end - start

    def around(self, offset: int) -> tuple[int, int]:
        """The place in the result behind the character before `offset`, and that of the one at it.

        They differ where the result has something between the two; -1 stands for a lost one.
        """
        before = after = -1
        if offset == 0:
            before = 0
        elif self.place[offset - 1] >= 0:
            before = self.place[offset - 1] + 1
        if offset == len(self.place):
            after = len(self.result)
        elif self.place[offset] >= 0:
            after = self.place[offset]
        return before, after

    @cached_property
    def inserted(self) -> list[tuple[int, int]]:
        """Runs of the result that the truth doesn't have."""
        return [(other, done) for tag, _, _, other, done in self.changes if tag == "insert"]


def _changes(first: str, second: str) -> Iterator[Change]:
    """How `first` becomes `second`: equal, replace (same length), delete, insert."""
    here = there = 0
    for start, other, length in [*_anchors(first, second), (len(first), len(second), 0)]:
        yield from _gap(first, second, here, start, there, other)
        if length:
            yield "equal", start, start + length, other, other + length
        here, there = start + length, other + length


def _anchors(first: str, second: str) -> list[Run]:
    """Long runs that stand in both texts once and in one order."""
    unique = _unique(first)
    others = _unique(second)
    pairs = sorted((place, others[gram]) for gram, place in unique.items() if gram in others)
    runs: list[Run] = []
    for start, other in _rising(pairs):
        if runs and start < sum(runs[-1][::2]):
            continue
        if runs and other < runs[-1][1] + runs[-1][2]:
            continue
        length = 0
        while (
            start + length < len(first)
            and other + length < len(second)
            and first[start + length] == second[other + length]
        ):
            length += 1
        runs.append((start, other, length))
    return runs


def _unique(text: str) -> dict[str, int]:
    """Grams that a text has once, with their place."""
    found: dict[str, int] = {}
    for place in range(len(text) - _GRAM + 1):
        gram = text[place : place + _GRAM]
        found[gram] = -1 if gram in found else place
    return {gram: place for gram, place in found.items() if place >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs that rises on both sides; the pairs are sorted by the first."""
    ends: list[int] = []
    ends_at: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        place = bisect_left(ends, other)
        before.append(ends_at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(other)
            ends_at.append(number)
        else:
            ends[place], ends_at[place] = other, number
    chosen: list[tuple[int, int]] = []
    number = ends_at[-1] if ends_at else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _unlike(one: str, other: str) -> bool:
    """Whether two passages have nothing to do with each other."""
    return Levenshtein.normalized_similarity(one, other) < _ALIKE


def _gap(first: str, second: str, here: int, end: int, there: int, done: int) -> Iterator[Change]:
    """What changes between two anchors."""
    if here == end and there == done:
        return
    if here == end:
        yield "insert", here, here, there, done
        return
    if there == done:
        yield "delete", here, end, there, there
        return
    one, other = first[here:end], second[there:done]
    run = None
    if len(one) * len(other) <= _LONGEST_SEARCHED:
        found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
        run = found if found.size >= _SHORTEST_RUN else None
    if run is None:
        if len(one) + len(other) > _LEAST_JUDGED and _unlike(one, other):
            yield "delete", here, end, there, there
            yield "insert", end, end, there, done
            return
        for each in Levenshtein.opcodes(one, other):
            yield (
                str(each.tag), here + each.src_start, here + each.src_end,
                there + each.dest_start, there + each.dest_end,
            )  # fmt: skip
        return
    start, beside = here + run.a, there + run.b
    yield from _gap(first, second, here, start, there, beside)
    yield "equal", start, start + run.size, beside, beside + run.size
    yield from _gap(first, second, start + run.size, end, beside + run.size, done)
