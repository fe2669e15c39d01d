"""The content documents of a book, in reading order, with links that know their file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from quire.assembly.model import Book, Section
from quire.covers.model import Cover
from quire.editions.epub import matter
from quire.editions.epub.lowering import Setting, lower, mark_entries, without_callouts
from quire.editions.epub.notes import heading_words, notes_by_section, notes_list
from quire.editions.epub.page_breaks import (
    PageBreak,
    mark_paragraphs,
    page_breaks_in,
    set_page_breaks,
)
from quire.editions.epub.pictures import Picture
from quire.editions.epub.rendering import Stretches, plain, render
from quire.editions.epub.splitting import split
from quire.editions.epub.xhtml import (
    MATHML,
    SVG,
    Element,
    add,
    content_of,
    document,
    element,
    free_identifier,
)
from quire.language import Words, is_right_to_left
from quire.manuscript.roles import ROLES
from quire.problems import BookError, Problem
from quire.toolchain.cache import NOTHING_KEPT, Cache

__all__ = [
    "COVER_NAME",
    "NAV_NAME",
    "STYLE_NAME",
    "Document",
    "Documents",
    "direction_of",
    "set_documents",
]

NAV_NAME: Final = "nav.xhtml"
STYLE_NAME: Final = "styles/book.css"
COVER_NAME: Final = "media/cover.jpg"

_MATTER: Final = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}
_NAMED_BY_WORDS: Final = {
    "halftitle": "half-title",
    "titlepage": "title-page",
    "copyright": "copyright-page",
    "dedication": "dedication",
}
"""Roles whose sections have no title, and the words to call them by."""


@dataclass
class Document:
    """One content document.

    Attributes:
        name: its file in the EPUB.
        title: what it is called where it has no heading of its own.
        role: the section's role, or ``cover``.
        root: its ``html`` element.
        section: the section it holds, or None.
    """

    name: str
    title: str
    role: str
    root: Element
    section: Section | None = None

    @property
    def properties(self) -> list[str]:
        """The manifest's properties, EPUB 3.3 section D.3: what the document embeds."""
        found = {"mathml": MATHML, "svg": SVG}
        return [
            name
            for name, space in found.items()
            if next(self.root.iter(f"{{{space}}}*"), None) is not None
        ]


@dataclass
class Documents:
    """All content documents but the contents, which `navigation` makes.

    Attributes:
        reading_order: names of files, that of the contents among them if the book shows them.
        by_name: the documents.
        places: identifier → file that it is in.
        pages: where the pages of the print edition begin; none if it wasn't made before.
    """

    reading_order: list[str]
    by_name: dict[str, Document]
    places: dict[str, str]
    pages: tuple[PageBreak, ...] = ()

    def address(self, identifier: str) -> str:
        """Where an identifier is: ``chapter-1.xhtml#first-tool``, or the file of a section."""
        name = self.places[identifier]
        found = self.by_name.get(name)
        at_top = found and found.section and found.section.identifier == identifier
        return name if at_top else f"{name}#{identifier}"


def set_documents(
    book: Book,
    words: Words,
    pictures: Mapping[str, Picture],
    cover: Cover | None,
    folios: Mapping[str, str],
    printed: Mapping[str, str],
    cache: Cache = NOTHING_KEPT,
) -> Documents:
    """Set every section of the book.

    Args:
        book: the book.
        words: the words that it says by itself.
        pictures: its pictures by name.
        cover: its cover, if it has one.
        folios: identifier → folio in the print edition; empty if that wasn't made before.
        printed: folio → the letters of its page; likewise.
        cache: where what was rendered before may be taken from.

    Raises:
        BookError: a link leads nowhere, or a picture isn't part of the book.
    """
    stretches = _stretches(book, folios)
    rendered = render(stretches, cache)
    homes = _homes(book)
    for name, stretch in rendered.items():
        lower(stretch, Setting(words, pictures, homes.get(name)))
    for name, stretch in rendered.items():
        if name.startswith("caption:"):
            without_callouts(stretch)
    setter = _Setter(book, words, rendered, _taken(book, rendered))
    documents: list[Document] = []
    order: list[str] = []
    if cover is not None:
        documents.append(setter.cover(cover))
        order.append(documents[0].name)
    names = _file_names(book.sections)
    for section in book.sections:
        if section.role == "contents":
            order.append(NAV_NAME)
            continue
        documents.append(setter.section(section, names[section.identifier]))
        order.append(documents[-1].name)
    # Before anything is split: a page may begin in one document's end and go on in the next.
    set_page_breaks([one.root for one in documents], folios, printed)
    parts = _split(documents, [*order, NAV_NAME])
    documents = [part for one in documents for part in parts[one.name]]
    files = {name: [part.name for part in made] for name, made in parts.items()}
    order = [file for name in order for file in files.get(name, [name])]
    made = Documents(order, {one.name: one for one in documents}, _places(documents))
    for section in book.sections:
        if section.role == "contents":
            made.places[section.identifier] = NAV_NAME
    for one in documents:
        _complete_links(one, made)
    made.pages = page_breaks_in((one.name, one.root) for one in documents)
    return made


