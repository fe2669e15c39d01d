"""A PDF read back with other libraries than the one that wrote it."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from quire.assembly.model import Book
from quire.pandoc import Blocks, plain_text, transform, walk

__all__ = ["Letter", "Sheet", "bookmarks", "page_labels", "paragraphs", "read", "squeezed"]


@dataclass(frozen=True)
class Letter:
    """A character on a page: where its baseline starts and how large it is, in points."""

    sign: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Sheet:
    """A page: its letters in the order of the file, and how many objects are drawn on it."""

    letters: tuple[Letter, ...]
    objects: int
    width: float
    height: float

    @property
    def text(self) -> str:
        return "".join(letter.sign for letter in self.letters)

    def between(self, low: float, high: float) -> str:
        """The text of which the baselines lie in a band, `low` to `high` from the foot."""
        return "".join(letter.sign for letter in self.letters if low <= letter.y <= high).strip()


def read(path: Path) -> list[Sheet]:
    document = pypdfium2.PdfDocument(path)
    sheets = []
    for page in document:
        text = page.get_textpage()
        letters = []
        for number in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, number)
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, number, x, y)
            size = pdfium.FPDFText_GetFontSize(text, number)
            letters.append(Letter(chr(code), x.value, y.value, round(size, 2)))
        objects = sum(1 for _ in page.get_objects())
        sheets.append(Sheet(tuple(letters), objects, *page.get_size()))
    document.close()
    return sheets


def page_labels(path: Path) -> list[str]:
    """What readers show as the number of each page."""
    with pikepdf.open(path) as document:
        return [page.label for page in document.pages]


def bookmarks(path: Path) -> list[tuple[int, str]]:
    """Depth and title of each bookmark, in order."""
    document = pypdfium2.PdfDocument(path)
    found = [(item.level, item.get_title()) for item in document.get_toc()]
    document.close()
    return found


def squeezed(text: str) -> str:
    """Text without blanks, in one form of Unicode, to compare what is said and not how it's set."""
    normal = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u2060", "")
    return "".join(sign for sign in normal if not sign.isspace() and sign not in "\ufffe\u0002")


def paragraphs(book: Book) -> list[str]:
    """The words of each paragraph of the text and the notes, cut at formulae and callouts."""
    bodies: list[Blocks] = [section.blocks for section in book.sections]
    bodies += [note.blocks for note in book.endnotes]
    found = []
    for node in walk(transform(bodies, _without_formulae)):
        if node["t"] in {"Para", "Plain"}:
            found += [squeezed(part) for part in _pieces(node["c"])]
    return [text for text in found if text]


def _without_formulae(node: dict[str, object]) -> object:
    return {"t": "Span", "c": [["", ["noteref"], []], []]} if node["t"] == "Math" else None


def _pieces(inlines: list[dict[str, object]]) -> list[str]:
    """A paragraph's words, cut where a callout stands, and after a link to elsewhere."""
    pieces: list[list[dict[str, object]]] = [[]]
    for inline in inlines:
        content = inline.get("c")
        if inline["t"] == "Span" and "noteref" in content[0][1]:  # type: ignore[index]
            pieces.append([])
            continue
        pieces[-1].append(inline)
        if inline["t"] == "Link" and not content[2][0].startswith("#"):  # type: ignore[index]
            pieces.append([])  # paper has the address here
    return [plain_text(piece) for piece in pieces]
