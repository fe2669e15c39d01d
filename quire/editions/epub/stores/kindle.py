"""Amazon Kindle: an EPUB that is taken in and converted."""

from __future__ import annotations

from quire.editions.epub.cover_page import without_cover_page
from quire.editions.epub.rasters import with_pictures_as_pixels
from quire.editions.epub.store import Guide, Limit, Store, StoreCopy
from quire.problems import Severity

__all__ = ["STORE"]

_COVER = Guide(
    "Kindle Publishing Guidelines",
    "Cover Image Guidelines, Marketing Cover Image",
    "https://kdp.amazon.com/help/topic/GPST5EKFJ6MX5UPK",
)
_TITLE = "Kindle Publishing Guidelines 2019.2"
_GUIDELINES = "https://kindlegen.s3.amazonaws.com/AmazonKindlePublishingGuidelines.pdf"
_CONTENTS = Guide(_TITLE, "5.2 NCX Guidelines", _GUIDELINES)
_MARKUP = Guide(_TITLE, "6 HTML and CSS Guidelines", _GUIDELINES)
_PICTURES = Guide(_TITLE, "10.4 Image Guidelines", _GUIDELINES)
_METADATA = Guide(
    "Kindle Direct Publishing, Metadata Guidelines",
    "Book Titles",
    "https://kdp.amazon.com/help?topicId=A294SHSUYLKTA6",
)

STORE = Store(
    "kindle",
    "Amazon Kindle",
    (
        Limit("covers", _COVER, least=1),
        Limit("cover-format", _COVER, among=("JPEG", "TIFF")),
        Limit("cover-colour", _COVER, among=("RGB",)),
        Limit("cover-long-side", _COVER, least=1000, most=10_000),
        Limit("cover-short-side", _COVER, least=625, most=10_000),
        Limit("cover-height", _COVER, least=2500, severity=Severity.WARNING),
        Limit("cover-ratio", _COVER, least=1.59, most=1.61, severity=Severity.NOTE),
        Limit("cover-bytes", _COVER, most=50_000_000),
        Limit("picture-bytes", _PICTURES, most=5_000_000, severity=Severity.WARNING),
        Limit("title-length", _METADATA, most=199),
        Limit("contents-depth", _CONTENTS, most=2, severity=Severity.NOTE),
        # They are taken out in the conversion.
        Limit("scripts", _MARKUP, most=0, severity=Severity.WARNING),
        Limit("wrong-isbns", _METADATA, most=0),
    ),
    StoreCopy(
        "-kindle.epub",
        "without the page of the cover, drawings as pixels",
        # Devices of before 2011 draw no vectors, and a book may be converted for them.
        lambda files: with_pictures_as_pixels(without_cover_page(files)),
    ),
)
