"""PDF files with text in them: pages, lines and paragraphs, sizes and weights of type."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quire.sources.composition import BlockText, compose
from quire.sources.drawings import Box, cut_out, drawings_of, without_ornaments, words_in
from quire.sources.glyphs import Line, lines_of
from quire.sources.layout import PageLines, blocks_of_pages
from quire.sources.media import MediaShelf
from quire.sources.model import Hint, HintKind, Source, Span
from quire.sources.pdf_pages import Picture, glyphs_of, pictures_of, rules_of
from quire.sources.printed_tables import table_rows
from quire.sources.reader import Reader, SourceFile, refusal

__all__ = ["READER"]

_LEAST_PER_PAGE = 4  # characters below which pages are pictures with a stray number
_MOST_PAGES = 20_000
_LOCKED = "Open it in a reader with its password and save a copy without one."
_SCAN = (
    "Recognise its text first, such as by `ocrmypdf --language chi_sim scan.pdf text.pdf`, "
    "and give the PDF that this makes."
)
_REPRINT = (
    "Recognise its text anew, such as by `ocrmypdf --force-ocr book.pdf text.pdf`, and give the "
    "PDF that this makes."
)
_MOST_UNKNOWN = 0.2  # share of characters that are no letters known
_NO_LETTERS = re.compile(r"[\W_]+")
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
    shelf = MediaShelf()
    lines: list[PageLines] = []
    without_text: list[int] = []
    vertical: list[int] = []
    drawn: dict[int, list[Box]] = {}
    for number, page in enumerate(document, start=1):
        glyphs, is_vertical = glyphs_of(page)
        vertical += [number] if is_vertical else []
        found = tuple(lines_of(glyphs))
        pictures = pictures_of(page)
        if any(one.is_whole_page for one in pictures) and _letters(found) < _LEAST_PER_PAGE:
            without_text.append(number)
        placed = tuple(_placed(one, shelf) for one in pictures if one.content)
        held = PageLines(found, rules_of(page), tuple(one for one in placed if one))
        lines.append(_with_tables(held))
        drawn[number] = drawings_of(page, found)
        page.close()
    drawn = without_ornaments(drawn)
    for number, boxes in drawn.items():
        page = document[number - 1]
        lines[number - 1] = _with_drawings(lines[number - 1], page, boxes, shelf)
        page.close()
    pages = [
        _with_headings(blocks, titles.get(number, {}))
        for number, blocks in enumerate(blocks_of_pages(lines))
    ]
    text, hints = compose([block for blocks in pages for block in blocks])
    if len("".join(text.split())) < _LEAST_PER_PAGE * len(pages):
        raise refusal(file, "source-scanned", "The PDF holds pictures of pages and no text.", _SCAN)
    _refuse_unreadable(file, text)
    details = _details(document)
    numbers = {"pages-without-text": without_text, "vertical-pages": vertical,
               "drawings-cut-out": list(drawn)}  # fmt: skip
    details |= {name: ", ".join(map(str, pages)) for name, pages in numbers.items() if pages}
    return Source(file.name, text, _page_spans(pages), hints, shelf.all(), details)


def _with_drawings(
    held: PageLines, page: Any, boxes: Sequence[Box], shelf: MediaShelf
) -> PageLines:
    """A page's lines with its drawings as pictures; the words in them say what is to be seen."""
    lines, pictures = list(held.lines), list(held.pictures)
    for box in boxes:
        words = words_in(box, lines)
        placed = _placed(cut_out(page, box), shelf, " ".join(one.text for one in words))
        if placed:
            pictures.append(placed)
            lines = [one for one in lines if one not in words]
    return replace(held, lines=tuple(lines), pictures=tuple(sorted(pictures, key=_from_the_top)))


def _with_tables(held: PageLines) -> PageLines:
    """A page's lines with each row of its tables as one block."""
    lines, rows = list(held.lines), list(held.pictures)
    for row, parts in table_rows(held.lines, held.rules):
        lines = [one for one in lines if one not in parts]
        rows.append((row.bottom + row.size, row.bottom, BlockText(row.text, row.hints)))
    return replace(held, lines=tuple(lines), pictures=tuple(sorted(rows, key=_from_the_top)))


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _refuse_unreadable(file: SourceFile, text: str) -> None:
    """Refuse a file whose fonts don't say which letters their shapes are."""
    unknown = sum(one == "\ufffd" or "\ue000" <= one <= "\uf8ff" for one in text)
    if unknown > _MOST_UNKNOWN * len(text):
        raise refusal(
            file, "source-unreadable-fonts",
            "The PDF's fonts don't say which letters their shapes are.", _REPRINT,
        )  # fmt: skip


def _placed(
    picture: Picture, shelf: MediaShelf, words: str = ""
) -> tuple[float, float, BlockText] | None:
    """A picture's block at its height on the page; its words are those in it, or its name."""
    name = shelf.add("picture", picture.content)
    if name is None:
        return None
    words = words or name.rpartition(".")[0]
    block = BlockText(words, (Hint(0, len(words), HintKind.IMAGE, name),))
    return picture.top, picture.bottom, block


def _from_the_top(placed: tuple[float, float, BlockText]) -> tuple[float, float]:
    return -placed[0], placed[1]


def _page_spans(pages: list[list[BlockText]]) -> tuple[Span, ...]:
    spans, place = [], 0
    for blocks in pages:
        start = place
        place += sum(len(block.text) + 2 for block in blocks)
        spans.append(Span(start, max(start, place - 2)))
    return tuple(spans)


def _outline(document: Any) -> dict[int, dict[str, str]]:
    """The bookmarks: by page, the letters of each title and its level."""
    found: dict[int, dict[str, str]] = {}
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        number = target.get_index() if target else None
        title = _said(bookmark.get_title())
        if number is not None and title:
            found.setdefault(number, {}).setdefault(title, f"{min(6, bookmark.level + 1)}")
    return found


def _said(title: str) -> str:
    """A title without what is set otherwise on its page: blanks, marks, capitals."""
    return _NO_LETTERS.sub("", title).casefold()


def _with_headings(blocks: list[BlockText], titles: Mapping[str, str]) -> list[BlockText]:
    """The blocks of a page; the last that says what a bookmark says is a heading.

    A running head may say the same, and stands above it. A label and the title below it may say
    it together: both are headings then.
    """
    said = [_said(block.text) for block in blocks]
    places: dict[str, tuple[int, ...]] = {}
    for index, words in enumerate(said):
        places[words] = (index,)
    for index, (label, title) in enumerate(itertools.pairwise(said)):
        if label and title:
            places[label + title] = (index, index + 1)
    marked = list(blocks)
    for title, level in titles.items():
        for index in places.get(title, ()):
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
