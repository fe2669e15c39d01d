"""Straight quotes of one paragraph, and which of them open and which close."""

from __future__ import annotations

import re

__all__ = ["apostrophes", "double_quotes", "single_quotes"]

_SINGLE = re.compile("'")
_OPENERS = ' \t\u3000\n([{（〔【《“‘—–-"/'
_SHORTENED = re.compile(
    r"(?:tis|twas|twere|twill|em|til|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE
)


def double_quotes(text: str, goes_on: bool = False) -> dict[int, str] | None:
    """The curly quote for each ``"`` of a paragraph by offset; None when they don't balance.

    Args:
        text: the paragraph.
        goes_on: whether the next paragraph goes on with this one's speech, so that the last quote
            has no partner here.
    """
    places = [
        at for at, sign in enumerate(text)
        if sign == '"' and not (at and text[at - 1].isdigit() and _is_inch(text, at))
    ]  # fmt: skip
    if len(places) % 2 and not goes_on:
        return None
    signs = {}
    for number, at in enumerate(places):
        opens = number % 2 == 0
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if (opens and after.isspace()) or (not opens and before.isspace()):
            return None
        if opens and before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
            return None
        signs[at] = "“" if opens else "”"
    return signs


def _is_inch(text: str, at: int) -> bool:
    """Whether a quote behind a digit measures inches: an odd one out in its paragraph."""
    return text.count('"') % 2 == 1 and (at + 1 == len(text) or not text[at + 1].isalnum())


def apostrophes(text: str) -> dict[int, str]:
    """The curly sign for each ``'`` that stands inside or right behind a word, by offset."""
    signs = {}
    for found in _SINGLE.finditer(text):
        at = found.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        inside = before.isalpha() and before < "\u2e80" and after.isalpha()
        shortened = before in _OPENERS and bool(_SHORTENED.match(text, at + 1))
        if inside or shortened:
            signs[at] = "’"
    return signs


def single_quotes(text: str, taken: dict[int, str]) -> dict[int, str] | None:
    """The curly quote for each ``'`` that is no apostrophe, by offset; None when in doubt."""
    signs: dict[int, str] = {}
    is_open = False
    for found in _SINGLE.finditer(text):
        at = found.start()
        if at in taken:
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        wide = before > "\u2e80" or after > "\u2e80"
        opens = not is_open if wide else before in _OPENERS and not after.isspace()
        if before.isdigit() and not is_open:
            return None  # feet or minutes
        if opens and is_open:
            return None
        if not opens and not is_open and not before.isalpha():
            return None
        signs[at] = "‘" if opens else "’"
        is_open = opens
    return None if is_open else signs
