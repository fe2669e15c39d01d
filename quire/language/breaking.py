"""Where a title may break into lines, and what each break costs.

Chinese breaks between words, as the dictionary knows them; no line begins with a closing
mark or ends with an opening one (CLREQ, prohibition rules for line start and end). Latin breaks
between words; a line that ends in an article or a preposition costs more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Final

from quire.language.dictionary import parted

__all__ = ["Piece", "Split", "names", "pieces", "shattered", "splits"]

_OPENERS: Final = frozenset("（《“‘〈「『【〔([{¿¡")
_CLOSERS: Final = frozenset(
    "，。、：；！？）》”’〉」』】〕…—～·,.:;!?)]}％%々ー々ッっャュョゃゅょァィゥェォー"
)
_PAUSES: Final = frozenset("，。、：；！？…—·,.:;!?–")
# A line doesn't begin with these: they lean on the word before.
_LEANING: Final = frozenset("的地得了着过们吗呢吧者之里上中はがをにのともでへ")
# A line gladly begins with these.
_LEADING: Final = frozenset("与和及或从在向为以对")
# A line unwillingly ends with these.
_WEAK_ENDS: Final = frozenset(
    {
        "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "by", "for", "from", "with",
        "as", "is", "de", "la", "le", "les", "du", "des", "der", "die", "das", "und", "von", "zu",
        "el", "los", "las", "y",
    }
)  # fmt: skip
_BETWEEN_WORDS, _AT_PAUSE, _GLADLY, _INSIDE, _WEAK = 0.08, -0.08, 0.0, 0.6, 0.3

_TOKEN: Final = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇々]+)|"
    r"(?P<letters>(?:[^\W\u2e80-\uffef]|[\u0300-\u036f'’&@#+.-](?=[^\W\u2e80-\uffef])|[&@#+])+)|"
    r"[\u3040-\u309f]+|[\u30a0-\u30ff]+|[\uac00-\ud7af]+|—+|…+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken.

    Attributes:
        text: its characters.
        joint: what stands between it and the next on one line: a blank or nothing.
        price: of ending a line after it, in parts of a line's width.
    """

    text: str
    joint: str = ""
    price: float = _BETWEEN_WORDS


@dataclass(frozen=True, slots=True)
class Split:
    """A title in lines, and how far it is from even lines with good breaks."""

    lines: tuple[str, ...]
    cost: float


def pieces(text: str) -> tuple[Piece, ...]:
    """The unbreakable pieces of a title."""
    found: list[Piece] = []
    for word in text.split():
        atoms = list(_atoms(word))
        last = len(atoms) - 1
        for position, atom in enumerate(atoms):
            following = atoms[position + 1] if position < last else ""
            piece = Piece(atom, "" if following else " ", _price(atom, following))
            if found and atom[0] in _CLOSERS:
                # A blank stands before it, and a line can't begin with it all the same.
                before = found.pop()
                piece = replace(piece, text=before.text + before.joint + atom)
            found.append(piece)
    return tuple(found)


def names(text: str) -> tuple[Piece, ...]:
    """The pieces of a list of names: a name stays in one line if it can."""
    found = re.findall(r"(.+?(?:[、,，;；]|$))( *)", text)
    return tuple(Piece(name, " " if blank else "", 0.0) for name, blank in found)


def shattered(whole: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same pieces broken into single characters: the last resort for a narrow place."""
    return tuple(
        Piece(sign, piece.joint if last else "", piece.price if last else _INSIDE)
        for piece in whole
        for position, sign in enumerate(piece.text)
        for last in (position == len(piece.text) - 1,)
    )


def splits(whole: Sequence[Piece], width_of: Callable[[str], float], most: int) -> Iterator[Split]:
    """The best split into each number of lines from one to `most`.

    Args:
        whole: the pieces.
        width_of: the width of a text; taken to add up.
        most: lines at most.
    """
    ends = [0.0]
    for piece in whole:
        ends.append(ends[-1] + width_of(piece.text + piece.joint))
    blanks = [width_of(piece.joint) if piece.joint else 0.0 for piece in whole]
    for count in range(1, min(most, len(whole)) + 1):
        yield _best(whole, ends, blanks, count)


def _best(
    whole: Sequence[Piece], ends: Sequence[float], blanks: Sequence[float], count: int
) -> Split:
    """The cheapest split into `count` lines, by dynamic programming over their last pieces."""
    size = len(whole)
    target = ends[-1] / count
    cost = [[inf] * (size + 1) for _ in range(count + 1)]
    start = [[0] * (size + 1) for _ in range(count + 1)]
    cost[0][0] = 0.0
    for line in range(1, count + 1):
        for end in range(line, size - count + line + 1):
            for begin in range(line - 1, end):
                if cost[line - 1][begin] == inf:
                    continue
                width = ends[end] - ends[begin] - blanks[end - 1]
                price = ((width - target) / target) ** 2
                if end < size:
                    price += whole[end - 1].price
                else:
                    price += _of_last_line(width, target)
                if count > 1 and end - begin == 1 and len(whole[begin].text) == 1:
                    price += 1.0
                if cost[line - 1][begin] + price < cost[line][end]:
                    cost[line][end] = cost[line - 1][begin] + price
                    start[line][end] = begin
    bounds = [size]
    for line in range(count, 0, -1):
        bounds.append(start[line][bounds[-1]])
    bounds.reverse()
    lines = tuple(
        "".join(piece.text + piece.joint for piece in whole[begin:end]).strip()
        for begin, end in pairwise(bounds)
    )
    return Split(lines, cost[count][size] / count)


def _of_last_line(width: float, target: float) -> float:
    """A last line much shorter than the others looks forgotten."""
    return 0.25 if width < 0.45 * target else 0.0


def _price(atom: str, following: str) -> float:
    if atom[-1] in _PAUSES:
        return _AT_PAUSE
    if following:
        return _GLADLY if following in _LEADING else _BETWEEN_WORDS
    return _WEAK if atom.lower() in _WEAK_ENDS else _BETWEEN_WORDS


def _atoms(word: str) -> Iterator[str]:
    """Words with the marks that cling to them."""
    held = ""
    for token in _glued(_tokens(word)):
        if all(sign in _OPENERS for sign in token):
            held += token
            continue
        yield held + token
        held = ""
    if held:
        yield held


def _glued(tokens: Iterator[str]) -> Iterator[str]:
    """Tokens, with closing marks and leaning words put to what goes before them."""
    current = ""
    for token in tokens:
        clings = token[0] in _CLOSERS or token in _LEANING
        if current and clings and not all(sign in _OPENERS for sign in current):
            current += token
        else:
            if current:
                yield current
            current = token
    if current:
        yield current


def _tokens(word: str) -> Iterator[str]:
    """Han words, other runs of letters, and marks one by one (—— and …… as one)."""
    for found in _TOKEN.finditer(word):
        if found["han"]:
            yield from parted(found["han"])
        elif found["letters"] and "-" in found["letters"]:
            yield from re.findall(r"[^-]+-*|-+", found["letters"])
        else:
            yield found[0]
