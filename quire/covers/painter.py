"""The painter of pictures: a scene to pixels with Pillow.

Rectangles lie on whole pixels, so that neighbours leave no seam. Paths are drawn large on a mask
of their own and reduced: Pillow's own lines and polygons have jagged edges. Type is smoothed by
FreeType.
"""

from __future__ import annotations

import io
from math import ceil, floor, hypot
from typing import TYPE_CHECKING, Final

from quire.covers.lettering import Lettering, load_face
from quire.covers.model import WIDTH, Element, Image, Path, Rectangle, Scene, TextRun

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

__all__ = ["encode", "paint"]

_FINER: Final = 4
"""Paths are drawn this many times larger and reduced."""
_QUALITY: Final = 90


def paint(scene: Scene, letters: Lettering, pixels: int) -> Picture:
    """A scene as an RGB picture.

    Args:
        scene: what to paint.
        letters: type in the scene's language.
        pixels: how wide the picture is; its height follows.
    """
    from PIL import Image as Pillow
    from PIL import ImageDraw

    scale = pixels / WIDTH
    picture = Pillow.new("RGB", (pixels, round(scene.height * scale)), "#ffffff")
    draw = ImageDraw.Draw(picture)
    for element in scene.elements:
        _paint(element, picture, draw, letters, scale)
    return picture


def encode(picture: Picture) -> bytes:
    """A picture as JPEG; the same pixels give the same bytes, for it tells no date."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return file.getvalue()


def _paint(
    element: Element, picture: Picture, draw: ImageDraw, letters: Lettering, scale: float
) -> None:
    match element:
        case Rectangle():
            left, top = round(element.x * scale), round(element.y * scale)
            right = round((element.x + element.width) * scale)
            bottom = round((element.y + element.height) * scale)
            if right > left and bottom > top:
                draw.rectangle((left, top, right - 1, bottom - 1), element.fill)
        case Path():
            _paint_path(element, picture, scale)
        case Image():
            _paint_image(element, picture, scale)
        case TextRun():
            _paint_text(element, picture, draw, letters, scale)


def _paint_path(path: Path, picture: Picture, scale: float) -> None:
    from PIL import Image as Pillow
    from PIL import ImageDraw

    reach = path.stroke_width / 2
    left = max(0, floor((min(x for x, _ in path.points) - reach) * scale))
    top = max(0, floor((min(y for _, y in path.points) - reach) * scale))
    right = min(picture.width, ceil((max(x for x, _ in path.points) + reach) * scale))
    bottom = min(picture.height, ceil((max(y for _, y in path.points) + reach) * scale))
    if right <= left or bottom <= top:
        return
    size = (right - left) * _FINER, (bottom - top) * _FINER
    # Pillow draws through the middle of pixels; half a pixel back, and edges lie where they should.
    points = [
        ((x * scale - left) * _FINER - 0.5, (y * scale - top) * _FINER - 0.5)
        for x, y in path.points
    ]
    for colour, width in ((path.fill, 0.0), (path.stroke, path.stroke_width)):
        if colour is None:
            continue
        mask = Pillow.new("L", size)
        draw = ImageDraw.Draw(mask)
        if width:
            _stroke(draw, points, width * scale * _FINER, path.closed)
        else:
            draw.polygon(points, 255)
        picture.paste(colour, (left, top), mask.reduce(_FINER))


def _stroke(draw: ImageDraw, points: list[tuple[float, float]], width: float, closed: bool) -> None:
    """A line with round joints, as polygons: Pillow's wide lines are off by a pixel."""
    ends = points[1:] + points[:1] if closed else points[1:]
    reach = width / 2
    for (ax, ay), (bx, by) in zip(points, ends, strict=False):
        length = hypot(bx - ax, by - ay)
        if not length:
            continue
        dx, dy = (by - ay) / length * reach, (ax - bx) / length * reach
        draw.polygon(
            [(ax + dx, ay + dy), (bx + dx, by + dy), (bx - dx, by - dy), (ax - dx, ay - dy)], 255
        )
    joints = points if closed else points[1:-1]
    for x, y in joints:
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), 255)


def _paint_image(image: Image, picture: Picture, scale: float) -> None:
    from PIL import Image as Pillow
    from PIL import ImageOps

    with Pillow.open(io.BytesIO(image.content)) as content:
        box = round(image.width * scale), round(image.height * scale)
        fitted = ImageOps.fit(
            content.convert("RGB"), box, Pillow.Resampling.LANCZOS, centering=image.focus
        )
    picture.paste(fitted, (round(image.x * scale), round(image.y * scale)))


def _paint_text(
    run: TextRun, picture: Picture, draw: ImageDraw, letters: Lettering, scale: float
) -> None:
    size = run.size * scale
    x, y = letters.origin(run) * scale, run.y * scale
    for glyphs in letters.place(run.text, run.font, run.tracking, vertical=run.vertical):
        font = load_face(glyphs.face, size)
        at = x + glyphs.x * size, y + glyphs.y * size
        if glyphs.turned:
            _paint_turned(glyphs.text, at, run.fill, picture, font)
        else:
            draw.text(at, glyphs.text, run.fill, font, anchor="ls")


def _paint_turned(
    text: str, at: tuple[float, float], fill: str, picture: Picture, font: FreeTypeFont
) -> None:
    """A line turned clockwise about the start of its baseline."""
    from PIL import Image as Pillow
    from PIL import ImageDraw

    left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor="ls"))
    mask = Pillow.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), text, 255, font, anchor="ls")
    turned = mask.transpose(Pillow.Transpose.ROTATE_270)
    picture.paste(fill, (round(at[0]) - bottom - 1, round(at[1]) + left - 1), turned)
