"""Gutters: the white between a page's columns."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence

from quire.sources.glyphs import Line, cut_line

__all__ = ["gutters_of", "parted", "usual_gutters"]

_FOLIO = re.compile(r"[\d\s.·…‥]{1,12}|[ivxlc]{1,7}", re.IGNORECASE)
_LABEL = re.compile(r"[(（\[〔]?[0-9ivxlc]{1,5}[.．、)）\]〕:]?|[^\w\s]|[a-z][.)]", re.IGNORECASE)
_OPENING = frozenset("“‘（《「『【〔")
_LEAST_LINES = 4  # a column has at least so many lines
_MOST_ACROSS = 0.2  # share of the lines that may cross a gutter: headings, tables
_MOST_ACROSS_SHORT = 0.02  # the same where a column has fewer lines than may cross a gutter
_MOST_ACROSS_USUAL = 0.35
_FULL = 0.6  # share of its column's width that a text's middling line fills
_MOST_COLUMNS = 4


def gutters_of(lines: Sequence[Line], size: float) -> list[tuple[float, float]]:
    """The gutters (left and right edge, in points) of a page, from the left; none for one column.

    A gutter is white that hardly a line crosses, with text on both sides that fills its column;
    the cells of a table don't.
    """
    # A folio may stand right below a gutter.
    lines = [line for line in lines if not _FOLIO.fullmatch(line.text)]
    pieces = [one for line in lines for one in _pieces(line)]
    if len(pieces) < 2 * _LEAST_LINES:
        return []
    for most in (_MOST_ACROSS, _MOST_ACROSS_SHORT):
        found = [
            gap for gap in _gaps(pieces, size, most)
            if _parts(pieces, gap) and not _has_folios(lines, gap) and not _has_labels(lines, gap)
        ]  # fmt: skip
        if 0 < len(found) < _MOST_COLUMNS and _are_full(pieces, found):
            return found
    return []


def usual_gutters(
    lines: Sequence[Line], known: Sequence[Sequence[tuple[float, float]]]
) -> list[tuple[float, float]]:
    """The gutters of other pages that fit this one best; none when many lines cross them all.

    A page of short lines, or with little on it, can't tell its gutters by itself.
    """
    pieces = [one for line in lines for one in _pieces(line)]
    best: list[tuple[float, float]] = []
    fewest = _MOST_ACROSS_USUAL * len(pieces)
    for gutters in known:
        middles = [(left + right) / 2 for left, right in gutters]
        across = sum(any(one[0] < x < one[1] for x in middles) for one in pieces)
        if across < fewest:
            best, fewest = list(gutters), across
    return best


def _pieces(line: Line) -> list[tuple[float, float, float]]:
    """A line's ink between its wide blanks: (left, right, bottom)."""
    edges = [line.left]
    for _, right, left in line.gaps:
        edges += [right, left]
    edges.append(line.right)
    return [(edges[n], edges[n + 1], line.bottom) for n in range(0, len(edges), 2)]


def _gaps(
    pieces: Sequence[tuple[float, float, float]], size: float, most: float
) -> list[tuple[float, float]]:
    """Stretches of the measure that at most a share of the lines, `most`, cross."""
    edges = sorted({round(x, 1) for left, right, _ in pieces for x in (left, right)})
    steps: dict[float, int] = dict.fromkeys(edges, 0)
    for left, right, _ in pieces:
        steps[round(left, 1)] += 1
        steps[round(right, 1)] -= 1
    allowed = most * len(pieces)
    gaps: list[tuple[float, float]] = []
    stretch: list[tuple[int, float, float]] = []
    count = 0
    for x, following in itertools.pairwise(edges):
        count += steps[x]
        if count <= allowed:
            stretch.append((count, x, following))
            continue
        if stretch and stretch[0][1] > edges[0] and x - stretch[0][1] >= 0.9 * size:
            gaps.append(_emptiest(stretch))
        stretch = []
    return gaps


