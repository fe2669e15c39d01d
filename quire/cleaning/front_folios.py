"""Folios of front matter: small roman numbers before all others."""

from __future__ import annotations

import re
from itertools import pairwise

from quire.cleaning.furniture import HEAD_LENGTH, TIMES
from quire.cleaning.numbering import number_of
from quire.cleaning.page_lines import PageLines
from quire.cleaning.short_lines import squashed

__all__ = ["find_front_folios"]

_ROMAN = re.compile(r"(?<![a-z])[ivxl]{1,6}(?![a-z])")
_ROMAN_BESIDE = re.compile(r"^(?P<left>[ivxl]{1,6})\s{2,}|\s{2,}(?P<right>[ivxl]{1,6})$")


def find_front_folios(page: PageLines) -> None:
    """Small roman numbers that count on before all other furniture with a number: front matter's.

    A head that stands again elsewhere may stand on their line.
    """
    numbered = [i for i in (*page.folios, *page.heads) if re.search(r"\d", page.lines[i].text)]
    before = [i for i in range(min(numbered, default=0)) if len(page.keys[i]) <= HEAD_LENGTH]
    said = {page.keys[i] for i in page.heads} | {page.keys[i] for i in before}
    found: list[tuple[int, int, bool]] = []
    for i in before:
        text = page.lines[i].text
        beside = _ROMAN_BESIDE.search(text)
        if beside and squashed(_ROMAN_BESIDE.sub("", text)) in said:
            found.append((i, number_of(beside["left"] or beside["right"]), True))
        elif _ROMAN.search(text) and page.said[i].roman:
            found.append((i, page.said[i].number, False))
    numbers = [number for _, number, _ in found]
    if len(numbers) < 2 or any(not 0 < b - a <= TIMES for a, b in pairwise(numbers)):
        return
    for i, number, beside_head in found:
        if beside_head:
            page.heads[i] = "head"
        else:
            page.folios[i] = number
