"""Three bands: colour, paper, colour; the words on the paper in the middle. For fiction, series."""

from __future__ import annotations

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_FIRST, _SECOND = 0.29, 0.71
"""Where the paper begins and ends, in parts of the height."""
_LONG_FIRST, _LONG_SECOND = 0.17, 0.83
"""The same for a title that needs more room."""
_MIDDLE = 50.0
_SHOWS = {
    "zh-Hans": "上下两道色带，中间留白处是书名和作者，下方有一枚小小的翻开的书。",
    "zh-Hant": "上下兩道色帶，中間留白處是書名和作者，下方有一枚小小的翻開的書。",
    "en": "Two bands of colour with white paper between them, which holds the title and the "
    "author; in the lower band a small open book.",
}


def _open_book(middle: float, y: float, size: float, colour: str) -> list[Element]:
    """An open book seen from above its foot: two leaves that sag towards the fold."""
    leaves: list[Element] = []
    for side in (-1, 1):
        sag = [(step / 12, 0.22 * (1 - step / 12) ** 2) for step in range(13)]
        upper = [(middle + side * size * x, y + size * (dip - 0.22)) for x, dip in sag]
        lower = [(x, edge + size * 0.62) for x, edge in reversed(upper)]
        leaves.append(Path((*upper, *lower), colour))
    leaves.append(Rectangle(middle - size * 0.025, y - size * 0.02, size * 0.05, size, ""))
    return leaves


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    colour, light = palette.accents
    style = Style("serif-bold", 1.3 if request.cjk else 1.12)
    small = Style("serif-medium", 1.45, 0.03)
    sub = fit_small(request, request.subtitle, small, (76, 15), 4.7) if request.subtitle else None
    line = fit_small(request, request.byline, small, (76, 14), 5.2) if request.byline else None
    beside = (4.5 + sub.height if sub else 0) + (11 + line.height if line else 0)
    rooms = [
        (82, height * (_SECOND - _FIRST) - 14 - beside),
        (82, height * (_LONG_SECOND - _LONG_FIRST) - 14 - beside),
    ]
    title = fit_title(request, style, rooms[0], rooms[1], largest=17)
    stack = title.height + beside
    wide = stack > height * (_SECOND - _FIRST) - 12
    first, second = (_LONG_FIRST, _LONG_SECOND) if wide else (_FIRST, _SECOND)
    elements: list[Element] = [
        Rectangle(0, 0, 100, height, palette.ground),
        Rectangle(0, 0, 100, first * height, colour),
        Rectangle(0, second * height, 100, height * (1 - second), colour),
    ]
    y = (first + second) / 2 * height - stack / 2
    elements += title.runs(_MIDDLE, y, palette.ink, "title", "centre")
    y += title.height
    if sub:
        elements += sub.runs(_MIDDLE, y + 4.5, palette.quiet, "subtitle", "centre")
        y += 4.5 + sub.height
    if line:
        elements.append(Rectangle(_MIDDLE - 5, y + 5.2, 10, 0.5, colour))
        elements += line.runs(_MIDDLE, y + 11, palette.quiet, "author", "centre")
    if request.series:
        mark = fit_small(request, request.series, small, (76, first * height - 18), 4.2)
        y = first * height / 2 - mark.height / 2
        elements += mark.runs(_MIDDLE, y, light, "series", "centre")
    foot = height * (1 + second) / 2
    if request.publisher:
        mark = fit_small(request, request.publisher, small, (76, 9), 3.8)
        elements += mark.runs(_MIDDLE, height - 9 - mark.height, light, "publisher", "centre")
        foot = height * second + (height * (1 - second) - 9 - mark.height) / 2 - 1.5
    if not wide:
        elements += _open_book(_MIDDLE, foot, 7.5, light)[:2]
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "bands",
    "Two bands of colour and paper between them: for fiction and series.",
    (
        Palette("coral", "#f8f1e4", "#1f1714", "#473a34", ("#a83a21", "#fbf1e2")),
        Palette("sea", "#f4f3ea", "#12202a", "#3a4750", ("#1d4f6e", "#f2f1e6")),
        Palette("moss", "#f5f3e7", "#18211a", "#3d473d", ("#3c5a38", "#f4f2e3")),
        Palette("aubergine", "#f6f0ec", "#231524", "#4a3b4b", ("#5a2b57", "#f7ece6")),
        Palette("mustard", "#f9f3e2", "#20190d", "#4a402c", ("#e0a92f", "#20190d")),
    ),
    _compose,
)
