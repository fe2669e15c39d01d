"""What an edition is: a book in, one file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from quire.assembly.model import Book
from quire.covers.model import Cover
from quire.problems import UsageError
from quire.toolchain.fonts import FontLibrary

__all__ = ["Artifact", "BuildContext", "Edition"]


@dataclass(frozen=True)
class Artifact:
    """A finished file.

    Attributes:
        edition: the name of the edition that made it.
        path: where it lies.
        media_type: such as ``application/epub+zip``.
        sha256: of its bytes, hexadecimal.
        pages: how many pages it has, or None where that has no meaning.
        details: facts for the report (fonts used, trim …), in plain words.
        page_of: for paged editions, identifier → folio as printed, for sections, headings,
            callouts and page breaks (what an EPUB's page-list needs).
        letters_of: for paged editions, reads out of the file: folio → the letters of the page's
            text without anything else (`quire.editions.letters`), in the order of the pages.
            Asked only when an edition needs it, since every page must be read.
        for_readers: whether it is published; a proof isn't.
    """

    edition: str
    path: Path
    media_type: str
    sha256: str
    pages: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    page_of: Mapping[str, str] = field(default_factory=dict)
    letters_of: Callable[[], Mapping[str, str]] = dict
    for_readers: bool = True


@dataclass(frozen=True)
class BuildContext:
    """What editions share besides the book.

    Attributes:
        fonts: where to find type.
        date: the moment to write into files (never the clock).
        cover: the cover, or None when the book wants none.
        earlier: artifacts of editions built before, by name (`Edition.after` orders them).
        work: a folder for files of passage, gone after the build.
    """

    fonts: FontLibrary
    date: datetime
    cover: Cover | None
    work: Path
    earlier: Mapping[str, Artifact] = field(default_factory=dict)

    def made_before(self, edition: str, why: str) -> Artifact:
        """The artifact of an edition that another can't do without.

        Args:
            edition: its name.
            why: what it is needed for, a clause that "and this build makes none" goes on.

        Raises:
            UsageError: the build doesn't make it.
        """
        if edition not in self.earlier:
            raise UsageError(
                f"{why}, and this build makes none.",
                f"Add --edition {edition}, or write it at `editions` in metadata.yaml.",
                code="edition-needed",
            )
        return self.earlier[edition]


class Edition(Protocol):
    """One way to publish a book. Each room of `quire.editions` offers one as ``EDITION``."""

    @property
    def name(self) -> str:
        """The word for ``--edition`` and metadata's ``editions``, such as ``screen-pdf``."""

    @property
    def after(self) -> tuple[str, ...]:
        """Names of editions to build before this one when both are wanted."""

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Set the book and write one file into the folder `out`.

        Raises:
            quire.problems.BookError: the book can't be set as it is.
        """
