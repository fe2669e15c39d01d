"""Two versions of a book side by side: what changed in words, notes and pages.

* `quire.comparison.versions`: the book's folder as it was at a revision.
* `quire.comparison.chapters`: which chapter became which, and what changed in each.
* `quire.comparison.pages`: which printed pages look otherwise.
* `quire.comparison.page`: all of it as a page to read.
"""

from quire.comparison.chapters import Change, ChapterChange, Passage, compare
from quire.comparison.page import comparison_page
from quire.comparison.pages import PagePair, changed_pages
from quire.comparison.versions import version_at

__all__ = [
    "Change", "ChapterChange", "PagePair", "Passage", "changed_pages", "compare",
    "comparison_page", "version_at",
]  # fmt: skip
