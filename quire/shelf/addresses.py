"""Where things lie on the shelf, as links say it."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

__all__ = ["READ_AT_ONCE", "address_of"]

READ_AT_ONCE: Final = "text/html"
"""The media type of editions that are read where they are, not taken home."""


def address_of(file: Path, shelf: Path) -> str:
    """The address of a file from the download page.

    Args:
        file: lies in the shelf's folder or below it.
        shelf: the folder of the download page.
    """
    return quote(file.relative_to(shelf).as_posix())
