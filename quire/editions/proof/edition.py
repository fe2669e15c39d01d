"""The edition ``proof``: ``<stem>-proof.pdf``, which a person looks through before printing.

Nobody prints from it: its pages are pictures of the print edition's, four spreads a sheet, so that
a whole book is a few sheets to turn over.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem
from quire.editions.proof.spreads import Measures, contact_sheets
from quire.editions.typesetting import Style
from quire.editions.typesetting.printers import printer_named
from quire.editions.typesetting.trims import POINTS_A_MILLIMETRE, page_of_trim, trim_named
from quire.language import is_right_to_left
from quire.toolchain import write_whole

__all__ = ["EDITION", "Proof"]

_PRINT: Final = "print-pdf"
_SAFE: Final = 5.0  # millimetres that nothing should come near the trim


@dataclass(frozen=True, slots=True)
class Proof:
    """Spreads of the print edition, with its measures drawn over them."""

    name: str = "proof"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = (_PRINT,)

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Draw the print edition's spreads and write one PDF into the folder `out`."""
        printed = context.earlier[_PRINT]
        asked = book.metadata.print
        counted = Style.counted(book)
        printer = printer_named(asked.printer) if asked.printer else None
        page = page_of_trim(
            trim_named(asked.trim, book.metadata.lang), printed.pages or 1, counted=counted,
            printer=printer, bleed=asked.bleed > 0,
        )  # fmt: skip
        safe = _SAFE
        if printer:
            safe = printer.outer_with_bleed if asked.bleed > 0 else printer.outer
        measures = Measures(
            page,
            counted,
            is_right_to_left(book.metadata.lang) or asked.binding == "right",
            safe * POINTS_A_MILLIMETRE,
        )
        sheets = contact_sheets(printed.path, measures)
        content = io.BytesIO()
        first, *others = sheets
        moment = context.date.timetuple()
        first.save(
            content, "PDF", save_all=True, append_images=others, resolution=150.0, quality=80,
            title=f"{book.metadata.title} (proof)", creationDate=moment, modDate=moment,
        )  # fmt: skip
        path = write_whole(out / f"{file_stem(book.metadata)}-proof.pdf", content.getvalue())
        return Artifact(
            self.name,
            path,
            "application/pdf",
            hashlib.sha256(content.getvalue()).hexdigest(),
            pages=len(sheets),
            for_readers=False,
        )


EDITION: Final = Proof()
