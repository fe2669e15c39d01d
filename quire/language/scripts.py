"""What script a character belongs to, as far as the pipeline must know."""

from __future__ import annotations

__all__ = ["is_cjk", "is_han"]


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
