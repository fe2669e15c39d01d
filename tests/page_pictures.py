"""Pictures of pages, approved once and compared ever after, by what the eye sees of a layout.

Glyphs are drawn a little differently by each version of a browser; a layout is not. So both
pictures are made small, four pixels a side becoming one grey cell, and cells are compared: where
a line has moved by half its height, a whole row of cells has another grey.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

__all__ = ["GOLDEN", "MOST_BYTES", "TOLERATED", "approve", "difference", "shades"]

GOLDEN: Final = Path(__file__).parent / "golden" / "pages"
MOST_BYTES: Final = 40_000

_CELL: Final = 4
"""Pixels a side that become one cell."""

_SHADE: Final = 20
"""By how many of 255 levels two cells may differ and still be alike."""

TOLERATED: Final = 0.004
"""The share of a picture's cells that may differ."""


def shades(screenshot: bytes) -> Image.Image:
    """A screenshot in sixteen greys: enough to look at, and small on the disk."""
    grey = Image.open(io.BytesIO(screenshot)).convert("L")
    return grey.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def approve(picture: Image.Image, path: Path) -> bool:
    """Keep a picture as the approved one if ``QUIRE_APPROVE`` is set; whether there is one now."""
    if os.environ.get("QUIRE_APPROVE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, optimize=True, bits=4)
    return path.is_file()


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of cells in which two pictures differ; 1 where their sizes do."""
    if one.size != other.size:
        return 1.0
    between = ImageChops.difference(_cells(one), _cells(other))
    different = sum(between.histogram()[_SHADE + 1 :])
    return different / (between.width * between.height)


def _cells(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    size = (width // _CELL, height // _CELL)
    return picture.convert("L").resize(size, Image.Resampling.BOX)
