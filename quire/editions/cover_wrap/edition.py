"""The edition ``cover-wrap``: ``<stem>-cover.pdf``, the printed book's cover in one sheet."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.covers.inspection import contrast
from quire.covers.lettering import Lettering
from quire.covers.model import WIDTH, Cover, Image, Palette, Scene
from quire.covers.vectors import pictures_of
from quire.editions.cover_wrap.papers import paper_for, spine_width
from quire.editions.cover_wrap.sheet import Back, Sheet, sheet_markup, spine_scene
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem
from quire.editions.typesetting import Style, trim_named
from quire.editions.typesetting.pressing import PressRefused, compiled, fonts_in
from quire.editions.typesetting.printers import printer_named
from quire.editions.typesetting.trims import POINTS_A_MILLIMETRE
from quire.language import is_right_to_left, words_of
from quire.metadata.model import Metadata
from quire.problems import BookError, Problem, UsageError
from quire.toolchain import write_whole

__all__ = ["EDITION", "CoverWrap"]

_PRINT: Final = "print-pdf"
_USUAL_BLEED: Final = 3.0
_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
_PAPER: Final = Palette("paper", "#ffffff", "#1a1a1a", "#444444")


@dataclass(frozen=True, slots=True)
class CoverWrap:
    """Back, spine and front, with bleed."""

    name: str = "cover-wrap"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = (_PRINT,)

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Set the sheet and write one PDF into the folder `out`.

        Raises:
            quire.problems.BookError: there is no cover, or its words don't fit.
        """
        if context.cover is None:
            raise UsageError("There is no cover to wrap.", "Give the book a cover.")
        pages = context.earlier[_PRINT].pages or 2
        metadata = book.metadata
        sheet, paper = _sheet(metadata, pages)
        letters = Lettering(context.fonts, metadata.lang)
        palette = _readable(context.cover.palette or _PAPER)
        words = words_of(metadata.lang, metadata.words)
        authors = words.say("joint").join(metadata.authors[:3])
        said = (metadata.title, authors, metadata.publisher or "")
        spine = spine_scene(sheet, palette, said, letters, metadata.lang)
        front = _front(context.cover, sheet, metadata.lang)
        text = sheet_markup(
            sheet, front, spine, _back(metadata), palette, letters,
            context.fonts.families(metadata.lang).serif, metadata.lang,
            squares=Style.counted(book),
        )  # fmt: skip
        content = _pressed(text, pictures_of(front), context)
        path = write_whole(out / f"{file_stem(metadata)}-cover.pdf", content)
        wide = f"{sheet.whole + 2 * sheet.bleed:.1f} × {sheet.height + 2 * sheet.bleed:.1f} mm"
        spelled = f"{sheet.spine:.2f} mm: {pages} pages of {paper}"
        if not spine.words:
            spelled += "; too thin for words"
        return Artifact(
            self.name, path, "application/pdf", hashlib.sha256(content).hexdigest(), pages=1,
            details={"sheet": wide, "spine": spelled, "bleed": f"{sheet.bleed:g} mm"},
            for_readers=False,
        )  # fmt: skip


def _readable(palette: Palette) -> Palette:
    """The palette with inks for its ground; a design's own can be for a label that lies on it."""
    inks = (palette.ink, palette.quiet, "#ffffff", "#111111")
    ink = next(one for one in inks if contrast(one, palette.ground) >= _CONTRAST)
    quiet = palette.quiet if contrast(palette.quiet, palette.ground) >= _CONTRAST else ink
    return replace(palette, ink=ink, quiet=quiet)


def _sheet(metadata: Metadata, pages: int) -> tuple[Sheet, str]:
    asked = metadata.print
    trim = trim_named(asked.trim, metadata.lang)
    printer = printer_named(asked.printer) if asked.printer else None
    paper = paper_for(asked.paper, printer.name if printer else None)
    sheet = Sheet(
        trim.width / POINTS_A_MILLIMETRE,
        trim.height / POINTS_A_MILLIMETRE,
        spine_width(pages, paper),
        printer.bleed if printer else _USUAL_BLEED,
        is_right_to_left(metadata.lang) or asked.binding == "right",
    )
    return sheet, paper.title


def _front(cover: Cover, sheet: Sheet, language: str) -> Scene:
    """The front with its bleed; at the fold it has none, for there the spine goes on."""
    height = WIDTH * (sheet.height + 2 * sheet.bleed) / (sheet.width + sheet.bleed)
    if cover.compose is not None:
        return cover.compose(height)
    return Scene(height, (Image(0, 0, WIDTH, height, cover.jpeg, (0.5, 0.5)),), language=language)


def _back(metadata: Metadata) -> Back:
    paragraphs = (metadata.description or "").split("\n\n")
    return Back(
        tuple(" ".join(part.split()) for part in paragraphs if part.strip()),
        metadata.isbn.print or "",
        metadata.copyright.price or "",
        metadata.publisher or "",
    )


def _pressed(text: str, pictures: tuple[bytes, ...], context: BuildContext) -> bytes:
    import pikepdf
    import typst

    context.work.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(pictures):
        (context.work / f"front-{number}.png").write_bytes(picture)
    file = context.work / "cover.typ"
    file.write_text(text, "utf-8")
    library = context.fonts
    folders = sorted({str(face.path.parent) for face in (*library.book, *library.package)})
    fonts = fonts_in(tuple(folders), system=library.system_fonts)
    compiler = typst.Compiler(str(file), root=str(context.work), font_paths=fonts)
    try:
        content = compiled(compiler, context.date, ("1.7",), tags=False)
    except PressRefused as refused:
        raise BookError(
            Problem(
                "cover-not-set",
                f"The print cover can't be set: {refused.said}.",
                "Shorten the description in metadata.yaml, or choose a larger trim.",
                file="metadata.yaml",
            )
        ) from refused
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.obj["/BleedBox"] = page.obj["/MediaBox"]
        done = io.BytesIO()
        document.save(done, deterministic_id=True)
        return done.getvalue()


EDITION: Final = CoverWrap()
