"""An EPUB without the page of its cover, for stores that put the picture before the text.

The picture stays, and stays the cover (EPUB 3.3 section 5.6.2, ``cover-image``).
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from quire.editions.epub.documents import NAV_NAME
from quire.editions.epub.store import Files
from quire.editions.epub.xhtml import EPUB, XHTML, Element, take_out, write

__all__ = ["without_cover_page"]

_FOLDER: Final = "EPUB"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def without_cover_page(files: Files) -> Files:
    """The same files without the page that the landmark ``cover`` leads to, if there is one."""
    navigation_path = f"{_FOLDER}/{NAV_NAME}"
    navigation = etree.fromstring(files[navigation_path], _PARSER)
    landmark = next(
        (
            link
            for link in navigation.iter(f"{{{XHTML}}}a")
            if link.get(f"{{{EPUB}}}type") == "cover"
        ),
        None,
    )
    if landmark is None:
        return files
    page = landmark.get("href", "").partition("#")[0]
    entry = landmark.getparent()
    if entry is not None:
        take_out(entry)
    package_path = f"{_FOLDER}/content.opf"
    package = etree.fromstring(files[package_path], _PARSER)
    _forget(package, page)
    left = {name: content for name, content in files.items() if name != f"{_FOLDER}/{page}"}
    left[navigation_path] = write(navigation)
    left[package_path] = etree.tostring(package, encoding="utf-8", xml_declaration=True) + b"\n"
    return left


def _forget(package: Element, page: str) -> None:
    """Take a document out of manifest, spine and guide."""
    items = [item for item in package.iter(f"{_OPF}item") if item.get("href") == page]
    identifiers = {item.get("id") for item in items}
    spine = [one for one in package.iter(f"{_OPF}itemref") if one.get("idref") in identifiers]
    guide = [one for one in package.iter(f"{_OPF}reference") if one.get("href") == page]
    for node in (*items, *spine, *guide):
        take_out(node)
