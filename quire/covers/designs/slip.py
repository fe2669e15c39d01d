"""题签: a thread-bound book in cloth, its title written on a paper slip. For essays and letters."""

from __future__ import annotations

from quire.covers.fitting import Setting, Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene
from quire.language import is_han

__all__ = ["DESIGN"]

_RIGHT, _TOP, _PAD = 91.0, 10.0, 4.2
_SEAL = 8.4
_SHOWS = {
    "zh-Hans": "线装书式的封面：素色布面，书脊一侧以线缝订，书名写在纸签上。",
    "zh-Hant": "線裝書式的封面：素色布面，書脊一側以線縫訂，書名寫在紙籤上。",
    "en": "A thread-bound book in plain cloth, stitched along the spine, with the title on a "
    "paper slip.",
}


def _stitches(height: float, thread: str, shade: str) -> list[Element]:
    """Four-hole binding: a thread along the spine, and one around it at each hole."""
    along, holes = 8.5, [height * part for part in (0.06, 0.353, 0.647, 0.94)]
    lines: list[Element] = [Rectangle(0, 0, 2.2, height, shade)]
    lines.append(Rectangle(along - 0.3, holes[0], 0.6, holes[-1] - holes[0], thread))
    lines += [Rectangle(0, y - 0.3, along + 0.3, 0.6, thread) for y in holes]
    lines += [Rectangle(along - 0.3, 0, 0.6, holes[0], thread)]
    lines += [Rectangle(along - 0.3, holes[-1], 0.6, height - holes[-1], thread)]
    return lines


def _slip(left: float, width: float, height: float, paper: str, ink: str) -> list[Element]:
    """The slip of paper, with a heavy rule and a fine one within."""
    sheet: list[Element] = [Rectangle(left, _TOP, width, height, paper)]
    for inset, weight in ((1.3, 0.7), (2.5, 0.22)):
        right, foot = left + width - inset, _TOP + height - inset
        corners = ((left + inset, _TOP + inset), (right, _TOP + inset), (right, foot),
                   (left + inset, foot))  # fmt: skip
        sheet.append(Path(corners, None, ink, weight))
    return sheet


def _seal(request: Request, x: float, y: float) -> list[Element]:
    """A red seal with the author's first Han character."""
    sign = next((sign for sign in request.byline if is_han(sign)), "")
    if not sign:
        return []
    red, white = request.palette.accents[1], request.palette.accents[0]
    word = Style("serif-bold", vertical=True)
    mark = Setting((sign,), word, 6.2, 6.2, 6.2, 6.2, 0).runs(
        x + _SEAL / 2, y + 1.1, white, "ornament", "centre"
    )
    return [Rectangle(x, y, _SEAL, _SEAL, red), *mark]


def _columns(request: Request) -> list[Element]:
    """The slip with its title in columns, and the other words in columns beside it."""
    palette, height = request.palette, request.height
    long = len(request.title)
    apart = 0.45 if long <= 4 else 0.1 if long <= 80 else 0.0
    style = Style("serif-bold", 1.28, apart, vertical=True)
    # What stands beside the slip has its room kept.
    room = 50.0 - (12 if request.subtitle else 0) - (5 if request.byline else 0)
    title = fit_title(request, style, (min(40, room), 92), (room, 116), largest=19, most=3)
    pad = _PAD + title.size * 0.22
    width, depth = title.width + 2 * pad, title.height + 2 * (pad + 1)
    left = _RIGHT - width
    elements = _slip(left, width, depth, palette.accents[0], palette.ink)
    elements += title.runs(left + pad, _TOP + pad + 1, palette.ink, "title")
    edge = left - 6
    if request.subtitle:
        line = fit_small(
            request, request.subtitle, Style("serif", 1.6, 0.12, vertical=True), (14, 108), 4.7
        )
        elements += line.runs(edge, _TOP + 1.3, palette.quiet, "subtitle", "right")
        edge -= line.width + 4
    if request.byline:
        column = min(edge, left - 6)
        line = fit_small(
            request, request.byline, Style("serif", 1.5, 0.12, vertical=True), (12, 72), 4.7
        )
        foot = 0.94 * height - _SEAL - 3.5
        elements += line.runs(column, foot - line.height, palette.quiet, "author", "right")
        elements += _seal(request, column - line.width / 2 - _SEAL / 2, foot + 3.5)
    return elements


def _lines(request: Request) -> list[Element]:
    """The slip with its title in lines, for languages that aren't written in columns."""
    palette = request.palette
    left = 20.0
    width = _RIGHT - left
    style = Style("serif-bold", 1.14)
    title = fit_title(request, style, (width - 16, 62), (width - 14, 80), largest=15.4, most=6)
    pad = 8.0
    depth = title.height + 2 * pad
    elements = _slip(left, width, depth, palette.accents[0], palette.ink)
    elements += title.runs(left + width / 2, _TOP + pad, palette.ink, "title", "centre")
    y = _TOP + depth + 7
    for words, part in ((request.subtitle, "subtitle"), (request.byline, "author")):
        if words:
            line = fit_small(request, words, Style("serif", 1.35), (width, 16), 5.2)
            elements += line.runs(left, y, palette.quiet, part)
            y += line.height + 6
    return elements


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    elements += _stitches(height, palette.accents[2], palette.accents[3])
    elements += _columns(request) if request.cjk else _lines(request)
    if request.publisher:
        line = fit_small(request, request.publisher, Style("serif", 1.4, 0.06), (44, 10), 3.8)
        elements += line.runs(
            _RIGHT, 0.94 * height - line.height, palette.quiet, "publisher", "right"
        )
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "slip",
    "A thread-bound book with its title on a slip of paper: for essays, letters, the classics.",
    (
        Palette("indigo", "#1f3350", "#1a1712", "#e9dfc6",
                ("#f4ecd8", "#a8281e", "#cfc4a6", "#182942")),
        Palette("pine", "#2a4238", "#171813", "#e8e0c8",
                ("#f3ecd9", "#a8281e", "#c9c3a4", "#22372e")),
        Palette("persimmon", "#7a3323", "#1d1410", "#f6e8d2",
                ("#f6ecd9", "#2b2320", "#dcbf9c", "#682a1c")),
        Palette("soot", "#34322f", "#181614", "#e9e2d4",
                ("#f2ebdc", "#a8281e", "#bdb4a2", "#292725")),
    ),
    _compose,
)  # fmt: skip