def _split(documents: Iterable[Document], names: Iterable[str]) -> dict[str, list[Document]]:
    """File → the documents that it becomes, ``chapter-3.xhtml`` and ``chapter-3-2.xhtml``."""
    taken = {name.lower() for name in names}
    parts: dict[str, list[Document]] = {}
    for one in documents:
        first, *more = split(one.root)
        parts[one.name] = [replace(one, root=first)]
        for number, root in enumerate(more, start=2):
            name = f"{one.name.removesuffix('.xhtml')}-{number}.xhtml"
            while name.lower() in taken:
                name = f"part-{name}"
            taken.add(name.lower())
            title = f"{one.title} ({number})"
            for told in root.iter(element("title").tag):
                told.text = title
            parts[one.name].append(Document(name, title, one.role, root, one.section))
    return parts


def _stretches(book: Book, folios: Mapping[str, str]) -> Stretches:
    """Everything of the book that pandoc must render, by name."""
    stretches: Stretches = {}
    for section in book.sections:
        stretches[f"title:{section.identifier}"] = plain(section.title)
        stretches[f"text:{section.identifier}"] = mark_paragraphs(section, folios)
    for note in book.endnotes:
        stretches[f"note:{note.identifier}"] = note.blocks
    for one in (*book.figures, *book.tables):
        stretches[f"caption:{one.identifier}"] = plain(one.caption)
    return stretches


def _taken(book: Book, rendered: Mapping[str, Element]) -> set[str]:
    """The identifiers that assembly and the author have given."""
    inside = {node.get("id", "") for one in rendered.values() for node in one.iter("*")}
    sections = {one.identifier for one in book.sections}
    return inside | sections | {one.identifier for one in book.endnotes}


def _homes(book: Book) -> dict[str, str]:
    """Stretch → manuscript file, for messages."""
    files = {one.identifier: one.file for one in book.sections if one.file}
    homes = {f"text:{identifier}": file for identifier, file in files.items()}
    for note in book.endnotes:
        if note.section in files:
            homes[f"note:{note.identifier}"] = files[note.section]
    return homes


def _file_names(sections: Iterable[Section]) -> dict[str, str]:
    """Section identifier → file name.

    It is ASCII: EPUB 3.3 (section 4.2.2) allows more than all readers open.
    """
    names: dict[str, str] = {}
    taken = {NAV_NAME, "cover.xhtml"}
    for number, section in enumerate(sections, start=1):
        plain_name = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,60}", section.identifier)
        name = f"{section.identifier if plain_name else f'section-{number:02}'}.xhtml"
        while name.lower() in taken:
            name = f"section-{number:02}-{name}"
        taken.add(name.lower())
        names[section.identifier] = name
    return names


def _places(documents: Iterable[Document]) -> dict[str, str]:
    """Identifier → file, of every element that has one."""
    return {
        identifier: one.name
        for one in documents
        for node in one.root.iter()
        if (identifier := node.get("id"))
    }


def _complete_links(one: Document, documents: Documents) -> None:
    """Give ``#identifier`` links the file that it is in.

    A missing target is the book's error, for assembly has checked the author's links already.
    """
    for node in one.root.iter(element("a").tag):
        href = node.get("href", "")
        if not href.startswith("#"):
            continue
        target = href[1:]
        if target not in documents.places:
            file = one.section.file if one.section else None
            raise BookError(
                Problem(
                    "link-without-target",
                    f"A link leads to #{target}, which isn't in the book.",
                    "Give the place that identifier, or correct the link.",
                    file=file,
                )
            )
        if documents.places[target] != one.name:
            node.set("href", documents.address(target))


