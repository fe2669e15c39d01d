"""One writer a format: a set document becomes the bytes of a messy file.

Each module offers ``write(setting, recipe, title) -> Messy``.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.round_trip.layouts import Messy
from benchmarks.round_trip.recipe import Recipe
from benchmarks.round_trip.setting import Setting
from benchmarks.round_trip.writers import docx, html, pdf, text

__all__ = ["WRITERS"]

WRITERS: dict[str, Callable[[Setting, Recipe, str], Messy]] = {
    "txt": text.write,
    "html": html.write,
    "docx": docx.write,
    "pdf": pdf.write,
}
"""By the file's suffix."""
