"""What the tests of assembly share: books made of a few lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quire.assembly import Book, assemble
from quire.manuscript import read_manuscript
from quire.metadata import Metadata

MakeBook = Callable[..., Book]


def book_in(folder: Path, files: dict[str, str], **settings: Any) -> Book:
    """Write files below ``book/`` and assemble them."""
    for name, text in files.items():
        path = folder / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    given: dict[str, Any] = {"title": "Lamps", "author": "Ida Moore", "lang": "en"}
    metadata = Metadata.model_validate(given | settings)
    return assemble(read_manuscript(folder / "book", folder), metadata)


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Makes a book of files given as name → Markdown."""

    def make(files: dict[str, str], **settings: Any) -> Book:
        return book_in(tmp_path, files, **settings)

    return make
