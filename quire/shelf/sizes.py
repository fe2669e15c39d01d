"""The size of a file, in words for a person."""

from __future__ import annotations

__all__ = ["size_in_words"]

_UNITS = ("bytes", "KB", "MB", "GB")


def size_in_words(count: float) -> str:
    """A number of bytes in the unit that suits it (1 KB is 1000 bytes): ``512 bytes``, ``1.4 MB``.

    Args:
        count: bytes, zero or more.
    """
    unit = 0
    # 999 950 bytes are 1.0 MB and not 1000 KB.
    while unit < len(_UNITS) - 1 and count >= (1000 if unit == 0 else 999.5):
        count /= 1000
        unit += 1
    whole = unit == 0 or count >= 9.95
    return f"{count:.0f} {_UNITS[unit]}" if whole else f"{count:.1f} {_UNITS[unit]}"
