"""One family of templates for both PDF editions: a Book becomes Typst, and Typst a PDF.

* `trims`: the table of trim sizes.
* `preparation` and `lowering`: the Book's syntax tree made ready for pandoc's Typst writer.
* `interior`: the Book as Typst markup.
* `settings`: what the template is told.
* `pressing`: one run of Typst; `gatherings`: a large book in several.
* `press`: pass after pass, until the margins fit the pages; what Typst says in our words.
* ``template/``: the book's design, one file a concern.
"""

from quire.editions.typesetting.press import Setting, set_book
from quire.editions.typesetting.settings import Style
from quire.editions.typesetting.trims import TRIMS, Trim, trim_named

__all__ = ["TRIMS", "Setting", "Style", "Trim", "set_book", "trim_named"]
