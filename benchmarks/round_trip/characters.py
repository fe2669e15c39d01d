"""Defects of characters: what bad recognition and careless copying do to a paragraph.

Each works on a block's text, in which a callout is one private character (`CALLOUT` and up), and
keeps those.
"""

from __future__ import annotations

import random
import re

from benchmarks.round_trip.document import is_han
from benchmarks.round_trip.recipe import Rates

__all__ = [
    "CALLOUT", "MARK_END", "PRINTED_MARK", "damaged", "is_callout", "spaced", "unmarked",
    "without_blanks",
]  # fmt: skip

CALLOUT = 0xF0000
"""The first of the characters that stand for callouts; a plane of private use."""

MARK_END = "\ufdd1"
"""Stands behind a printed mark, as its callout's private character stands before it."""

PRINTED_MARK = re.compile("([\U000f0000-\U000ffffd])([^\ufdd1]*)\ufdd1")
"""A callout's private character, and the mark that is printed for it."""

_HALF = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}
_CLOSING = "”’」』》）"
_OPENING = "“‘「『《（"
_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))


def is_callout(character: str) -> bool:
    """Whether this stands for a callout."""
    return CALLOUT <= ord(character) < CALLOUT + 0xFFFE


def damaged(text: str, language: str, rates: Rates, dice: random.Random) -> str:
    """A paragraph with the defects that fall to it."""
    if language == "zh" and dice.random() < rates.half_width:
        text = _half_width(text)
    if dice.random() < rates.ascii_dots:
        text = _ascii_dots(text, language)
    if dice.random() < rates.straight_quotes:
        text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    if language == "en" and dice.random() < rates.ligatures:
        for letters, one in _LIGATURES:
            text = text.replace(letters, one)
    if rates.invisible:
        text = _with_invisible(text, rates.invisible, dice)
    return text


def unmarked(text: str) -> str:
    """A printed text without the private characters around its notes' marks."""
    return PRINTED_MARK.sub(r"\2", text)


def _half_width(text: str) -> str:
    """Full-width marks as ASCII where a Han is beside them; brackets in pairs."""
    made = list(text)
    open_brackets: list[int] = []
    for place, character in enumerate(text):
        if character == "（":
            open_brackets.append(place)
        elif character == "）" and open_brackets:
            start = open_brackets.pop()
            inside = text[start + 1 : place]
            if any(map(is_han, inside)) or _beside_han(text, start, place):
                made[start], made[place] = "(", ")"
        elif character in _HALF and character not in "（）" and _beside_han(text, place, place):
            made[place] = _HALF[character]
    return "".join(made)


def _beside_han(text: str, start: int, end: int) -> bool:
    """Whether a Han is beside, seen through marks that close and open."""
    before = start - 1
    while before >= 0 and (text[before] in _CLOSING or is_callout(text[before])):
        before -= 1
    after = end + 1
    while after < len(text) and (text[after] in _OPENING or is_callout(text[after])):
        after += 1
    return (before >= 0 and is_han(text[before])) or (after < len(text) and is_han(text[after]))


def _ascii_dots(text: str, language: str) -> str:
    """Ellipses and dashes as they are typed."""
    if language == "zh":
        text = re.sub(r"(?<=[\u4e00-\u9fff”，。！？])……|……(?=[\u4e00-\u9fff“])", "......", text)
        return re.sub(r"(?<=[\u4e00-\u9fff”])——(?=[\u4e00-\u9fff“《])", "--", text)
    return text.replace("…", "...").replace("—", "--")


def _with_invisible(text: str, rate: float, dice: random.Random) -> str:
    """Soft hyphens inside words, blanks without width anywhere."""
    made: list[str] = []
    for place, character in enumerate(text):
        made.append(character)
        if dice.random() < rate:
            inside = (
                character.isalpha()
                and character.isascii()
                and text[place + 1 : place + 2].isalpha()
            )
            made.append("\u00ad" if inside else "\u200b")
    return "".join(made)


def spaced(line: str) -> str:
    """A line with a blank between each two ideographs, as some recognition gives it."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", line)


def without_blanks(text: str) -> str:
    """A note's foreign words run together, as copying from some journals' PDFs gives them."""
    return re.sub(r"(?<=[A-Za-z,.:]) (?=[A-Z(0-9])", "", text)
