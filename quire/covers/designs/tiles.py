"""Tiles: a field of simple shapes grown from the title's characters, and the title beneath.

Each character chooses a shape, its turn and its colours, so that two books in one palette look
related and never alike.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

from quire.covers.fitting import TITLE_SIZES, Setting, Style, fit, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_ACROSS = 6
_SIDE = 100 / _ACROSS
_SHOWS = {
    "zh-Hans": "上方是由书名各字生成的几何拼格：圆弧、半圆、三角与圆点；书名在下方。",
    "zh-Hant": "上方是由書名各字生成的幾何拼格：圓弧、半圓、三角與圓點；書名在下方。",
    "en": "A field of tiles grown from the title's characters, with arcs, half discs, triangles "
    "and dots; the title stands below.",
}

Point = tuple[float, float]
Shape = tuple[Point, ...]


def _arc(x: float, y: float, radius: float, start: float, end: float) -> Shape:
    """Points along a circle, angles in right angles."""
    steps = 24
    return tuple(
        (
            x + radius * cos((start + (end - start) * step / steps) * pi / 2),
            y + radius * sin((start + (end - start) * step / steps) * pi / 2),
        )
        for step in range(steps + 1)
    )


# Each shape lies in a square of side 1.
_SHAPES: tuple[Callable[[], tuple[Shape, ...]], ...] = (
    lambda: (((0.0, 0.0), *_arc(0, 0, 1, 0, 1)),),
    lambda: (_arc(0.5, 0, 0.5, 0, 2), _arc(0.5, 0.5, 0.5, 0, 2)),
    lambda: (((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),),
    lambda: (_arc(0.5, 0.5, 0.28, 0, 4),),
    lambda: ((*_arc(0, 0, 1, 0, 1), *_arc(1, 1, 1, 2, 3)),),
    lambda: tuple(
        ((0.0, at), (1.0, at), (1.0, at + 0.125), (0.0, at + 0.125))
        for at in (0.0625, 0.3125, 0.5625, 0.8125)
    ),
    lambda: (((0.0, 0.0), (0.5, 0.5), (0.0, 1.0)), ((1.0, 0.0), (0.5, 0.5), (1.0, 1.0))),
    lambda: (
        (*_arc(0, 0, 1, 0, 1), *reversed(_arc(0, 0, 0.66, 0, 1))),
        ((0.0, 0.0), *_arc(0, 0, 0.33, 0, 1)),
    ),
)


def _turned(point: Point, quarter: int) -> Point:
    x, y = point
    for _ in range(quarter):
        x, y = 1 - y, x
    return x, y


def _field(request: Request, rows: int) -> list[Element]:
    """Rows of tiles, each drawn as its character says."""
    colours = request.palette.accents
    signs = [sign for sign in request.title if not sign.isspace()]
    chance = Random(request.seed)
    tiles: list[Element] = []
    last = -1
    for number in range(rows * _ACROSS):
        left, top = number % _ACROSS * _SIDE, number // _ACROSS * _SIDE
        # A character brings its own shape; where it stands again, it is turned and coloured anew.
        kind = (ord(signs[number % len(signs)]) + number // len(signs)) % len(_SHAPES)
        if kind == last:
            kind = (kind + 1 + chance.randrange(len(_SHAPES) - 1)) % len(_SHAPES)
        last = kind
        ground, figure = chance.sample(colours, 2)
        quarter = chance.randrange(4)
        tiles.append(Rectangle(left, top, _SIDE, _SIDE, ground))
        for shape in _SHAPES[kind]():
            places = (_turned(point, quarter) for point in shape)
            tiles.append(
                Path(tuple((left + x * _SIDE, top + y * _SIDE) for x, y in places), figure)
            )
    return tiles


def _rows_and_title(request: Request, end: float) -> tuple[int, Setting]:
    """How many rows the field has, and the title below it, which ends at `end` at the latest.

    A long title takes rows from the field before it is set small.
    """
    style = Style("serif-bold", 1.25 if request.cjk else 1.08)
    for rows in (6, 5, 4, 3):
        room = 84, end - rows * _SIDE - 7.5
        sizes = tuple(size for size in TITLE_SIZES if size <= 21)
        title = fit(request.title, request.letters, style, room, sizes, 5)
        if title:
            return rows, title
    return rows, fit_title(request, style, room)


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    small = Style("serif-medium", 1.4, 0.02)
    line = (
        fit_small(request, request.byline, small, (52 if request.publisher else 84, 10), 4.7)
        if request.byline
        else None
    )
    mark = (
        fit_small(request, request.publisher, small, (28, 10), 3.8) if request.publisher else None
    )
    sub = fit_small(request, request.subtitle, small, (84, 14), 5.2) if request.subtitle else None
    foot = height - 8
    end = foot - max((one.height + 7 for one in (line, mark) if one), default=0)
    end -= sub.height + 4.5 if sub else 0
    rows, title = _rows_and_title(request, end)
    y = rows * _SIDE + 7.5
    elements = [Rectangle(0, 0, 100, height, palette.ground), *_field(request, rows)]
    elements += title.runs(8, y, palette.ink, "title")
    if sub:
        elements += sub.runs(8, y + title.height + 4.5, palette.quiet, "subtitle")
    if line:
        elements += line.runs(8, foot - line.height, palette.quiet, "author")
    if mark:
        elements += mark.runs(92, foot - mark.height, palette.quiet, "publisher", "right")
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "tiles",
    "Tiles grown from the title's characters: for any book without a picture.",
    (
        Palette("kiln", "#f6efe2", "#231a17", "#4b3a33",
                ("#b4472e", "#e0a14b", "#f1e3c8", "#2f4858")),
        Palette("harbour", "#f3f2ea", "#14222e", "#3a4a55",
                ("#1f4e6b", "#7fb0b5", "#eae3d0", "#d9694a")),
        Palette("orchard", "#f5f3e6", "#18251c", "#3e4a3d",
                ("#37694a", "#a9bd6a", "#f0e6c4", "#c9653c")),
        Palette("dusk", "#f4eef0", "#241a2e", "#4d4058",
                ("#4a3768", "#b77a94", "#f0dccf", "#e2a35b")),
    ),
    _compose,
)  # fmt: skip
