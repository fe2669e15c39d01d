"""Rakuten Kobo, whose own reader counts a book's sentences."""

from __future__ import annotations

from quire.editions.epub.kobo_spans import with_kobo_spans
from quire.editions.epub.store import Guide, Limit, Store, StoreCopy
from quire.problems import Severity

__all__ = ["STORE"]

_ADDRESS = "https://github.com/kobolabs/epub-spec"
_TITLE = "Kobo EPUB Guidelines"
_COVER = Guide(_TITLE, "Cover Images", _ADDRESS)
_PICTURES = Guide(_TITLE, "Image Formatting", _ADDRESS)
_LIMITS = Guide(_TITLE, "Limitations and Maximums", _ADDRESS)
_TABLES = Guide(_TITLE, "Tables", _ADDRESS)
_SCRIPTS = Guide(_TITLE, "JavaScript Support", _ADDRESS)
_PACKAGE = Guide(_TITLE, "OPF", _ADDRESS)

STORE = Store(
    "kobo",
    "Rakuten Kobo",
    (
        Limit("covers", _COVER, least=1),
        Limit("cover-format", _COVER, among=("JPEG", "PNG")),
        Limit("cover-colour", _PICTURES, among=("RGB",)),
        Limit("cover-bytes", _COVER, most=3_000_000, severity=Severity.WARNING),
        Limit("picture-bytes", _LIMITS, most=5_000_000, severity=Severity.WARNING),
        Limit("picture-colour", _PICTURES, among=("RGB", "grey"), severity=Severity.WARNING),
        Limit("document-bytes", _LIMITS, most=10_000_000, severity=Severity.WARNING),
        Limit("file-bytes", _LIMITS, most=1_000_000_000, severity=Severity.WARNING),
        Limit("table-columns", _TABLES, most=4, severity=Severity.NOTE),
        Limit("scripts", _SCRIPTS, most=0),
        Limit("languages", _PACKAGE, least=1),
        Limit("wrong-isbns", _COVER, most=0),
    ),
    StoreCopy(".kepub.epub", "with spans by sentence", with_kobo_spans),
)
