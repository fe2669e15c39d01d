"""The EPUB edition as the rest of quire sees it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem

__all__ = ["EDITION", "EpubEdition"]


@dataclass(frozen=True, slots=True)
class EpubEdition:
    """EPUB 3.3, reflowable."""

    name: str = "epub"
    after: tuple[str, ...] = ("print-pdf",)
    needs: tuple[str, ...] = ()

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Write ``<title>.epub`` into `out`, whole or not at all.

        Raises:
            quire.problems.BookError: a picture is refused, a link leads nowhere, or a typeface
                that should be put in forbids it.
            quire.problems.ToolMissing: pandoc isn't installed, or there is no typeface to put in.
        """
        # Imported here: ebooklib and lxml aren't needed to know that there is an EPUB edition.
        from quire.editions.epub.accessibility import describe
        from quire.editions.epub.conformance import Examined, examine
        from quire.editions.epub.directions import keep_left_to_right
        from quire.editions.epub.documents import direction_of, set_documents
        from quire.editions.epub.finishing import finished
        from quire.editions.epub.foreign_runs import tell_foreign_runs
        from quire.editions.epub.navigation import navigate
        from quire.editions.epub.openings import mark_opening
        from quire.editions.epub.package import model
        from quire.editions.epub.pictures import read_pictures
        from quire.editions.epub.style_sheets import is_vertical, style_sheet
        from quire.editions.epub.typefaces import NO_TYPEFACES, embedded_typefaces
        from quire.editions.epub.vertical import set_in_columns
        from quire.language import words_of
        from quire.toolchain.writing import write_whole

        metadata = book.metadata
        words = words_of(metadata.lang, metadata.words)
        pictures = read_pictures(book.media)
        printed = context.earlier.get("print-pdf")
        folios, letters = (printed.page_of, printed.letters_of()) if printed else ({}, {})
        documents = set_documents(
            book, words, pictures, context.cover, folios, letters, context.cache
        )
        navigation = navigate(book, documents, words)
        for one in documents.by_name.values():
            tell_foreign_runs(one.root)
            if direction_of(metadata.lang):
                keep_left_to_right(one.root)
            if metadata.epub.opening != "plain":
                mark_opening(one)
            if is_vertical(metadata):
                set_in_columns(one.root, metadata.lang)
        style = style_sheet(metadata)
        failures = examine(
            Examined(
                {name: one.root for name, one in documents.by_name.items()},
                navigation,
                metadata.title,
                style,
                frozenset(name for name, picture in pictures.items() if picture.moving),
            )
        )
        accessibility = describe(documents, navigation, pictures, metadata, words, failures)
        typefaces = NO_TYPEFACES
        if metadata.epub.fonts == "embed":
            roots = [one.root for one in documents.by_name.values()]
            typefaces = embedded_typefaces(roots, navigation, metadata.lang, context.fonts)
        made = model(
            book, documents, navigation, pictures, context.cover, accessibility, style, typefaces
        )
        content = finished(made, metadata, navigation, words, context.date)
        path = write_whole(out / f"{file_stem(metadata)}.epub", content)
        return Artifact(
            edition=self.name,
            path=path,
            media_type="application/epub+zip",
            sha256=hashlib.sha256(content).hexdigest(),
            details={
                "format": "EPUB 3.3",
                "documents": str(len(documents.reading_order)),
                "pictures": str(len(pictures)),
                "notes": str(len(book.endnotes)),
                "page breaks": str(len(documents.pages)),
                "accessibility": accessibility.claim.reason,
                **typefaces.details,
            },
        )


EDITION = EpubEdition()
