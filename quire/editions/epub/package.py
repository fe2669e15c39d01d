"""The book as ebooklib's model: metadata, manifest, spine and contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ebooklib import epub

from quire.assembly.model import Book
from quire.covers.model import Cover
from quire.editions.epub.accessibility import Accessibility
from quire.editions.epub.documents import (
    COVER_NAME,
    NAV_NAME,
    STYLE_NAME,
    Documents,
)
from quire.editions.epub.navigation import Entry, Navigation
from quire.editions.epub.pictures import Picture
from quire.editions.epub.style_sheets import writing_of
from quire.editions.epub.turning import Writing
from quire.editions.epub.typefaces import NO_TYPEFACES, Typefaces
from quire.editions.epub.xhtml import write
from quire.editions.naming import identifier_of
from quire.metadata.model import Contributor, Metadata

__all__ = ["model"]

_ARTICLES: Final[Mapping[str, tuple[str, ...]]] = {
    "de": ("der", "die", "das", "ein", "eine"),
    "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "fr": ("le", "la", "les", "un", "une"),
}
"""Words that a title isn't sorted by."""


def model(
    book: Book,
    documents: Documents,
    navigation: Navigation,
    pictures: Mapping[str, Picture],
    cover: Cover | None,
    accessibility: Accessibility,
    style: str,
    typefaces: Typefaces = NO_TYPEFACES,
) -> epub.EpubBook:
    """ebooklib's book, complete but for what `finishing` does."""
    made = epub.EpubBook()
    made.metadata.clear()
    _describe(made, book.metadata, documents, accessibility)
    made.toc = [_toc_entry(entry, number) for number, entry in enumerate(navigation.contents)]
    if writing_of(book.metadata) is not Writing.LEFT_TO_RIGHT:
        made.set_direction("rtl")
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav(file_name=NAV_NAME, title=navigation.title))
    sheet = f"{style}{typefaces.style}"
    made.add_item(epub.EpubItem("style", STYLE_NAME, "text/css", sheet.encode()))
    for number, face in enumerate(typefaces.files, start=1):
        made.add_item(epub.EpubItem(f"font-{number}", face.name, face.media_type, face.content))
    if cover is not None:
        image = epub.EpubCover(uid="cover-image", file_name=COVER_NAME)
        image.content = cover.jpeg
        made.add_item(image)
        # Readers of EPUB 2 know the cover by this alone.
        made.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
    for number, picture in enumerate(pictures.values(), start=1):
        name = f"picture-{number}"
        made.add_item(epub.EpubItem(name, picture.name, picture.media_type, picture.content))
    for name in documents.reading_order:
        if name == NAV_NAME:
            made.spine.append("nav")
            continue
        found = documents.by_name[name]
        identifier = name.removesuffix(".xhtml")
        # Not EpubHtml: that parses our XHTML as HTML and writes a document of its own around it.
        item = epub.EpubItem(f"text-{identifier}", name, "application/xhtml+xml", write(found.root))
        item.properties = found.properties
        made.add_item(item)
        made.spine.append(item.id)
    return made


def _toc_entry(entry: Entry, number: int | str) -> Any:
    link = epub.Link(entry.address, entry.title, f"entry-{number}")
    if not entry.children:
        return link
    below = [_toc_entry(child, f"{number}-{place}") for place, child in enumerate(entry.children)]
    return (link, below)


