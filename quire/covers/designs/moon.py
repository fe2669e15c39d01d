"""月洞门: a round gate in a wall, ridges and a moon behind it. For poetry, travel, stories."""

from __future__ import annotations

from math import pi, sin, sqrt
from random import Random

from quire.covers.fitting import Style, fit_small, fit_title
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene
from quire.covers.shapes import disc

__all__ = ["DESIGN"]

_SHOWS = {
    "zh-Hans": "一面墙上的月洞门，门里是层叠的远山和一轮圆月；书名在门下。",
    "zh-Hant": "一面牆上的月洞門，門裡是層疊的遠山和一輪圓月；書名在門下。",
    "en": "A round gate in a wall; through it, ridge behind ridge under a full moon. The title "
    "stands below.",
}


def _ridge(
    x: float, y: float, radius: float, level: float, chance: Random, rough: float
) -> tuple[tuple[float, float], ...]:
    """The outline of a ridge within the gate: a sum of waves above, the gate's rim below.

    Args:
        x: the gate's middle.
        y: likewise.
        radius: the gate's.
        level: where the ridge stands on the whole, -1 (top of the gate) to 1.
        chance: where the waves begin.
        rough: how high they are, in radii.
    """
    waves = [(1.0, chance.random()), (2.1, chance.random()), (4.3, chance.random())]
    top: list[tuple[float, float]] = []
    rim: list[tuple[float, float]] = []
    for step in range(121):
        across = step / 60 - 1
        half = radius * sqrt(max(0.0, 1 - across * across))
        crest = sum(
            sin((across * rate * 0.9 + phase) * 2 * pi) / rate**0.9 for rate, phase in waves
        )
        line = y + radius * (level - rough * crest)
        top.append((x + across * radius, min(max(line, y - half), y + half)))
        rim.append((x + across * radius, y + half))
    return (*top, *reversed(rim))


def _gate(request: Request, x: float, y: float, radius: float) -> list[Element]:
    sky, far, middle, near, moon, rim = request.palette.accents
    chance = Random(request.seed)
    elements: list[Element] = [disc(x, y, radius + 2.1, rim)]
    elements.append(disc(x, y, radius, sky))
    side = chance.choice((-1, 1)) * chance.uniform(0.22, 0.42)
    size = radius * chance.uniform(0.15, 0.2)
    elements.append(disc(x + side * radius, y - radius * 0.46, size, moon))
    for fill, level, rough in ((far, 0.1, 0.17), (middle, 0.38, 0.15), (near, 0.68, 0.1)):
        elements.append(Path(_ridge(x, y, radius, level, chance, rough), fill))
    return elements


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    brief = request.cjk and len(request.title) <= 4
    style = Style(
        "serif-semibold", 1.32 if request.cjk else 1.12, 0.22 if brief else 0.04 * request.cjk
    )
    small = Style("serif", 1.45, 0.06)
    sub = fit_small(request, request.subtitle, small, (78, 14), 4.7) if request.subtitle else None
    line = fit_small(request, request.byline, small, (78, 12), 4.7) if request.byline else None
    below = (sub.height + 5 if sub else 0) + (line.height + 7 if line else 0)
    foot = 0.945 * height - (8 if request.publisher else 0)
    title = fit_title(
        request, style, (82, foot - 0.56 * height - below), (84, foot - 0.4 * height - below),
        largest=19,
    )  # fmt: skip
    # The gate takes what the words leave.
    words = title.height + below
    radius = min(33.0, (foot - words - 6 - 20) / 2)
    middle = max(11 + radius, 0.345 * height if radius >= 33 else 0)
    elements: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    elements += _gate(request, 50, middle, radius)
    gap = foot - (middle + radius + 2) - words
    y = middle + radius + 2 + gap * 0.5
    elements += title.runs(50, y, palette.ink, "title", "centre")
    y += title.height
    if sub:
        elements += sub.runs(50, y + 5, palette.quiet, "subtitle", "centre")
        y += sub.height + 5
    if line:
        elements += line.runs(50, y + 7, palette.quiet, "author", "centre")
    if request.publisher:
        line = fit_small(request, request.publisher, small, (78, 5), 3.4)
        elements += line.runs(
            50, 0.955 * height - line.height, palette.quiet, "publisher", "centre"
        )
    return request.scene(elements, _SHOWS)


DESIGN = Design(
    "moon",
    "A round gate with ridges behind it: for poetry, travel, stories.",
    (
        Palette("mist", "#f1ede2", "#1d2a2c", "#3f4e4f",
                ("#d8e0d8", "#a9bdb8", "#6f8f8d", "#35585a", "#fbf5e3", "#c3c6b8")),
        Palette("dawn", "#f6ebe0", "#34201e", "#5b413b",
                ("#f6d7b8", "#e7a88b", "#b96f66", "#6d3f4b", "#fff3da", "#e2c6ae")),
        Palette("night", "#172033", "#f3ead6", "#d9d2c2",
                ("#2c3d5c", "#243452", "#1d2b46", "#121b2e", "#f2e3b8", "#3d4c69")),
        Palette("bamboo", "#eef0e2", "#1c2a1c", "#3f4d3c",
                ("#dbe5c8", "#b0c79b", "#75986d", "#3c6247", "#fdf8e4", "#c6cfb2")),
    ),
    _compose,
)  # fmt: skip
