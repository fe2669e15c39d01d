"""The finished EPUB taken apart: its documents in reading order, its contents, and its files."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote

from lxml import etree

__all__ = [
    "EPUB",
    "XHTML",
    "Document",
    "Element",
    "Entry",
    "Publication",
    "first_chapter",
    "read_publication",
]

Element: TypeAlias = etree._Element

XHTML: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"

_CONTAINER: Final = "META-INF/container.xml"
_DOCUMENT: Final = "application/xhtml+xml"
_OF_EPUB_ALONE: Final = frozenset({_DOCUMENT, "application/x-dtbncx+xml"})


@dataclass(frozen=True)
class Document:
    """One document of the book's text.

    Attributes:
        name: of its file, without a suffix.
        title: what its head calls it.
        body: the ``body`` element.
        classes: of the body, such as ``chapter``; the first says what the document is.
    """

    name: str
    title: str
    body: Element
    classes: str

    @property
    def kind(self) -> str:
        """What it is, such as ``chapter``, ``part`` or ``titlepage``."""
        return self.classes.partition(" ")[0]

    @property
    def in_the_text(self) -> bool:
        """Whether it is of the text itself, not of what stands before and after."""
        return self.body.get(f"{{{EPUB}}}type") == "bodymatter"

    @property
    def begins_a_chapter(self) -> bool:
        """Whether a chapter begins in it."""
        return self.body.find(f"{{{XHTML}}}section[@role='doc-chapter']") is not None


@dataclass(frozen=True)
class Entry:
    """A line of the contents.

    Attributes:
        title: what it says.
        document: the name of the document that it leads to.
        fragment: the place there; empty for its beginning.
        kind: a class, such as ``part``.
        inside: the lines below it.
    """

    title: str
    document: str
    fragment: str
    kind: str
    inside: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Publication:
    """A book as its EPUB has it.

    Attributes:
        language: of the book.
        direction: ``ltr`` or ``rtl``, the way in which pages follow each other.
        documents: in reading order.
        contents: as the navigation document has them.
        files: name → content of style sheets, pictures and fonts, names as documents say them.
    """

    language: str
    direction: str
    documents: tuple[Document, ...]
    contents: tuple[Entry, ...]
    files: Mapping[str, bytes] = field(repr=False)


def first_chapter(documents: Sequence[Document]) -> Document:
    """The document in which the first chapter begins; the first of all, where none does."""
    return next((one for one in documents if one.begins_a_chapter), documents[0])


def read_publication(path: Path) -> Publication:
    """Take an EPUB of ours apart.

    Args:
        path: an EPUB that lies finished; its documents lie in the package's own folder.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    with zipfile.ZipFile(path) as archive:

        def tree(name: str) -> Element:
            return etree.fromstring(archive.read(name), parser)

        rootfile = tree(_CONTAINER).find(".//{*}rootfile")
        if rootfile is None:
            raise ValueError(f"{path} names no package")
        package_name = rootfile.get("full-path", "")
        folder = posixpath.dirname(package_name)
        package = tree(package_name)
        items = {item.get("id"): item for item in package.iter("{*}item")}

        def place(item: Element) -> str:
            return posixpath.join(folder, unquote(item.get("href", "")))

        spine = package.find("{*}spine")
        references = [] if spine is None else list(spine.iter("{*}itemref"))
        shown = [items[reference.get("idref")] for reference in references]
        navigation = next(
            item for item in items.values() if "nav" in item.get("properties", "").split()
        )
        contents = tuple(_entries(tree(place(navigation))))
        documents = tuple(
            _document(posixpath.splitext(item.get("href", ""))[0], tree(place(item)))
            for item in shown
            if item is not navigation
        )
        files = {
            unquote(item.get("href", "")): archive.read(place(item))
            for item in items.values()
            if item.get("media-type") not in _OF_EPUB_ALONE
        }
    return Publication(
        package.get("{http://www.w3.org/XML/1998/namespace}lang", "en"),
        "ltr" if spine is None else spine.get("page-progression-direction", "ltr"),
        documents,
        contents,
        files,
    )


def _document(name: str, root: Element) -> Document:
    body = root.find(f"{{{XHTML}}}body")
    if body is None:
        raise ValueError(f"{name} has no body")
    title = root.findtext(f"{{{XHTML}}}head/{{{XHTML}}}title") or ""
    return Document(unquote(name), title, body, body.get("class", ""))


def _entries(root: Element) -> Iterator[Entry]:
    for navigation in root.iter(f"{{{XHTML}}}nav"):
        if navigation.get(f"{{{EPUB}}}type") == "toc":
            yield from _list(navigation.find(f"{{{XHTML}}}ol"))


def _list(listed: Element | None) -> Iterator[Entry]:
    for item in () if listed is None else listed.findall(f"{{{XHTML}}}li"):
        link = item.find(f"{{{XHTML}}}a")
        inside = tuple(_list(item.find(f"{{{XHTML}}}ol")))
        if link is None:
            yield from inside
            continue
        address, _, fragment = unquote(link.get("href", "")).partition("#")
        title = " ".join(str(link.xpath("string()")).split())
        name = posixpath.splitext(address)[0]
        yield Entry(title, name, fragment, item.get("class", ""), inside)
