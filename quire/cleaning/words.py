"""Words: where Chinese text may be cut, by a dictionary and by the document's own use."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

from quire.cleaning.vocabulary import HAN
from quire.language.dictionary import part_of_speech, parted

__all__ = ["spans_a_word", "tagged", "word_ends"]

_IS_HAN = re.compile(f"[{HAN}]")
_SAMPLE = 500_000  # characters of a document that tell its words


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a short text with their parts of speech (n, v, r, d …)."""
    return tuple((word, part_of_speech(word)) for word in parted(text))


@lru_cache(maxsize=4096)
def word_ends(text: str) -> frozenset[int]:
    """The places of a short text at which a word ends."""
    return frozenset(accumulate(map(len, parted(text))))


def spans_a_word(before: str, after: str, document: str) -> str:
    """The word that lies over a joint; empty when there is none.

    A dictionary's word counts, and so does a string of four characters that the document has
    elsewhere in one piece.
    """
    left, right = before[-8:], after[:8]
    if not (left and right and _IS_HAN.match(left[-1]) and _IS_HAN.match(right[0])):
        return ""
    joint = len(left)
    ends = sorted({0, *word_ends(left + right)})
    for start, end in pairwise(ends):
        if start < joint < end:
            return (left + right)[start:end]
    for taken in (3, 2, 1):
        piece = left[-taken:] + right[: 4 - taken]
        if (
            len(piece) == 4
            and all(map(_IS_HAN.match, piece))
            and document.find(piece, 0, _SAMPLE) >= 0
        ):
            return piece
    return ""
