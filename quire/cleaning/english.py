"""Blanks between English words that were lost, found by capitals, small words and the text itself.

No dictionary: a capital inside a run begins a word, and a small word (*of*, *and*, *the* …) is cut
off a run's end only where nothing speaks for its being part of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["RUN", "lost_blanks", "sentence_of"]

# A run of Latin text without a blank, long enough to hold words.
RUN = re.compile(r"[!-~–—‘’“”…]{16,}")

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[A-Za-z]+")
_NAME_PREFIX = re.compile(r"(?:Mc|Mac)$")  # McDonald is one name
# Cut off the end of a run, longest first; before a chain with "the" even the shortest are sure.
_CHAIN = re.compile(r"(?<=[a-z]{3})(of|and|in|on|to|for|from|with|by|as|at)(the)$")
_SINGLE = re.compile(r"(?<=[a-z]{2})(and|the|of|for|with|from)$")
_WHOLE = re.compile(
    r"(?:.*land|.*mand|.*stand|.*roof|thousand|husband|brand|grand|strand|errand|garland|"
    r"expand|armband|headband|grandstand|breathe|clothe|loathe|seethe|soothe|swathe|bathe|lathe|"
    r"scythe|lithe|tithe|writhe|sheathe|goethe|aloof|spoof|hereof|thereof|whereof|therefor|"
    r"herewith|therewith|wherewith|forthwith|beckwith|asquith)",
    re.IGNORECASE,
)

# Where punctuation stands without its blank. Digits on both sides (1,000; 9:30) have none.
_AFTER_MARK = re.compile(
    r"(?<=[A-Za-z)\]\d\"”’][,;:])(?=[A-Za-z(\[“])|(?<=[A-Za-z)\]\"”][,;:])(?=\d)"
)
_AFTER_STOP = re.compile(
    r"(?<=[A-Za-z]{2}\.)(?=[A-Z(\d])|(?<=[A-Z\d]\.)(?=[A-Z][a-z])|(?<=[ ,;(]p\.)(?=\d)"
)
_BRACKET = re.compile(r"(?<=[A-Za-z\d.,])(?=\([A-Za-z\d])|(?<=[A-Za-z\d]\))(?=[A-Za-z\d])")
_ADDRESS = re.compile(r"://|www\.|@|[\\/_=<>{}|]")
_CITATION = re.compile(
    r"\bpp?\.|\b[Vv]ol\.?|\bNo\.|\((?:1[5-9]|20)\d\d\)|Press\b|\b(?:1[5-9]|20)\d\d[,.]"
)


def _small_words(word: str, known: frozenset[str]) -> Iterator[int]:
    """Offsets in `word` where a small word at its end begins."""
    if word.casefold() in known or _WHOLE.fullmatch(word):
        return
    chain = _CHAIN.search(word)
    if chain:
        yield from (chain.start(1), chain.start(2))
        return
    single = _SINGLE.search(word)
    if single:
        yield single.start(1)


def _inside_words(run: str, known: frozenset[str]) -> tuple[list[int], int]:
    """Where words begin inside the letters of a run, and how many small words prove it."""
    places, proofs = [], 0
    for found in _WORDS.finditer(run):
        letters, base = found.group(), found.start()
        capitals = [
            cut.start()
            for cut in _CAPITAL.finditer(letters)
            if not _NAME_PREFIX.search(letters[: cut.start()][-3:])
        ]
        bounds = [0, *capitals, len(letters)]
        places += [base + cut for cut in capitals]
        for start, end in pairwise(bounds):
            if end < len(letters):  # what ends the letters was followed by a mark, not by a word
                small = list(_small_words(letters[start:end], known))
                places += [base + start + cut for cut in small]
                proofs += len(small)
    return places, proofs


def _at_quotes(run: str) -> list[int]:
    """Where a blank belongs before an opening and after a closing straight quote."""
    places = []
    quotes = [at for at, sign in enumerate(run) if sign == '"']
    if len(quotes) % 2:
        return []
    for number, at in enumerate(quotes):
        if number % 2 == 0 and at and run[at - 1] not in "([ ":
            places.append(at)
        elif number % 2 and at + 1 < len(run) and run[at + 1].isalnum():
            places.append(at + 1)
    return places


def sentence_of(run: str) -> bool:
    """Whether a run looks like a reference: volume, pages, year or press."""
    return bool(_CITATION.search(run))


def lost_blanks(run: str, known: frozenset[str]) -> list[int]:
    """The offsets in a run of ASCII at which blanks were lost; none when that isn't sure.

    Args:
        run: characters without a blank among them.
        known: words that stand by themselves elsewhere in the text, in small letters.
    """
    if _ADDRESS.search(run):
        return []
    inside, proofs = _inside_words(run, known)
    if not proofs and len(inside) < 3:
        return []
    places = set(inside) | set(_at_quotes(run))
    for pattern in (_AFTER_MARK, _AFTER_STOP, _BRACKET):
        places |= {found.start() for found in pattern.finditer(run)}
    return sorted(places - {0, len(run)})
