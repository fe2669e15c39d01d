"""What script a character belongs to, as far as the pipeline must know."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = [
    "EVERY_HAN", "HAN", "is_cjk", "is_full_width", "is_han", "is_right_to_left", "width_in_em",
]  # fmt: skip

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
"""The Han characters of running text, as the inside of a character class of a pattern."""

EVERY_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""All that `is_han` answers to, as the inside of a character class of a pattern."""

_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)
_LEFT_TO_RIGHT_SCRIPTS: Final = frozenset({"latn", "cyrl"})


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left, by its tag: ``he``, ``ar-EG``, ``fa``."""
    first, *others = language.replace("_", "-").lower().split("-")
    return first in _RIGHT_TO_LEFT and _LEFT_TO_RIGHT_SCRIPTS.isdisjoint(others)


def is_han(character: str) -> bool:
    """Whether it is a Han character (Unicode 16 blocks of unified ideographs, and 〇 々)."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or code in (0x3005, 0x3007)
    )


def is_cjk(character: str) -> bool:
    """Whether it is Han, kana, hangul, or one of their full-width marks."""
    code = ord(character)
    return is_han(character) or (
        0x3000 <= code <= 0x30FF
        or 0xAC00 <= code <= 0xD7AF
        or 0x1100 <= code <= 0x11FF
        or 0xFF00 <= code <= 0xFFEF
        or 0x31F0 <= code <= 0x31FF
    )


def is_full_width(character: str) -> bool:
    """Whether a character takes a whole em (Unicode Standard Annex 11: wide or full-width)."""
    return unicodedata.east_asian_width(character) in "WF"


def width_in_em(text: str) -> float:
    """The width of a text in em, roughly: a full-width character 1, any other a half."""
    return sum(1.0 if is_full_width(sign) else 0.5 for sign in text)
