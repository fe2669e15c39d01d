"""Folios: how page numbers are printed, and which of a text's numbers count its pages.

A number on a line of its own is a folio only as one of a sequence: the numbers rise with the
text, and the text between two of them is as long as the pages between them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from quire.cleaning.furniture import PAGE_LENGTH, TIMES
from quire.cleaning.numbering import number_of

__all__ = ["FOLIO", "FOLIO_BESIDE", "PAGES", "Numbered", "chains", "folio_number", "missing_folios"]

_NUMBER = r"\d{1,4}|[ivxlcIVXLC]{1,7}"
# A line that is a folio and nothing else: 12, - 12 -, · 12 ·, [12], 第12页, Page 12 of 340, {12}.
FOLIO = re.compile(
    rf"[-–—·•~*|<\[(（〔{{\s]*(?:第\s*|(?:[Pp]age|PAGE)\s+|[Pp][Gg]?\.?\s*)?(?P<n>{_NUMBER})"
    r"(?:\s*页)?(?:\s*(?:of|/|[,，]?\s*共)\s*\d{1,4}\s*页?)?[-–—·•~*|>\])）〕}\s]*"
)
# A folio at one end of a running head's line.
FOLIO_BESIDE = re.compile(
    r"^(?P<left>\d{1,4})(?:[\s|·•/—–-]+)(?=\D)|[\s|·•/—–-]+(?P<right>\d{1,4})$"
)
# Heads over notes name the page or pages that these are of.
PAGES = re.compile(
    r"(?:\bpages?\s|第\s?)?\d+\s?[—–-]\s?\d+(?:\s?页)?|\bpage\s\d+|第\s?\d+\s?页", re.IGNORECASE
)
_LONGEST = 24  # characters of a line that can be a folio
_REACH = 40  # how many numbers back a sequence may go on from
_MOST_LOST = 12  # folios missing in a row
_NEAR, _FAR = 0.4, 2.6  # of the usual page: how long the text of one may be


class Numbered(NamedTuple):
    """A line that could be a folio.

    `line` is its place among the lines, `at` among the characters; `roman` is how it is written,
    and `beside_head` says that a running head stands on the same line.
    """

    line: int
    at: int
    number: int
    roman: bool = False
    beside_head: bool = False


def folio_number(line: str) -> tuple[int, bool]:
    """The number that a line is, and whether it is a roman one; 0 when it is no bare number."""
    found = FOLIO.fullmatch(line) if len(line) < _LONGEST else None
    if not found:
        return 0, False
    return number_of(found["n"]), not found["n"].isdecimal()


def chains(candidates: Sequence[Numbered], page_length: int = PAGE_LENGTH) -> list[list[Numbered]]:
    """The sequences that count pages, arabic and roman apart.

    A page scanned twice has its folio twice.

    Args:
        candidates: in order of place.
        page_length: characters that a page has at the least, on the average.
    """
    found = []
    for roman in (True, False):
        rest = [one for one in candidates if one.roman == roman]
        while len(rest) >= TIMES:
            chain = _longest(rest, page_length)
            if len(chain) < TIMES or not _counts_on(chain):
                break
            found.append(chain)
            first, last = chain[0].line, chain[-1].line
            # Nothing but another sequence, before or behind it, can be one too.
            rest = [one for one in rest if one.line < first or one.line > last]
    return found


def _counts_on(chain: Sequence[Numbered]) -> bool:
    """Whether most numbers follow one another, or skip one for pages of one side."""
    steps = [b.number - a.number for a, b in pairwise(chain)]
    return sum(step <= 2 for step in steps) >= 0.6 * len(steps)


def _usual_page(candidates: Sequence[Numbered], least: int) -> float:
    """How many characters most pages have, by the numbers that follow one another."""
    last: dict[int, int] = {}
    gaps = []
    for one in candidates:
        before = last.get(one.number - 1)
        if before is not None and one.at - before >= least:
            gaps.append(one.at - before)
        last[one.number] = one.at
    return sorted(gaps)[len(gaps) // 2] if gaps else 0


def _longest(candidates: Sequence[Numbered], least: int) -> list[Numbered]:
    """The best sequence, by dynamic programming over the candidates in order of place."""
    usual = _usual_page(candidates, least)
    if not usual:
        return []
    best = [1.0] * len(candidates)
    before = [-1] * len(candidates)
    numbers = [one.number for one in candidates]
    places = [one.at for one in candidates]
    for j, (number, at) in enumerate(zip(numbers, places, strict=True)):
        # From the nearest on, which is the best for most: few of the others are asked then. Of
        # those that are worth the same the farthest is taken.
        for i in range(j - 1, max(-1, j - _REACH - 1), -1):
            step = number - numbers[i]
            if 0 <= step <= _MOST_LOST and best[i] + 1 >= best[j]:
                gain = _link(step, at - places[i], usual, least)
                if gain and best[i] + gain >= best[j]:
                    best[j], before[j] = best[i] + gain, i
    place = max(range(len(candidates)), key=lambda i: (best[i], -i))
    chain = []
    while place >= 0:
        chain.append(candidates[place])
        place = before[place]
    return chain[::-1]


def _link(step: int, length: int, usual: float, least: int) -> float:
    """What it is worth that a number follows another; 0 when it can't, 1 at the most.

    Args:
        step: how much larger it is, 0 to `_MOST_LOST`.
        length: of the text between them.
        usual: length of a page.
        least: length that a page has on the average.
    """
    if step == 0:
        return 0.3 if length >= usual * _NEAR else 0
    # A chapter's last page may be short, so only long ones and very short ones are doubtful.
    fits = length <= _FAR * usual * step and length >= least * step / 3
    near = _NEAR * usual * step <= length
    return (1.0 if near else 0.6) - 0.05 * (step - 1) if fits else 0


def missing_folios(chain: Sequence[Numbered], candidates: Sequence[Numbered]) -> list[Numbered]:
    """Numbers that are damaged folios: they stand where one is missing and are but a digit off."""
    by_gap: defaultdict[int, list[Numbered]] = defaultdict(list)
    taken = {one.line for one in chain}
    place = 0
    for one in candidates:
        while place < len(chain) and chain[place].line < one.line:
            place += 1
        if 0 < place < len(chain) and one.line not in taken:
            by_gap[place].append(one)
    found = []
    for gap, within in by_gap.items():
        missing = range(chain[gap - 1].number + 1, chain[gap].number)
        found += [
            one for one in within
            if any(_a_digit_off(str(one.number), str(number)) for number in missing)
        ]  # fmt: skip
    return found


def _a_digit_off(read: str, printed: str) -> bool:
    """Whether one digit was lost or read as another."""
    if len(read) == len(printed):
        return sum(a != b for a, b in zip(read, printed, strict=True)) <= 1
    return any(read == printed[:i] + printed[i + 1 :] for i in range(len(printed)))
