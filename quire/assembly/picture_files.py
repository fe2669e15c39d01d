"""Whether a picture's file holds what its name says, whole, and of a size that readers can hold."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quire.manuscript.pictures import PictureAmiss

__all__ = ["LONGEST_SIDE", "MOST_PIXELS", "look_at"]

LONGEST_SIDE: Final = 16_384
"""Pixels of a side: no more fits a texture of most graphics processors, and so of most readers."""

MOST_PIXELS: Final = 100_000_000
"""Pixels of a picture: unpacked, four bytes each, they fill a small reader's whole memory."""

_FORMATS: Final[Mapping[str, str]] = {
    "image/gif": "GIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}
"""Media type → Pillow's name of the format. SVG is looked through where it is let in."""


def look_at(path: Path, media_type: str) -> None:
    """Read a picture as a reader would, once.

    The size is told by the file's head, before any pixel is unpacked.

    Args:
        path: the file.
        media_type: what its name promises.

    Raises:
        PictureAmiss: it is empty, damaged, too large, or of another kind than it says.
    """
    wanted = _FORMATS.get(media_type)
    if wanted is None:
        return
    # Imported here: a book without pictures needs no Pillow.
    from PIL import Image, UnidentifiedImageError

    damaged = PictureAmiss(
        "image-damaged", f"{path.name} is damaged or no picture at all.", "Save it again."
    )
    try:
        with warnings.catch_warnings():
            # Pillow's own measure of a bomb warns; the measure here is ours.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                found, (width, height) = str(picture.format), picture.size
                # A JPEG with several pictures in it, as cameras write, is a JPEG all the same.
                if found != wanted and (found, wanted) != ("MPO", "JPEG"):
                    raise PictureAmiss(
                        "image-misnamed",
                        f"{path.name} is named as {wanted}, and is {found}.",
                        "Name it by what it is, or save it again.",
                    )
                if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
                    raise _too_large(path, f"{width} × {height} pixels")
                picture.load()
    except Image.DecompressionBombError as error:
        raise _too_large(path, "more pixels than are safe to unpack") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise damaged from error


def _too_large(path: Path, measured: str) -> PictureAmiss:
    return PictureAmiss(
        "image-too-large",
        f"{path.name} has {measured}, too many for a reader's memory.",
        f"Scale it down to sides of at most {LONGEST_SIDE} and {MOST_PIXELS // 1_000_000} million "
        "pixels in all.",
    )
