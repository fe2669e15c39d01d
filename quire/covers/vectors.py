"""The painter of vectors: a scene as Typst markup, its type set as type.

What the painter of pictures draws, this draws at the same places: each run of glyphs is set in the
very face that was measured, from the very baseline, so that the two agree to a pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quire.covers.lettering import Glyphs, Lettering
from quire.covers.model import WIDTH, Element, Image, Path, Rectangle, Scene, TextRun
from quire.toolchain.quoting import value

__all__ = ["pictures_of", "scene_markup"]

_AS_WIDE_AS_IT_LIKES: Final = "10000mm"


def scene_markup(scene: Scene, letters: Lettering, width: float, pictures: str = "") -> str:
    """A scene as a block of Typst markup, to be placed on a page.

    Args:
        scene: what to draw.
        letters: type in the scene's language.
        width: of the drawing, in millimetres; its height follows.
        pictures: where those of `pictures_of` lie, as ``<pictures><number>.png``, counted from 0.

    Returns:
        A block of that width, clipped at its edges.
    """
    unit = width / WIDTH
    numbers = iter(range(len(scene.elements)))
    drawn = "".join(
        line
        for element in scene.elements
        for line in _drawn(element, letters, unit, pictures, numbers)
    )
    size = f"width: {_mm(width)}, height: {_mm(scene.height * unit)}"
    return f"#block({size}, clip: true)[\n{drawn}]\n"


def pictures_of(scene: Scene) -> tuple[bytes, ...]:
    """The scene's pictures as PNG, each cropped to its box about its focus."""
    import io

    from PIL import Image as Pillow
    from PIL import ImageOps

    made = []
    for image in (one for one in scene.elements if isinstance(one, Image)):
        with Pillow.open(io.BytesIO(image.content)) as content:
            whole = content.convert("RGB")
        ratio = min(whole.width / image.width, whole.height / image.height)
        box = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
        file = io.BytesIO()
        ImageOps.fit(whole, box, centering=image.focus).save(file, "PNG")
        made.append(file.getvalue())
    return tuple(made)


def _drawn(
    element: Element, letters: Lettering, unit: float, pictures: str, numbers: Iterator[int]
) -> Iterator[str]:
    match element:
        case Rectangle():
            x, y, size = _box(element, unit)
            yield _placed(x, y, f"rect({size}, fill: {_colour(element.fill)})")
        case Path():
            yield _placed(0, 0, _curve(element, unit))
        case Image():
            x, y, size = _box(element, unit)
            yield _placed(x, y, f'image("{pictures}{next(numbers)}.png", {size}, fit: "stretch")')
        case TextRun():
            left, top = letters.origin(element), element.y
            for glyphs in letters.place(
                element.text, element.font, element.tracking, vertical=element.vertical
            ):
                yield _placed(
                    (left + glyphs.x * element.size) * unit,
                    (top + glyphs.y * element.size) * unit,
                    _set(glyphs, element, unit),
                )


def _box(element: Rectangle | Image, unit: float) -> tuple[float, float, str]:
    size = f"width: {_mm(element.width * unit)}, height: {_mm(element.height * unit)}"
    return element.x * unit, element.y * unit, size


def _curve(path: Path, unit: float) -> str:
    first, *others = (f"({_mm(x * unit)}, {_mm(y * unit)})" for x, y in path.points)
    fill = _colour(path.fill) if path.fill else "none"
    stroke = "none"
    if path.stroke and path.stroke_width:
        thickness = _mm(path.stroke_width * unit)
        stroke = f'(paint: {_colour(path.stroke)}, thickness: {thickness}, join: "round")'
    steps = [f"curve.move({first})", *(f"curve.line({point})" for point in others)]
    if path.closed:
        steps.append('curve.close(mode: "straight")')
    return f"curve(fill: {fill}, stroke: {stroke}, {', '.join(steps)})"


def _set(glyphs: Glyphs, run: TextRun, unit: float) -> str:
    face = glyphs.face
    style = "italic" if face.italic else "normal"
    words = (
        f'text(font: "{face.family}", weight: {face.weight}, style: "{style}", '
        f"size: {_mm(run.size * unit)}, fill: {_colour(run.fill)}, fallback: false, "
        f'cjk-latin-spacing: none, top-edge: "baseline", bottom-edge: "baseline", '
        f"{value(glyphs.text)})"
    )
    # As wide as it likes: a line never turns, however narrow the scene is.
    line = f"box(width: {_AS_WIDE_AS_IT_LIKES}, align(left, {words}))"
    return f"rotate(90deg, origin: top + left, {line})" if glyphs.turned else line


def _placed(x: float, y: float, what: str) -> str:
    return f"#place(top + left, dx: {_mm(x)}, dy: {_mm(y)}, {what})\n"


def _mm(length: float) -> str:
    return f"{length:.4f}mm"


def _colour(colour: str) -> str:
    return f'rgb("{colour}")'
