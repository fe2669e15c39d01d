"""An ISBN as the bars of EAN-13 (GS1 General Specifications, 5.2.1)."""

from __future__ import annotations

from typing import Final

__all__ = ["HEIGHT", "MODULE", "WIDTH", "bars", "modules"]

MODULE: Final = 0.33
"""The narrowest bar at full size, in millimetres."""
WIDTH: Final = 113 * MODULE
"""Of the symbol with its quiet zones: 11 modules before, 95 of bars, 7 behind."""
HEIGHT: Final = 22.85
"""Of the bars, in millimetres."""
QUIET: Final = 11
"""Modules without ink before the first bar."""

_ODD: Final = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
# Which of the six digits at the left have even parity: so the first digit, which has no bars, is
# told.
_PARITY: Final = (
    "000000", "001011", "001101", "001110", "010011",
    "011001", "011100", "010101", "010110", "011010",
)  # fmt: skip


def modules(digits: str) -> str:
    """The 95 modules of 13 digits: ``1`` is ink.

    Args:
        digits: an ISBN without hyphens, its check digit right.
    """
    first, left, right = int(digits[0]), digits[1:7], digits[7:]
    told = [
        _ODD[int(digit)] if parity == "0" else _right(int(digit))[::-1]
        for digit, parity in zip(left, _PARITY[first], strict=True)
    ]
    return "101" + "".join(told) + "01010" + "".join(_right(int(digit)) for digit in right) + "101"


def bars(digits: str) -> tuple[tuple[int, int], ...]:
    """Each bar's first module and how many it is wide, counted from the first bar."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in modules(digits).replace("01", "0 1").replace("10", "1 0").split(" "):
        if part[0] == "1":
            found.append((at, len(part)))
        at += len(part)
    return tuple(found)


def _right(digit: int) -> str:
    """A digit at the right: that of the left with ink and paper exchanged."""
    return _ODD[digit].translate(str.maketrans("01", "10"))
