"""Apple Books."""

from __future__ import annotations

from functools import partial

from quire.editions.epub.cover_pixels import with_cover_of
from quire.editions.epub.store import Guide, Limit, Store, StoreCopy
from quire.problems import Severity

__all__ = ["STORE"]

_HELP = "https://itunespartner.apple.com/books/support/9-prepare-book"
_EPUB = Guide("Apple Books for Partners, Prepare your book", "Best practices for EPUB files", _HELP)
_ASSETS = "https://help.apple.com/itc/booksassetguide/"
_COVER = Guide("Apple Books Asset Guide", "Book Cover Art", _ASSETS)
_METADATA = Guide("Apple Books Asset Guide", "The Metadata", _ASSETS)
_FORMATTING = Guide(
    "Apple Books Formatting Guidelines",
    "General Guidelines",
    "https://help.apple.com/itc/applebooksstoreformatting/",
)
_PIXELS = 4_000_000

STORE = Store(
    "apple",
    "Apple Books",
    (
        Limit("covers", _COVER, least=1),
        Limit("cover-format", _COVER, among=("JPEG", "PNG")),
        Limit("cover-colour", _COVER, among=("RGB",)),
        Limit("cover-short-side", _COVER, least=1400),
        # The cover in full size is uploaded beside the file; within it, it is a picture.
        Limit("cover-pixels", _EPUB, most=_PIXELS, severity=Severity.WARNING),
        Limit("picture-pixels", _EPUB, most=_PIXELS, severity=Severity.WARNING),
        Limit("picture-colour", _COVER, among=("RGB", "grey"), severity=Severity.WARNING),
        Limit("file-bytes", _EPUB, most=2_000_000_000),
        Limit("languages", _METADATA, least=1),
        Limit("authors", _FORMATTING, least=1, severity=Severity.WARNING),
        Limit("description-length", _FORMATTING, least=1, severity=Severity.WARNING),
        Limit("wrong-isbns", _METADATA, most=0),
    ),
    StoreCopy(
        "-apple.epub",
        "with a cover of the pixels that are allowed within a file",
        partial(with_cover_of, most=_PIXELS),
    ),
)
