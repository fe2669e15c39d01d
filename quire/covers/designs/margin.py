"""留白: an almost empty page, a hair line and one full stop. For poetry and short books."""

from __future__ import annotations

from quire.covers.fitting import Style, fit_small, fit_title, stacked_up
from quire.covers.model import Design, Element, Palette, Rectangle, Request, Scene
from quire.covers.shapes import disc

__all__ = ["DESIGN"]

_LEFT = 14.0
_SHOWS = {
    "zh-Hans": "几乎空白的封面：一道细线，一个圆点，书名在左上。",
    "zh-Hant": "幾乎空白的封面：一道細線，一個圓點，書名在左上。",
    "en": "An almost empty cover: a hair line, one round stop, and the title at the upper left.",
}


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    style = Style("serif-medium", 1.36 if request.cjk else 1.12, 0.04 if request.cjk else 0.0)
    small = Style("serif", 1.45, 0.03)
    title = fit_title(request, style, (72, 56), (76, 78), largest=12.8, most=5)
    elements: list[Element] = [
        Rectangle(0, 0, 100, height, palette.ground),
        Rectangle(_LEFT - 5.2, 0, 0.3, height, palette.accents[1]),
    ]
    y = 15.0
    elements += title.runs(_LEFT, y, palette.ink, "title")
    y += title.height
    if request.subtitle:
        line = fit_small(request, request.subtitle, small, (74, 18), 4.7)
        elements += line.runs(_LEFT, y + 6, palette.quiet, "subtitle")
        y += 6 + line.height
    stack = (("publisher", 14, 3.4, 4.2), ("series", 14, 3.4, 4.2), ("author", 14, 4.7, 4.2))
    words, foot = stacked_up(request, small, height - 12, 58, (_LEFT, "left"), stack)
    elements += words
    room = foot - y
    if room > 24:
        # The stop sits where a third of the room is left, and never under the words.
        radius = 3.4 + request.seed % 5 * 0.9
        x, middle = 62 + request.seed // 7 % 4 * 6, y + room * 0.6
        elements.append(disc(x, middle, radius, palette.accents[0]))
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "margin",
    "An almost empty page and one round stop: for poetry and short books.",
    (
        Palette("snow", "#f7f5f0", "#1c1b19", "#4c4a45", ("#c2361f", "#cfcac0")),
        Palette("dusk", "#2a2d3e", "#f2ede1", "#d3d0cb", ("#e8a33d", "#4b5068")),
        Palette("jade", "#dfe8e0", "#15231c", "#384a40", ("#1f6a50", "#b6c8bb")),
        Palette("persimmon", "#f2a667", "#1d0f07", "#2c170a", ("#fff3e0", "#d98743")),
    ),
    _compose,
)
