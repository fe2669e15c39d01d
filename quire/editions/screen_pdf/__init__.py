"""The PDF for screens: tagged, with bookmarks, links, a cover and colour."""

from quire.editions.screen_pdf.edition import EDITION, ScreenPdf

__all__ = ["EDITION", "ScreenPdf"]
