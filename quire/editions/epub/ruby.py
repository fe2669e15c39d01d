"""Readings above characters: ``[内在]{ruby="nèi zài"}`` in a manuscript, ``ruby`` in a book.

With as many readings as characters, each character has its own (CLREQ 3.3.2, mono ruby); with any
other number, the words have one together. Parentheses stand around the reading where a reading
system doesn't know ruby (HTML, the ``rp`` element).
"""

from __future__ import annotations

from quire.editions.epub.xhtml import Element, add, content_of, element, text_of

__all__ = ["make_ruby"]


def make_ruby(node: Element, reading: str) -> None:
    """Make a ``span`` a ``ruby``, in place.

    Args:
        node: the span, with the words.
        reading: how they are read; blanks part the readings of single characters.
    """
    node.tag = element("ruby").tag
    readings, characters = reading.split(), text_of(node).strip()
    if len(node) or len(readings) != len(characters):
        add(node, _read_as(reading))
        return
    list(content_of(node))
    for character, one in zip(characters, readings, strict=True):
        add(node, [character, *_read_as(one)])


def _read_as(reading: str) -> list[Element]:
    return [element("rp", "（"), element("rt", reading), element("rp", "）")]
