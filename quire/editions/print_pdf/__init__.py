"""The PDF for the printer: trim, mirrored margins, rectos, blank versos, black ink only."""

from quire.editions.print_pdf.edition import EDITION, PrintPdf

__all__ = ["EDITION", "PrintPdf"]
