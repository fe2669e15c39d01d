"""大字: one character of the title, larger than the cover, in a tint; the title small upon it."""

from __future__ import annotations

from quire.covers.fitting import Style, fit_title, stacked_up
from quire.covers.model import Design, Element, Palette, Rectangle, Request, Scene, TextRun
from quire.language import is_han
from quire.language.breaking import pieces

__all__ = ["DESIGN"]

_LEFT = 9.0
_SHOWS = {
    "zh-Hans": "书名中的“{sign}”字放大到出血，书名以小字压在左下方。",
    "zh-Hant": "書名中的「{sign}」字放大到出血，書名以小字壓在左下方。",
    "en": "The sign “{sign}” from the title, larger than the cover and in a tint; the title "
    "stands at the lower left.",
}


def _sign(request: Request) -> str:
    """The first character of the title's longest word: the one that says most."""
    words = [
        piece.text.strip("，。、：；！？《》“”（）—…·.,:;!?\"'()")
        for piece in pieces(request.title)
    ]
    words = [word for word in words if word]
    if not words:
        return request.title[0]
    if request.cjk:
        han = [word for word in words if is_han(word[0])]
        return max(han or words, key=lambda word: min(len(word), 2))[0]
    return max(words, key=len)[0].upper()


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    sign = _sign(request)
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    box = request.letters.ink(sign, "serif-black")
    # As large as makes the ink run off the right edge and the top by a tenth.
    size = min(118 / (box.right - box.left), 124 / (box.bottom - box.top))
    right = 110 + box.left * size
    elements.append(
        TextRun(
            sign, right - (box.right - box.left) * size - 2 * box.left * size, -9 - box.top * size,
            size, "serif-black", palette.accents[0], part="ornament",
        )
    )  # fmt: skip
    style = Style("serif-bold", 1.28 if request.cjk else 1.1)
    small = Style("serif-medium", 1.42, 0.02)
    stack = (("publisher", 9, 3.4, 4), ("author", 12, 4.7, 7), ("subtitle", 18, 4.7, 5))
    words, foot = stacked_up(request, small, height - 9, 80, (_LEFT, "left"), stack)
    elements += words
    title = fit_title(request, style, (82, 56), (82, foot - 10), largest=15.4, most=4)
    elements += title.runs(_LEFT, foot - title.height, palette.ink, "title")
    elements.append(Rectangle(_LEFT, foot - title.height - 7.5, 12, 1.1, palette.accents[1]))
    return request.scene(elements, _SHOWS, sign=sign)


DESIGN = Design(
    "monogram",
    "One character larger than the cover: for essays, criticism, theory.",
    (
        Palette("sand", "#efe6d3", "#221a12", "#3f3325", ("#e0d1b3", "#b0492c")),
        Palette("ink", "#1b232e", "#f3ecdc", "#dcd6c8", ("#2a3645", "#d8a547")),
        Palette("celadon", "#dbe6de", "#16261f", "#2c4037", ("#c3d5c9", "#2f6b55")),
        Palette("rouge", "#7d1f22", "#fbefe0", "#f6e3d2", ("#8f2e2f", "#e7b76a")),
    ),
    _compose,
)
