"""Tables on a printed page: rows of cells between rules, each row one block.

A table's rules are as long as one another; between two of them hardly a row is one piece, and the
pieces stand below each other with white between. A cell's later lines are below its first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quire.language.scripts import is_cjk
from quire.sources.captions import is_caption
from quire.sources.glyphs import Line, cut_line, joined_lines
from quire.sources.rows import rows_of

__all__ = ["Rule", "table_rows"]

Rule = tuple[float, float, float]
"""A thin rule drawn across a page: its height, its left and its right end, in points."""

_LEAST_ROWS, _LEAST_COLUMNS, _MOST_COLUMNS = 3, 2, 12
_ALIKE = 3.0  # points by which the ends of a table's rules differ at the most
_MOSTLY = 0.6  # of the rows between two rules have several cells
_LONGEST_CELL = 60
_BETWEEN_CELLS = "   "  # two may be one too many between words


def table_rows(lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[tuple[Line, list[Line]]]:
    """Each row of each table as one line, with wide blanks between cells, and the lines it holds.

    Args:
        lines: a page's.
        rules: the page's, from the top down.
    """
    for top, bottom, left, right in _tables(lines, rules):
        inside = _between(lines, top, bottom, left, right)
        columns = _columns([cell for line in inside for cell in _cells(line)])
        if not _LEAST_COLUMNS <= len(columns) <= _MOST_COLUMNS or not _fit(inside, columns):
            continue
        rows = list(_rows(inside, columns))
        cells = [cell for row, _ in rows for cell in row]
        if len(rows) >= _LEAST_ROWS and all(len(one.text) <= _LONGEST_CELL for one in cells):
            yield from ((_joined(row), held) for row, held in rows)


def _tables(
    lines: Sequence[Line], rules: Sequence[Rule]
) -> Iterator[tuple[float, float, float, float]]:
    """Top, bottom, left and right edge of what may be tables: stretches of bands full of cells."""
    run: list[tuple[Rule, Rule]] = []
    for upper, lower in itertools.pairwise(rules):
        alike = abs(upper[1] - lower[1]) < _ALIKE and abs(upper[2] - lower[2]) < _ALIKE
        if alike and _is_of_cells(_between(lines, upper[0], lower[0], *upper[1:])):
            run.append((upper, lower))
            continue
        yield from _edges(run)
        run = []
    yield from _edges(run)


def _edges(run: Sequence[tuple[Rule, Rule]]) -> Iterator[tuple[float, float, float, float]]:
    if run:
        yield run[0][0][0], run[-1][1][0], run[0][0][1], run[0][0][2]


def _between(
    lines: Sequence[Line], top: float, bottom: float, left: float, right: float
) -> list[Line]:
    return [
        line for line in lines
        if bottom < line.bottom + 0.4 * line.size < top
        and left - _ALIKE <= line.left and line.right <= right + _ALIKE
    ]  # fmt: skip


def _is_of_cells(lines: Sequence[Line]) -> bool:
    rows = rows_of(lines)
    if any(is_caption(row[0].text) for row in rows):
        return False  # below a running head's rule, above the table's
    several = sum(sum(len(line.gaps) + 1 for line in row) > 1 for row in rows)
    return bool(rows) and several >= _MOSTLY * len(rows)


def _cells(line: Line) -> list[Line]:
    """The pieces of a line between its wide blanks."""
    places = [0, *(place for place, _, _ in line.gaps), len(line.text)]
    lefts = [line.left, *(left for _, _, left in line.gaps)]
    rights = [*(right for _, right, _ in line.gaps), line.right]
    return [
        cut_line(line, start, end, left, right)
        for (start, end), left, right in zip(itertools.pairwise(places), lefts, rights, strict=True)
    ]


def _columns(cells: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches of the measure that cells stand in, from the left."""
    columns: list[tuple[float, float]] = []
    for cell in sorted(cells, key=lambda one: one.left):
        if columns and cell.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], cell.right)
        else:
            columns.append((cell.left, cell.right))
    return columns


def _fit(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether no two pieces of a row stand in one column: cells may have run into one another."""
    rows = [[_column_of(cell, columns) for line in row for cell in _cells(line)]
            for row in rows_of(lines)]  # fmt: skip
    return all(len(row) == len(set(row)) for row in rows)


def _rows(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> Iterator[tuple[list[Line], list[Line]]]:
    """The rows, each as its cells and the lines that it holds.

    A row without a first cell, or with one alone, goes on with the cells above.
    """
    cells: dict[int, Line] = {}
    held: list[Line] = []
    for row in rows_of(lines):
        here = {_column_of(cell, columns): cell for line in row for cell in _cells(line)}
        goes_on = bool(cells) and (0 not in here or len(here) == 1 < len(columns))
        if not goes_on:
            if cells:
                yield [cells[n] for n in sorted(cells)], held
            cells, held = {}, []
        for number, cell in here.items():
            cells[number] = _below(cells[number], cell) if number in cells else cell
        held += [line for line in lines if any(_is_of(line, one) for one in row)]
    if cells:
        yield [cells[n] for n in sorted(cells)], held


def _is_of(line: Line, row: Line) -> bool:
    """Whether a line became part of a row's."""
    return abs(line.bottom - row.bottom) < 0.6 * row.size


def _column_of(cell: Line, columns: Sequence[tuple[float, float]]) -> int:
    return max(n for n, (left, _) in enumerate(columns) if left <= cell.left)


def _below(above: Line, cell: Line) -> Line:
    """A cell with its next line."""
    wide = is_cjk(above.text[-1]) or is_cjk(cell.text[0])
    return joined_lines(above, cell, "" if wide else " ")


def _joined(cells: Sequence[Line]) -> Line:
    row = cells[0]
    for cell in cells[1:]:
        row = joined_lines(row, cell, _BETWEEN_CELLS)
    return replace(row, gaps=())
