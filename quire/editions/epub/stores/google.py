"""Google Play Books."""

from __future__ import annotations

from quire.editions.epub.store import Guide, Limit, Store

__all__ = ["STORE"]

_ADDRESS = "https://support.google.com/books/partner/answer/3424254"
_TITLE = "Google Play Books Partner Center, File formats"
_SIZES = Guide(_TITLE, "Size and quality limits", _ADDRESS)
_EPUB = Guide(_TITLE, "Format-specific guidelines, .epub", _ADDRESS)
_NAMES = Guide(_TITLE, "Filenames, Which identifier to use", _ADDRESS)

STORE = Store(
    "google",
    "Google Play Books",
    (
        Limit("covers", _EPUB, least=1),
        Limit("cover-format", _SIZES, among=("JPEG", "PNG", "TIFF")),
        Limit("cover-short-side", _SIZES, least=640),
        Limit("cover-long-side", _SIZES, most=7200),
        Limit("cover-bytes", _SIZES, most=2_000_000_000 - 1),
        Limit("file-bytes", _SIZES, most=2_000_000_000 - 1),
        # A book without an ISBN gets an identifier of the store's own; a wrong one is refused.
        Limit("wrong-isbns", _NAMES, most=0),
    ),
)
