"""Where the pages of the print edition begin, in the text and as a list.

The print edition tells the folio of sections, headings, callouts, notes, figures, tables and of
each paragraph's first line, and the letters of each page. A break is first put where its folio is
first told; then, by those letters, at the very character (`page_openings`). Breaks
are those of EPUB Structural Semantics Vocabulary 1.1 (``pagebreak``) and of DPUB-ARIA 1.1
(``doc-pagebreak``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quire.assembly.model import Section
from quire.editions.epub.page_openings import move_to_openings
from quire.editions.epub.xhtml import (
    EPUB,
    Element,
    element,
    free_identifier,
    html_name,
    take_out,
)
from quire.pandoc import Blocks, attributes, span

__all__ = ["PageBreak", "mark_paragraphs", "page_breaks_in", "set_page_breaks"]

_BEFORE = frozenset({"h2", "h3", "h4", "h5", "h6", "figure", "table"})
"""Elements that a break stands before; in others it stands at the beginning."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A printed page: its folio, and where it begins in the EPUB."""

    folio: str
    address: str


def mark_paragraphs(section: Section, folios: Mapping[str, str]) -> Blocks:
    """A section's blocks, its paragraphs of known folio with an anchor at their beginning.

    The anchors are called ``<section>/<number of the block>``, as the print edition calls them;
    `set_page_breaks` takes them out again.
    """
    blocks: Blocks = []
    for number, block in enumerate(section.blocks):
        mark = f"{section.identifier}/{number}"
        if mark in folios and block["t"] == "Para":
            blocks.append({**block, "c": [span([], attributes(mark)), *block["c"]]})
        else:
            blocks.append(block)
    return blocks


def set_page_breaks(
    roots: Sequence[Element], folios: Mapping[str, str], printed: Mapping[str, str]
) -> None:
    """Put a break wherever the folio changes.

    Args:
        roots: the documents, in reading order.
        folios: identifier → folio as printed.
        printed: folio → the letters of its page, in the order of the pages.
    """
    make = _maker(roots)
    set_already: set[str] = set()
    for root in roots:
        for node in list(root.iter()):
            known = node.get("id", "")
            folio = folios.get(known)
            if folio is None:
                continue
            if folio not in set_already:
                set_already.add(folio)
                _place(make(folio), node)
            if "/" in known:
                take_out(node)
    move_to_openings(roots, printed, make)


def page_breaks_in(documents: Iterable[tuple[str, Element]]) -> tuple[PageBreak, ...]:
    """The breaks of documents, given as file and root in reading order."""
    return tuple(
        PageBreak(node.get("aria-label", ""), f"{name}#{node.get('id')}")
        for name, root in documents
        for node in root.iter(element("span").tag)
        if node.get(f"{{{EPUB}}}type") == "pagebreak"
    )


def _maker(roots: Iterable[Element]) -> Callable[[str], Element]:
    """Makes the break of a folio, under a name that nothing else in the book has."""
    taken = {node.get("id", "") for root in roots for node in root.iter("*")}

    def make(folio: str) -> Element:
        identifier = free_identifier(f"pagebreak-{folio}", taken)
        return element(
            "span", id=identifier, epub_type="pagebreak", role="doc-pagebreak", aria_label=folio
        )

    return make


def _place(made: Element, node: Element) -> None:
    """Put a break where an element begins, and never between a callout and what it is tied to."""
    if "noteref" in node.get("class", "").split():
        outer = node
        while (parent := outer.getparent()) is not None and _is_tied(parent):
            outer = parent
        outer.addprevious(made)
    elif html_name(node) in _BEFORE or "/" in node.get("id", ""):
        _with_its_box(node).addprevious(made)
    else:
        inner = html_name(node) == "li" and len(node) and html_name(node[0]) == "p"
        home = node[0] if inner else node
        made.tail, home.text = home.text, None
        home.insert(0, made)


def _with_its_box(node: Element) -> Element:
    """The box that a table stands in; any other element itself."""
    parent = node.getparent()
    return parent if parent is not None and parent.get("class") == "table" else node


def _is_tied(node: Element) -> bool:
    return bool({"callout", "tied"} & set(node.get("class", "").split()))
