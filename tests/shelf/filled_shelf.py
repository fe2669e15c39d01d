"""A shelf with stand-ins for a small book's editions on it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from quire.assembly.model import Book
from quire.covers.model import Cover
from quire.editions.model import Artifact
from quire.shelf import write_shelf
from quire.shelf.changes import Changes
from quire.shelf.counts import count
from quire.toolchain.fonts import find_fonts

__all__ = ["fill", "with_metadata"]

FILES = {
    "epub": ("灯下.epub", "application/epub+zip", None),
    "screen-pdf": ("灯下.pdf", "application/pdf", 31),
    "print-pdf": ("灯下-print.pdf", "application/pdf", 40),
}


def picture(width: int) -> bytes:
    """A green JPEG, half as tall again as it is wide."""
    content = BytesIO()
    Image.new("RGB", (width, width * 3 // 2), "#284438").save(content, "JPEG")
    return content.getvalue()


def with_metadata(book: Book, **changes: Any) -> Book:
    """The book with other metadata."""
    return replace(book, metadata=book.metadata.model_copy(update=changes))


def fill(folder: Path, book: Book, cover: bool = True, changes: Changes | None = None) -> Path:
    """A shelf of stand-ins for editions: a shelf looks at files' names and bytes alone."""
    artifacts = []
    for edition, (name, media_type, pages) in FILES.items():
        path = folder / name
        path.write_bytes(edition.encode() * 1000)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        details = {"fonts": "Noto Serif SC, Source Serif 4"} if pages else {}
        artifacts.append(Artifact(edition, path, media_type, digest, pages, details))
    painted = Cover("plain", picture(1600), picture(300), 1600, 2400, "一盏<灯>") if cover else None
    date = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    fonts = find_fonts(Path(__file__).parents[2])
    write_shelf(book, count(book), artifacts, painted, folder, fonts, date, changes)
    return folder
