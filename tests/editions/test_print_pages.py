"""What printed pages look like: approved pictures of the default book's and an English book's.

``QUIRE_APPROVE=1`` draws the pictures in tests/golden/pages anew; look at them before you commit
them. A page that differs is left in ``build/pages/``, beside the approved one.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from page_pictures import GOLDEN, MOST_BYTES, TOLERATED, approve, difference, shades
from PIL import Image

from quire.assembly import assemble
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION
from quire.manuscript import read_manuscript
from quire.metadata import read_metadata

ROOT = Path(__file__).parents[2]
BOOKS = {
    "print-zh": ROOT,
    "print-en": ROOT / "tests" / "golden" / "books" / "almanac",
}
PAGES: Mapping[str, Mapping[str, str]] = {
    "print-zh": {
        "iii": "title page", "iv": "copyright page", "ix": "contents", "3": "chapter",
        "4": "verso", "5": "recto", "9": "epigraph", "31": "figure", "54": "table", "66": "notes",
    },
    "print-en": {"iii": "title page", "1": "chapter", "2": "table and figure", "3": "verse"},
}  # fmt: skip
"""Folio → what is looked at there."""
LOOKED_AT = [(book, folio) for book, pages in PAGES.items() for folio in pages]


@pytest.fixture(scope="module")
def drawn(
    context: BuildContext, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Image.Image]:
    """Each page that is looked at, 94 pixels an inch."""
    found: dict[tuple[str, str], Any] = {}
    for name, folder in BOOKS.items():
        metadata = read_metadata(folder / "metadata.yaml")
        book = assemble(read_manuscript(folder / "book", folder), metadata)
        made = EDITION.build(book, tmp_path_factory.mktemp(name), context)
        with contextlib.closing(pypdfium2.PdfDocument(made.path)) as document:
            for number in range(len(document)):
                folio = document.get_page_label(number) or ""
                if folio in PAGES[name]:
                    page = io.BytesIO()
                    document[number].render(scale=1.3).to_pil().save(page, "PNG")
                    found[name, folio] = shades(page.getvalue())
    return found


@pytest.mark.parametrize(("book", "folio"), LOOKED_AT)
def test_a_printed_page_looks_as_it_was_approved(
    book: str, folio: str, drawn: dict[tuple[str, str], Image.Image]
) -> None:
    name = f"{book}-{PAGES[book][folio].replace(' ', '-')}.png"
    picture = drawn[book, folio]
    assert approve(picture, GOLDEN / name), f"no approved picture {name}: set QUIRE_APPROVE=1"
    with Image.open(GOLDEN / name) as approved:
        differs = difference(picture, approved.convert("L"))
    if differs > TOLERATED:
        left = ROOT / "build" / "pages" / name
        left.parent.mkdir(parents=True, exist_ok=True)
        picture.save(left)
    assert differs <= TOLERATED, f"{differs:.1%} of {name} differ: compare build/pages/{name}"
    assert (GOLDEN / name).stat().st_size <= MOST_BYTES


def test_the_default_books_first_text_pages_have_their_lines_side_by_side(
    drawn: dict[tuple[str, str], Image.Image],
) -> None:
    # The grid's lines of facing pages are at the same heights (CLREQ, page design).
    rows = []
    for folio in ("4", "5"):
        grey = drawn["print-zh", folio].convert("L")
        ink = [sum(row) for row in _rows(grey)]
        rows.append({y for y, dark in enumerate(ink) if dark > 0.02 * 255 * grey.width})
    shared = len(rows[0] & rows[1]) / max(len(rows[0]), len(rows[1]))
    assert shared > 0.6


def _rows(grey: Image.Image) -> list[list[int]]:
    pixels = list(grey.tobytes())
    return [
        [255 - value for value in pixels[y * grey.width : (y + 1) * grey.width]]
        for y in range(grey.height)
    ]