def _describe(
    made: epub.EpubBook, metadata: Metadata, documents: Documents, accessibility: Accessibility
) -> None:
    """Package metadata, EPUB 3.3 section 5.5, in the order in which a person would read it."""
    _identify(made, metadata)
    _entitle(made, metadata)
    made.set_language(metadata.lang)
    for number, person in enumerate(metadata.author, start=1):
        _credit(made, "creator", person, f"creator-{number}")
    for number, person in enumerate(metadata.contributor, start=1):
        _credit(made, "contributor", person, f"contributor-{number}")
    for name, value in (
        ("publisher", metadata.publisher),
        ("date", metadata.date.isoformat() if metadata.date else None),
        ("rights", metadata.rights),
        ("description", metadata.description),
        ("source", metadata.source),
    ):
        if value:
            made.add_metadata("DC", name, value)
    for subject in metadata.subject:
        made.add_metadata("DC", "subject", subject)
    if metadata.series:
        _refinable(made, "belongs-to-collection", metadata.series.name, "series")
        _refine(made, "series", "collection-type", "series")
        if metadata.series.number is not None:
            _refine(made, "series", "group-position", str(metadata.series.number))
    if documents.pages:
        # EPUB 3.3 section D.4.1.3: the publication whose pages are marked.
        printed = metadata.isbn.print
        source = f"urn:isbn:{_digits(printed)}" if printed else f"{metadata.full_title} (PDF)"
        made.add_metadata(None, "meta", source, {"property": "pageBreakSource"})
    for name, value in accessibility.properties:
        made.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    summary = {"property": "schema:accessibilitySummary"}
    if accessibility.summary_language != metadata.lang:
        summary["{http://www.w3.org/XML/1998/namespace}lang"] = accessibility.summary_language
    made.add_metadata(None, "meta", accessibility.summary, summary)
    if accessibility.claim.standard:
        _refinable(made, "dcterms:conformsTo", accessibility.claim.standard, "conformance")
        _refinable(made, "a11y:certifiedBy", accessibility.claim.certifier, "certifier")


def _identify(made: epub.EpubBook, metadata: Metadata) -> None:
    """The ISBN of this edition identifies it; the book's own URN stands beside it."""
    identifiers = [identifier_of(metadata)]
    if metadata.isbn.epub:
        identifiers.insert(0, f"urn:isbn:{_digits(metadata.isbn.epub)}")
    made.IDENTIFIER_ID = "identifier"
    made.set_identifier(identifiers[0])
    for other in identifiers[1:]:
        made.add_metadata("DC", "identifier", other)


def _digits(isbn: str) -> str:
    """An ISBN without its hyphens and blanks."""
    return "".join(sign for sign in isbn if sign.isalnum())


def _entitle(made: epub.EpubBook, metadata: Metadata) -> None:
    made.title = metadata.full_title
    made.add_metadata("DC", "title", metadata.title, {"id": "title"})
    _refine(made, "title", "title-type", "main")
    if metadata.subtitle:
        _refine(made, "title", "display-seq", "1")
        made.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        _refine(made, "subtitle", "title-type", "subtitle")
        _refine(made, "subtitle", "display-seq", "2")
    sorted_by = _without_article(metadata.title, metadata.lang)
    if sorted_by != metadata.title:
        _refine(made, "title", "file-as", sorted_by)


def _without_article(title: str, language: str) -> str:
    """``The Lamp`` is sorted as ``Lamp, The``."""
    first, _, rest = title.partition(" ")
    articles = _ARTICLES.get(language.split("-", maxsplit=1)[0].lower(), ())
    return f"{rest}, {first}" if rest and first.lower() in articles else title


def _credit(made: epub.EpubBook, kind: str, person: Contributor, identifier: str) -> None:
    """A person with a MARC relator (loc.gov/marc/relators) and the name to sort by."""
    made.add_metadata("DC", kind, person.name, {"id": identifier})
    _refine(made, identifier, "role", person.role, {"scheme": "marc:relators"})
    if person.file_as:
        _refine(made, identifier, "file-as", person.file_as)


def _refinable(made: epub.EpubBook, name: str, value: str, identifier: str) -> None:
    made.add_metadata(None, "meta", value, {"property": name, "id": identifier})


def _refine(
    made: epub.EpubBook,
    identifier: str,
    name: str,
    value: str,
    others: Mapping[str, str] | None = None,
) -> None:
    made.add_metadata(
        None, "meta", value, {"refines": f"#{identifier}", "property": name, **(others or {})}
    )
