"""XHTML of EPUBs as HTML of the web."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import quote, unquote

from lxml import etree

from quire.editions.browsing.publication import EPUB, Element

__all__ = ["html_of", "linked"]

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SUFFIX: Final = ".xhtml"
_ADDRESSES: Final = ("href", f"{{{_XLINK}}}href", "src", "data", "poster")


def html_of(element: Element) -> str:
    """What is in an element, as HTML (HTML Living Standard, 13.3: serialising).

    Names lose their namespaces, which a parser of HTML gives back by itself; what only EPUB has
    a meaning for is left out.
    """
    made = _plain(element)
    told = etree.tostring(made, encoding="unicode", method="html")
    return told[told.index(">") + 1 : told.rindex("<")].strip()


def linked(
    element: Element, known: Collection[str], elsewhere: str, file: Callable[[str], str] = str
) -> Element:
    """A copy whose links lead to pages instead of documents.

    Args:
        element: of a document.
        known: the names of documents that have a page.
        elsewhere: where links to other documents lead.
        file: the address of a picture or another file, by its name.
    """
    made = copy.deepcopy(element)
    for one in made.iter(etree.Element):
        for name in _ADDRESSES:
            value = one.get(name)
            if value is not None:
                one.set(name, _address(value, known, elsewhere, file))
    return made


def _address(value: str, known: Collection[str], elsewhere: str, file: Callable[[str], str]) -> str:
    if value.startswith("#") or ":" in value.partition("/")[0]:
        return value
    path, mark, fragment = value.partition("#")
    name, suffix = posixpath.splitext(unquote(path))
    if suffix != _SUFFIX:
        return file(unquote(path)) + mark + fragment
    return f"{quote(name)}.html{mark}{fragment}" if name in known else elsewhere


def _plain(element: Element) -> Element:
    """The element without namespaces."""
    made = etree.Element(etree.QName(element).localname)
    for name, value in element.items():
        key = _attribute(str(name))
        if key:
            made.set(key, str(value))
    made.text = element.text
    for child in element.iterchildren(etree.Element):
        inner = _plain(child)
        inner.tail = child.tail
        made.append(inner)
    return made


def _attribute(name: str) -> str:
    """The attribute's name in HTML; empty for those that only XML or EPUB know."""
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    if space == _XLINK:
        return "href"
    return "" if space in {_XML, EPUB} else local
