"""The edition ``screen-pdf``: ``<stem>.pdf``, PDF/UA-1 and PDF/A-2a in one file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem
from quire.editions.typesetting import Style, set_book
from quire.toolchain import write_whole

__all__ = ["EDITION", "ScreenPdf"]

_STYLE: Final = Style("screen-pdf", screen=True, standards=("ua-1", "a-2a"))


@dataclass(frozen=True, slots=True)
class ScreenPdf:
    """The PDF that is read on a screen, or aloud."""

    name: str = "screen-pdf"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Set the book and write one PDF into the folder `out`.

        Raises:
            quire.problems.BookError: the book can't be set, or not as an accessible PDF.
        """
        done = set_book(book, context, _STYLE)
        (content,) = done.gatherings
        path = write_whole(out / f"{file_stem(book.metadata)}.pdf", content)
        return Artifact(
            self.name,
            path,
            "application/pdf",
            hashlib.sha256(content).hexdigest(),
            pages=done.pages,
            details={
                "page": done.page.trim,
                "standards": "PDF/UA-1, PDF/A-2a",
                "fonts": ", ".join(done.families),
                **done.notices,
            },
            page_of=done.folios,
        )


EDITION: Final = ScreenPdf()
