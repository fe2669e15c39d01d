"""What a cover is: a scene in millimetres, and the finished picture made of it.

A design is a pure function of what the cover says, a palette and a seed to a `Scene`; a painter
(Pillow for pictures, Typst for print) draws any scene. Origin top left, x right, y down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Colour", "Cover", "Design", "Element", "Image", "Path", "Rectangle", "Request", "Scene",
    "TextRun",
]  # fmt: skip

Colour: TypeAlias = str
"""``#rrggbb`` in sRGB."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle, sides in millimetres."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour


@dataclass(frozen=True, slots=True)
class Path:
    """A polygon or line through points in millimetres; curves come already flattened."""

    points: tuple[tuple[float, float], ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 0.0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Image:
    """A picture placed to cover a box; `focus` is the point kept when it is cropped, 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    content: bytes
    focus: tuple[float, float] = (0.5, 0.33)


@dataclass(frozen=True, slots=True)
class TextRun:
    """One fitted line (or column) of text.

    Attributes:
        x: left, centre or right of the run, as `anchor` says, in millimetres.
        y: the baseline for horizontal text; the top of the first character for vertical.
        size: in millimetres, the em.
        font: a role of `quire.toolchain.fonts.FontLibrary.pick`, such as ``serif-bold``.
        tracking: added between characters, in em.
        part: what it says: ``title``, ``subtitle``, ``author``, ``publisher``, ``ornament`` …
    """

    text: str
    x: float
    y: float
    size: float
    font: str
    fill: Colour
    anchor: Literal["left", "centre", "right"] = "left"
    vertical: bool = False
    tracking: float = 0.0
    part: str = "title"


Element: TypeAlias = Rectangle | Path | Image | TextRun


@dataclass(frozen=True)
class Scene:
    """A whole cover, back to front, with what it shows in words."""

    width: float
    height: float
    elements: tuple[Element, ...]
    alt: str
    safe: float = 0.0
    language: str = "en"


@dataclass(frozen=True)
class Request:
    """What a design is given: the words of the cover, its size and its seed."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    publisher: str
    language: str
    width: float
    height: float
    seed: int
    palette: str = ""
    series: str = ""


@dataclass(frozen=True)
class Design:
    """A cover design: each file of `quire.covers.designs` offers one as ``DESIGN``."""

    name: str
    idea: str
    palettes: tuple[str, ...]
    compose: Callable[[Request], Scene]


@dataclass(frozen=True)
class Cover:
    """A finished cover: the JPEG for stores, its thumbnail (300 px wide) and its words."""

    design: str
    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    alt: str
    scene: Scene | None = None
