"""A book's text, packed for a search without a server.

A page opened from a folder may load a script, and nothing else: the text is a script's argument,
deflated (RFC 1951) and in base64, which browsers unpack by themselves.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from quire.editions.browsing.publication import EPUB, XHTML, Document, Element

__all__ = ["numbered_blocks", "packed"]

_BLOCKS: Final = frozenset(
    f"{{{XHTML}}}{name}"
    for name in (
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "caption",
        "figcaption", "summary", "pre", "blockquote", "div",
    )
)  # fmt: skip
_SKIPPED: Final = frozenset({f"{{{XHTML}}}rt", f"{{{XHTML}}}rp"})
_SKIPPED_ROLES: Final = frozenset({"doc-noteref", "doc-backlink", "doc-pagebreak"})


def numbered_blocks(document: Document) -> list[tuple[str, str]]:
    """Identifier and text of every paragraph, heading, cell and the like of a document.

    Those without an identifier get one: ``p1``, ``p2`` …
    """
    taken = {one.get("id") for one in document.body.iter() if one.get("id")}
    found: list[tuple[str, str]] = []
    number = 0
    for block in document.body.iter(*_BLOCKS):
        text = " ".join("".join(_said(block)).split())
        if not text:
            continue
        identifier = block.get("id")
        if not identifier:
            number += 1
            while f"p{number}" in taken:
                number += 1
            identifier = f"p{number}"
            block.set("id", identifier)
        found.append((identifier, text))
    return found


def packed(pages: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]) -> str:
    """Pages, each an address, a title and its blocks, as the search takes them."""
    told = json.dumps(pages, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(press.compress(told) + press.flush()).decode("ascii")


def _said(element: Element) -> Iterator[str]:
    """An element's text, without that of blocks in it, numbers of notes, and readings (ruby)."""
    if element.text:
        yield element.text
    for child in element:
        if _is_text(child):
            yield from _said(child)
        if child.tail:
            yield child.tail


def _is_text(element: Element) -> bool:
    if element.tag in _SKIPPED or element.tag in _BLOCKS:
        return False
    return (
        element.get("role") not in _SKIPPED_ROLES and element.get(f"{{{EPUB}}}type") != "pagebreak"
    )
