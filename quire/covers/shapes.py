"""Shapes that several designs draw."""

from __future__ import annotations

from math import cos, pi, sin

from quire.covers.model import Colour, Path

__all__ = ["disc"]

_CORNERS = 96


def disc(x: float, y: float, radius: float, fill: Colour) -> Path:
    """A filled circle around a point."""
    turns = (2 * pi * corner / _CORNERS for corner in range(_CORNERS))
    return Path(tuple((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns), fill)
