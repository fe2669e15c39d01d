"""Passages that a page or an EPUB tells by name: mottoes, verse, descriptions of figures, code."""

from __future__ import annotations

import re
from typing import Final

from quire.sources.markup import Element, local_name, one_line
from quire.sources.note_links import words_of

__all__ = ["is_description", "is_epigraph", "is_verse", "language_of_code", "number_of_figure"]

_NUMBER: Final = re.compile(r"\d{1,3}", re.ASCII)
_CODE: Final = re.compile(r"(?:language-|sourceCode\s+)(?P<name>[\w+#-]{1,20})", re.ASCII)
_VERSE: Final = frozenset({"verse", "poem", "poetry", "line-block", "z3998:verse", "z3998:poem"})


def is_epigraph(element: Element) -> bool:
    """Whether it is a motto, by ``epub:type``, ``role`` or class."""
    said = words_of(element)
    return local_name(element) in {"div", "blockquote"} and not said.isdisjoint(
        {"epigraph", "doc-epigraph"}
    )


def is_verse(element: Element) -> bool:
    """Whether it is a stanza or a poem, in which lines end where they are broken."""
    return local_name(element) in {"div", "blockquote", "p"} and not words_of(element).isdisjoint(
        _VERSE
    )


def is_description(element: Element) -> bool:
    """Whether it describes a figure at length."""
    return "long-description" in element.get("class", "").split()


def number_of_figure(description: Element) -> str:
    """The number in the caption of the figure that stands before its description."""
    figure = description.getprevious()
    caption = None if figure is None else next(figure.iter("{*}figcaption"), None)
    found = _NUMBER.search(one_line(caption)) if caption is not None else None
    return found[0] if found else ""


def language_of_code(listing: Element) -> str:
    """The language that a listing says it is written in; empty when it doesn't say."""
    for element in listing.iter("{*}pre", "{*}code"):
        if found := _CODE.search(element.get("class", "")):
            return found["name"]
    return ""
