"""Type, measured and placed: which face draws which character, where, and how far its ink goes.

Pillow draws a run with one face and leaves boxes where that face has no glyph, so that runs are
split here by what faces can draw. Measures are in em, taken at one large size, and so the same
whatever the size painted.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from quire.covers.model import TextRun
from quire.language import is_cjk
from quire.problems import BookError, Problem
from quire.toolchain.fonts import FontFile, FontLibrary, missing_characters

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

__all__ = ["Box", "Glyphs", "Lettering", "can_shape", "load_face", "right_to_left"]

_MEASURED_AT: Final = 256
"""Pixels of the em at which type is measured: large enough that hinting doesn't count."""

_EM_TOP: Final = 0.88
"""From the top of a Han character's square to the baseline, in em (Noto and Source Han)."""

# Upright marks for columns, Unicode's Vertical Forms and CJK Compatibility Forms. In mainland
# columns the outer quotation marks are the white hooks.
_VERTICAL: Final = str.maketrans({
    "，": "︐", "、": "︑", "。": "︒", "：": "︓", "；": "︔", "！": "︕", "？": "︖",
    "《": "︽", "》": "︾", "〈": "︿", "〉": "﹀", "（": "︵", "）": "︶", "「": "﹁", "」": "﹂",
    "『": "﹃", "』": "﹄", "【": "︻", "】": "︼", "“": "﹃", "”": "﹄", "‘": "﹁", "’": "﹂",
    "—": "︱", "…": "︙", "〔": "︹", "〕": "︺", "～": "︴",
})  # fmt: skip

_STAND_IN: Final = ("latin-serif", "serif", "latin-sans", "sans", "kai")
_REGULAR: Final = 400
_BOLD: Final = 700
_FULL_WIDTH_IN_CHINESE: Final = frozenset("“”‘’—…·")


@dataclass(frozen=True, slots=True)
class Box:
    """Where ink is; `top` is above `bottom`, so the lesser number."""

    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, x: float, y: float) -> Box:
        """The same box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def scaled(self, factor: float) -> Box:
        """The same box, larger or smaller about the origin."""
        return Box(self.left * factor, self.top * factor, self.right * factor, self.bottom * factor)

    def joined(self, other: Box) -> Box:
        """The least box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def meets(self, other: Box) -> bool:
        """Whether the two have area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters that one face draws at once, where its baseline begins, in em.

    `turned` text is drawn clockwise by a right angle: its baseline runs down.
    """

    text: str
    face: FontFile
    x: float
    y: float
    turned: bool = False


@lru_cache(maxsize=64)
def load_face(face: FontFile, pixels: float) -> FreeTypeFont:
    """A face at a size, ready to draw."""
    from PIL import ImageFont

    return ImageFont.truetype(str(face.path), pixels, index=face.index)


