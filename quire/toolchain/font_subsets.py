"""Subsets of typefaces to put into a book: whether a licence lets us, and the subset itself."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from quire.problems import Problem
from quire.toolchain.fonts import FontFile

__all__ = ["Subset", "licence_problems", "subset_name", "subset_of"]

# OpenType, table OS/2, fsType. Without these bits a font may be put into a document that is read.
_RESTRICTED, _WHOLE_ONLY, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_FORBIDS: Final = (
    (_RESTRICTED, "may not be embedded at all"),
    (_WHOLE_ONLY, "may be embedded only as a whole, not as a subset"),
    (_BITMAPS_ONLY, "may be embedded only as bitmaps"),
)
_OPEN_LICENCES = re.compile(
    r"Open ?Font ?Licen[sc]e|sil\.org/OFL|Apache Licen[sc]e|apache\.org/licenses|"
    r"Creative ?Commons Zero|\bCC0\b|public domain|Arphic Public Licen[sc]e|Ubuntu Font Licen[cs]e|"
    r"M\+ FONTS? LICEN[SC]E|Bitstream Vera|font exception|font embedding exception",
    re.IGNORECASE,
)
_COPYRIGHT, _FAMILY, _STYLE, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL = (
    0, 1, 2, 4, 5, 6, 13, 14,
)  # fmt: skip
_KEPT_NAMES: Final = (
    _COPYRIGHT, _FAMILY, _STYLE, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL,
)  # fmt: skip
_MORE_FEATURES: Final = ("smcp", "onum", "pnum", "halt", "vhal", "chws", "vchw")
"""Besides those that fontTools keeps: small capitals, old-style figures, half-width punctuation."""
_OF_EDITORS: Final = ("FFTM", "GlyphOrder", "STAT")
"""Tables that only a type designer's program reads."""
_MEDIA_TYPES: Final = {".woff2": "font/woff2", ".otf": "font/otf", ".ttf": "font/ttf"}
"""EPUB 3.3 section 3.2, core media types."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A part of a typeface.

    Attributes:
        content: the font file.
        suffix: of its name, with the point.
        media_type: of EPUB's core media types.
        whole: bytes of the typeface that it was taken from.
    """

    content: bytes
    suffix: str
    media_type: str
    whole: int


def subset_name(family: str) -> str:
    """What a subset is called, so that nobody takes it for the typeface."""
    return f"{family} Subset"


def licence_problems(faces: Iterable[FontFile]) -> list[Problem]:
    """Why these faces may not be put into a book; nothing if all may.

    The bits of OS/2 fsType are obeyed whatever else is said. Where they allow it, the licence in
    the name table must be an open one, unless the face lies in the book's own ``fonts/``: who
    put it there answers for it.
    """
    from fontTools.ttLib import TTFont

    problems = []
    for face in faces:
        with TTFont(face.path, lazy=True, fontNumber=face.index) as font:
            bits = int(font["OS/2"].fsType)
            said = [font["name"].getDebugName(number) for number in (_LICENCE, _LICENCE_URL)]
        forbidden = next((words for bit, words in _FORBIDS if bits & bit), "")
        if forbidden:
            problems.append(_refusal(face, f"says in OS/2 fsType that it {forbidden}"))
        elif face.origin != "book" and not _OPEN_LICENCES.search(" ".join(filter(None, said))):
            problems.append(_refusal(face, "states no open licence in its name table"))
    return problems


def _refusal(face: FontFile, why: str) -> Problem:
    return Problem(
        "font-not-to-be-embedded",
        f"The typeface {face.family} {face.weight} {why}.",
        "Put a typeface with an open licence, or one that you have the right to embed, into the "
        "book's `fonts`, or set `fonts: none` under `epub` in metadata.yaml.",
        str(face.path),
    )


def subset_of(face: FontFile, text: str) -> Subset:
    """The part of a face that sets `text`: the same bytes for the same characters each time.

    WOFF2 where the package brotli is installed, else the face's own format.

    Args:
        face: the typeface; its licence has been looked at.
        text: the characters, in any order; those that the face doesn't have are left out.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = [*options.layout_features, *_MORE_FEATURES]
    options.drop_tables = [*options.drop_tables, *_OF_EDITORS]
    options.name_IDs = list(_KEPT_NAMES)
    options.hinting = False
    options.notdef_outline = True
    with TTFont(face.path, fontNumber=face.index, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted({ord(sign) for sign in text}))
        subsetter.subset(font)
        family = subset_name(face.family)
        style = font["name"].getDebugName(_STYLE) or "Regular"
        for number, name in (
            (_FAMILY, family),
            (_FULL, f"{family} {style}"),
            (_POSTSCRIPT, f"{family}-{style}".replace(" ", "")),
        ):
            for record in font["name"].names:
                if record.nameID == number:
                    record.string = name
        suffix = ".otf" if font.sfntVersion == "OTTO" else ".ttf"
        if importlib.util.find_spec("brotli") is not None:
            font.flavor, suffix = "woff2", ".woff2"
        packed = io.BytesIO()
        font.save(packed)
    return Subset(packed.getvalue(), suffix, _MEDIA_TYPES[suffix], face.path.stat().st_size)
