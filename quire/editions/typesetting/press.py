"""From a Book to a PDF: the folder that Typst sees, the passes, what went wrong."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.editions.model import BuildContext
from quire.editions.typesetting.coverage import rare_characters, unset_characters
from quire.editions.typesetting.gatherings import press_book
from quire.editions.typesetting.interior import Interior, interior
from quire.editions.typesetting.lowering import Lowering
from quire.editions.typesetting.pressing import Pressed, PressRefused, Work, fonts_in
from quire.editions.typesetting.printers import printer_named
from quire.editions.typesetting.settings import Style, settings_of
from quire.editions.typesetting.trims import Page, page_of_trim, trim_named
from quire.pandoc import PandocFailed, walk
from quire.problems import BookError, Problem

__all__ = ["Setting", "set_book"]

_TEMPLATE: Final = Path(__file__).parent / "template"
_WIDTH_OF_A_CHARACTER: Final = {True: 1.0, False: 0.46}
"""In em, with the blanks."""
_FILLED: Final = 0.86
"""Of a text's pages: the rest is ends of paragraphs and chapters."""
_MOST_PASSES: Final = 4
_FEWEST_LINES: Final = 4
"""Lines that a chapter's last page should have at least."""
_ANCHORED: Final = frozenset({"Div", "Span", "Figure", "Table", "Link", "CodeBlock"})


@dataclass(frozen=True)
class Setting:
    """A book as set.

    Attributes:
        gatherings: the PDF; of a large printed book, one for each of its parts, each but the last
            with an even number of pages, of which a last blank one may be missing.
        pages: how many pages there are, a cover included.
        page: the page's measures, as they were in the end.
        folios: identifier → folio as printed.
        families: the families that set the text.
        unset: characters that no typeface has; they are printed as their codes.
    """

    gatherings: tuple[bytes, ...]
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
        fonts = _fonts_for(book, context, text, counted=counted)
        short: tuple[str, ...] = ()
        for _ in range(_MOST_PASSES):
            settings = settings_of(book, context, style, page, text, fonts.others)
            settings["short"] = short
            settings["unset"] = [f"\\x{{{ord(c):x}}}" for c in fonts.unset]
            work = Work(
                folder, "", settings, pictures, fonts.folders, fonts.system,
                style.standards, style.screen, context.date,
            )  # fmt: skip
            done = _pressed(work, text, style)
            pages = _pages(done)
            wanted = page if style.screen else page_for(pages)
            if wanted != page:
                page = wanted
            elif short or not (short := _too_short(done, page)):
                break
        folios = {name: folio for name, (_, folio) in done[-1].places.items()}
        contents = tuple(one.content for one in done)
        return Setting(contents, pages, page, folios, _families(book, context), fonts.unset)


def _pressed(work: Work, text: Interior, style: Style) -> tuple[Pressed, ...]:
    try:
        return press_book(work, text, whole=style.screen)
    except PressRefused as refused:
        raise BookError(_in_our_words(refused, style)) from refused


def _too_short(gatherings: tuple[Pressed, ...], page: Page) -> tuple[str, ...]:
    """Chapters to set with pages of a line less, because their last page has too few lines.

    Each page then hands a line on, and the last has as many more as there are pages before it. A
    book in gatherings is left as it is: to set it twice takes too long.
    """
    if len(gatherings) > 1:
        return ()
    (done,) = gatherings
    found = []
    for name, (last, y) in done.ends.items():
        before = last - done.places.get(name, (last, ""))[0]
        lines = round((y - page.top) / page.pitch)
        if 0 < lines < _FEWEST_LINES <= lines + before <= page.lines - 1:
            found.append(name)
    return tuple(found)


def _pages(gatherings: tuple[Pressed, ...]) -> int:
    return sum(one.pages + one.pages % 2 for one in gatherings[:-1]) + gatherings[-1].pages


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


@dataclass(frozen=True)
class _Fonts:
    """What Typst may set with.

    Attributes:
        folders: where its fonts lie.
        system: whether the system's count too.
        unset: the characters that even they lack.
        others: families of scripts that the book's own lack.
    """

    folders: tuple[str, ...]
    system: bool = False
    unset: str = ""
    others: tuple[str, ...] = ()


def _fonts_for(book: Book, context: BuildContext, text: Interior, *, counted: bool) -> _Fonts:
    """The fonts of the book's language; of other scripts, of Chinese, and then the system's, if
    characters ask for them.
    """  # noqa: D205
    library = context.fonts
    said = text.markup + book.metadata.model_dump_json()
    rare = rare_characters(said, cjk=counted)
    others = library.others_for(rare, book.metadata.lang) if rare else []
    paths = [*library.folders(book.metadata.lang), *(face.path.parent for face in others)]
    folders = _folders(dict.fromkeys(paths))
    system = False
    unset = unset_characters(rare, fonts_in(folders, system=False)) if rare else ""
    if unset and not counted:
        folders = tuple(dict.fromkeys((*folders, *_folders(library.folders("zh-Hans")))))
        unset = unset_characters(unset, fonts_in(folders, system=False))
    if unset and library.system_fonts:
        system = True
        unset = unset_characters(unset, fonts_in(folders, system=True))
    return _Fonts(folders, system, unset, tuple(face.family for face in others))


def _folders(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(path) for path in paths)


def _families(book: Book, context: BuildContext) -> tuple[str, ...]:
    chosen = context.fonts.families(book.metadata.lang)
    counted = Style.counted(book)
    names = (chosen.serif, chosen.sans, chosen.kai) if counted else ()
    return tuple(dict.fromkeys((*names, chosen.latin, chosen.latin_sans, chosen.mono)))


def _in_our_words(refused: PressRefused, style: Style) -> Problem:
    """What Typst says against the book."""
    said = refused.said
    if "image" in said or "SVG" in said:
        which = f"the picture {refused.picture}" if refused.picture else "one of the pictures"
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
    hints = "; ".join(refused.hints)
    return Problem(
        "not-set",
        f"The {style.name} edition can't be set: {said}{f' ({hints})' if hints else ''}.",
        "Look for raw Typst code or a broken formula in the manuscript.",
    )
