"""The report of a cleaning: source and book side by side, and what wants an editor's word.

One file of HTML that loads nothing. `data` is what its program works on, `page` the page with all
that can be read without a program; ``report.js`` and ``report.css`` stand beside them.
"""

from quire.cleaning.report.page import report_pieces

__all__ = ["report_pieces"]
