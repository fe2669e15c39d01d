"""pandoc's tables as Typst's: cells, spans, alignments and widths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quire.language import width_in_em
from quire.pandoc.tree import Blocks, plain_text, raw_block
from quire.toolchain.quoting import Code, value

__all__ = ["table_blocks"]

_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_RULE, _HAIRLINE = 0.8, 0.4
# Widths of a column, in em: a narrower column gets the least, a wider one turns its lines.
_LEAST, _MOST = 3.0, 24.0
# Rows with a cell of more characters may go on overleaf.
_LONGEST_UNBROKEN = 300


def table_blocks(content: list[Any], measure: float) -> tuple[Blocks, bool]:
    """A table's content (pandoc's six fields, cells already lowered) as blocks for Typst.

    Args:
        content: ``[attributes, caption, column specs, head, bodies, foot]``.
        measure: width of the text in em of the table's type.

    Returns:
        The blocks, and whether the table takes the whole measure.
    """
    _, _, specifications, head, bodies, foot = content
    head_rows: list[Any] = head[1]
    body_rows = [row for body in bodies for row in (*body[2], *body[3])]
    foot_rows: list[Any] = foot[1]
    rows = [*head_rows, *body_rows, *foot_rows]
    columns, whole = _columns(specifications, rows, measure)
    alignments = [Code(_ALIGNMENTS.get(spec[0]["t"], "auto")) for spec in specifications]
    if not whole:
        alignments = [Code("left") if item == "auto" else item for item in alignments]
    blocks = [
        raw_block(
            "typst",
            f"#table(columns: {columns}, align: {value([_aligned(a) for a in alignments])}, "
            f"table.hline(stroke: {_RULE}pt),",
        )
    ]
    if head_rows:
        blocks.append(raw_block("typst", "table.header("))
        blocks += _cells(head_rows)
        blocks.append(raw_block("typst", f"), table.hline(stroke: {_HAIRLINE}pt),"))
    blocks += _cells(body_rows)
    if foot_rows:
        blocks.append(raw_block("typst", f"table.hline(stroke: {_HAIRLINE}pt),"))
        blocks += _cells(foot_rows)
    blocks.append(raw_block("typst", f"table.hline(stroke: {_RULE}pt))"))
    return blocks, whole


def _aligned(alignment: Code) -> Code:
    return Code("left") if alignment == "auto" else alignment


def _cells(rows: list[Any]) -> Iterator[Any]:
    for _, cells in rows:
        # A row goes on overleaf only if none of its cells is kept whole.
        whole = all(len(plain_text(cell[4])) <= _LONGEST_UNBROKEN for cell in cells)
        for _, alignment, height, width, blocks in cells:
            named = {"colspan": width, "rowspan": height}
            options = [f"{name}: {count}" for name, count in named.items() if count != 1]
            if whole:
                options.append("breakable: false")
            if alignment["t"] in _ALIGNMENTS:
                options.append(f"align: {_ALIGNMENTS[alignment['t']]}")
            yield raw_block("typst", f"table.cell({', '.join(options)})[")
            yield from blocks
            yield raw_block("typst", "],")


def _columns(specifications: list[Any], rows: list[Any], measure: float) -> tuple[str, bool]:
    """Typst's column widths, and whether they fill the measure."""
    stated = [spec[1].get("c") for spec in specifications]
    if all(isinstance(share, float | int) for share in stated) and not _is_even(stated):
        return value([Code(f"{share}fr") for share in stated]), True
    widths = [_LEAST] * len(specifications)
    for _, cells in rows:
        column = 0
        for _, _, _, span, blocks in cells:
            if span == 1 and column < len(widths):
                widths[column] = max(
                    widths[column], min(_MOST, width_in_em(plain_text(blocks)) + 1)
                )
            column += span
    if sum(widths) < measure * 0.7:
        return value([Code("auto")] * len(widths)), False
    return value([Code(f"{width:g}fr") for width in widths]), True


def _is_even(shares: list[float]) -> bool:
    """Whether stated widths are about the same: then they are from dashes, and nobody's choice."""
    return max(shares) <= 1.5 * min(shares)
