"""The edition ``print-pdf``: ``<stem>-print.pdf``, the inside of the printed book."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem
from quire.editions.print_pdf.binding import bound
from quire.editions.print_pdf.boxes import with_boxes
from quire.editions.print_pdf.reading import letters_by_folio
from quire.editions.typesetting import Style, set_book
from quire.editions.typesetting.printers import printer_named
from quire.editions.typesetting.trims import POINTS_A_MILLIMETRE
from quire.toolchain import write_whole

__all__ = ["EDITION", "PrintPdf"]

# No PDF/A: its output intent has no place for CMYK, and black text must be black ink alone.
_STYLE: Final = Style("print-pdf", screen=False, standards=("1.7",))


@dataclass(frozen=True, slots=True)
class PrintPdf:
    """The PDF that goes to the printer."""

    name: str = "print-pdf"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Set the book and write one PDF into the folder `out`.

        Raises:
            quire.problems.BookError: the book can't be set as it is.
        """
        done = set_book(book, context, _STYLE)
        asked = book.metadata.print
        bleed = asked.bleed * POINTS_A_MILLIMETRE
        grey = bool(asked.printer) and printer_named(asked.printer or "").inks == "grey"
        content = bound([with_boxes(one, bleed, grey=grey) for one in done.gatherings])
        path = write_whole(out / f"{file_stem(book.metadata)}-print.pdf", content)
        width, height = (side / POINTS_A_MILLIMETRE for side in (done.page.width, done.page.height))
        return Artifact(
            self.name,
            path,
            "application/pdf",
            hashlib.sha256(content).hexdigest(),
            pages=done.pages + done.pages % 2,
            details={
                "trim": f"{done.page.trim}, {width:g} × {height:g} mm",
                "bleed": f"{asked.bleed:g} mm",
                "type": f"{done.page.body:g} on {done.page.pitch:g} pt, {done.page.lines} lines",
                "inner margin": f"{done.page.inner / POINTS_A_MILLIMETRE:.1f} mm",
                "fonts": ", ".join(done.families),
                **done.notices,
            },
            page_of=done.folios,
            letters_of=partial(letters_by_folio, content, done.page),
        )


EDITION: Final = PrintPdf()
