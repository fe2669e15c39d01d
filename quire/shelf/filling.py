"""The shelf's files, written beside the editions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.covers.model import COVER_NAME, THUMBNAIL_NAME, Cover
from quire.editions.model import Artifact
from quire.shelf.catalogue import ATOM_NAME, JSON_NAME, opds_1, opds_2
from quire.shelf.changes import Changes
from quire.shelf.counts import Counts
from quire.shelf.page import download_page
from quire.shelf.report import REPORT_NAME, build_report
from quire.toolchain.checksums import checksums
from quire.toolchain.fonts import FontLibrary
from quire.toolchain.writing import write_whole

__all__ = ["write_shelf"]

_PAGE: Final = "index.html"
_SUMS: Final = "SHA256SUMS"


def write_shelf(
    book: Book,
    counts: Counts,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    fresh: Path,
    fonts: FontLibrary,
    date: datetime,
    changes: Changes | None = None,
) -> list[Path]:
    """Write cover, download page, catalogues, build report and checksums into a folder.

    Args:
        book: the book that was set.
        counts: its length (`quire.shelf.counts.count`).
        artifacts: its editions, their files in `fresh` already.
        cover: its cover, if it has one.
        fresh: the folder to write into.
        fonts: where editions and cover took their type from.
        date: what the build calls its date.
        changes: what is new since the last release, if that is known.

    Returns:
        The files written. SHA256SUMS, the last, covers them and the editions.
    """
    pictures = {} if cover is None else {COVER_NAME: cover.jpeg, THUMBNAIL_NAME: cover.thumbnail}
    made = [file for artifact in artifacts for file in artifact.files]
    editions = [file.relative_to(fresh).as_posix() for file in made]
    names = [*editions, *pictures, _PAGE, ATOM_NAME, JSON_NAME, REPORT_NAME, _SUMS]
    contents = {
        **pictures,
        _PAGE: download_page(book, counts, artifacts, cover, fresh, changes).encode("utf-8"),
        ATOM_NAME: opds_1(book.metadata, artifacts, cover, date, fresh),
        JSON_NAME: opds_2(book.metadata, artifacts, cover, date, fresh),
        REPORT_NAME: build_report(book, counts, artifacts, cover, fonts, names, fresh),
    }
    written = [write_whole(fresh / name, content) for name, content in contents.items()]
    return [*written, write_whole(fresh / _SUMS, checksums([*made, *written], fresh))]
