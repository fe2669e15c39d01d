"""Text for columns: upright numbers, and the quotation marks that columns have.

A reading system turns Latin letters and figures on their side in a column. Numbers of one or two
figures are read upright (CLREQ, horizontal-in-vertical setting; CSS Writing Modes Level 4 section
9.1). Quotation marks of lines are set as corner brackets: on the Chinese mainland the double ones
outside (GB/T 15834—2011; CLREQ, quotation marks), elsewhere the single ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.xhtml import XHTML, Element, element, html_name
from quire.language import is_cjk

__all__ = ["set_in_columns"]

_NUMBER = re.compile(r"(?<![0-9A-Za-z.,:/%+\-–−])[0-9]{1,2}(?![0-9A-Za-z.,:/%°\-–−])")
"""A number of one or two figures that is no part of a larger one, a date or a Latin word."""

_MAINLAND: Final[Mapping[str, str]] = {"“": "『", "”": "』", "‘": "「", "’": "」"}
_ELSEWHERE: Final[Mapping[str, str]] = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_CLOSING: Final[Mapping[str, str]] = {"“": "”", "‘": "’"}

_IN_LINES: Final = frozenset(
    {"code", "details", "figure", "head", "kbd", "pre", "rt", "samp", "script", "style", "table"}
)
"""Elements whose text stands in lines, or isn't text."""
_BLOCKS: Final = frozenset(
    {"blockquote", "body", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav",
     "ol", "p", "section", "ul"}
)  # fmt: skip


@dataclass
class _Place:
    """A text in the tree: that of an element, or that behind it."""

    node: Element
    behind: bool
    upright: bool = True

    @property
    def text(self) -> str:
        return (self.node.tail if self.behind else self.node.text) or ""

    @text.setter
    def text(self, text: str) -> None:
        if self.behind:
            self.node.tail = text
        else:
            self.node.text = text


def set_in_columns(root: Element, language: str) -> None:
    """Make a document's text fit for columns, in place.

    Args:
        root: its ``html`` element.
        language: the book's, a BCP 47 tag.
    """
    marks = _MAINLAND if _is_mainland(language) else _ELSEWHERE
    body = root.find(f"{{{XHTML}}}body")
    if body is None:
        return
    places = list(_places(body))
    for stretch in _stretches(places):
        _turn_quotes(stretch, marks)
    for place in places:
        if place.upright:
            _set_upright(place)


def _is_mainland(language: str) -> bool:
    parts = language.split("-")
    return parts[0] == "zh" and not {"Hant", "TW", "HK", "MO"} & set(parts[1:])


def _places(node: Element) -> Iterator[_Place]:
    """All texts in columns, in order."""
    hidden = node.get("hidden") is not None  # lists that reading systems show in their own way
    if html_name(node) not in ("", *_IN_LINES) and not hidden:
        linked = "noteref" in node.get("class", "").split()
        yield _Place(node, behind=False, upright=not linked)
        for child in node:
            yield from _places(child)
            yield _Place(child, behind=True)


def _stretches(places: list[_Place]) -> Iterator[list[_Place]]:
    """The texts of one paragraph together: a quotation may go through emphasis and links."""
    stretch: list[_Place] = []
    for place in places:
        if html_name(place.node) in _BLOCKS:
            yield stretch
            stretch = []
        stretch.append(place)
    yield stretch


def _turn_quotes(stretch: list[_Place], marks: Mapping[str, str]) -> None:
    """Set the pairs of marks that hold Chinese; those of a Latin quotation stay with it."""
    signs = list("".join(place.text for place in stretch))
    opened: list[int] = []
    for number, sign in enumerate(signs):
        if sign in _CLOSING:
            opened.append(number)
        elif opened and sign == _CLOSING[signs[opened[-1]]]:
            start = opened.pop()
            if any(map(is_cjk, signs[max(0, start - 1) : number + 2])):
                signs[start], signs[number] = marks[signs[start]], marks[sign]
    # A quotation of several paragraphs opens in each of them and closes in the last.
    for start in opened:
        if any(map(is_cjk, signs[start : start + 2])):
            signs[start] = marks[signs[start]]
    text = iter(signs)
    for place in stretch:
        if place.text:
            place.text = "".join(next(text) for _ in place.text)


def _set_upright(place: _Place) -> None:
    """Put spans around the numbers of a text."""
    text = place.text
    found = [one for one in _NUMBER.finditer(text) if not _is_among_latin(text, one)]
    if not found:
        return
    home = place.node.getparent() if place.behind else place.node
    if home is None:
        return
    index = home.index(place.node) + 1 if place.behind else 0
    place.text = text[: found[0].start()]
    ends = [*(one.start() for one in found[1:]), len(text)]
    for number, (one, end) in enumerate(zip(found, ends, strict=True)):
        span = element("span", one[0], class_="upright")
        span.tail = text[one.end() : end]
        home.insert(index + number, span)


def _is_among_latin(text: str, number: re.Match[str]) -> bool:
    """Whether a number belongs to Latin words beside it: ``Table 3``."""
    beside = text[: number.start()].rstrip()[-1:], text[number.end() :].lstrip()[:1]
    return any(sign.isascii() and sign.isalpha() for sign in beside)
