"""The NCX: contents, pages, figures and tables for the readers of EPUB 2.

EPUB 3.3 (section 5.9.1) keeps it for them alone; what it holds is that of DAISY's ANSI/NISO
Z39.86-2005, section 8. The order of play is that of the text, over all the lists; two entries that
lead to one place have one number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from quire.editions.epub.navigation import Entry, Navigation
from quire.editions.epub.xhtml import Element
from quire.language import Words

__all__ = ["NCX", "finish_ncx"]

NCX: Final = "http://www.daisy.org/z3986/2005/ncx/"
_ROMAN: Final = re.compile(r"[ivxlcdm]+")


def finish_ncx(root: Element, navigation: Navigation, authors: Sequence[str], words: Words) -> None:
    """Complete what ebooklib writes, in place.

    It writes the contents alone, a depth and a count of pages of 0, no author, no order of play,
    and may use an identifier twice.

    Args:
        root: the ``ncx`` element.
        navigation: what the navigation document lists.
        authors: names, in order.
        words: what the book says by itself.
    """
    points = list(root.iter(_name("navPoint")))
    for number, point in enumerate(points, start=1):
        point.set("id", f"point-{number}")
    title = root.find(_name("docTitle"))
    if title is not None:
        for name in reversed(authors):
            title.addnext(_labelled("docAuthor", name))
    if navigation.pages:
        pages = etree.SubElement(root, _name("pageList"))
        pages.append(_label(words.say("page-list")))
        pages.extend(_page(entry, number) for number, entry in enumerate(navigation.pages, 1))
    for kind, heading, entries in (
        ("figures", "list-of-figures", navigation.figures),
        ("tables", "list-of-tables", navigation.tables),
    ):
        if entries:
            listed = etree.SubElement(root, _name("navList"), {"id": kind, "class": kind})
            listed.append(_label(words.say(heading)))
            listed.extend(
                _target("navTarget", f"{kind}-{number}", entry)
                for number, entry in enumerate(entries, start=1)
            )
    _count(root, navigation, points)
    _put_in_order(root, navigation.order)


def _page(entry: Entry, number: int) -> Element:
    """A page: of the text if its folio is a number, of the front matter if it is a Roman one."""
    target = _target("pageTarget", f"page-{number}", entry)
    kind = "front" if _ROMAN.fullmatch(entry.title) else "special"
    if entry.title.isascii() and entry.title.isdigit():
        kind = "normal"
        target.set("value", str(int(entry.title)))
    target.set("type", kind)
    return target


def _target(name: str, identifier: str, entry: Entry) -> Element:
    target = etree.Element(_name(name), {"id": identifier})
    target.append(_label(entry.title))
    etree.SubElement(target, _name("content"), {"src": entry.address})
    return target


def _count(root: Element, navigation: Navigation, points: Sequence[Element]) -> None:
    """Depth and pages, as the head tells them."""
    normal = [int(one.title) for one in navigation.pages if one.title.isdecimal()]
    counts = {
        "dtb:depth": max((_depth(point) for point in points), default=0),
        "dtb:totalPageCount": len(navigation.pages),
        "dtb:maxPageNumber": max(normal, default=0),
    }
    for meta in root.iter(_name("meta")):
        if meta.get("name") in counts:
            meta.set("content", str(counts[str(meta.get("name"))]))


def _depth(point: Element) -> int:
    return 1 + sum(1 for above in point.iterancestors() if above.tag == point.tag)


def _put_in_order(root: Element, order: Mapping[str, int]) -> None:
    """Number the targets of all lists in the order of the text."""
    targets = [
        (content.getparent(), content.get("src", "")) for content in root.iter(_name("content"))
    ]
    places = sorted({address for _, address in targets}, key=lambda one: (order.get(one, 0), one))
    played = {address: number for number, address in enumerate(places, start=1)}
    for target, address in targets:
        if target is not None:
            target.set("playOrder", str(played[address]))


def _label(text: str) -> Element:
    return _labelled("navLabel", text)


def _labelled(name: str, text: str) -> Element:
    made = etree.Element(_name(name))
    etree.SubElement(made, _name("text")).text = text
    return made


def _name(local: str) -> str:
    return f"{{{NCX}}}{local}"
