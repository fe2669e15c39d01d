"""From a Book to the bytes of a PDF: the folder that Typst sees, the passes, what went wrong."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quire.assembly.model import Book
from quire.editions.model import BuildContext
from quire.editions.typesetting.interior import Interior, interior
from quire.editions.typesetting.lowering import Lowering
from quire.editions.typesetting.settings import Style, settings_of
from quire.editions.typesetting.trims import Page, page_of_trim, trim_named
from quire.pandoc import PandocFailed, walk
from quire.problems import BookError, Problem

if TYPE_CHECKING:
    import typst

__all__ = ["Setting", "set_book"]

_TEMPLATE: Final = Path(__file__).parent / "template"
_CHARACTERS_A_PAGE: Final = {True: 560, False: 1800}
_MOST_PASSES: Final = 4


@dataclass(frozen=True)
class Setting:
    """A book as set.

    Attributes:
        content: the bytes of the PDF.
        pages: how many pages it has, a cover included.
        page: the page's measures, as they were in the end.
        folios: identifier → folio as printed.
        fonts: the families used.
    """

    content: bytes
    pages: int
    page: Page
    folios: Mapping[str, str]
    fonts: tuple[str, ...]


def set_book(book: Book, context: BuildContext, style: Style) -> Setting:
    """Set a book in one style.

    Typst runs at least once; again if the number of pages asks for another inner margin, or for
    a blank page at the end.

    Raises:
        BookError: the book can't be set as it is.
    """
    trim = trim_named(book.metadata.print.trim, book.metadata.lang)
    context.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{style.name}-", dir=context.work) as name:
        folder = Path(name)
        pictures = _lay_out(book, context, style, folder)
        counted = style.counted(book)
        pages = _estimate(book, counted=counted)
        page = page_of_trim(trim, pages, counted=counted)
        lowering = Lowering(
            counted, style.screen, pictures, _identifiers(book), page.measure / style.small(page)
        )
        text = _written(book, lowering)
        (folder / "main.typ").write_text(text.source, "utf-8")
        press = _Press(folder, context, style, book)
        blank_last = False
        for _ in range(_MOST_PASSES):
            settings = settings_of(book, context, style, page, text, blank_last=blank_last)
            (folder / "setting.json").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
            content = press.run()
            pages = press.pages(content)
            wanted = page if style.screen else page_of_trim(trim, pages, counted=counted)
            if wanted == page and (style.screen or pages % 2 == 0):
                break
            if wanted != page:
                page, blank_last = wanted, False
            else:
                blank_last = not blank_last
        return Setting(content, pages, page, press.folios(), press.families())


def _written(book: Book, lowering: Lowering) -> Interior:
    try:
        return interior(book, lowering)
    except PandocFailed as error:
        raise BookError(
            Problem("not-set", f"pandoc couldn't write the book for print: {error}.")
        ) from error


def _lay_out(book: Book, context: BuildContext, style: Style, folder: Path) -> dict[str, str]:
    """Put the template, the media and the cover into the folder; the media's paths in it."""
    shutil.copytree(_TEMPLATE, folder / "template")
    (folder / "media").mkdir()
    pictures: dict[str, str] = {}
    missing: list[Problem] = []
    for number, medium in enumerate(book.media, 1):
        target = folder / "media" / f"{number}{medium.path.suffix.lower()}"
        try:
            shutil.copyfile(medium.path, target)
        except OSError:
            missing.append(
                Problem(
                    "picture-unreadable",
                    f"The picture {medium.name} can't be read.",
                    f"Put it at {medium.path}, or take it out of the text.",
                )
            )
        pictures[medium.name] = f"/media/{target.name}"
    if missing:
        raise BookError(missing)
    if style.screen and context.cover is not None:
        (folder / "media" / "cover.jpg").write_bytes(context.cover.jpeg)
    return pictures


def _identifiers(book: Book) -> frozenset[str]:
    """Every identifier that the set book will have an anchor for."""
    found = {section.identifier for section in book.sections}
    found |= {note.identifier for note in book.endnotes}
    bodies = [section.blocks for section in book.sections]
    bodies += [section.title for section in book.sections]
    bodies += [note.blocks for note in book.endnotes]
    for node in walk(bodies):
        kind, content = node["t"], node.get("c")
        if kind == "Header":
            found.add(content[1][0])
        elif kind in {"Div", "Span", "Figure", "Table", "Link", "CodeBlock"}:
            found.add(content[0][0])
    return frozenset(found - {""})


def _estimate(book: Book, *, counted: bool) -> int:
    """About how many pages there will be, for the first pass's inner margin."""
    length = sum(
        len(node["c"])
        for body in (*book.sections, *book.endnotes)
        for node in walk(body.blocks)
        if node["t"] == "Str"
    )
    return 12 + length * (1 if counted else 6) // (_CHARACTERS_A_PAGE[counted] * (1 if counted else 5))


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], *, system: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=list(folders))


class _Press:
    """Typst over one folder. Passes share what the earlier ones laid out."""

    def __init__(self, folder: Path, context: BuildContext, style: Style, book: Book) -> None:
        import typst

        self._context, self._style = context, style
        folders = tuple(str(path) for path in context.fonts.folders(book.metadata.lang))
        self._fonts = _fonts(folders, system=False)
        self._compiler = typst.Compiler(
            str(folder / "main.typ"), root=str(folder), font_paths=self._fonts
        )

    def run(self) -> bytes:
        import typst

        try:
            content, self.warnings = self._compiler.compile_with_warnings(
                format="pdf",
                timestamp=self._context.date,
                pdf_standards=list(self._style.standards),
                pdf_tags=self._style.screen,
            )
        except typst.TypstError as error:
            raise BookError(_in_our_words(error, self._style)) from error
        assert isinstance(content, bytes)
        return content

    def pages(self, content: bytes) -> int:
        import pypdfium2

        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()

    def folios(self) -> dict[str, str]:
        answer: list[dict[str, str]] = json.loads(
            self._compiler.query("<quire-folios>", field="value")
        )
        return answer[0]

    def families(self) -> tuple[str, ...]:
        return tuple(self._fonts.families())


def _in_our_words(error: Any, style: Style) -> Problem:
    """What Typst says against the book."""
    said = str(error.message).strip()
    missing = re.search(r"the text '(.+?)' could not be displayed", said)
    if missing:
        return Problem(
            "no-glyph",
            f"No typeface at hand has the characters {missing[1]!r}.",
            "Put a font that has them into the book's folder `fonts`.",
        )
    if "PDF/" in said:
        return Problem(
            "pdf-standard",
            f"The book can't be an accessible PDF as it is: {said}.",
            "Mend what is named, or leave this edition out of `editions`.",
        )
    hints = "; ".join(error.hints)
    return Problem(
        "not-set",
        f"The {style.name} edition can't be set: {said}{f' ({hints})' if hints else ''}.",
        "Look for raw Typst code or a broken formula in the manuscript.",
    )
