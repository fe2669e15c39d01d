"""A book as documents that a browser shows: what the web edition and the sample share.

* `quire.editions.browsing.publication`: the finished EPUB taken apart again.
* `quire.editions.browsing.gathering`: notes brought to the documents that call them.
* `quire.editions.browsing.markup`: XHTML of EPUBs as HTML of the web.
* `quire.editions.browsing.searching`: a book's text, packed for a search without a server.
* `quire.editions.browsing.pages`: whole pages, with what stands around the text.

Nothing is set anew: what the EPUB says of labels, languages, notes and pictures holds here too.
"""

from quire.editions.browsing.gathering import opened
from quire.editions.browsing.markup import html_of, linked
from quire.editions.browsing.pages import Frame, frame_words, page_of, script, style
from quire.editions.browsing.publication import (
    Document,
    Entry,
    Publication,
    first_chapter,
    read_publication,
)
from quire.editions.browsing.searching import numbered_blocks, packed

__all__ = [
    "Document",
    "Entry",
    "Frame",
    "Publication",
    "first_chapter",
    "frame_words",
    "html_of",
    "linked",
    "numbered_blocks",
    "opened",
    "packed",
    "page_of",
    "read_publication",
    "script",
    "style",
]  # fmt: skip
