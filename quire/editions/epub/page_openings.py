"""Page breaks at the very character: a printed page's first letters, found in the text again.

A break never parts a word of an alphabet, an opening mark from what it opens, a callout from what
it is tied to, or a formula; there it goes before.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final, Literal

from lxml import etree

from quire.editions.epub.xhtml import EPUB, MATHML, Element, html_name, take_out
from quire.editions.letters import letters_of
from quire.language import is_cjk

__all__ = ["move_to_openings"]

_LENGTHS: Final = (48, 24, 12)
"""How many of a page's first letters to look for: as many as agree."""

_RUN: Final = 24
_STEP: Final = 12
"""Letters of a run further down the page, and from run to run, where its beginning isn't found."""

_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PHRASES: Final = frozenset({"a", "b", "cite", "code", "em", "i", "q", "span", "strong"})

_WHOLE: Final = frozenset({"callout", "tied", "noteref", "backlink"})
"""Classes of elements that a break doesn't go into."""


def move_to_openings(
    roots: Sequence[Element], printed: Mapping[str, str], make: Callable[[str], Element]
) -> None:
    """Move breaks back to the characters that their pages begin with, and add those that lack.

    A page whose letters aren't found (it begins with a picture, say) keeps its break.

    Args:
        roots: the documents, in reading order, with breaks at places of known folio.
        printed: folio → the letters of its page, in the order of the pages.
        make: gives a new break for a folio.
    """
    if not printed:
        return
    texts = [_Text.of(root) for root in roots]
    home = {folio: number for number, text in enumerate(texts) for folio in text.breaks}
    pages: list[list[tuple[str, str]]] = [[] for _ in texts]
    number = 0
    for folio, letters in printed.items():
        # A page that nothing tells the folio of begins where the one before it did, or later.
        number = max(number, home.get(folio, number))
        pages[number].append((folio, letters))
    for text, of_text in zip(texts, pages, strict=True):
        _move(text, of_text, make)


_Side = Literal["text", "tail"]


