"""Stretches of lines that stand twice, one behind the other, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Repeat", "repeats"]

_MOST_LINES = 150  # of a page
_LONG = 12  # characters of a line that doesn't come again by chance


@dataclass(frozen=True, slots=True)
class Repeat:
    """Lines `first` to `second` stand again from `second` on, to `end`."""

    first: int
    second: int
    end: int


def repeats(keys: Sequence[str]) -> Iterator[Repeat]:
    """Stretches that stand twice and no more, in order; what stands thrice is a refrain.

    Args:
        keys: what each line is alike by.
    """
    done = 0
    last: dict[str, int] = {}
    for place, key in enumerate(keys):
        before = last.get(key, -1)
        last[key] = place
        if before < done or place - before > _MOST_LINES or len(key) < _LONG:
            continue
        length = place - before
        start, stop = before, before + 1
        while start > done and keys[start - 1] == keys[start - 1 + length]:
            start -= 1
        while stop + length < len(keys) and keys[stop] == keys[stop + length]:
            stop += 1
        if length <= stop - start < 2 * length:
            yield Repeat(start, start + length, start + 2 * length)
            done = start + 2 * length
        elif stop - start >= 2 * length:
            done = stop + length
