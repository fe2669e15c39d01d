"""Rows: lines of a printed page that stand side by side, and those that are its head and foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quire.sources.beginnings import LARGER
from quire.sources.glyphs import Line, joined_lines

__all__ = ["furniture_apart", "is_folio", "rows_of"]

_SMALLER = 0.95  # type below this share of the text's is small type
_APART = 1.5  # leadings of space that part furniture from the text
_LONGEST_FURNITURE = 80
_FURNITURE_ROWS = 2
_SHORT_RULE = 0.6  # of the measure
_LONGEST_MARK = 3
_PIECES = 12  # pieces of lines at a mark's height, at the most
_FOLIO = re.compile(r"\W{0,3}(?:\d{1,4}|[ivxlc]{1,7})\W{0,3}", re.IGNORECASE)


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from the page's top down."""
    rows: list[list[Line]] = []
    for line in _from_the_top(lines):
        # The last one may be a raised mark, far from this line.
        if rows and any(_is_beside(one, line) for one in rows[-1][-2:]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_merged(sorted(row, key=lambda one: one.left)) for row in rows]


def _from_the_top(lines: Sequence[Line]) -> list[Line]:
    """Lines from the page's top down; a mark raised at a line's end comes with that line.

    Above it, it would stand beside the line's first piece, which may be far away.
    """
    ordered = sorted(lines, key=lambda one: (-one.bottom, one.left))
    heights: dict[int, float] = {}
    for place, line in enumerate(ordered):
        if len(line.text) <= _LONGEST_MARK:
            for other in ordered[place + 1 : place + _PIECES]:
                is_behind = -0.3 * line.size < line.left - other.right < 0.5 * other.size
                is_small = line.size < _SMALLER * other.size
                if is_behind and is_small and _is_beside(line, other):
                    heights[id(line)] = other.bottom
                    break
    return sorted(ordered, key=lambda one: (-heights.get(id(one), one.bottom), one.left))


def _is_beside(above: Line, line: Line) -> bool:
    """Whether two lines stand side by side; a mark alone, close to its line, may be raised."""
    gap = max(above.left, line.left) - min(above.right, line.right)
    is_short = min(len(above.text), len(line.text)) <= _LONGEST_MARK
    is_mark = is_short and abs(gap) < max(above.size, line.size)
    play = 0.6 * max(above.size, line.size) if is_mark else 0.3 * min(above.size, line.size)
    return above.bottom - line.bottom < play


def _merged(row: list[Line]) -> list[Line]:
    """The lines of a row; those that PDFium cut at a raised mark are one again."""
    lines = row[:1]
    for line in row[1:]:
        before = lines[-1]
        gap = line.left - before.right
        is_mark = min(len(before.text), len(line.text)) <= _LONGEST_MARK
        size = min(before.size, line.size)
        # Other type beside a line is another column's, unless it is a mark.
        is_alike = is_mark or abs(before.size - line.size) < 0.1 * size
        if is_alike and -0.5 * size < gap < 0.6 * size:
            blank = " " if gap > 0.12 * line.size else ""
            lines[-1] = joined_lines(before, line, blank)
        else:
            lines.append(line)
    return lines


def furniture_apart(
    rows: list[list[Line]],
    size: float,
    leading: float,
    rules: Sequence[tuple[float, float, float]] = (),
) -> tuple[list[list[Line]], list[list[Line]], list[list[Line]]]:
    """Short rows that stand apart at the page's head and foot: they are no column's.

    Args:
        rows: a page's, from the top down.
        size: the text's type size, in points.
        leading: the text's, in points.
        rules: drawn across the page: height, left and right end of each. What stands below a short
            one is notes.

    Returns:
        The rows at the head, those between, and those at the foot.
    """
    top, end = 0, len(rows)
    for depth in range(1, min(_FURNITURE_ROWS, len(rows) - 1) + 1):
        if rows[depth - 1][0].size > LARGER * size:
            break  # a heading
        if _is_apart(rows[depth - 1], rows[depth], size, leading):
            top = depth
    is_all = all(is_folio(line.text) for row in rows[top:] for line in row)
    if is_all or not _is_short_furniture(rows[:top]):
        top = 0  # above a folio alone stands a text's end
    for depth in range(1, min(_FURNITURE_ROWS, len(rows) - 1 - top) + 1):
        if any(line.marked and line.size < _SMALLER * size for line in rows[-depth]):
            break  # a note of one line
        if _is_below_short_rule(rows[-depth], rows[-depth - 1], rows, rules):
            break  # the last lines of a note
        if _is_apart(rows[-depth], rows[-depth - 1], size, leading):
            end = len(rows) - depth
    if not _is_short_furniture(rows[end:]):
        end = len(rows)
    return rows[:top], rows[top:end], rows[end:]


def _is_below_short_rule(
    row: Sequence[Line],
    above: Sequence[Line],
    rows: Sequence[Sequence[Line]],
    rules: Sequence[tuple[float, float, float]],
) -> bool:
    """Whether a rule that parts notes from text, shorter than the measure, lies above a row."""
    lines = [line for each in rows for line in each]
    measure = max(line.right for line in lines) - min(line.left for line in lines)
    return any(
        row[0].bottom < height < above[0].bottom and right - left < _SHORT_RULE * measure
        for height, left, right in rules
    )


def _is_apart(row: Sequence[Line], inner: Sequence[Line], size: float, leading: float) -> bool:
    """Whether an outer row stands apart from the one nearer the page's middle.

    A folio, and a row in another size, need less white.
    """
    is_other = abs(row[0].size - inner[0].size) > 0.05 * size
    least = 1.15 if is_other or (len(row) == 1 and is_folio(row[0].text)) else _APART
    return abs(row[0].bottom - inner[0].bottom) >= least * leading


def is_folio(text: str) -> bool:
    """Whether a line holds a page's number alone."""
    return _FOLIO.fullmatch(text) is not None


def _is_short_furniture(rows: Sequence[Sequence[Line]]) -> bool:
    return all(sum(len(line.text) for line in row) <= _LONGEST_FURNITURE for row in rows)