def _emptiest(stretch: Sequence[tuple[int, float, float]]) -> tuple[float, float]:
    """The widest part of a stretch that the fewest lines cross: quotations stand in beside it."""
    fewest = min(count for count, _, _ in stretch)
    _, left, right = max(
        (one for one in stretch if one[0] == fewest), key=lambda one: (one[2] - one[1], -one[1])
    )
    return left, right


def _parts(pieces: Sequence[tuple[float, float, float]], gap: tuple[float, float]) -> bool:
    """Whether there is enough text on both sides, side by side."""
    left = [one for one in pieces if one[1] <= gap[0] + 1]
    right = [one for one in pieces if one[0] >= gap[1] - 1]
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return False
    low = max(min(one[2] for one in left), min(one[2] for one in right))
    high = min(max(one[2] for one in left), max(one[2] for one in right))
    return high > low


def _has_folios(lines: Sequence[Line], gap: tuple[float, float]) -> bool:
    """Whether what stands behind a gap are folios alone: a printed list of contents."""
    behind = [text for line in lines if (text := _behind(line, gap[1] - 1))]
    return bool(behind) and all(_FOLIO.fullmatch(text) for text in behind)


def _has_labels(lines: Sequence[Line], gap: tuple[float, float]) -> bool:
    """Whether what stands before a gap are the numbers or bullets of a list alone."""
    before = [text for line in lines if (text := _before(line, gap[0] + 1))]
    return bool(before) and all(_LABEL.fullmatch(text) for text in before)


def _before(line: Line, edge: float) -> str:
    """A line's text up to an edge; empty when none of its pieces ends there."""
    if line.right <= edge:
        return line.text.strip()
    place = next((place for place, right, _ in reversed(line.gaps) if right <= edge), None)
    return "" if place is None else line.text[:place].strip()


def _behind(line: Line, edge: float) -> str:
    """A line's text from an edge on; empty when none of its pieces begins there."""
    if line.left >= edge:
        return line.text.strip()
    place = next((place for place, _, left in line.gaps if left >= edge), None)
    return "" if place is None else line.text[place:].strip()


def _are_full(
    pieces: Sequence[tuple[float, float, float]], gutters: Sequence[tuple[float, float]]
) -> bool:
    """Whether lines fill their columns, as a text's do and a table's don't."""
    edges = [min(one[0] for one in pieces), *(x for gap in gutters for x in gap)]
    edges.append(max(one[1] for one in pieces))
    for n in range(0, len(edges), 2):
        left, right = edges[n], edges[n + 1]
        inside = [one for one in pieces if one[0] >= left - 1 and one[1] <= right + 1]
        if not inside or statistics.median(x - w for w, x, _ in inside) < _FULL * (right - left):
            return False
    return True


def parted(line: Line, gutters: Sequence[tuple[float, float]]) -> list[tuple[int, Line]]:
    """A line with the number of its column, from 0; -1 for one that lies across a gutter.

    A line whose wide blanks are gutters is cut there: its pieces belong to several columns.
    """
    cuts = [
        (place, right, left) for place, right, left in line.gaps
        if any(right <= gap[1] and left >= gap[0] and left - right > 0.5 * (gap[1] - gap[0])
               for gap in gutters)
    ]  # fmt: skip
    edges = [0, *(place for place, _, _ in cuts), len(line.text)]
    lefts = [line.left, *(left for _, _, left in cuts)]
    rights = [*(right for _, right, _ in cuts), line.right]
    pieces = []
    for start, end, left, right in zip(edges, edges[1:], lefts, rights, strict=False):
        # A comma may hang into the gutter: its middle is what counts. So may an opening bracket.
        ink = left + (0.5 * line.size if line.text[start : start + 1] in _OPENING else 0)
        number = sum(ink > (gap[0] + gap[1]) / 2 for gap in gutters)
        if number < len(gutters) and right > sum(gutters[number]) / 2:
            return [(-1, line)]
        pieces.append((number, cut_line(line, start, end, left, right)))
    return pieces
