"""Pages made of the book's data and not of its manuscript: titles, cover, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from quire.assembly.model import Book, Illustration
from quire.editions.credits import credits_of
from quire.editions.epub.xhtml import Element, add, content_of, element
from quire.language import Words
from quire.metadata.model import Metadata

__all__ = ["cover_page", "figures_and_tables", "half_title", "list_of", "title_page"]

_ROLE_LAST: Final = ("zh", "ja", "ko")
"""Languages that say a person's role after the name."""


def half_title(metadata: Metadata) -> list[Element]:
    """The title alone. It isn't a heading: the book's only title heading is the title page's."""
    return [element("p", metadata.title, class_="half-title")]


def title_page(metadata: Metadata, words: Words) -> list[Element]:
    """Title, subtitle, who made the book, edition and publisher."""
    title = element("h1", element("span", metadata.title, class_="title"))
    if metadata.subtitle:
        subtitle = element(
            "span", metadata.subtitle, class_="subtitle", epub_type="subtitle", role="doc-subtitle"
        )
        add(title, ["\n", subtitle])
    page = [title]
    for credit in credits_of(metadata, words):
        names = words.say("joint").join(credit.names)
        # 林知秋　著, but: Edited by Jun Hale.
        parts = (names, credit.words) if words.tag.startswith(_ROLE_LAST) else (credit.words, names)
        said = ("\u3000" if words.tag.startswith(_ROLE_LAST) else " ").join(filter(None, parts))
        page.append(element("p", said, class_="authors" if credit.role == "aut" else "contributor"))
    if metadata.edition:
        page.append(element("p", metadata.edition, class_="edition"))
    if metadata.publisher:
        page.append(element("p", metadata.publisher, class_="publisher"))
    return page


def cover_page(name: str, alt: str) -> list[Element]:
    """The cover, as large as the screen. DPUB-ARIA: the role belongs to the picture."""
    return [element("img", role="doc-cover", src=name, alt=alt, class_="cover")]


def list_of(illustrations: Sequence[Illustration], captions: Mapping[str, Element]) -> Element:
    """A list of figures or tables. A label stands before its caption, and both are the link."""
    listed = element("ol", "\n", class_="illustrations")
    for one in illustrations:
        caption = list(content_of(captions[one.identifier]))
        if one.label:
            caption[:0] = [element("span", one.label, class_="label"), " "]
        link = element("a", *caption, href=f"#{one.identifier}")
        add(listed, [element("li", link), "\n"])
    return listed


def figures_and_tables(book: Book) -> dict[str, Sequence[Illustration]]:
    """The book's lists by the role of the section that shows them."""
    return {"figures": book.figures, "tables": book.tables}
