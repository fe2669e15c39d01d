"""Contours: an island's height lines on the sea, drawn from the title, as on a survey map."""

from __future__ import annotations

from functools import lru_cache
from math import cos, exp, hypot, pi, sin
from random import Random

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene
from quire.covers.shapes import disc

__all__ = ["DESIGN"]

_STEPS = 84
"""Corners of the grid of heights, across and down."""
_LEVELS = 11
_SHOWS = {
    "zh-Hans": "一幅等高线地图：一座由书名生成的岛，山头上立着一面小旗；书名印在图框里。",
    "zh-Hant": "一幅等高線地圖：一座由書名生成的島，山頭上立著一面小旗；書名印在圖框裡。",
    "en": "A survey map: the contour lines of an island grown from the title, a dot on its highest "
    "hill; the title stands in a panel.",
}

Point = tuple[float, float]


@lru_cache(maxsize=8)
def _heights(seed: int) -> tuple[tuple[float, ...], ...]:
    """Heights on a square grid: a few hills of different breadth, and the sea about them."""
    chance = Random(seed)
    hills = []
    for number in range(9):
        turn, reach = chance.random() * 2 * pi, 0.05 + 0.3 * chance.random()
        breadth = 0.07 + 0.13 * chance.random()
        top = 0.35 + (0.65 if number < 3 else 0.4) * chance.random()
        hills.append((0.5 + reach * cos(turn), 0.5 + reach * sin(turn) * 1.05, breadth, top))
    waves = [(chance.uniform(4, 13), chance.random() * 2 * pi, chance.random() * 2 * pi)
             for _ in range(6)]  # fmt: skip
    rows = []
    for down in range(_STEPS + 1):
        y = down / _STEPS
        row = []
        for across in range(_STEPS + 1):
            x = across / _STEPS
            height = sum(
                top * exp(-((x - left) ** 2 + (y - up) ** 2) / (2 * wide * wide))
                for left, up, wide, top in hills
            )
            rough = sum(
                sin(rate * (x * cos(turn) + y * sin(turn)) * pi + phase) / rate
                for rate, turn, phase in waves
            )
            # The sea closes round the land before the grid ends, so that every line is a ring.
            edge = max(0.0, hypot(x - 0.5, y - 0.5) - 0.3)
            row.append(height + 0.42 * rough * min(1.0, height * 1.6) - 40 * edge * edge)
        rows.append(tuple(row))
    return tuple(rows)


def _rings(heights: tuple[tuple[float, ...], ...], level: float) -> list[list[Point]]:
    """The closed lines on which the land has that height, by marching squares."""
    ends: dict[tuple[int, int, int], list[tuple[tuple[int, int, int], Point]]] = {}

    def crossing(x: int, y: int, way: int) -> tuple[tuple[int, int, int], Point]:
        one = heights[y][x]
        other = heights[y][x + 1] if way == 0 else heights[y + 1][x]
        part = (level - one) / (other - one)
        place = (x + part, float(y)) if way == 0 else (float(x), y + part)
        return (x, y, way), place

    for y in range(_STEPS):
        for x in range(_STEPS):
            corners = (heights[y][x], heights[y][x + 1], heights[y + 1][x + 1], heights[y + 1][x])
            above = [corner > level for corner in corners]
            sides = [
                edge
                for edge, (first, second) in zip(
                    ((x, y, 0), (x + 1, y, 1), (x, y + 1, 0), (x, y, 1)),
                    ((0, 1), (1, 2), (2, 3), (3, 0)),
                    strict=True,
                )
                if above[first] != above[second]
            ]
            pairs = [sides] if len(sides) == 2 else [sides[:2], sides[2:]] if sides else []
            for pair in pairs:
                one, other = (crossing(*edge) for edge in pair)
                ends.setdefault(one[0], []).append(other)
                ends.setdefault(other[0], []).append(one)
    rings = []
    while ends:
        start = next(iter(ends))
        ring: list[Point] = []
        here = start
        while ends.get(here):
            there, place = ends[here].pop()
            left = ends.get(there, [])
            ends[there] = [end for end in left if end[0] != here]
            if not ends[here]:
                del ends[here]
            ring.append(place)
            here = there
        ends.pop(here, None)
        if len(ring) > 5:
            rings.append(ring)
    return rings


