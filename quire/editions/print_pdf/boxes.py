"""What printers look for in a finished PDF: its pages' boxes (PDF 1.7, 14.11.2), and ink alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

__all__ = ["with_boxes"]


def with_boxes(content: bytes, bleed: float, *, grey: bool = False) -> bytes:
    """A PDF whose every page has a TrimBox, and a BleedBox where there is bleed, and no links.

    Typst links a note at the foot of a page to its callout, and printers refuse what isn't ink. A
    leaf has two pages: behind an odd number comes a blank one.

    Typst writes the TrimBox of pages with bleed; readers take MediaBox for the boxes that are
    missing, printers' software often doesn't.

    Args:
        content: the PDF.
        bleed: width of the bleed in points; 0 for none.
        grey: whether colours of the screen become greys.
    """
    import pikepdf

    from quire.editions.print_pdf.grey import put_in_grey

    with pikepdf.open(io.BytesIO(content)) as document:
        if len(document.pages) % 2:
            _, _, width, height = (float(side) for side in document.pages[-1].mediabox)
            document.add_blank_page(page_size=(width, height))
            if "/TrimBox" in document.pages[-2]:
                document.pages[-1]["/TrimBox"] = _other_side(document.pages[-2], width)
        for page in document.pages:
            if "/Annots" in page:
                del page["/Annots"]
            if "/TrimBox" not in page:
                page["/TrimBox"] = page["/MediaBox"]
            if bleed and "/BleedBox" not in page:
                page["/BleedBox"] = page["/MediaBox"]
        if grey:
            put_in_grey(document)
        done = io.BytesIO()
        document.save(done, deterministic_id=True)
        return done.getvalue()


def _other_side(page: pikepdf.Page, width: float) -> pikepdf.Array:
    """The trim of the page behind another: bleed lies outside, at the other edge."""
    import pikepdf

    left, bottom, right, top = (float(side) for side in page.trimbox)
    return pikepdf.Array([width - right, bottom, width - left, top])
