"""What a cover is: a scene of shapes and fitted text, and the finished picture made of it.

A design is a function of what the cover says, a palette and a seed to a `Scene`; a painter draws
any scene. Lengths are hundredths of the cover's width, so that one scene serves every size and
painter; at a trim 130 mm wide, 1 is 1.3 mm. Origin top left, x right, y down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from quire.covers.lettering import Lettering

__all__ = [
    "COVER_NAME", "MARGIN", "THUMBNAIL_NAME", "THUMBNAIL_WIDTH", "WIDTH", "Anchor", "Colour",
    "Cover", "Design", "Element", "Extent", "Image", "Palette", "Path", "Rectangle", "Request",
    "Scene", "TextRun",
]  # fmt: skip

WIDTH = 100.0
"""Every scene is this wide."""
COVER_NAME: Final = "cover.jpg"
THUMBNAIL_NAME: Final = "cover-thumbnail.jpg"
THUMBNAIL_WIDTH: Final = 300
"""Pixels."""
MARGIN = 5.0
"""No word comes nearer to the edge than this: trimming is never exact."""

Colour: TypeAlias = str
"""``#rrggbb`` in sRGB."""
Anchor: TypeAlias = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour


@dataclass(frozen=True, slots=True)
class Path:
    """A polygon or line through points; curves come already flattened."""

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
        x: the left edge, centre or right edge of the line, as `anchor` says; of a column, its
            middle.
        y: the baseline of a line; the top of a column's first character.
        size: the em.
        font: a role of `quire.toolchain.fonts.FontLibrary.pick`, such as ``serif-bold``.
        tracking: added between characters, in em.
        part: what it says: ``title``, ``subtitle``, ``author``, ``publisher``, ``series``; or
            ``ornament`` for letters that are there to be looked at, not read.
    """

    text: str
    x: float
    y: float
    size: float
    font: str
    fill: Colour
    anchor: Anchor = "left"
    vertical: bool = False
    tracking: float = 0.0
    part: str = "title"


Element: TypeAlias = Rectangle | Path | Image | TextRun


@dataclass(frozen=True)
class Scene:
    """A whole cover, back to front.

    Attributes:
        height: of the scene; its width is always `WIDTH`.
        elements: what is drawn, the first at the back.
        alt: what the picture shows, in words and in the book's language.
        language: a language tag; chooses the typefaces.
    """

    height: float
    elements: tuple[Element, ...]
    alt: str = ""
    language: str = "en"

    @property
    def words(self) -> tuple[TextRun, ...]:
        """The runs that are there to be read."""
        return tuple(
            one for one in self.elements if isinstance(one, TextRun) and one.part != "ornament"
        )


@dataclass(frozen=True, slots=True)
class Palette:
    """A closed set of colours.

    Attributes:
        name: what metadata.yaml calls it.
        ground: what most of the cover is.
        ink: the title's; at least 7:1 on the ground it stands on.
        quiet: the other words'; at least 4.5:1 on theirs.
        accents: for shapes, as many as the design says; never for words.
    """

    name: str
    ground: Colour
    ink: Colour
    quiet: Colour
    accents: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a chapter is, in letters, and how many notes it calls."""

    letters: int
    notes: int


@dataclass(frozen=True)
class Request:
    """What a design is given: the words of the cover, its colours, height and seed.

    Attributes:
        title: with the author's own line breaks, if there are any.
        byline: the authors in one line, as the language joins them; may be empty.
        height: of the scene; its width is `WIDTH`.
        seed: a number made of the title; all that differs by chance comes from it.
        letters: measures type.
        extents: gives the extents of the book's chapters; none where the book isn't read. A design
            that draws them says `Request.chapters`; for others they aren't counted.
        photograph: the book's picture for designs that show one, upright sRGB as PNG; may be empty.
    """

    title: str
    subtitle: str
    byline: str
    publisher: str
    series: str
    language: str
    height: float
    seed: int
    palette: Palette
    letters: Lettering = field(compare=False)
    extents: Callable[[], tuple[Extent, ...]] = field(default=tuple, compare=False)
    photograph: bytes = field(default=b"", repr=False)

    @property
    def chapters(self) -> tuple[Extent, ...]:
        """The extents of the book's chapters, in order."""
        return self.extents()

    @property
    def cjk(self) -> bool:
        """Whether the book's language is set in squares: Chinese, Japanese or Korean."""
        return self.language.partition("-")[0].lower() in {"zh", "ja", "ko", "yue", "cmn"}

    def scene(self, elements: list[Element], shows: Mapping[str, str], **fields: str) -> Scene:
        """A scene for this request.

        Args:
            elements: what is drawn, the first at the back.
            shows: what the picture shows, by the tags of word tables (``zh-Hans``, ``en``); a
                language that isn't there gets no such words rather than foreign ones.
            fields: fill the braces in `shows`.
        """
        from quire.language import words_of

        said = shows.get(words_of(self.language).tag, "")
        return Scene(self.height, tuple(elements), said.format(**fields), self.language)


@dataclass(frozen=True)
class Design:
    """A cover design: each file of `quire.covers.designs` offers one as ``DESIGN``.

    Attributes:
        name: what metadata.yaml calls it; the file's name.
        idea: one sentence on what it is good for, for the gallery.
        palettes: the first is the design's own.
        compose: makes the scene.
    """

    name: str
    idea: str
    palettes: tuple[Palette, ...]
    compose: Callable[[Request], Scene]


@dataclass(frozen=True)
class Cover:
    """A finished cover.

    Attributes:
        design: the design's name, or ``picture`` for a finished one.
        jpeg: for stores, sRGB.
        thumbnail: JPEG, 300 pixels wide.
        width: of `jpeg`, in pixels.
        height: likewise.
        alt: the cover in words, in the book's language.
        scene: what was painted; None for a finished picture.
        palette: its colours; None for a finished picture.
        compose: makes the scene for another height, in hundredths of the width; None likewise.
    """

    design: str
    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    alt: str
    scene: Scene | None = None
    palette: Palette | None = None
    compose: Callable[[float], Scene] | None = field(default=None, compare=False)
