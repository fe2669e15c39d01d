"""丛书: white paper, a strip of colour at the fold, much air, and a gathering of leaves."""

from __future__ import annotations

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_STRIP = 5.0
_MIDDLE = (_STRIP + 100) / 2
_LEAVES = ((0.2, 1.0), (0.5, 0.93), (0.78, 0.76), (0.98, 0.5))
"""How far out and up each leaf ends, in parts of the device's size."""
_SHOWS = {
    "zh-Hans": "白色封面，左侧一道色带；书名居中，下方是一叠对折的书页。",
    "zh-Hant": "白色封面，左側一道色帶；書名居中，下方是一疊對摺的書頁。",
    "en": "A white cover with a strip of colour at the left; the title stands centred above a "
    "gathering of folded leaves.",
}


def _leaves(middle: float, foot: float, size: float, colour: str) -> list[Element]:
    """A gathering seen from its foot: leaves that rise from the fold and fall open."""
    strokes: list[Element] = []
    for reach, rise in _LEAVES:
        for side in (-1, 1):
            # A quadratic curve: up out of the fold, then over to the leaf's edge.
            points = tuple(
                (
                    middle + side * size * reach * step * step,
                    foot - size * (2 * 0.62 * step * (1 - step) + rise * step * step),
                )
                for step in (number / 16 for number in range(17))
            )
            strokes.append(Path(points, None, colour, 0.7, closed=False))
    return strokes


def _compose(request: Request) -> Scene:
    height, palette = request.height, request.palette
    strip = palette.accents[0]
    elements: list[Element] = [
        Rectangle(0, 0, 100, height, palette.ground),
        Rectangle(0, 0, _STRIP, height, strip),
    ]
    if request.series:
        line = fit_small(request, request.series, Style("serif", 1.4, 0.06), (80, 10), 3.8)
        elements += line.runs(_MIDDLE, 9, palette.quiet, "series", "centre")
    short = request.cjk and len(request.title) <= 4
    style = Style("serif-bold", 1.32 if request.cjk else 1.12, 0.18 if short else 0.0)
    title = fit_title(request, style, (82, 54), (82, 66), largest=19)
    top = 0.17 * height if len(title.lines) > 2 else 0.2 * height
    elements += title.runs(_MIDDLE, top, palette.ink, "title", "centre")
    y = top + title.height
    if request.subtitle:
        line = fit_small(request, request.subtitle, Style("serif", 1.45), (78, 18), 5.2)
        elements += line.runs(_MIDDLE, y + 8, palette.ink, "subtitle", "centre")
        y += 8 + line.height
    if request.byline:
        elements.append(Rectangle(_MIDDLE - 5, y + 7, 10, 0.45, strip))
        line = fit_small(request, request.byline, Style("serif", 1.45, 0.04), (78, 14), 4.7)
        elements += line.runs(_MIDDLE, y + 12, palette.quiet, "author", "centre")
        y += 12 + line.height
    if y < 0.74 * height:
        elements += _leaves(_MIDDLE, 0.84 * height, 15, strip)
    if request.publisher:
        line = fit_small(request, request.publisher, Style("serif", 1.4, 0.08), (78, 9), 3.8)
        elements += line.runs(
            _MIDDLE, 0.945 * height - line.height, palette.quiet, "publisher", "centre"
        )
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "series",
    "White paper and a strip of colour: for scholarship, textbooks and series.",
    (
        Palette("vermilion", "#faf7f0", "#1d1a18", "#4a443f", ("#c8452b",)),
        Palette("green", "#f8f7ef", "#171d1a", "#414a44", ("#2e7d5b",)),
        Palette("blue", "#f6f7f6", "#161b22", "#414852", ("#2b5f9e",)),
        Palette("ochre", "#faf6ea", "#211c12", "#514936", ("#c08a1e",)),
        Palette("plum", "#f9f5f4", "#201722", "#4f434f", ("#7c3a66",)),
    ),
    _compose,
)
