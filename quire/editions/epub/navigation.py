"""What the navigation lists: contents, landmarks, figures and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from quire.assembly.model import Book, Illustration, Section
from quire.editions.epub.documents import NAV_NAME, Documents
from quire.editions.epub.notes import heading_words
from quire.language import Words
from quire.manuscript.roles import ROLES
from quire.pandoc import plain_text

__all__ = ["Entry", "Landmark", "Navigation", "navigate"]

_DEEPEST: Final = 2
"""Level of the last headings that the contents list: a chapter's own sections."""

_LANDMARKS: Final[Mapping[str, tuple[str, str]]] = {
    "cover": ("cover", "cover"),
    "titlepage": ("titlepage", "title-page"),
    "contents": ("toc", "contents"),
    "figures": ("loi", "list-of-figures"),
    "tables": ("lot", "list-of-tables"),
    "foreword": ("foreword", ""),
    "preface": ("preface", ""),
    "introduction": ("introduction", ""),
    "endnotes": ("endnotes", ""),
    "glossary": ("glossary", ""),
    "bibliography": ("bibliography", ""),
    "index": ("index", ""),
    "colophon": ("colophon", ""),
}
"""Role → epub:type and the words to name it by; no words where its own title names it.

EPUB 3.3 section 7.4.3 asks for few landmarks: those that a reading system offers as buttons.
"""


@dataclass(frozen=True)
class Entry:
    """A line of the contents, with those below it."""

    title: str
    address: str
    role: str = ""
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that reading systems know by its type."""

    epub_type: str
    title: str
    address: str


@dataclass(frozen=True)
class Navigation:
    """Everything that the navigation document and the NCX say.

    Attributes:
        title: the heading of the contents.
        shown: whether the contents are a page of the book.
        contents: the entries at the top.
        landmarks: in reading order.
        figures: title and address of each.
        tables: likewise.
        pages: folio and address of each page of the print edition.
        order: address → its place in the reading order, of all that can be led to.
    """

    title: str
    shown: bool
    contents: tuple[Entry, ...]
    landmarks: tuple[Landmark, ...]
    figures: tuple[Entry, ...] = ()
    tables: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    order: Mapping[str, int] = field(default_factory=dict)


def navigate(book: Book, documents: Documents, words: Words) -> Navigation:
    """Work out the navigation of a book whose documents are set."""
    page = next((one for one in book.sections if one.role == "contents"), None)
    return Navigation(
        title=(page.text if page else "") or words.say("contents"),
        shown=page is not None,
        contents=_contents(book.sections, documents, words),
        landmarks=_landmarks(book.sections, documents, words),
        figures=_illustrations(book.figures, documents, words),
        tables=_illustrations(book.tables, documents, words),
        pages=tuple(Entry(one.folio, one.address) for one in documents.pages),
        order=_order(documents),
    )


def _order(documents: Documents) -> dict[str, int]:
    """Every address of the book, numbered in reading order: documents, and places in them."""
    addresses: list[str] = []
    for name in documents.reading_order:
        addresses.append(name)
        if name in documents.by_name:
            nodes = documents.by_name[name].root.iter("*")
            addresses += [f"{name}#{node.get('id')}" for node in nodes if node.get("id")]
    return {address: number for number, address in enumerate(addresses)}


def _contents(sections: Sequence[Section], documents: Documents, words: Words) -> tuple[Entry, ...]:
    """Sections by depth: what follows a part at depth 1 lies below it."""
    entries: list[Entry] = []
    for section in sections:
        title = heading_words(section, words)
        if not ROLES[section.role].in_contents or not title:
            continue
        headings = tuple(
            Entry(heading.text, documents.address(heading.identifier), "heading")
            for heading in section.headings
            if heading.level <= _DEEPEST and heading.text
        )
        address = documents.address(section.identifier)
        entry = Entry(title, address, section.role, headings)
        if section.depth and entries:
            above = entries.pop()
            entry = Entry(above.title, above.address, above.role, (*above.children, entry))
        entries.append(entry)
    return tuple(entries)


def _landmarks(
    sections: Sequence[Section], documents: Documents, words: Words
) -> tuple[Landmark, ...]:
    """The known roles in reading order, and where the text starts; each type once."""
    found: dict[str, Landmark] = {}
    if documents.reading_order and "cover.xhtml" in documents.by_name:
        found["cover"] = Landmark("cover", words.say("cover"), "cover.xhtml")
    for section in sections:
        if "bodymatter" not in found and ROLES[section.role].matter == "body":
            start = documents.address(section.identifier)
            found["bodymatter"] = Landmark("bodymatter", words.say("start-of-text"), start)
        epub_type, named = _LANDMARKS.get(section.role, ("", ""))
        if not epub_type or epub_type in found:
            continue
        title = words.say(named) if named else heading_words(section, words)
        address = f"{NAV_NAME}#toc" if epub_type == "toc" else documents.address(section.identifier)
        if title:
            found[epub_type] = Landmark(epub_type, title, address)
    # The contents are always there, as a page or behind a button.
    found.setdefault("toc", Landmark("toc", words.say("contents"), f"{NAV_NAME}#toc"))
    return tuple(found.values())


def _illustrations(
    illustrations: Sequence[Illustration], documents: Documents, words: Words
) -> tuple[Entry, ...]:
    entries = []
    for one in illustrations:
        caption = plain_text(one.caption)
        title = one.label or caption
        if one.label and caption:
            title = words.say("label-title", label=one.label, title=caption)
        entries.append(Entry(title, documents.address(one.identifier)))
    return tuple(entries)