@dataclass(frozen=True)
class _Setter:
    """Sets sections of one book.

    Attributes:
        book: the book.
        words: the words that it says by itself.
        rendered: its stretches, by name.
        taken: its identifiers: those that are made here must be others.
    """

    book: Book
    words: Words
    rendered: Mapping[str, Element]
    taken: set[str] = field(default_factory=set)

    @property
    def direction(self) -> str:
        return direction_of(self.book.metadata.lang)

    def cover(self, cover: Cover) -> Document:
        page = element("section", *matter.cover_page(COVER_NAME, cover.alt), epub_type="cover")
        body = element("body", "\n", page, "\n", class_="cover", epub_type="cover")
        title = self.words.say("cover")
        return Document("cover.xhtml", title, "cover", self._document(title, body))

    def section(self, section: Section, name: str) -> Document:
        role = ROLES[section.role]
        title = self._called(section)
        page = element(
            "section",
            "\n",
            id=section.identifier,
            class_=section.role,
            epub_type=role.epub_type,
            role=role.aria,
        )
        heading = self._heading(section)
        if heading is not None:
            page.set("aria-labelledby", heading.get("id", ""))
            add(page, [heading, "\n"])
        elif role.aria:
            page.set("aria-label", title)
        add(page, self._content(section))
        add(page, ["\n"])
        body = element(
            "body", "\n", page, "\n", class_=section.role, epub_type=_MATTER[role.matter]
        )
        return Document(name, title, section.role, self._document(title, body), section)

    def _document(self, title: str, body: Element) -> Element:
        return document(title, self.book.metadata.lang, self.direction, STYLE_NAME, body)

    def _called(self, section: Section) -> str:
        """What a section is called: its heading, or the words for its role."""
        named = _NAMED_BY_WORDS.get(section.role)
        said = heading_words(section, self.words) or (self.words.say(named) if named else "")
        return said or self.book.metadata.title

    def _heading(self, section: Section) -> Element | None:
        """``<h1><span class="label">第一章</span> <span class="title">推刨</span></h1>``."""
        title = list(content_of(self.rendered[f"title:{section.identifier}"]))
        if not section.label and not title:
            return None
        heading = element("h1", id=self._name(f"{section.identifier}-heading"))
        if section.label:
            add(heading, [element("span", section.label, class_="label")])
        if section.label and title:
            # The blank is for readers that show no styles, and for those that read aloud.
            add(heading, ["\n"])
        if title:
            add(heading, [element("span", *title, class_="title")])
        return heading

    def _content(self, section: Section) -> Iterable[str | Element]:
        metadata = self.book.metadata
        if section.role == "halftitle":
            return matter.half_title(metadata)
        if section.role == "titlepage":
            return matter.title_page(metadata, self.words)
        if section.role == "endnotes":
            bodies = self._bodies()
            notes = self.book.endnotes
            return [
                *self._text(section),
                *notes_by_section(notes, self.book.sections, bodies, self.words, self._name),
            ]
        lists = matter.figures_and_tables(self.book)
        if section.role in lists:
            captions = {
                one.identifier: self.rendered[f"caption:{one.identifier}"]
                for one in lists[section.role]
            }
            return [*self._text(section), matter.list_of(lists[section.role], captions)]
        return [*self._text(section), *self._own_notes(section)]

    def _text(self, section: Section) -> Iterable[str | Element]:
        return mark_entries(content_of(self.rendered[f"text:{section.identifier}"]), section.role)

    def _own_notes(self, section: Section) -> list[str | Element]:
        """A section's notes at its end, in a book without a section for all of them."""
        notes = self.book.endnotes_of(section.identifier)
        if not notes or any(one.role == "endnotes" for one in self.book.sections):
            return []
        identifier = self._name(f"{section.identifier}-notes")
        heading = element("h2", self.words.say("notes"), id=identifier)
        listed = notes_list(notes, self._bodies(), self.words)
        return [
            "\n",
            element(
                "section", "\n", heading, "\n", listed, "\n",
                class_="endnotes", epub_type="endnotes", role="doc-endnotes",
                aria_labelledby=identifier,
            ),
        ]  # fmt: skip

    def _name(self, wanted: str) -> str:
        return free_identifier(wanted, self.taken)

    def _bodies(self) -> dict[str, Element]:
        return {
            note.identifier: self.rendered[f"note:{note.identifier}"] for note in self.book.endnotes
        }


def direction_of(language: str) -> str:
    """``rtl`` for languages written from right to left, else an empty string."""
    return "rtl" if is_right_to_left(language) else ""
