"""The EPUB 3.3 edition.

How a book becomes one, a module a step:

1. `pictures`: the book's pictures, looked at before they are let in.
2. `rendering`: every stretch of pandoc's tree to XHTML, in one run of pandoc.
3. `lowering`: the conventions of `quire.assembly.model` to EPUB's own: callouts, figures, verse.
4. `notes`, `matter`: what the book's data becomes: endnotes, title page, lists.
5. `documents`: the content documents in reading order, with links that know their file.
   `page_breaks`: where the pages of the print edition begin in them; `page_openings`: at which
   character; `splitting`: where a document ends that would be too large for an e-reader.
6. `navigation`, `accessibility`, `package`: contents, metadata, ebooklib's model of it all.
7. `finishing`: what ebooklib leaves open, and the same bytes each time (`container`).

`typefaces` are put in where a book asks for it; `stores` are what shops ask, and `store_copies` the
EPUBs that some of them get in place of the common one.
"""

from quire.editions.epub.edition import EDITION

__all__ = ["EDITION"]
