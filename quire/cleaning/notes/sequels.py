"""Marks that the marks around them tell of: two in a row, one behind a year, one before a measure.

Where 23 stands between 1 and 4, notes 2 and 3 are called; where 17416 stands between 5 and 7, note
6 is, behind the year 1741; and 4年 may be note 4 before a year. Nothing but the sequence says so,
and so both neighbours must fit, and no body may have the number that is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quire.cleaning.notes.marks import COUNTER, Sign, Token

__all__ = ["with_sequels"]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# By style: a year with a mark right behind it; a mark right before a word of measure.
_DOUBTFUL = {
    "figure": re.compile(
        r"(?<![\d.,/-])(?:1[0-9]|20)\d\d(?P<mark>[1-9]\d?)(?![\d%‰℃°]|[.,:]\d)"
        rf"|(?<=[，。；：、！？”』）》,;:])(?P<counts>[1-9]\d?)(?={COUNTER})"
    ),
    "superscript": re.compile(r"(?<![\d.,/-])(?:1[0-9]|20)\d\d(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?)"),
}

_DIGITS = re.compile(r"[1-9][0-9]*")  # a doubtful mark or the year before it begins so


def with_sequels(text: str, style: str, signs: Sequence[Sign]) -> list[Sign]:
    """The signs of a style, with those that only their neighbours tell of.

    Args:
        text: all of it.
        style: of the signs; others than figures and superscripts are left as they are.
        signs: in order of place.
    """
    pattern = _DOUBTFUL.get(style)
    if pattern is None or not signs:
        return list(signs)
    taken = {sign.start for sign in signs}
    doubtful = (sign for sign in _doubtful(text, style, pattern) if sign.start not in taken)
    found = sorted([*signs, *doubtful], key=lambda sign: sign.start)
    said = {token.number for sign in signs if sign.is_body for token in sign.tokens}
    callouts = [i for i, sign in enumerate(found) if not sign.is_body]
    kept = {i: found[i] for i in range(len(found)) if found[i].is_body or found[i].start in taken}
    for before, i, behind in _with_neighbours(callouts):
        previous = kept.get(before, found[before]).tokens[-1].number if before >= 0 else 0
        following = found[behind].tokens[0].number if behind >= 0 else 0
        number = found[i].tokens[0].number
        if found[i].start not in taken:
            if (previous, following) == (number - 1, number + 1):
                kept[i] = found[i]
        elif number not in said and (parted := _in_two(found[i], previous, following)):
            kept[i] = parted
    return [kept[i] for i in sorted(kept)]


def _doubtful(text: str, style: str, pattern: re.Pattern[str]) -> Iterator[Sign]:
    for digits in _DIGITS.finditer(text):
        found = pattern.match(text, digits.start())
        if found is None:
            continue
        start, end = found.span(found.lastgroup or "mark")
        token = Token(int(text[start:end].translate(_SUPERSCRIPTS)), start, end)
        yield Sign(start, end, (token,), leads=False, style=style)


def _with_neighbours(places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each place with the one before it and the one behind it; -1 for none."""
    for (before, place), (_, behind) in pairwise(pairwise([-1, *places, -1])):
        yield before, place, behind


def _in_two(sign: Sign, previous: int, following: int) -> Sign | None:
    """A mark of two or four figures as two marks in a row, when they count on between these."""
    width, rest = divmod(sign.end - sign.start, 2)
    if rest or len(sign.tokens) != 1 or width > 2:
        return None
    one, other = divmod(sign.tokens[0].number, 10**width)
    counts_on = other == one + 1 and following == other + 1 and previous in {one - 1, 0}
    if not counts_on and not (one == 1 and other == 2 and following == 3):
        return None
    middle = sign.start + width
    tokens = (Token(one, sign.start, middle), Token(other, middle, sign.end))
    return replace(sign, tokens=tokens)
