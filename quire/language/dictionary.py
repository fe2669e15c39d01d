"""A dictionary of Chinese words, and the likeliest way to part a text into them.

The words are those that the package jieba carries: a word, how often it is used, and its
commonest part of speech on each line, sorted by word. The list is read where it lies, by halving,
so that it takes no time to load and no memory to hold.
"""

from __future__ import annotations

import mmap
import re
from functools import lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path

__all__ = ["is_word", "part_of_speech", "parted"]

_LATIN = re.compile("[A-Za-z0-9]+")
_SEEN = 60_101_967  # the sum of how often all words of the list are used


@lru_cache(maxsize=1)
def _word_list() -> tuple[mmap.mmap, int]:
    """The list, mapped into memory page by page as it is read, and where its Han words begin.

    Raises:
        ModuleNotFoundError: the package that carries it is not installed.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package jieba is missing: it carries the list of words.")
    with (Path(spec.origin).parent / "dict.txt").open("rb") as file:
        words = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return words, words.find("\n一 ".encode()) + 1


def _line_at(words: mmap.mmap, place: int) -> tuple[int, int]:
    """Start and end of the line that holds `place`."""
    end = words.find(b"\n", place)
    return words.rfind(b"\n", 0, place) + 1, end if end >= 0 else len(words)


@lru_cache(maxsize=65536)
def _entry(word: str) -> tuple[int, str, bool]:
    """How often a word is used, its part of speech, and whether longer words begin with it."""
    (words, low), wanted = _word_list(), word.encode("utf-8", "surrogatepass")
    high = len(words)
    while low < high:
        start, end = _line_at(words, (low + high) // 2)
        if words[start:end].partition(b" ")[0] < wanted:
            low = end + 1
        else:
            high = start
    goes_on = False
    for _ in range(4):  # two of the list's words stand some lines too late
        start, end = _line_at(words, min(low, len(words) - 1))
        found, _, rest = words[start:end].decode().partition(" ")
        if found == word:
            used, _, kind = rest.strip().partition(" ")
            return int(used), kind, True
        goes_on = goes_on or found.startswith(word)
        low = end + 1
    return 0, "", goes_on


def is_word(text: str) -> bool:
    """Whether the dictionary has it."""
    return _entry(text)[0] > 0


def _words_from(text: str, start: int) -> list[tuple[int, int]]:
    """Where the words from `start` on end, with their use; what is no word is a character."""
    latin = _LATIN.match(text, start)
    if latin:
        return [(latin.end(), 1)]
    found = [(start + 1, _entry(text[start])[0] or 1)]
    for end in range(start + 2, len(text) + 1):
        used, _, goes_on = _entry(text[start:end])
        if used:
            found.append((end, used))
        elif not goes_on:
            break
    return found


def part_of_speech(word: str) -> str:
    """The list's letters for it: n, v, r, d …; eng for Latin, and x for what is no word."""
    return "eng" if _LATIN.match(word) else _entry(word)[1] or "x"


def parted(text: str) -> list[str]:
    """The likeliest row of words, by how often each is used by itself.

    Args:
        text: some characters, as the time goes by their number and more: a title, a joint.
    """
    best: list[tuple[float, int]] = [(0.0, len(text))] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        best[start] = max(
            (log(used / _SEEN) + best[end][0], end) for end, used in _words_from(text, start)
        )
    words, place = [], 0
    while place < len(text):
        end = best[place][1]
        words.append(text[place:end])
        place = end
    return words
