"""Whether a scene may be shown: words within the safe box, none over another, colours far apart."""

from __future__ import annotations

from itertools import combinations

from quire.covers.lettering import Box, Lettering
from quire.covers.model import MARGIN, WIDTH, Colour, Scene

__all__ = ["contrast", "faults"]


def faults(scene: Scene, letters: Lettering) -> tuple[str, ...]:
    """What is wrong with the place of a scene's words, by their measured ink; nothing if sound."""
    safe = Box(MARGIN, MARGIN, WIDTH - MARGIN, scene.height - MARGIN)
    boxes = [(run, letters.box(run)) for run in scene.words]
    found = [
        f"the {run.part} {run.text!r} comes too near to the edge"
        for run, box in boxes
        if box.left < safe.left - 0.01
        or box.top < safe.top - 0.01
        or box.right > safe.right + 0.01
        or box.bottom > safe.bottom + 0.01
    ]
    found += [
        f"the {one.part} {one.text!r} runs into the {other.part} {other.text!r}"
        for (one, box), (other, second) in combinations(boxes, 2)
        if box.meets(second)
    ]
    return tuple(found)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
