"""The shelf's files, written beside the editions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.covers.model import COVER_NAME, THUMBNAIL_NAME, Cover
from quire.editions.model import Artifact
from quire.shelf.catalogue import ATOM_NAME, JSON_NAME, opds_1, opds_2
from quire.shelf.counts import count
from quire.shelf.page import download_page
from quire.shelf.report import REPORT_NAME, build_report
from quire.toolchain.fonts import FontLibrary
from quire.toolchain.writing import write_whole

__all__ = ["write_shelf"]

_PAGE: Final = "index.html"
_SUMS: Final = "SHA256SUMS"


def write_shelf(
    book: Book,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    fresh: Path,
    fonts: FontLibrary,
    date: datetime,
) -> list[Path]:
    """Write cover, download page, catalogues, build report and checksums into a folder.

    Args:
        book: the book that was set.
        artifacts: its editions, their files in `fresh` already.
        cover: its cover, if it has one.
        fresh: the folder to write into.
        fonts: where editions and cover took their type from.
        date: what the build calls its date.

    Returns:
        The files written. SHA256SUMS, the last, covers them and the editions.
    """
    counts = count(book)
    pictures = {} if cover is None else {COVER_NAME: cover.jpeg, THUMBNAIL_NAME: cover.thumbnail}
    editions = [artifact.path.name for artifact in artifacts]
    names = [*editions, *pictures, _PAGE, ATOM_NAME, JSON_NAME, REPORT_NAME, _SUMS]
    contents = {
        **pictures,
        _PAGE: download_page(book, counts, artifacts, cover).encode("utf-8"),
        ATOM_NAME: opds_1(book.metadata, artifacts, cover, date),
        JSON_NAME: opds_2(book.metadata, artifacts, cover, date),
        REPORT_NAME: build_report(book, counts, artifacts, cover, fonts, names),
    }
    written = [write_whole(fresh / name, content) for name, content in contents.items()]
    listed = [*(artifact.path for artifact in artifacts), *written]
    return [*written, write_whole(fresh / _SUMS, _checksums(listed))]


def _checksums(files: Iterable[Path]) -> bytes:
    """Lines that ``sha256sum --check`` and ``shasum --check`` read, sorted by name."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(files, key=lambda path: path.name)
    )
    return "".join(lines).encode("utf-8")
