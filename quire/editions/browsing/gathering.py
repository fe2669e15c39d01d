"""Notes brought to the documents that call them.

A document of the web is read by itself, and without a server no script may open another: each
brings the notes that it calls, at its end, wherever the book has them. A note that several
documents call is in each of them.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from quire.assembly.model import Book
from quire.editions.browsing.publication import (
    EPUB,
    XHTML,
    Document,
    Element,
    Publication,
    read_publication,
)
from quire.editions.model import Artifact
from quire.language import words_of

__all__ = ["NOTES", "opened", "with_notes"]

NOTES: Final = "endnotes"
"""The class of documents that hold nothing but notes."""

_HEADING: Final = "endnotes-heading"
_TYPE: Final = f"{{{EPUB}}}type"


def with_notes(documents: Sequence[Document], heading: str) -> tuple[Document, ...]:
    """The documents without those of notes, each with its notes at its end.

    Args:
        documents: of the whole book; they are left as they are.
        heading: above the notes.
    """
    bodies = {
        (document.name, item.get("id", "")): item
        for document in documents
        if _holds_notes(document)
        for item in document.body.iter(f"{{{XHTML}}}li")
        if item.get(_TYPE) == "endnote"
    }
    return tuple(
        _gathered(document, bodies, heading) for document in documents if not _holds_notes(document)
    )


def opened(book: Book, sold: Artifact) -> Publication:
    """A book's finished EPUB taken apart, each document with its notes.

    Args:
        book: the book, whose words name the notes.
        sold: its EPUB.
    """
    publication = read_publication(sold.path)
    heading = words_of(book.metadata.lang, book.metadata.words).say("notes")
    return replace(publication, documents=with_notes(publication.documents, heading))


def _holds_notes(document: Document) -> bool:
    return NOTES in document.classes.split()


def _gathered(
    document: Document, bodies: Mapping[tuple[str, str], Element], heading: str
) -> Document:
    body = copy.deepcopy(document.body)
    listed = _element("ol", {"class": "notes"}, "\n")
    waiting = list(_called(body, document.name, bodies))
    seen: set[tuple[str, str]] = set()
    while waiting:
        key, number = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        item = copy.deepcopy(bodies[key])
        item.tail = "\n"
        if number.isdecimal():
            item.set("value", number)
        for link in item.iter(f"{{{XHTML}}}a"):
            _point_home(link, key[0], document.name)
        # A note may call another.
        waiting += _called(item, document.name, bodies)
        listed.append(item)
    if len(listed):
        section = _element(
            "section",
            {"class": NOTES, "role": "doc-endnotes", "aria-labelledby": _HEADING},
            "\n",
        )
        title = _element("h2", {"id": _HEADING}, heading)
        title.tail = "\n"
        section.extend((title, listed))
        section.tail = "\n"
        body.append(section)
    return replace(document, body=body)


def _called(
    root: Element, home: str, bodies: Mapping[tuple[str, str], Element]
) -> Iterator[tuple[tuple[str, str], str]]:
    """The notes that are called below an element, with their numbers; the calls point home now."""
    for link in root.iter(f"{{{XHTML}}}a"):
        if link.get("role") != "doc-noteref":
            continue
        address, _, fragment = unquote(link.get("href", "")).partition("#")
        key = posixpath.splitext(address)[0] or home, fragment
        if key in bodies:
            link.set("href", f"#{fragment}")
            yield key, str(link.xpath("string()")).strip()


def _point_home(link: Element, origin: str, home: str) -> None:
    """A link as it must be once its note stands in the document `home`."""
    address, mark, fragment = link.get("href", "").partition("#")
    if not mark or ":" in address:
        return
    target = posixpath.splitext(unquote(address))[0] or origin
    if target == home:
        link.set("href", f"#{fragment}")
    elif not address:
        link.set("href", f"{origin}.xhtml#{fragment}")


def _element(name: str, attributes: Mapping[str, str], text: str) -> Element:
    from lxml import etree

    made = etree.Element(f"{{{XHTML}}}{name}", dict(attributes))
    made.text = text
    return made
