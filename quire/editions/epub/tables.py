"""Tables that a screen reader can walk through, and that no small page has to shrink.

Heads say what they are heads of (HTML, the ``scope`` attribute; WCAG 2.2, 1.3.1). A table whose
words need more room than a phone has stands in a region that scrolls: it has a name, and the
keyboard reaches it (WCAG 2.2, 1.4.10 and 2.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from quire.editions.epub.xhtml import Element, element, html_name, text_of
from quire.language import Words, is_cjk

__all__ = ["ROW_HEADS", "finish_table"]

ROW_HEADS: Final = "row-heads"
"""Class of a table whose first column says what its rows are about."""

_ALIGNED = re.compile(r"text-align:\s*(left|right|center)\s*;?\s*$")

_NARROW_PAGE: Final = 20.0
"""Ems of type that a phone's page holds beside each other, 320 CSS pixels wide."""

_LATIN_SIGN: Final = 0.55
"""Ems that a letter of an alphabet takes, on average."""

_CELL_MARGINS: Final = 1.0
"""Ems left and right of a cell's words, together."""

_LEAST_CJK: Final = 4.0
"""Ems below which a column of Chinese is no column of words but of single characters."""

_BREAKS = re.compile(r"[\s\u00ad\u200b]+|(?<=[-–—/])")


def finish_table(table: Element, words: Words) -> None:
    """Give a table's cells their heads and alignment, and the table a box, in place.

    Args:
        table: as pandoc writes it, its caption with the label already.
        words: what the book says by itself.
    """
    rows = [row for row in table.iter(element("tr").tag) if _table_of(row) is table]
    for cell in (cell for row in rows for cell in _cells(row)):
        _align(cell)
    _tell_heads(table, rows)
    box = element("div", class_="table")
    if _least_width(rows) > _NARROW_PAGE:
        box.set("class", "table wide")
        name = _name_of(table, rows, words)
        if name:
            for key, value in (("role", "region"), ("tabindex", "0"), ("aria-label", name)):
                box.set(key, value)
    parent = table.getparent()
    if parent is not None:
        box.tail, table.tail = table.tail, None
        parent.replace(table, box)
        box.append(table)


def _table_of(node: Element) -> Element | None:
    return next(iter(node.iterancestors(element("table").tag)), None)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if html_name(cell) in {"td", "th"}]


def _align(cell: Element) -> None:
    """Alignment as a class: an inline style would outrank the reader's own."""
    found = _ALIGNED.match(cell.get("style", ""))
    if found:
        del cell.attrib["style"]
        if found[1] != "left":
            cell.set("class", found[1])


def _tell_heads(table: Element, rows: Sequence[Element]) -> None:
    """Columns' heads are in ``thead``; rows' heads are the first column where that is told.

    It is told by the class `ROW_HEADS`, or by a head row whose first cell is empty: then what
    stands below is no data of that column. The empty cell itself heads nothing.
    """
    heads = [row for row in rows if _is_head(row)]
    classes = table.get("class", "").split()
    corner = _cells(heads[0])[:1] if heads else []
    by_rows = ROW_HEADS in classes or not all(map(_holds, corner))
    if ROW_HEADS in classes:
        _set_class(table, [name for name in classes if name != ROW_HEADS])
    reached = 0
    for number, row in enumerate(rows):
        cells = _cells(row)
        if by_rows and row not in heads and cells and number >= reached and _holds(cells[0]):
            cells[0].tag = element("th").tag
            # A head over several rows leaves the others without a first cell of their own.
            reached = number + _span(cells[0], "rowspan")
        for cell in cells:
            if row in heads and html_name(cell) == "th" and not _holds(cell):
                cell.tag = element("td").tag
            elif html_name(cell) == "th" and not cell.get("scope"):
                cell.set("scope", "col" if row in heads else "row")


def _is_head(row: Element) -> bool:
    parent = row.getparent()
    return parent is not None and html_name(parent) == "thead"


def _holds(cell: Element) -> bool:
    """Whether a cell holds words or a picture."""
    return bool(text_of(cell).strip()) or cell.find(f".//{element('img').tag}") is not None


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def _set_class(node: Element, classes: Sequence[str]) -> None:
    if classes:
        node.set("class", " ".join(classes))
    else:
        node.attrib.pop("class", "")


def _least_width(rows: Iterable[Element]) -> float:
    """Ems below which a table breaks its words; a cell over several columns asks for nothing."""
    rooms: dict[int, float] = {}
    reached: dict[int, int] = {}  # column → rows, from this one on, that a cell above reaches into
    for row in rows:
        column = 0
        below = {one: count - 1 for one, count in reached.items()}
        for cell in _cells(row):
            while reached.get(column, 0) > 0:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across == 1:
                rooms[column] = max(rooms.get(column, 0), _least_room(text_of(cell)))
            below |= dict.fromkeys(range(column, column + across), down - 1)
            column += across
        reached = below
    return sum(room + _CELL_MARGINS for room in rooms.values())


def _least_room(text: str) -> float:
    """Ems of the longest word; Chinese breaks anywhere, but a few characters keep together."""
    return max((_room(word) for word in _BREAKS.split(text) if word), default=0.0)


def _room(word: str) -> float:
    han = sum(is_cjk(sign) for sign in word)
    return min(float(han), _LEAST_CJK) + (len(word) - han) * _LATIN_SIGN


def _name_of(table: Element, rows: Sequence[Element], words: Words) -> str:
    """What a scrolling table is called: its caption, or else the heads of its columns."""
    caption = table.find(element("caption").tag)
    named = _said(caption) if caption is not None else ""
    first = map(_said, _cells(rows[0])) if rows else ()
    return named or words.say("joint").join(filter(None, first))


def _said(node: Element) -> str:
    """The words of an element on one line, without callouts."""
    callout = "contains(concat(' ', @class, ' '), ' noteref ')"
    texts: Any = node.xpath(f".//text()[not(ancestor::*[{callout}])]")
    return " ".join("".join(map(str, texts)).split())
