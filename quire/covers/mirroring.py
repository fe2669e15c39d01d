"""A cover for a language that is written from right to left: a scene, mirrored.

A design is thought out from left to right: where a title begins, what the eye meets first. In its
mirror image all of that is right for a reader of Arabic or Hebrew; letters and pictures are placed
anew, and not turned about themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from quire.covers.model import WIDTH, Anchor, Element, Image, Path, Rectangle, Scene, TextRun

__all__ = ["mirrored"]

_OTHER_SIDE: Final[dict[Anchor, Anchor]] = {"left": "right", "right": "left", "centre": "centre"}


def mirrored(scene: Scene) -> Scene:
    """The scene with left and right exchanged."""
    return replace(scene, elements=tuple(_mirrored(one) for one in scene.elements))


def _mirrored(element: Element) -> Element:
    match element:
        case Rectangle() | Image():
            return replace(element, x=WIDTH - element.x - element.width)
        case Path():
            return replace(element, points=tuple((WIDTH - x, y) for x, y in element.points))
        case TextRun():
            anchor = element.anchor if element.vertical else _OTHER_SIDE[element.anchor]
            return replace(element, x=WIDTH - element.x, anchor=anchor)
