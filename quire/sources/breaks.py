"""Paragraphs that a page parts by line breaks alone become paragraphs.

Old pages, and dumps of printed ones, set a whole text in one block with a ``br`` behind each
paragraph, or behind each line. Lines as long as paragraphs are paragraphs. Lines no longer than a
measure may be either, and stay lines: the cleaner knows more.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from quire.language.scripts import is_cjk
from quire.sources.markup import Element, inner_text, local_name

__all__ = ["part_at_breaks"]

_LEAST_BREAKS = 3
_WIDEST_MEASURE = 160  # cells; no page wraps at more
_CONTAINERS = frozenset({"div", "td", "body", "article", "section", "main", "center", "font"})
_INLINE = frozenset({
    "a", "sup", "sub", "span", "b", "i", "em", "strong", "small", "font", "u", "cite", "code",
    "img", "q", "ruby", "s", "del", "ins", "mark", "abbr", "time", "tt", "big", "kbd", "samp",
    "dfn", "br",
})  # fmt: skip


def part_at_breaks(root: Element) -> None:
    """Wrap what stands between breaks into ``p`` elements, where lines are paragraphs."""
    for container in list(root.iter("{*}*")):
        if local_name(container) in _CONTAINERS and _is_parted_by_breaks(container):
            _part(container)


def _is_parted_by_breaks(container: Element) -> bool:
    breaks = sum(local_name(child) == "br" for child in container)
    if breaks < _LEAST_BREAKS:
        return False
    widths = [width for width in map(_cells, _lines(container)) if width]
    long = sum(width for width in widths if width > _WIDEST_MEASURE)
    return 2 * long > sum(widths)


def _lines(container: Element) -> Iterator[str]:
    """The text between one break and the next."""
    pieces = [container.text or ""]
    for child in container:
        if local_name(child) == "br" or local_name(child) not in _INLINE:
            yield "".join(pieces)
            pieces = []
        else:
            pieces.append(inner_text(child))
        pieces.append(child.tail or "")
    yield "".join(pieces)


def _cells(text: str) -> int:
    words = " ".join(text.split())
    return len(words) if words.isascii() else len(words) + sum(map(is_cjk, words))


def _part(container: Element) -> None:
    """Move the container's content into paragraphs, one from break to break."""
    children = list(container)
    name = str(container.tag).rpartition("}")[0]
    tag = f"{name}}}p" if name else "p"
    paragraph = etree.Element(tag)
    paragraph.text, container.text = container.text, None
    for child in children:
        tail, child.tail = child.tail, None
        container.remove(child)
        if local_name(child) in _INLINE and local_name(child) != "br":
            paragraph.append(child)
            child.tail = tail
            continue
        _put(container, paragraph)
        paragraph = etree.Element(tag)
        paragraph.text = tail
        if local_name(child) != "br":
            container.append(child)
    _put(container, paragraph)


def _put(container: Element, paragraph: Element) -> None:
    if len(paragraph) or (paragraph.text or "").strip():
        container.append(paragraph)
