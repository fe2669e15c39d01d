"""From a Book to the bytes of a PDF: the folder that Typst sees, the passes, what went wrong."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quire.assembly.model import Book
from quire.editions.model import BuildContext
from quire.editions.typesetting.coverage import rare_characters, unset_characters
from quire.editions.typesetting.interior import Interior, interior
from quire.editions.typesetting.lowering import Lowering
from quire.editions.typesetting.printers import printer_named
from quire.editions.typesetting.settings import Style, settings_of
from quire.editions.typesetting.trims import Page, page_of_trim, trim_named
from quire.pandoc import PandocFailed, walk
from quire.problems import BookError, Problem

if TYPE_CHECKING:
    import typst

__all__ = ["Setting", "set_book"]

_TEMPLATE: Final = Path(__file__).parent / "template"
_WIDTH_OF_A_CHARACTER: Final = {True: 1.0, False: 0.46}
"""In em, with the blanks."""
_FILLED: Final = 0.86
"""Of a text's pages: the rest is ends of paragraphs and chapters."""
_MOST_PASSES: Final = 4
_ANCHORED: Final = frozenset({"Div", "Span", "Figure", "Table", "Link", "CodeBlock"})


@dataclass(frozen=True)
class Setting:
    """A book as set.

    Attributes:
        content: the bytes of the PDF.
        pages: how many pages it has, a cover included.
        page: the page's measures, as they were in the end.
        folios: identifier → folio as printed.
        families: the families that set the text.
        unset: characters that no typeface has; they are printed as their codes.
    """

    content: bytes
    pages: int
    page: Page
    folios: Mapping[str, str]
    families: tuple[str, ...]
    unset: str

    @property
    def notices(self) -> dict[str, str]:
        """What the report must say of characters that couldn't be set; usually nothing."""
        if not self.unset:
            return {}
        shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in self.unset)
        return {"characters without a glyph": shown}


def set_book(book: Book, context: BuildContext, style: Style) -> Setting:
    """Set a book in one style.

    Typst runs at least once; again if the number of pages asks for another inner margin.

    Raises:
        BookError: the book can't be set as it is.
    """
    trim = trim_named(book.metadata.print.trim, book.metadata.lang)
    context.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{style.name}-", dir=context.work) as name:
        folder = Path(name)
        pictures = _lay_out(book, context, style, folder)
        counted = style.counted(book)
        first = page_of_trim(trim, 1, counted=counted)
        pages = _estimate(book, first, counted=counted)
        asked = book.metadata.print
        printer = printer_named(asked.printer) if asked.printer and not style.screen else None

        def page_for(pages: int) -> Page:
            return page_of_trim(
                trim, pages, counted=counted, printer=printer, bleed=asked.bleed > 0
            )

        page = page_for(pages)
        lowering = Lowering(
            counted, style.screen, pictures, _identifiers(book), page.measure / style.small(page)
        )
        text = _written(book, lowering)
        (folder / "main.typ").write_text(text.source, "utf-8")
        fonts, unset, others = _fonts_for(book, context, text, counted=counted)
        press = _Press(folder, context, style, fonts, pictures)
        for _ in range(_MOST_PASSES):
            settings = settings_of(book, context, style, page, text, others)
            settings["unset"] = [f"\\x{{{ord(c):x}}}" for c in unset]
            (folder / "setting.json").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
            content = press.run()
            pages = press.pages(content)
            wanted = page if style.screen else page_for(pages)
            if wanted == page:
                break
            page = wanted
        return Setting(content, pages, page, press.folios(), _families(book, context), unset)


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
        if node["t"] == "Header":
            found.add(node["c"][1][0])
        elif node["t"] in _ANCHORED and "long-description" not in node["c"][0][1]:
            found.add(node["c"][0][0])
    return frozenset(found - {""})


def _estimate(book: Book, page: Page, *, counted: bool) -> int:
    """About how many pages there will be, for the first pass's inner margin."""
    bodies = [section.blocks for section in book.sections]
    bodies += [note.blocks for note in book.endnotes]
    length = sum(len(node["c"]) + 1 for node in walk(bodies) if node["t"] == "Str")
    width = page.body * _WIDTH_OF_A_CHARACTER[counted]
    return 12 + round(length / (_FILLED * page.lines * page.measure / width))


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], *, system: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=list(folders))


def _fonts_for(
    book: Book, context: BuildContext, text: Interior, *, counted: bool
) -> tuple[typst.Fonts, str, tuple[str, ...]]:
    """The fonts to give to Typst, the characters that even they lack, families of other scripts.

    They are those of the book's language; those of other scripts, of Chinese, and then the
    system's, if characters ask for them.
    """
    library = context.fonts
    said = text.source + book.metadata.model_dump_json()
    rare = rare_characters(said, cjk=counted)
    others = library.others_for(rare, book.metadata.lang) if rare else []
    paths = [*library.folders(book.metadata.lang), *(face.path.parent for face in others)]
    folders = _folders(dict.fromkeys(paths))
    fonts = _fonts(folders, system=False)
    unset = unset_characters(rare, fonts) if rare else ""
    if unset and not counted:
        folders = tuple(dict.fromkeys((*folders, *_folders(library.folders("zh-Hans")))))
        fonts = _fonts(folders, system=False)
        unset = unset_characters(unset, fonts)
    if unset and library.system_fonts:
        fonts = _fonts(folders, system=True)
        unset = unset_characters(unset, fonts)
    return fonts, unset, tuple(face.family for face in others)


def _folders(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(path) for path in paths)


def _families(book: Book, context: BuildContext) -> tuple[str, ...]:
    chosen = context.fonts.families(book.metadata.lang)
    counted = Style.counted(book)
    names = (chosen.serif, chosen.sans, chosen.kai) if counted else ()
    return tuple(dict.fromkeys((*names, chosen.latin, chosen.latin_sans, chosen.mono)))


class _Press:
    """Typst over one folder. Passes share what the earlier ones laid out."""

    def __init__(
        self,
        folder: Path,
        context: BuildContext,
        style: Style,
        fonts: typst.Fonts,
        pictures: Mapping[str, str],
    ) -> None:
        import typst

        self._context, self._style, self._pictures = context, style, pictures
        self._folder, self._fonts = folder, fonts
        self._compiler = typst.Compiler(
            str(folder / "main.typ"), root=str(folder), font_paths=fonts
        )

    def run(self) -> bytes:
        import typst

        try:
            content = self._compiler.compile(
                format="pdf",
                timestamp=self._context.date,
                pdf_standards=list(self._style.standards),
                pdf_tags=self._style.screen,
            )
        except typst.TypstError as error:
            raise BookError(_in_our_words(error, self._style, self._broken_picture())) from error
        if not isinstance(content, bytes):
            raise TypeError("Typst gave pictures where a PDF was asked for")
        return content

    def _broken_picture(self) -> str:
        """The name of the first picture that can't be shown by itself; empty if all can."""
        import typst

        for name, path in self._pictures.items():
            try:
                source = f'#image("{path}")'.encode()
                typst.Compiler(source, root=self._folder, font_paths=self._fonts).compile()
            except typst.TypstError:
                return name
        return ""

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


def _in_our_words(error: Any, style: Style, broken: str) -> Problem:
    """What Typst says against the book."""
    said = str(error.message).strip()
    if "image" in said or "SVG" in said:
        which = f"the picture {broken}" if broken else "one of the pictures"
        return Problem(
            "picture-broken",
            f"The {style.name} edition can't show {which}: {said}",
            "Save the picture anew as PNG, JPEG or SVG.",
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
