"""Four in the afternoon: eleven people and their long shadows before a counter, and one behind it.

The design of the default book's cover, and an example of a design that a book brings itself.
"""

from __future__ import annotations

from math import cos, radians, sin

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene
from quire.covers.shapes import disc

__all__ = ["DESIGN"]

_WAITING = 11
_DOT = 2.35
_STEP = 7.0
_FALL = radians(21)
"""How steeply the shadows fall across the page."""
_COUNTER = 0.575
"""Where the counter begins, in parts of the height."""
_BOARD = 6.4
_LEFT = 9.0
_SHOWS = {
    "zh-Hans": "午后四点的斜阳里，十一个圆点排队来到柜台前，身后拖着长长的影子；"
    "柜台这一边，只有一个亮着的圆点。",
    "en": "In the low sun of four o'clock, eleven dots queue before a counter with long shadows "
    "behind them; on this side of it there is one dot, alight.",
}


def _shadow(x: float, y: float, fill: str) -> Path:
    """A dot's shadow, away from the sun, to the page's edge; the counter will lie over its end."""
    reach = (110 - x) / cos(_FALL)
    along = cos(_FALL), sin(_FALL)
    across = -sin(_FALL) * _DOT, cos(_FALL) * _DOT
    end = x + along[0] * reach, y + along[1] * reach
    points = (
        (x + across[0], y + across[1]),
        (end[0] + across[0], end[1] + across[1]),
        (end[0] - across[0], end[1] - across[1]),
        (x - across[0], y - across[1]),
    )
    return Path(points, fill)


def _queue(request: Request, floor: float) -> list[Element]:
    """The people: their shadows first, so that none lies over a person."""
    sun, shade, person = request.palette.accents[:3]
    places = [
        (53 + 4.2 * sin(number * 0.62), floor - 6.4 - number * _STEP) for number in range(_WAITING)
    ]
    figures: list[Element] = [disc(20, 0.155 * request.height, 12.5, sun)]
    figures += [_shadow(x, y, shade) for x, y in places]
    figures += [disc(x, y, _DOT, person) for x, y in places]
    return figures


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    outside, edge, board, light = palette.accents[3:]
    floor = _COUNTER * height
    here = floor + _BOARD
    elements: list[Element] = [
        Rectangle(0, 0, 100, here, outside),
        *_queue(request, floor),
        Rectangle(0, floor, 100, _BOARD, board),
        Rectangle(0, floor, 100, 1.1, edge),
        Rectangle(0, here, 100, height - here, palette.ground),
        disc(53, here + 6.4, _DOT, light),
    ]
    small = Style("serif-medium", 1.4, 0.03)
    foot = height - 9
    if request.publisher:
        line = fit_small(request, request.publisher, small, (34, 8), 3.6)
        elements += line.runs(91, foot - line.height, palette.quiet, "publisher", "right")
    if request.byline:
        line = fit_small(request, request.byline, small, (44, 8), 4.2)
        elements += line.runs(_LEFT, foot - line.height, palette.quiet, "author")
        foot -= line.height
    room = foot - 5 - (here + 14.5)
    subtitle = (
        fit_small(request, request.subtitle, small, (82, 12), 5.2) if request.subtitle else None
    )
    room -= subtitle.height + 4.6 if subtitle else 0
    title = fit_title(request, Style("serif-bold", 1.25), (82, room), largest=17, most=3)
    elements += title.runs(_LEFT, here + 14.5, palette.ink, "title")
    if subtitle:
        below = here + 14.5 + title.height + 4.6
        elements += subtitle.runs(_LEFT, below, palette.quiet, "subtitle")
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "counter",
    "Eleven people and their long shadows before a counter, and one behind it.",
    (
        Palette("four-o-clock", "#12302f", "#f7ecd4", "#e6d9bc",
                ("#fbf0d6", "#dfb987", "#17393b", "#efd6a8", "#cf7343", "#a8481f", "#f4c04e")),
    ),
    _compose,
)  # fmt: skip
