"""The page-list: a jump to a folio shows the words that the printed page begins with.

The printed pages are read from the PDF itself, with PDFium.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reading_engines import ENGINES, WHOLE, Reader

pytestmark = pytest.mark.browser

FIRST_WORDS = 12  # letters
AT_MARK = """(shown, identifier) => {
    const mark = shown.getElementById(identifier)
    return [mark.getAttribute("aria-label"), measures.textFrom(mark, 80)]
}"""


def letters(text: str) -> str:
    """The letters alone; print may set them as small capitals."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text))).casefold()


def printed_lines(pdf: Path) -> dict[str, list[str]]:
    """Folio → the page's text from the beginning of each of its lines on, letters alone."""
    document = pypdfium2.PdfDocument(pdf)
    pages = {}
    for number, page in enumerate(document):
        lines = page.get_textpage().get_text_range().splitlines()
        pages[document.get_page_label(number)] = [
            letters("".join(lines[start:])) for start in range(len(lines))
        ]
    document.close()
    return pages


def pictures(epub: Path) -> int:
    with zipfile.ZipFile(epub) as archive:
        documents = [archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")]
    return sum(one.count(b"<figure") for one in documents)


@pytest.mark.parametrize("book", WHOLE)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_jump_to_a_folio_shows_the_words_that_its_printed_page_begins_with(
    read: Callable[..., Reader], shelf: Path, engine: str, book: str
) -> None:
    printed = printed_lines(shelf / f"{book}.pdf")
    reader = read(engine, book)
    addresses = reader.page.evaluate("reader.pages()")
    assert len(addresses) > 5
    wrong, below_pictures = {}, []
    for address in addresses:
        reader.go(address)
        mark = address.partition("#")[2]
        reader.comes_to(mark)
        folio, text = reader.shown(AT_MARK, mark)
        words = letters(text)[:FIRST_WORDS]
        lines = [line.startswith(words) for line in printed[folio]]
        if True not in lines:
            wrong[folio] = (words, *(line[:24] for line in printed[folio][:3]))
        elif not any(lines[:2]):  # the running head, and the first line of the text
            below_pictures.append(folio)
    assert wrong == {}
    assert len(below_pictures) <= pictures(shelf / f"{book}.epub")
    assert reader.complaints == []
