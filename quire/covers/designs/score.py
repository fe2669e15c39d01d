"""The book's own portrait: a line for each chapter, as long as the chapter, a dot for each note."""

from __future__ import annotations

from random import Random

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Extent, Palette, Rectangle, Request, Scene
from quire.covers.shapes import disc

__all__ = ["DESIGN"]

_LEFT, _RIGHT = 9.0, 100.0
_FEWEST = 3
_MOST = 26
"""More chapters than this are drawn as so many parts of about the same number of chapters."""
_SHOWS = {
    "zh-Hans": "这本书自己的样子：每一章一道横线，长短随字数，线上的圆点是注释；书名在上方。",
    "zh-Hant": "這本書自己的樣子：每一章一道橫線，長短隨字數，線上的圓點是註釋；書名在上方。",
    "en": "The book's own portrait: a bar for each chapter, as long as the chapter, with a dot for "
    "each note; the title stands above.",
}


def _chapters(request: Request) -> list[Extent]:
    """The chapters; those of a book that isn't read are made of its title."""
    own = list(request.chapters)
    if len(own) < _FEWEST:
        chance = Random(request.seed)
        own = [Extent(200 + ord(sign) % 700, chance.randrange(4)) for sign in request.title[:14]]
        own += [
            Extent(chance.randrange(250, 900), chance.randrange(4)) for _ in range(9 - len(own))
        ]
    if len(own) <= _MOST:
        return own
    parts = (own[len(own) * n // _MOST : len(own) * (n + 1) // _MOST] for n in range(_MOST))
    return [
        Extent(sum(one.letters for one in part), sum(one.notes for one in part)) for part in parts
    ]


def _bars(request: Request, top: float, end: float) -> list[Element]:
    chapters = _chapters(request)
    *colours, dot = request.palette.accents
    pitch = min(9.5, (end - top) / len(chapters))
    thick = pitch * 0.62
    longest = max(1, *(one.letters for one in chapters))
    drawn: list[Element] = []
    for number, one in enumerate(chapters):
        y = end - (len(chapters) - number) * pitch + (pitch - thick)
        reach = max(thick, (_RIGHT - _LEFT - 9) * one.letters / longest)
        colour = colours[number % len(colours)]
        drawn.append(Rectangle(0, y, _LEFT + reach - thick / 2, thick, colour))
        drawn.append(disc(_LEFT + reach - thick / 2, y + thick / 2, thick / 2, colour))
        shown = min(one.notes, 24)
        for note in range(shown):
            x = _LEFT + (reach - thick) * (note + 0.5) / shown
            drawn.append(disc(x, y + thick / 2, thick * 0.17, dot))
    return drawn


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    style = Style("sans-bold", 1.24 if request.cjk else 1.04)
    small = Style("sans-medium", 1.42, 0.02)
    foot = height - 8.5
    words: list[Element] = []
    beneath = 0.0
    if request.byline:
        line = fit_small(request, request.byline, small, (40, 16), 4.7)
        words += line.runs(_LEFT, foot - line.height, palette.quiet, "author")
        beneath = line.height
    if request.publisher:
        line = fit_small(request, request.publisher, small, (40, 16), 3.4)
        words += line.runs(91, foot - line.height, palette.quiet, "publisher", "right")
        beneath = max(beneath, line.height)
    end = foot - beneath - 7
    y = 9.5
    if request.series:
        line = fit_small(request, request.series, small, (80, 9), 3.4)
        words += line.runs(_LEFT, y, palette.quiet, "series")
        y += line.height + 5
    sub = fit_small(request, request.subtitle, small, (78, 18), 4.7) if request.subtitle else None
    beside = 5 + sub.height if sub else 0
    title = fit_title(request, style, (82, 52), (82, end - y - beside - 8), largest=17, most=4)
    words += title.runs(_LEFT, y, palette.ink, "title")
    y += title.height
    if sub:
        words += sub.runs(_LEFT, y + 5, palette.quiet, "subtitle")
        y += 5 + sub.height
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    if end - y > 34:
        elements += _bars(request, y + 9, end)
    return request.scene([*elements, *words], _SHOWS)


DESIGN = Design(
    "score",
    "The book's own portrait, a bar for each chapter and a dot for each note: for non-fiction.",
    (
        Palette(
            "plain",
            "#f6f2e8",
            "#1a1a1c",
            "#47464a",
            ("#23435f", "#c9502f", "#e0a63c", "#5f8a83", "#f6f2e8"),
        ),
        Palette(
            "night",
            "#171b28",
            "#f4efe2",
            "#d0cec8",
            ("#e0a63c", "#d8603f", "#6fa3a0", "#b8b2d6", "#171b28"),
        ),
        Palette(
            "rose",
            "#f3e3dc",
            "#2b1620",
            "#553d46",
            ("#8d2f4b", "#c96f5a", "#45364f", "#d7a45a", "#f7ece6"),
        ),
        Palette(
            "leaf",
            "#e6ebdb",
            "#17231a",
            "#3b493d",
            ("#2f5d44", "#8aa84f", "#c98a3a", "#46706f", "#f1f4e8"),
        ),
    ),
    _compose,
)
