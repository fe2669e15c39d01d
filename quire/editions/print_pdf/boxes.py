"""The boxes of a page that printers look for (PDF 1.7, 14.11.2)."""

from __future__ import annotations

import io

__all__ = ["with_boxes"]


def with_boxes(content: bytes, bleed: float) -> bytes:
    """A PDF whose every page has a TrimBox, and a BleedBox where there is bleed.

    Typst writes the TrimBox of pages with bleed; readers take MediaBox for the boxes that are
    missing, printers' software often doesn't.

    Args:
        content: the PDF.
        bleed: width of the bleed in points; 0 for none.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            if "/TrimBox" not in page:
                page["/TrimBox"] = page["/MediaBox"]
            if bleed and "/BleedBox" not in page:
                page["/BleedBox"] = page["/MediaBox"]
        done = io.BytesIO()
        document.save(done, deterministic_id=True)
        return done.getvalue()
