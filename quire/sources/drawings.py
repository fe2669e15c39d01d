"""Drawings on a PDF's pages: figures of many paths, told from rules, tables and ornaments.

A drawing is a heap of paths that touch one another, some of them slanted or curved, with hardly a
word inside, or with a caption right below or above: a diagram is full of words. Rules and the
boxes of tables are all upright; an ornament stands at one place on page after page.
"""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quire.sources.captions import is_figure_caption
from quire.sources.glyphs import Line
from quire.sources.pdf_pages import Picture

__all__ = ["Box", "cut_out", "drawings_of", "without_ornaments", "words_in"]

_MOST_PATHS = 2_000
_MOST_HEAPS = 200
_LEAST_PATHS = 8
_LEAST_DRAWN = 3  # slanted or curved ones among them
_SMALLEST = 36.0  # points, both ways
_NEAR = 6.0  # points between paths of one drawing
_AREA_OF_A_LETTER = 300.0  # square points: text has a fifth of it
_WHOLE_PAGE = 0.9
_FLAT = 2.5  # points: what is no higher, or no wider, is a rule
_LEAST_WITH_CAPTION = 3  # paths
_NEAR_CAPTION = 30.0  # points between a drawing and its caption
_CORNERS = 5  # segments of a rectangle
_TIMES = 3
_SCALE = 3.0  # 216 dots to the inch


@dataclass(frozen=True, slots=True)
class Box:
    """Edges in points from the page's lower left, with the paths inside and those drawn freely."""

    left: float
    bottom: float
    right: float
    top: float
    paths: int = 1
    drawn: int = 0


def drawings_of(page: Any, lines: Sequence[Line]) -> list[Box]:
    """The drawings on a page, from the top down. A page that is turned has none.

    Args:
        page: PDFium's.
        lines: of the text on it; a heap with many letters inside is none, unless it has a caption.
    """
    if page.get_rotation():
        return []
    width, height = page.get_size()
    heaps: list[Box] = []
    for box in _paths(page):
        if box.right - box.left >= _WHOLE_PAGE * width and box.top - box.bottom >= (
            _WHOLE_PAGE * height
        ):
            continue
        heaps = _heaped(heaps, box)
        if len(heaps) > _MOST_HEAPS:
            return []  # a pattern, or a page's letters as shapes
    found = [
        one
        for one in heaps
        if min(one.right - one.left, one.top - one.bottom) >= _SMALLEST
        and (_is_plain(one, lines) or _is_labelled(one, lines))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.top, one.left))


def _is_plain(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a heap has many paths, and hardly a word."""
    is_heap = box.paths >= _LEAST_PATHS and box.drawn >= _LEAST_DRAWN
    return is_heap and _letters_in(box, lines) * _AREA_OF_A_LETTER <= _area(box)


def _is_labelled(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a heap has a caption, and something in it that no table has."""
    return box.paths >= _LEAST_WITH_CAPTION and box.drawn > 0 and _has_caption(box, lines)


def words_in(box: Box, lines: Sequence[Line]) -> list[Line]:
    """The lines of text that stand inside a drawing, its caption not among them."""
    return [
        line
        for line in lines
        if box.bottom - _NEAR <= line.bottom and line.bottom + line.size <= box.top + _NEAR
        and box.left - _NEAR <= line.left and line.right <= box.right + _NEAR
        and not is_figure_caption(line.text)
    ]  # fmt: skip


def _has_caption(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a caption stands right below a heap of paths, or right above it."""
    return any(
        is_figure_caption(line.text)
        and line.left < box.right and line.right > box.left
        and (
            0 < box.bottom - line.bottom <= _NEAR_CAPTION + line.size
            or 0 <= line.bottom - box.top <= _NEAR_CAPTION
        )
        for line in lines
    )  # fmt: skip


def without_ornaments(pages: Mapping[int, Sequence[Box]]) -> dict[int, list[Box]]:
    """The drawings of pages, by their numbers, without those that stand in one place on several."""
    often = Counter(_place(box) for boxes in pages.values() for box in boxes)
    kept = {
        number: [box for box in boxes if often[_place(box)] < _TIMES]
        for number, boxes in pages.items()
    }
    return {number: boxes for number, boxes in kept.items() if boxes}


def cut_out(page: Any, box: Box) -> Picture:
    """A drawing as a picture, as the page shows it."""
    width, height = page.get_size()
    edges = (max(0.0, box.left - 1), max(0.0, box.bottom - 1),
             max(0.0, width - box.right - 1), max(0.0, height - box.top - 1))  # fmt: skip
    packed = io.BytesIO()
    page.render(scale=_SCALE, crop=edges).to_pil().save(packed, "PNG")
    return Picture(packed.getvalue(), box.left, box.bottom, box.right, box.top, False)


def _paths(page: Any) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)
    for _, path in zip(range(_MOST_PATHS), paths, strict=False):
        with contextlib.suppress(Exception):
            left, bottom, right, top = path.get_bounds()
            yield Box(left, bottom, right, top, 1, int(_is_drawn(path, right - left, top - bottom)))


def _is_drawn(path: Any, width: float, height: float) -> bool:
    """Whether a path is slanted or curved: neither a rule nor a box."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(path.raw)
    return min(width, height) > _FLAT and (count == 2 or count > _CORNERS)


def _heaped(heaps: list[Box], box: Box) -> list[Box]:
    """The heaps when one more path lies there: those that it touches become one."""
    apart = []
    for heap in heaps:
        if (
            heap.left - _NEAR <= box.right and box.left <= heap.right + _NEAR
            and heap.bottom - _NEAR <= box.top and box.bottom <= heap.top + _NEAR
        ):  # fmt: skip
            box = Box(
                min(box.left, heap.left), min(box.bottom, heap.bottom),
                max(box.right, heap.right), max(box.top, heap.top),
                box.paths + heap.paths, box.drawn + heap.drawn,
            )  # fmt: skip
        else:
            apart.append(heap)
    return [*apart, box]


def _letters_in(box: Box, lines: Sequence[Line]) -> int:
    return sum(
        len(line.text)
        for line in lines
        if box.bottom <= line.bottom <= box.top and line.left < box.right and line.right > box.left
    )


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _place(box: Box) -> tuple[int, int, int, int]:
    return round(box.left), round(box.bottom), round(box.right), round(box.top)
