"""一笔: one stroke of a loaded brush, round and nearly shut, drying as it goes."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from quire.covers.fitting import Style, fit_small, fit_title, stacked_up
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_BRISTLES = 46
_SHOWS = {
    "zh-Hans": "一笔画成的墨圈，起笔饱满，收笔见飞白，圈未合拢；书名在圈下。",
    "zh-Hant": "一筆畫成的墨圈，起筆飽滿，收筆見飛白，圈未合攏；書名在圈下。",
    "en": "A ring in one stroke of ink, full where the brush came down and dry where it left, not "
    "quite closed; the title stands below.",
}


def _stroke(x: float, y: float, radius: float, seed: int, ink: str) -> list[Element]:
    """Bristles side by side, each with its own load of ink: the outer and inner dry first."""
    chance = Random(seed)
    start = pi * (0.62 + 0.5 * chance.random())
    turn = 2 * pi * (0.9 + 0.05 * chance.random())
    wide = radius * 0.2
    lean = chance.uniform(-0.09, 0.09), chance.uniform(-0.09, 0.09)
    found: list[Element] = []
    for bristle in range(_BRISTLES):
        across = 2 * bristle / (_BRISTLES - 1) - 1
        load = 1.0 - 0.42 * across * across - 0.38 * chance.random()
        gaps = [(chance.uniform(0.45, 1.0), chance.uniform(0.01, 0.06)) for _ in range(5)]
        piece: list[tuple[float, float]] = []
        steps = 150
        for step in range(steps + 1):
            part = step / steps
            dry = part > load or any(
                abs(part - place) < length * (1.4 - load) for place, length in gaps
            )
            if dry:
                found += _hair(piece, wide, ink)
                piece = []
                continue
            # The brush comes down broad, thins, and swings a little.
            swell = wide * (0.55 + 0.75 * (1 - part) ** 1.6 + 0.1 * sin(part * 9))
            touch = min(1.0, part * 26 + 0.25)
            at = radius + across * swell * touch
            angle = start + turn * part + 0.016 * across
            piece.append(
                (
                    x + (at + lean[0] * radius * part) * cos(angle),
                    y + (at * 0.985 + lean[1] * radius * part) * sin(angle),
                )
            )
        found += _hair(piece, wide, ink)
    return found


def _hair(points: list[tuple[float, float]], wide: float, ink: str) -> list[Element]:
    if len(points) < 3:
        return []
    return [Path(tuple(points), None, ink, wide * 2.6 / _BRISTLES + 0.12, closed=False)]


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    ink, seal = palette.accents
    style = Style("serif-bold", 1.28 if request.cjk else 1.1, 0.06 if request.cjk else 0)
    small = Style("serif-medium", 1.42, 0.04)
    stack = (("publisher", 14, 3.4, 5.5), ("author", 14, 4.7, 5.5), ("subtitle", 14, 4.7, 5.5))
    words, foot = stacked_up(request, small, height - 9, 80, (50, "centre"), stack)
    top = 9.0
    if request.series:
        line = fit_small(request, request.series, small, (80, 9), 3.4)
        words += line.runs(50, top, palette.quiet, "series", "centre")
        top += line.height + 4
    title = fit_title(request, style, (84, 46), (84, foot - top - 6), largest=15.4)
    words += title.runs(50, foot - title.height, palette.ink, "title", "centre")
    room = foot - title.height - 9 - top
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    radius = min(30.0, room / 2.75)
    if radius > 9:
        middle = top + room / 2 + 1
        elements += _stroke(50, middle, radius, request.seed, ink)
        side = max(3.2, radius * 0.17)
        elements.append(Rectangle(50 + radius * 0.95, middle + radius * 1.05, side, side, seal))
    return request.scene([*elements, *words], _SHOWS)


DESIGN = Design(
    "ring",
    "One stroke of the brush: for philosophy, poetry, the arts.",
    (
        Palette("ink", "#f4efe3", "#191715", "#46413a", ("#1d1b19", "#b3261e")),
        Palette("cinnabar", "#f6efe2", "#2a1310", "#55403a", ("#a92a1c", "#2a1310")),
        Palette("slate", "#222a30", "#f3eee0", "#d8d5c9", ("#e9e2cf", "#d2573b")),
        Palette("tea", "#dfe3d0", "#1b2414", "#3c4633", ("#37482b", "#b3261e")),
    ),
    _compose,
)
