"""冰裂纹: a window of cracked-ice lattice, each bar drawn by chance; the title on its lintel."""

from __future__ import annotations

from math import hypot
from random import Random

from quire.covers.fitting import Style, fit_small, fit_title, stacked_up
from quire.covers.model import Design, Element, Palette, Path, Rectangle, Request, Scene

__all__ = ["DESIGN"]

_LEFT, _RIGHT, _TOP = 11.0, 89.0, 11.0
_SMALLEST = 130.0
"""A pane of this area or less is cut no further."""
_SHOWS = {
    "zh-Hans": "一扇冰裂纹花窗，窗格疏密不一，几格透着颜色；书名在窗下。",
    "zh-Hant": "一扇冰裂紋花窗，窗格疏密不一，幾格透著顏色；書名在窗下。",
    "en": "A window of cracked-ice lattice, a few of its panes in colour; the title stands below.",
}

Point = tuple[float, float]
Pane = tuple[Point, ...]


def _area(pane: Pane) -> float:
    return abs(
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(pane, (*pane[1:], pane[0]), strict=True)) / 2
    )


def _cut(pane: Pane, chance: Random) -> tuple[Pane, Pane]:
    """A convex pane cut in two, from its longest side to a side across."""
    sides = len(pane)
    lengths = [
        hypot(pane[i][0] - pane[i - 1][0], pane[i][1] - pane[i - 1][1]) for i in range(sides)
    ]
    first = max(range(sides), key=lambda side: lengths[side])
    others = [side for side in range(sides) if side != first and (side - first) % sides not in
              ({1, sides - 1} if sides > 3 else set())]  # fmt: skip
    second = max(others, key=lambda side: lengths[side] * chance.uniform(0.7, 1.3))

    def place(side: int) -> Point:
        part = chance.uniform(0.34, 0.66)
        (ax, ay), (bx, by) = pane[side - 1], pane[side]
        return ax + (bx - ax) * part, ay + (by - ay) * part

    low, high = sorted((first, second))
    one, other = place(low), place(high)
    inner = (one, *pane[low:high], other)
    outer = (other, *pane[high:], *pane[:low], one)
    return inner, outer


def _panes(seed: int, height: float) -> list[Pane]:
    chance = Random(seed)
    waiting: list[Pane] = [((_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, height), (_LEFT, height))]
    done: list[Pane] = []
    while waiting:
        pane = waiting.pop()
        if _area(pane) < _SMALLEST * chance.uniform(0.7, 1.9):
            done.append(pane)
        else:
            waiting.extend(_cut(pane, chance))
    return done


def _compose(request: Request) -> Scene:
    palette, height = request.palette, request.height
    wood, *glass = palette.accents
    style = Style("serif-bold", 1.28 if request.cjk else 1.1)
    small = Style("serif-medium", 1.42, 0.03)
    stack = (("publisher", 13, 3.4, 7), ("author", 13, 4.7, 5.5), ("subtitle", 13, 4.7, 5.5))
    words, foot = stacked_up(request, small, height - 10, 78, (50, "centre"), stack)
    elements: list[Element] = [*words]
    if request.series:
        line = fit_small(request, request.series, small, (78, 8), 3.4)
        elements += line.runs(50, 5.4, palette.quiet, "series", "centre")
    title = fit_title(request, style, (80, 44), (80, foot - 12), largest=15.4)
    elements += title.runs(50, foot - title.height, palette.ink, "title", "centre")
    end = foot - title.height - 8
    ground: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    if end - _TOP > 30:
        chance = Random(request.seed + 1)
        for pane in _panes(request.seed, end):
            fill = glass[chance.randrange(1, len(glass))] if chance.random() < 0.2 else glass[0]
            ground.append(Path(pane, fill, wood, 0.75))
        ground.append(
            Path(((_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, end), (_LEFT, end)), None, wood, 1.8)
        )
    return request.scene([*ground, *elements], _SHOWS)


DESIGN = Design(
    "lattice",
    "A window of cracked-ice lattice: for the classics, memoirs, essays.",
    (
        Palette(
            "paper",
            "#f3ebda",
            "#241a12",
            "#4d3f31",
            ("#4a3524", "#faf5e8", "#d9b27c", "#b9553b", "#8fa39a"),
        ),
        Palette(
            "indigo",
            "#1c2c46",
            "#f5efe0",
            "#dcd8cb",
            ("#c9b27c", "#223655", "#3c5c86", "#c06a4a", "#6f8fa8"),
        ),
        Palette(
            "celadon",
            "#e4ece3",
            "#182720",
            "#3a4a41",
            ("#2f5a4a", "#f2f6ee", "#a9cbb6", "#d8b36a", "#7fae9b"),
        ),
        Palette(
            "lacquer",
            "#5f1718",
            "#fbf0de",
            "#f1dcc8",
            ("#e0b25a", "#701f1f", "#8f3328", "#c98d3e", "#431012"),
        ),
    ),
    _compose,
)
