"""PDF files with text in them: pages, lines and paragraphs, sizes and weights of type."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from quire.sources.composition import BlockText, compose
from quire.sources.glyphs import Glyph, lines_of
from quire.sources.layout import PageLines, blocks_of_pages
from quire.sources.model import Hint, HintKind, Source, Span
from quire.sources.reader import Reader, SourceFile, refusal

__all__ = ["READER"]

_LEAST_PER_PAGE = 4  # characters below which pages are pictures with a stray number
_MOST_PAGES = 20_000
_HYPHEN_AT_LINE_END = ("\x02", "\ufffe", "\xad")
_LOCKED = "Open it in a reader with its password and save a copy without one."
_SCAN = (
    "Recognise its text first, such as by `ocrmypdf --language chi_sim scan.pdf text.pdf`, "
    "and give the PDF that this makes."
)
_INFO = {"Title": "title", "Author": "author", "Subject": "description", "Keywords": "keywords"}


def _read(file: SourceFile) -> Source:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refusal(
                file, "source-locked", "The PDF is locked with a password.", _LOCKED
            ) from None
        raise refusal(
            file, "source-damaged", "The PDF is damaged: it can't be opened.", "Get another copy."
        ) from None
    try:
        return _source(file, document)
    except pypdfium2.PdfiumError:
        raise refusal(
            file, "source-damaged", "The PDF is damaged: a page can't be read.", "Get another copy."
        ) from None
    finally:
        document.close()


def _source(file: SourceFile, document: Any) -> Source:
    if len(document) > _MOST_PAGES:
        raise refusal(
            file, "source-too-large", f"The PDF has {len(document):,} pages; the limit is "
            f"{_MOST_PAGES:,}.", "Split it.",
        )  # fmt: skip
    titles = _outline(document)
    lines = []
    for page in document:
        lines.append(PageLines(tuple(lines_of(list(_glyphs(page))))))
        page.close()
    pages = [
        _with_headings(blocks, titles.get(number, {}))
        for number, blocks in enumerate(blocks_of_pages(lines))
    ]
    text, hints = compose([block for blocks in pages for block in blocks])
    if len("".join(text.split())) < _LEAST_PER_PAGE * len(pages):
        raise refusal(file, "source-scanned", "The PDF holds pictures of pages and no text.", _SCAN)
    return Source(file.name, text, _page_spans(pages), hints, details=_details(document))


def _page_spans(pages: list[list[BlockText]]) -> tuple[Span, ...]:
    spans, place = [], 0
    for blocks in pages:
        start = place
        place += sum(len(block.text) + 2 for block in blocks)
        spans.append(Span(start, max(start, place - 2)))
    return tuple(spans)


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page in reading order, as PDFium puts them."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    box = pdfium.FS_RECTF()
    tight = [ctypes.c_double() for _ in range(4)]
    high = 0
    hyphen: Glyph | None = None
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        generated = pdfium.FPDFText_IsGenerated(text_page, index) == 1
        if 0xD800 <= code < 0xDC00:
            # Beyond the first plane PDFium gives the halves of a pair one after the other.
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0
        high = 0
        character = chr(code) if code else "\ufffd"
        if character in _HYPHEN_AT_LINE_END:
            character, generated = "-", False
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium.FPDFText_GetCharBox(text_page, index, *tight)
        size = pdfium.FPDFText_GetFontSize(text_page, index)
        if hyphen and box.left < hyphen.left and character not in "\r\n":
            # PDFium leaves the line's end out behind such a hyphen.
            yield replace(hyphen, character="\n", generated=True)
        glyph = Glyph(
            character, box.left, box.bottom, box.right, box.top, round(size * 2) / 2,
            pdfium.FPDFText_GetFontWeight(text_page, index) >= 600, tight[2].value, tight[3].value,
            generated,
        )  # fmt: skip
        hyphen = glyph if code and chr(code) in _HYPHEN_AT_LINE_END else None
        yield glyph
    text_page.close()


def _outline(document: Any) -> dict[int, dict[str, str]]:
    """The bookmarks: by page, each title (blanks aside) and its level."""
    found: dict[int, dict[str, str]] = {}
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        number = target.get_index() if target else None
        title = "".join(bookmark.get_title().split())
        if number is not None and title:
            found.setdefault(number, {}).setdefault(title, f"{min(6, bookmark.level + 1)}")
    return found


def _with_headings(blocks: list[BlockText], titles: Mapping[str, str]) -> list[BlockText]:
    """The blocks of a page; the last that says what a bookmark says is a heading.

    A running head may say the same, and stands above it.
    """
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        places["".join(block.text.split())] = index
    marked = list(blocks)
    for title, level in titles.items():
        index = places.get(title, -1)
        if index >= 0:
            block = blocks[index]
            heading = Hint(0, len(block.text), HintKind.HEADING, level)
            marked[index] = BlockText(block.text, tuple(sorted((*block.hints, heading))))
    return marked


def _details(document: Any) -> dict[str, str]:
    told = document.get_metadata_dict()
    return {name: told[key].strip() for key, name in _INFO.items() if told.get(key, "").strip()}


def _sniff(content: bytes) -> bool:
    # The signature may stand within the first 1024 bytes (ISO 32000-2, annex I).
    return b"%PDF-" in content[:1024]


READER = Reader("a PDF", (".pdf",), _sniff, _read, binary=True)
