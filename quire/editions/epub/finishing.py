"""What ebooklib leaves open, and the same bytes each time.

ebooklib makes the package from its model; here its answer is taken apart, finished, and packed
again. Each step says which of its ways it makes up for, and goes when ebooklib mends it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ebooklib import epub
from lxml import etree

from quire.editions.epub.container import pack, unpack
from quire.editions.epub.documents import NAV_NAME, STYLE_NAME, direction_of
from quire.editions.epub.navigation import Entry, Navigation
from quire.editions.epub.ncx import finish_ncx
from quire.editions.epub.style_sheets import is_vertical
from quire.editions.epub.vertical import set_in_columns
from quire.editions.epub.xhtml import EPUB, XHTML, Element, add, document, element, write
from quire.language import Words
from quire.metadata.model import Metadata

__all__ = ["finished"]

_OPF: Final = "http://www.idpf.org/2007/opf"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class _Matter:
    """What the steps may use."""

    metadata: Metadata
    navigation: Navigation
    words: Words


def finished(
    made: epub.EpubBook,
    metadata: Metadata,
    navigation: Navigation,
    words: Words,
    moment: datetime,
) -> bytes:
    """The EPUB's bytes.

    Args:
        made: ebooklib's model.
        metadata: the book's.
        navigation: what the navigation document lists besides the contents.
        words: the words that the book says by itself.
        moment: written as the date of modification, in UTC, and into every ZIP entry.
    """
    passage = io.BytesIO()
    # ebooklib writes the clock's time as dcterms:modified unless it is given another.
    epub.write_epub(passage, made, {"mtime": moment})
    files = unpack(passage.getvalue())
    matter = _Matter(metadata, navigation, words)
    for name, step in _STEPS.items():
        path = f"{made.FOLDER_NAME}/{name}"
        files[path] = step(files[path], matter)
    return pack(files, moment)


def _package(content: bytes, matter: _Matter) -> bytes:
    """The package document.

    ebooklib groups metadata by namespace in order of first use, states a prefix that EPUB 3
    reserves anyway, and leaves out the package's language and direction.
    """
    root = etree.fromstring(content, _PARSER)
    root.attrib.pop("prefix", "")
    root.set(f"{{{_XML}}}lang", matter.metadata.lang)
    if direction_of(matter.metadata.lang):
        root.set("dir", "rtl")
    # ebooklib writes ``opf:meta``, which readers that go by names alone don't know for ``meta``.
    given = root[0]
    names: dict[Any, str] = {None: _OPF, "dc": _DC}
    metadata = etree.Element(given.tag, nsmap=names)
    metadata.extend(_in_reading_order(list(given)))
    root.replace(given, metadata)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["dc"])
    return _xml(root)


def _in_reading_order(entries: Sequence[Element]) -> list[Element]:
    """Dublin Core first, each with its refinements; then the rest as it came."""
    refinements: dict[str, list[Element]] = {}
    for entry in entries:
        refinements.setdefault(entry.get("refines", ""), []).append(entry)
    core = [entry for entry in entries if str(entry.tag).startswith(f"{{{_DC}}}")]
    rest = [entry for entry in refinements.get("", []) if entry not in core]
    ordered: list[Element] = []
    for entry in (*core, *rest):
        ordered.append(entry)
        if entry.get("id"):
            ordered += refinements.get(f"#{entry.get('id')}", [])
    return ordered


def _contents(content: bytes, matter: _Matter) -> bytes:
    """The navigation document.

    ebooklib makes the contents' list. It gives it a heading of the second level, knows landmarks
    only through EPUB 2's guide, and knows no lists of figures and tables.
    Its page-list, it reads out of documents of its own kind alone.
    """
    made = etree.fromstring(content, _PARSER)
    listed = made.find(f".//{{{XHTML}}}nav/{{{XHTML}}}ol")
    if listed is None:
        listed = element("ol")
    _mark_roles(listed, matter.navigation.contents)
    navigation, metadata = matter.navigation, matter.metadata
    heading = element("h1", navigation.title, id="toc-heading")
    contents = element(
        "nav", "\n", heading, "\n", listed, "\n",
        id="toc", class_="contents", epub_type="toc", role="doc-toc", aria_labelledby="toc-heading",
    )  # fmt: skip
    landmarks = [
        element("a", one.title, epub_type=one.epub_type, href=one.address)
        for one in navigation.landmarks
    ]
    body = element(
        "body",
        "\n",
        contents,
        *_hidden("landmarks", matter.words.say("landmarks"), landmarks),
        *_hidden("loi", matter.words.say("list-of-figures"), _links(navigation.figures)),
        *_hidden("lot", matter.words.say("list-of-tables"), _links(navigation.tables)),
        *_hidden("page-list", matter.words.say("page-list"), _links(navigation.pages)),
        "\n",
        class_="contents",
        epub_type="frontmatter",
    )
    direction = direction_of(metadata.lang)
    root = document(navigation.title, metadata.lang, direction, STYLE_NAME, body)
    if is_vertical(metadata):
        set_in_columns(root, metadata.lang)
    return write(root)


def _mark_roles(listed: Element, entries: Sequence[Entry]) -> None:
    """Give each line its role as a class, so that parts look like parts."""
    for item, entry in zip(listed, entries, strict=True):
        if entry.role:
            item.set("class", entry.role)
        below = item.find(f"{{{XHTML}}}ol")
        if below is not None:
            _mark_roles(below, entry.children)


def _hidden(epub_type: str, title: str, links: Sequence[Element]) -> list[str | Element]:
    """A list that reading systems offer in their own way; nothing if it is empty."""
    if not links:
        return []
    listed = element("ol", "\n")
    for link in links:
        add(listed, [element("li", link), "\n"])
    nav = element("nav", "\n", element("h2", title), "\n", listed, "\n", hidden="hidden")
    nav.set(f"{{{EPUB}}}type", epub_type)
    return ["\n", nav]


def _links(entries: Iterable[Entry]) -> list[Element]:
    return [element("a", entry.title, href=entry.address) for entry in entries]


def _ncx(content: bytes, matter: _Matter) -> bytes:
    """The NCX, of which ebooklib writes the contents alone."""
    root = etree.fromstring(content, _PARSER)
    root.set(f"{{{_XML}}}lang", matter.metadata.lang)
    finish_ncx(root, matter.navigation, matter.metadata.authors, matter.words)
    return _xml(root)


def _xml(root: Element) -> bytes:
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


_STEPS: Final[Mapping[str, Callable[[bytes, _Matter], bytes]]] = {
    "content.opf": _package,
    NAV_NAME: _contents,
    "toc.ncx": _ncx,
}