class Lettering:
    """Type for covers in one language, from a library of fonts."""

    def __init__(self, fonts: FontLibrary, language: str) -> None:
        """Choose faces for `language`, a tag such as ``zh-Hans``."""
        self._fonts = fonts
        self._language = language
        self._faces: dict[tuple[str, str], FontFile] = {}
        self._boxes: dict[tuple[str, str, float, bool], Box] = {}
        self._advances: dict[tuple[str, FontFile], float] = {}

    def place(
        self, text: str, role: str, tracking: float = 0.0, *, vertical: bool = False
    ) -> tuple[Glyphs, ...]:
        """The glyphs of a line or column, in em.

        The origin is the left of a line's baseline, or the middle of a column's top.

        Raises:
            BookError: no face has one of the characters.
        """
        if vertical:
            return tuple(self._column(text, role, tracking))
        return tuple(self._line(text, role, tracking))

    def ink(self, text: str, role: str, tracking: float = 0.0, *, vertical: bool = False) -> Box:
        """The ink of a line or column about its origin, in em."""
        key = (text, role, tracking, vertical)
        if key not in self._boxes:
            boxes = [
                _ink_of(glyphs) for glyphs in self.place(text, role, tracking, vertical=vertical)
            ]
            box = boxes[0] if boxes else Box(0, 0, 0, 0)
            for other in boxes[1:]:
                box = box.joined(other)
            self._boxes[key] = box
        return self._boxes[key]

    def advance(self, text: str, role: str, tracking: float = 0.0) -> float:
        """How far a line takes the pen, in em, without the tracking after its last character."""
        end = 0.0
        for glyphs in self.place(text, role, tracking):
            end = glyphs.x + self._advance(glyphs.text, glyphs.face)
        return end

    def origin(self, run: TextRun) -> float:
        """Where the run's origin lies, from its anchor: x in the scene."""
        if run.vertical:
            return run.x
        left, right = self.edges(run.text, run.font, run.tracking)
        match run.anchor:
            case "left":
                return run.x - left * run.size
            case "centre":
                return run.x - (left + right) / 2 * run.size
            case "right":
                return run.x - right * run.size

    def box(self, run: TextRun) -> Box:
        """The ink of a run, where it stands in the scene."""
        em = self.ink(run.text, run.font, run.tracking, vertical=run.vertical)
        return em.scaled(run.size).shifted(self.origin(run), run.y)

    def edges(self, text: str, role: str, tracking: float = 0.0) -> tuple[float, float]:
        """The edges that the eye lines up, in em from the origin.

        A Han character fills its square, and lines of them align by squares. Everything else
        (Latin letters, the blank half of 《 or 。) aligns by its ink.
        """
        ink = self.ink(text, role, tracking)
        advance = self.advance(text, role, tracking)
        left = 0.0 if text and _is_square(text[0]) else ink.left
        right = advance if text and _is_square(text[-1]) else ink.right
        return left, right

    def _line(self, text: str, role: str, tracking: float) -> Iterator[Glyphs]:
        """A line's glyphs from the left; letters that join are never set apart."""
        pen = 0.0
        parts = list(self._parts(text, role))
        if _begins_right_to_left(text):
            parts.reverse()
        for part, face in parts:
            for piece in _clusters(part) if tracking and not right_to_left(part) else (part,):
                yield Glyphs(piece, face, pen, 0.0)
                pen += self._advance(piece, face) + tracking

    def _column(self, text: str, role: str, tracking: float) -> Iterator[Glyphs]:
        pen = 0.0
        for upright, part in _upright_and_turned(text):
            if not upright:
                for piece, face in self._parts(part, role):
                    # The middle of the letters' height comes upon the column's middle.
                    yield Glyphs(piece, face, -0.33, pen, turned=True)
                    pen += self._advance(piece, face)
                pen += tracking
                continue
            for cluster in _clusters(part):
                shown = cluster.translate(_VERTICAL)
                piece, face = next(iter(self._parts(shown, role)))
                yield Glyphs(piece, face, -self._advance(piece, face) / 2, pen + _EM_TOP)
                pen += 1 + tracking

    def _parts(self, text: str, role: str) -> Iterator[tuple[str, FontFile]]:
        """A text as the longest parts that one face can draw."""
        part, current = "", None
        for cluster in _clusters(text):
            face = self._face(cluster, role)
            if face != current and part and current:
                yield part, current
                part = ""
            part, current = part + cluster, face
        if part and current:
            yield part, current

    def _face(self, cluster: str, role: str) -> FontFile:
        """The first face that has all of a character and its marks."""
        key = (cluster, role)
        if key not in self._faces:
            weight = role.removeprefix("latin-").partition("-")[2]
            roles = (role, *(f"{slot}-{weight}" if weight else slot for slot in _STAND_IN))
            chain = itertools.chain(
                (self._fonts.pick(one, tag) for tag in self._tags() for one in roles),
                self._fonts.others(_BOLD if "bold" in weight or "black" in weight else _REGULAR),
            )
            found = next((face for face in chain if not missing_characters(face, cluster)), None)
            if found is None:
                raise _without_glyph(cluster)
            self._faces[key] = found
        return self._faces[key]

    def _tags(self) -> tuple[str, ...]:
        """The language, and the one whose typefaces have the most characters."""
        return tuple(dict.fromkeys((self._language, "zh-Hans")))

    def _advance(self, text: str, face: FontFile) -> float:
        key = (text, face)
        if key not in self._advances:
            self._advances[key] = load_face(face, _MEASURED_AT).getlength(text) / _MEASURED_AT
        return self._advances[key]


def right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


def can_shape() -> bool:
    """Whether Pillow was built to join letters and to order them from right to left."""
    from PIL import features

    return bool(features.check("raqm"))


def _begins_right_to_left(text: str) -> bool:
    """Whether a line's first letter says so (Unicode Standard Annex 9, rules P2 and P3)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _ink_of(glyphs: Glyphs) -> Box:
    font = load_face(glyphs.face, _MEASURED_AT)
    box = Box(*font.getbbox(glyphs.text, anchor="ls")).scaled(1 / _MEASURED_AT)
    if glyphs.turned:
        box = Box(-box.bottom, box.left, -box.top, box.right)
    return box.shifted(glyphs.x, glyphs.y)


def _clusters(text: str) -> list[str]:
    """Characters, each with the marks that combine with it."""
    clusters: list[str] = []
    for sign in text:
        joins = unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"}
        if clusters and joins:
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return clusters


def _upright_and_turned(text: str) -> Iterator[tuple[bool, str]]:
    """A column's stretches: squares stand upright, Latin words lie on their side."""
    part, was = "", True
    for sign in text:
        upright = is_cjk(sign) or sign in _FULL_WIDTH_IN_CHINESE
        if part and upright != was:
            yield was, part
            part = ""
        part, was = part + sign, upright
    if part:
        yield was, part


def _is_square(sign: str) -> bool:
    return is_cjk(sign) and unicodedata.category(sign) in {"Lo", "Lm", "Nl"}


def _without_glyph(cluster: str) -> BookError:
    code = " ".join(f"U+{ord(sign):04X}" for sign in cluster)
    return BookError(
        Problem(
            "cover-without-glyph",
            f"No typeface at hand can draw {cluster!r} ({code}) on the cover.",
            "Put a typeface that has it into the book's folder `fonts`, or give the cover other "
            "words with `cover: {title: …}`.",
            file="metadata.yaml",
        )
    )
