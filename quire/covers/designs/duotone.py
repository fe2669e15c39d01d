"""A photograph in two inks above a plain panel; without one, a landscape in the weather."""

from __future__ import annotations

import io
from math import pi, sin
from random import Random
from typing import TYPE_CHECKING, Final

from quire.covers.fitting import Style, fit_small, fit_title, stacked_up
from quire.covers.model import Design, Element, Image, Palette, Rectangle, Request, Scene

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["DESIGN"]

_LANDSCAPE = {
    "zh-Hans": "双色的风景：雾里一重重山，天边有光；书名在下方的色块里。",
    "zh-Hant": "雙色的風景：霧裡一重重山，天邊有光；書名在下方的色塊裡。",
    "en": "A landscape in two colours: ridge behind ridge in the mist, light at the horizon. The "
    "title stands on a panel below.",
}
_PHOTOGRAPH = {
    "zh-Hans": "一幅双色印刷的照片，书名在下方的色块里。",
    "zh-Hant": "一幅雙色印刷的照片，書名在下方的色塊裡。",
    "en": "A photograph printed in two colours, the title on a panel below.",
}
_LEFT: Final = 8.0
_LEAST_PICTURE: Final = 34.0
_PIXELS_A_UNIT: Final = 10
"""As many as make the picture sharp on a cover of 1600 pixels, and not as fine as its grain."""


def _landscape(seed: int, width: int, height: int) -> Picture:
    """Grey tones of ridges in the mist, the nearest darkest, with the grain of a fast film."""
    from PIL import Image as Pillow
    from PIL import ImageChops, ImageDraw, ImageFilter

    chance = Random(seed)
    sky = (
        Pillow.linear_gradient("L").resize((width, height)).point([96 + v // 2 for v in range(256)])
    )
    # Light behind the farthest ridge; Pillow's gradient has 181 at the middle of its edges.
    reach = round(width * chance.uniform(0.7, 1.0))
    glow = (
        Pillow.radial_gradient("L")
        .resize((reach, reach))
        .point([round(96 * max(0.0, 1 - value / 181) ** 1.6) for value in range(256)])
    )
    light = Pillow.new("L", (width, height))
    middle = round(width * chance.uniform(0.25, 0.75)), round(height * 0.42)
    light.paste(glow, (middle[0] - reach // 2, middle[1] - reach // 2))
    picture = ImageChops.add(sky, light)
    for number in range(6):
        near = number / 5
        level = height * (0.42 + 0.5 * near**1.15)
        rough = height * (0.055 + 0.05 * near)
        waves = [(rate, chance.random()) for rate in (0.8, 1.9, 3.7, 7.9, 17.0, 31.0)]
        crest = [
            (x, level - rough * sum(
                sin((x / width * rate + phase) * 2 * pi) / rate**0.85 for rate, phase in waves
            ))
            for x in range(-2, width + 3, 2)
        ]  # fmt: skip
        mask = Pillow.new("L", (width, height))
        ImageDraw.Draw(mask).polygon([*crest, (width + 2, height), (-2, height)], 255)
        # Mist lies in the valleys: each ridge is lighter towards its foot.
        dark = 176 - round(150 * near**0.8)
        foot = min(225, dark + 78 - round(50 * near))
        tones = [round(dark + (foot - dark) * min(1, value / 150)) for value in range(256)]
        fall = (
            Pillow.linear_gradient("L").resize((width, max(2, round(height * 0.45)))).point(tones)
        )
        ridge = Pillow.new("L", (width, height), foot)
        # The waves rise to two and a half times their measure at most.
        ridge.paste(fall, (0, round(level - 1.6 * rough)))
        ridge.paste(dark, (0, 0, width, max(0, round(level - 1.6 * rough))))
        picture.paste(ridge, (0, 0), mask.filter(ImageFilter.GaussianBlur(0.6 + 1.2 * (1 - near))))
    grain = Pillow.frombytes(
        "L", (width // 2, height // 2), chance.randbytes((width // 2) * (height // 2))
    )
    coarse = grain.resize((width, height), Pillow.Resampling.BICUBIC)
    return Pillow.blend(picture, coarse, 0.07)


def _printed(picture: Picture, palette: Palette) -> bytes:
    """Grey tones in the palette's two inks."""
    from PIL import ImageOps

    shadow, middle, light = palette.accents[:3]
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    content = io.BytesIO()
    ImageOps.colorize(grey, shadow, light, middle).save(content, "JPEG", quality=92)
    return content.getvalue()


def _compose(request: Request) -> Scene:
    from PIL import Image as Pillow

    palette, height = request.palette, request.height
    style = Style("serif-bold", 1.28 if request.cjk else 1.1)
    small = Style("serif-medium", 1.42, 0.02)
    stack = (("publisher", 9, 3.4, 4), ("author", 13, 4.7, 6), ("subtitle", 18, 4.7, 5))
    words, foot = stacked_up(request, small, height - 9, 84, (_LEFT, "left"), stack)
    elements: list[Element] = [*words]
    title = fit_title(request, style, (84, 44), (84, foot - _LEAST_PICTURE - 14), largest=15.4)
    elements += title.runs(_LEFT, foot - title.height, palette.ink, "title")
    top = foot - title.height - 7
    if request.series:
        line = fit_small(request, request.series, small, (84, 9), 3.4)
        elements += line.runs(_LEFT, top - line.height + 1, palette.quiet, "series")
        top -= line.height + 4
    panel = max(top, 0.0)
    ground: list[Element] = [Rectangle(0, 0, 100, height, palette.ground)]
    if panel > _LEAST_PICTURE / 2:
        if request.photograph:
            with Pillow.open(io.BytesIO(request.photograph)) as photograph:
                content = _printed(photograph, palette)
        else:
            size = 100 * _PIXELS_A_UNIT, round(panel * _PIXELS_A_UNIT)
            content = _printed(_landscape(request.seed, *size), palette)
        ground.append(Image(0, 0, 100, panel, content, (0.5, 0.4)))
        ground.append(Rectangle(0, panel, 100, 0.9, palette.accents[3]))
    shows = _PHOTOGRAPH if request.photograph else _LANDSCAPE
    return request.scene([*ground, *elements], shows)


DESIGN = Design(
    "duotone",
    "A photograph in two inks, yours or a landscape: for reportage, travel, biography.",
    (
        Palette(
            "ink", "#14202b", "#f6efe0", "#d9d3c4", ("#14202b", "#4f7182", "#f3e6cd", "#e0a23a")
        ),
        Palette(
            "rust", "#f2e7d6", "#33140d", "#5c3527", ("#33140d", "#b5542f", "#f6e2c0", "#b5542f")
        ),
        Palette(
            "moss", "#16271f", "#f2f0dc", "#d3d7c0", ("#0f1f18", "#4d7f62", "#ecebc9", "#d8b54a")
        ),
        Palette(
            "plum", "#f4e9ea", "#2b1230", "#583c5d", ("#2b1230", "#93568f", "#f8dfd2", "#c2583f")
        ),
    ),
    _compose,
)
