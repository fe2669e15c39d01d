"""What an edition is: a book in, a file out, or a file with others that lie with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from quire.assembly.model import Book
from quire.covers.model import Cover
from quire.toolchain.cache import NOTHING_KEPT, Cache
from quire.toolchain.fonts import FontLibrary

__all__ = ["Artifact", "BuildContext", "Edition"]


@dataclass(frozen=True)
class Artifact:
    """A finished file.

    Attributes:
        edition: the name of the edition that made it.
        path: where it lies.
        media_type: such as ``application/epub+zip``.
        sha256: of its bytes, hexadecimal; of an edition of several files, of their sums, as
            ``sha256sum`` lists them.
        pages: how many pages it has, or None where that has no meaning.
        details: facts for the report (fonts used, trim …), in plain words.
        page_of: for paged editions, identifier → folio as printed, for sections, headings,
            callouts and page breaks (what an EPUB's page-list needs).
        letters_of: for paged editions, reads out of the file: folio → the letters of the page's
            text without anything else (`quire.editions.letters`), in the order of the pages.
            Asked only when an edition needs it, since every page must be read.
        for_readers: whether it is published; a proof isn't.
        parts: the other files, for an edition of several; `path` is where a reader begins.
        sample: a file that a reader may look into first, if there is one.
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
    parts: tuple[Path, ...] = ()
    sample: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file of it."""
        return (self.path, *self.parts)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.stat().st_size for file in self.files)


@dataclass(frozen=True)
class BuildContext:
    """What editions share besides the book.

    Attributes:
        fonts: where to find type.
        date: the moment to write into files (never the clock).
        cover: the cover, or None when the book wants none.
        earlier: artifacts of editions built before, by name (`Edition.after` orders them).
        work: a folder for files of passage, gone after the build.
        cache: where what was made before may be taken from.
    """

    fonts: FontLibrary
    date: datetime
    cover: Cover | None
    work: Path
    earlier: Mapping[str, Artifact] = field(default_factory=dict)
    cache: Cache = NOTHING_KEPT


class Edition(Protocol):
    """One way to publish a book. Each room of `quire.editions` offers one as ``EDITION``."""

    @property
    def name(self) -> str:
        """The word for ``--edition`` and metadata's ``editions``, such as ``screen-pdf``."""

    @property
    def after(self) -> tuple[str, ...]:
        """Names of editions to build before this one when both are wanted."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of editions that this one is made of: they are built, wanted or not."""

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Set the book and write it into the folder `out`: one file, or one and its parts.

        Raises:
            quire.problems.BookError: the book can't be set as it is.
        """