@dataclass
class _Text:
    """A document's letters, and where each comes from.

    Attributes:
        letters: all of them, in reading order.
        starts: of each stretch of text, how many letters stand before it.
        stretches: whose text or tail it is.
        breaks: folio → its break, and how many letters stand before that.
    """

    letters: str = ""
    starts: list[int] = field(default_factory=list)
    stretches: list[tuple[Element, _Side]] = field(default_factory=list)
    breaks: dict[str, tuple[Element, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> _Text:
        made, parts, length = cls(), list[str](), 0
        for node, side in _stretches(root):
            if side == "text" and node.get(f"{{{EPUB}}}type") == "pagebreak":
                made.breaks[node.get("aria-label", "")] = (node, length)
            letters = letters_of((node.text if side == "text" else node.tail) or "")
            if letters:
                made.starts.append(length)
                made.stretches.append((node, side))
                parts.append(letters)
                length += len(letters)
        made.letters = "".join(parts)
        return made

    def find(self, page: str, low: int, high: int) -> int:
        """How many letters stand before a page's first, between two places; -1 if none is found.

        A page that begins with a picture begins with the picture's words; then the first run of
        its letters that the text has is followed back to where they part.
        """
        for length in _LENGTHS:
            sought = page[:length]
            place = self.letters.find(sought, low, high + len(sought)) if sought else -1
            if place >= 0:
                return place
        for begin in range(_STEP, len(page) - _RUN, _STEP):
            place = self.letters.find(page[begin : begin + _RUN], low, high + _STEP + _RUN)
            if place < 0:
                continue
            back = _length_in_common(page[:begin], self.letters[low:place])
            return place - back if place - back <= high else -1
        return -1

    def place(self, position: int) -> tuple[Element, _Side, int]:
        """The stretch of a letter, and how many characters of it stand before the letter."""
        number = bisect_right(self.starts, position) - 1
        node, side = self.stretches[number]
        text = (node.text if side == "text" else node.tail) or ""
        missing = position - self.starts[number]
        for offset, sign in enumerate(text):
            letters = len(letters_of(sign))
            if letters > missing:
                return node, side, offset
            missing -= letters
        return node, side, len(text)


def _length_in_common(one: str, other: str) -> int:
    """How many of their last letters two texts share."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _stretches(root: Element) -> Iterator[tuple[Element, _Side]]:
    """Every text and tail of a document's body, in reading order, but for what print leaves out."""
    body = root.find("{*}body")
    walk = etree.iterwalk(root if body is None else body, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield node, "tail"
        elif _is_left_out(node):
            walk.skip_subtree()
        else:
            yield node, "text"


def _is_left_out(node: Element) -> bool:
    """Long descriptions stand elsewhere in print or nowhere, a formula's source nowhere."""
    described = "long-description" in node.get("class", "").split()
    return described or node.tag == f"{{{MATHML}}}annotation"


def _move(text: _Text, pages: Sequence[tuple[str, str]], make: Callable[[str], Element]) -> None:
    """Move the breaks of one document."""
    moves: list[tuple[int, str]] = []
    low = 0
    for (folio, letters), high in zip(pages, _latest(text, pages), strict=True):
        position = text.find(letters, low, high)
        known = folio in text.breaks
        if position >= 0 and not (known and position == high):
            moves.append((position, folio))
        if position >= 0 or known:
            low = position if position >= 0 else high
    # From the last one on: what is put in changes nothing of the text before it.
    for position, folio in reversed(moves):
        made = text.breaks[folio][0] if folio in text.breaks else make(folio)
        take_out(made)
        _put(made, *text.place(position))


def _latest(text: _Text, pages: Sequence[tuple[str, str]]) -> list[int]:
    """For each page the last place it may begin at: its break, or the next one there is."""
    latest: list[int] = []
    bound = len(text.letters)
    for folio, _ in reversed(pages):
        bound = text.breaks[folio][1] if folio in text.breaks else bound
        latest.append(bound)
    return latest[::-1]


def _put(made: Element, node: Element, side: _Side, offset: int) -> None:
    """Put a break before a character of an element's text or tail."""
    text = (node.text if side == "text" else node.tail) or ""
    if offset < len(text):  # else an earlier page's break has taken the words behind it
        offset = _start_of_word(text, offset)
    outside = _to_stay_outside(node if side == "text" else node.getparent())
    if outside is None and side == "text" and not text[:offset].strip():
        outside = _beginning_with(node)
    if outside is not None:
        outside.addprevious(made)
        return
    made.tail = text[offset:]
    if side == "text":
        node.text = text[:offset]
        node.insert(0, made)
    else:
        node.tail = text[:offset]
        parent = node.getparent()
        if parent is not None:
            parent.insert(parent.index(node) + 1, made)


def _to_stay_outside(node: Element | None) -> Element | None:
    """The outermost element around a place that a break doesn't go into."""
    found = None
    while node is not None:
        found = node if _is_whole(node) else found
        node = node.getparent()
    return found


def _beginning_with(node: Element) -> Element | None:
    """The heading, or else the outermost phrase, that begins where an element begins."""
    found = None
    while html_name(node) in _PHRASES | _HEADINGS:
        found, parent = node, node.getparent()
        if parent is None or node.getprevious() is not None or (parent.text or "").strip():
            break
        node = parent
    return found


def _is_whole(node: Element) -> bool:
    return (
        bool(_WHOLE & set(node.get("class", "").split()))
        or html_name(node) == "ruby"
        or node.tag == f"{{{MATHML}}}math"
    )


def _start_of_word(text: str, offset: int) -> int:
    """Where the word of a letter begins, with the figures and the opening marks before it."""
    if not is_cjk(text[offset]):
        while offset and text[offset - 1].isalpha() and not is_cjk(text[offset - 1]):
            offset -= 1
    while offset and text[offset - 1].isdigit():
        offset -= 1
    while offset and unicodedata.category(text[offset - 1]) in {"Ps", "Pi"}:
        offset -= 1
    return offset