def _island(request: Request, x: float, y: float, side: float) -> list[Element]:
    _, shore, land, line = request.palette.accents
    heights = _heights(request.seed)
    top = max(max(row) for row in heights)
    scale = side / _STEPS
    found: list[Element] = []
    for number in range(_LEVELS):
        level = top * (0.04 + 0.9 * number / (_LEVELS - 1))
        for ring in _rings(heights, level):
            points = tuple((x + across * scale, y + down * scale) for across, down in ring)
            fill = shore if number == 0 else land if number == 1 else None
            found.append(Path(points, fill, line, 0.55 if number in {0, 5, 10} else 0.28))
    peak = max(
        (
            (value, across, down)
            for down, row in enumerate(heights)
            for across, value in enumerate(row)
        )
    )
    px, py = x + peak[1] * scale, y + peak[2] * scale
    found.append(
        disc(px, py, 1.25, request.palette.ink if request.palette.name == "chart" else line)
    )
    return found


def _grid(height: float, colour: str) -> list[Element]:
    """A map's grid: hair lines a tenth of the width apart."""
    lines: list[Element] = [
        Rectangle(x * 12.5 - 0.12, 0, 0.24, height, colour) for x in range(1, 8)
    ]
    lines += [
        Rectangle(0, y * 12.5 - 0.12, 100, 0.24, colour) for y in range(1, int(height / 12.5) + 1)
    ]
    return lines


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    sea = palette.accents[0]
    small = Style("sans-medium", 1.4, 0.02)
    style = Style("sans-bold", 1.25 if request.cjk else 1.06)
    parts = []
    for words, part, size in (
        (request.byline, "author", 4.7), (request.publisher, "publisher", 3.4),
        (request.series, "series", 3.4),
    ):  # fmt: skip
        if words:
            parts.append((fit_small(request, words, small, (76, 12), size), part))
    sub = fit_small(request, request.subtitle, small, (76, 16), 4.7) if request.subtitle else None
    beside = (4 + sub.height if sub else 0) + sum(3.4 + line.height for line, _ in parts) + 5
    title = fit_title(request, style, (78, 44), (78, height - 26 - beside), largest=15.4)
    panel = title.height + beside + 12
    top = height - 7 - panel
    elements: list[Element] = [
        Rectangle(0, 0, 100, height, sea), *_grid(height, palette.accents[1]),
    ]  # fmt: skip
    side = min(116.0, (top + 6) * 1.16)
    if top > 36:
        elements += _island(request, 50 - side / 2, top / 2 - side / 2 - 1, side)
    elements.append(Rectangle(5, top, 90, panel, palette.ground))
    for inset in (1.2,):
        elements.append(
            Path(
                (
                    (5 + inset, top + inset),
                    (95 - inset, top + inset),
                    (95 - inset, top + panel - inset),
                    (5 + inset, top + panel - inset),
                ),
                None,
                palette.quiet,
                0.25,
            )
        )
    y = top + 7
    elements += title.runs(11, y, palette.ink, "title")
    y += title.height
    if sub:
        elements += sub.runs(11, y + 4, palette.quiet, "subtitle")
        y += 4 + sub.height
    y += 3
    for line, part in parts:
        elements += line.runs(11, y + 3.4, palette.quiet, part)
        y += 3.4 + line.height
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "contour",
    "The height lines of an island grown from the title: for travel, history, reports.",
    (
        Palette(
            "chart", "#fbf7ea", "#16242b", "#3b4a50", ("#a9cbd3", "#c6dcd9", "#efe3bd", "#7a6a3f")
        ),
        Palette(
            "night", "#10202c", "#f4efdf", "#d5d6cc", ("#0c1822", "#1b3a47", "#214a52", "#d9b96a")
        ),
        Palette(
            "clay", "#f9f0e4", "#2a1711", "#533b31", ("#d9cdb8", "#ece1cd", "#d99a72", "#7c3421")
        ),
        Palette(
            "heath", "#f4f3e6", "#1b2418", "#434c3c", ("#d6ddc7", "#c4cfae", "#9db384", "#3b5130")
        ),
    ),
    _compose,
)
