"""Swiss type: the title as large as it will go, flush left, and one disc cut in two."""

from __future__ import annotations

from math import cos, pi, sin

from quire.covers.fitting import Style, fit_small, fit_title, stacked_up
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_LEFT = 8.0
_COLUMN = 36.0
_SHOWS = {
    "zh-Hans": "满版纯色，书名以粗黑大字齐左排列，右下角是一个错开的圆。",
    "zh-Hant": "滿版純色，書名以粗黑大字齊左排列，右下角是一個錯開的圓。",
    "en": "One flat colour, the title in heavy type flush left, and at the lower right a disc cut "
    "in two and shifted.",
}


def _half(x: float, y: float, radius: float, turn: float, fill: str) -> Path:
    points = tuple(
        (x + radius * cos(turn + pi * step / 60), y + radius * sin(turn + pi * step / 60))
        for step in range(61)
    )
    return Path(points, fill)


def _disc(x: float, y: float, radius: float, seed: int, fills: tuple[str, ...]) -> list[Element]:
    """A disc cut along one of four angles, its halves shifted along the cut."""
    turn = (seed % 4) * pi / 4 + pi / 4
    shift = radius * (0.2 + (seed // 4 % 4) * 0.08)
    dx, dy = cos(turn) * shift / 2, sin(turn) * shift / 2
    return [
        _half(x + dx, y + dy, radius, turn, fills[0]),
        _half(x - dx, y - dy, radius, turn + pi, fills[1]),
    ]


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    style = Style("sans-black", 1.2 if request.cjk else 1.02)
    title = fit_title(request, style, (84, 74), (84, 92), largest=34, most=5)
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    y = 9 + title.height
    small = Style("sans-medium", 1.4)
    sub = fit_small(request, request.subtitle, small, (72, 18), 5.2) if request.subtitle else None
    words_end = y + (5 + sub.height if sub else 0)
    # The disc has the room that the words leave, and runs off the edge if it is large.
    radius = min(16.0 + len(request.title), 31.0, (height - words_end - 8) / 2.3)
    if radius > 9:
        elements += _disc(
            96 - radius * 0.62, height - 6 - radius * 0.9, radius * 0.86, request.seed,
            palette.accents,
        )  # fmt: skip
    elements += title.runs(_LEFT, 9, palette.ink, "title")
    if sub:
        elements += sub.runs(_LEFT, y + 5, palette.quiet, "subtitle")
    stack = (("publisher", 22, 3.4, 4), ("author", 22, 4.7, 4), ("series", 22, 3.4, 4))
    elements += stacked_up(request, small, height - 9, _COLUMN, (_LEFT, "left"), stack)[0]
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "swiss",
    "The title as large as it will go: for ideas, argument, politics.",
    (
        Palette("signal", "#f4efe4", "#161616", "#161616", ("#d8402a", "#161616")),
        Palette("night", "#14213a", "#f6f1e3", "#f6f1e3", ("#e9b23c", "#d7573c")),
        Palette("oxide", "#8a2318", "#fbf3e4", "#fbf3e4", ("#e8a04c", "#2a1512")),
        Palette("lemon", "#f2cf3f", "#171410", "#171410", ("#171410", "#fbf6e6")),
        Palette("lake", "#0f4c4a", "#f4f3e6", "#f4f3e6", ("#8fc7b0", "#e7714a")),
    ),
    _compose,
)
