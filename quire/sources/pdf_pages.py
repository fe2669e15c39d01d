"""What PDFium tells of one page: its glyphs, the thin rules drawn on it, and its pictures."""

from __future__ import annotations

import contextlib
import ctypes
import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quire.language.scripts import is_cjk
from quire.sources.glyphs import Glyph

__all__ = ["Picture", "glyphs_of", "pictures_of", "rules_of", "turned_by"]

_BOLD_FROM = 600
_SOFT_HYPHEN = "\xad"
_HYPHENS = ("\x02", "\ufffe", _SOFT_HYPHEN)
"""What PDFium gives for a hyphen at which a line was parted. A soft one may stand anywhere."""

_UNKNOWN = "\ufffd"
_THIN = 2.5  # points: a rule is no higher
_SHORTEST_RULE = 20.0
_SMALLEST_PICTURE = 24.0  # points: what is smaller both ways is an ornament or a bullet
_MOST_PICTURES = 2_000
_WHOLE_PAGE = 0.9  # share of a page's width and height that a scan or a background has
_TURNS_ASKED = 200
_ON_ITS_SIDE = 1
_LEAST_BELOW = 12  # ideographs one below the other: a spine's title is shorter


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its bytes, and its edges in points from the page's lower left."""

    content: bytes
    left: float
    bottom: float
    right: float
    top: float
    is_whole_page: bool


def turned_by(text_page: Any) -> int:
    """How far most of a page's type is turned, in quarters with the clock: 0 to 3."""
    import math

    import pypdfium2.raw as pdfium

    count = text_page.count_chars()
    quarters: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _TURNS_ASKED)):
        angle = pdfium.FPDFText_GetCharAngle(text_page, index)
        if angle >= 0:
            quarters[round(angle / (math.pi / 2)) % 4] += 1
    return max(quarters.items(), key=lambda item: (item[1], -item[0]))[0] if quarters else 0


def glyphs_of(page: Any) -> tuple[list[Glyph], bool]:
    """The characters of a page in the order that PDFium gives them, as if none were turned.

    Returns:
        The glyphs, and whether the page is set in vertical lines: those are laid on their side,
        so that the column on the right is the line on top.
    """
    text_page = page.get_textpage()
    try:
        turn = turned_by(text_page)
        glyphs = list(_with_line_ends(_raw_glyphs(text_page)))
    finally:
        text_page.close()
    is_vertical = not turn and _is_vertical(glyphs)
    quarter = _ON_ITS_SIDE if is_vertical else turn
    return [_turned(glyph, quarter) for glyph in glyphs] if quarter else glyphs, is_vertical


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether most ideographs stand below the one before, and few beside it."""
    wide = [one for one in glyphs if not one.generated and is_cjk(one.character)]
    below = beside = 0
    for before, glyph in itertools.pairwise(wide):
        across, down = abs(glyph.left - before.left), before.bottom - glyph.bottom
        size = max(before.size, glyph.size)
        below += across < 0.3 * size and 0.5 * size < down < 2 * size
        beside += abs(down) < 0.3 * size and 0.5 * size < across < 2 * size
    return below >= _LEAST_BELOW and below > 2 * beside


def _raw_glyphs(text_page: Any) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    tight = [ctypes.c_double() for _ in range(4)]
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            # Beyond the first plane PDFium gives the halves of a pair one after the other.
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0
        high = 0
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium.FPDFText_GetCharBox(text_page, index, *tight)
        size = pdfium.FPDFText_GetFontSize(text_page, index)
        yield Glyph(
            _character(text_page, index, code), box.left, box.bottom, box.right, box.top,
            round(size * 2) / 2, pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_FROM,
            tight[0].value, tight[2].value, tight[3].value,
            pdfium.FPDFText_IsGenerated(text_page, index) == 1,
        )  # fmt: skip


def _character(text_page: Any, index: int, code: int) -> str:
    """The character, or U+FFFD where the font doesn't say which it is."""
    import pypdfium2.raw as pdfium

    if not code or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
        return _UNKNOWN
    return chr(code)


def _with_line_ends(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Hyphens at lines' ends as what they look like, with the line's end behind each.

    PDFium leaves that line's end out. A soft hyphen inside a line isn't seen, and stays one.
    """
    waiting: Glyph | None = None
    for glyph in glyphs:
        if waiting is not None:
            yield from _settled(waiting, glyph)
            waiting = None
        if glyph.character in _HYPHENS:
            waiting = glyph
        else:
            yield glyph
    if waiting is not None:
        yield replace(waiting, character="-", generated=False)


def _settled(hyphen: Glyph, following: Glyph) -> Iterator[Glyph]:
    is_line_end = following.character in "\r\n"
    # Behind a column's last line comes the next one's top.
    is_elsewhere = following.left < hyphen.left or following.bottom > hyphen.top
    if not is_line_end and not is_elsewhere and hyphen.character == _SOFT_HYPHEN:
        yield replace(hyphen, generated=True)
        return
    yield replace(hyphen, character="-", generated=False)
    if not is_line_end and is_elsewhere:
        yield replace(hyphen, character="\n", generated=True)


def _turned(glyph: Glyph, turn: int) -> Glyph:
    """A glyph where it stands when the sheet is turned until its type is upright."""
    left, bottom, right, top = glyph.left, glyph.bottom, glyph.right, glyph.top
    low, high = glyph.ink_bottom, glyph.ink_top
    if turn == 3:
        # Upwards: what was up is right. The ink of such type is told by its box alone.
        left, bottom, right, top = bottom, -right, top, -left
        low, high = bottom, top
    elif turn == 2:
        left, bottom, right, top = -right, -top, -left, -bottom
        low, high = -high, -low
    else:
        left, bottom, right, top = -top, left, -bottom, right
        low, high = bottom, top
    return replace(
        glyph, left=left, bottom=bottom, right=right, top=top, ink_left=left, ink_bottom=low,
        ink_top=high,
    )  # fmt: skip


def rules_of(page: Any) -> tuple[tuple[float, float, float], ...]:
    """The thin rules drawn across a page, from the top down.

    Returns:
        (height, left end, right end) of each, in points.
    """
    import pypdfium2.raw as pdfium

    found = set()
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2):
        with contextlib.suppress(Exception):
            left, bottom, right, top = path.get_bounds()
            if top - bottom <= _THIN and right - left >= _SHORTEST_RULE:
                found.add((round((top + bottom) / 2, 1), round(left, 1), round(right, 1)))
    return tuple(sorted(found, reverse=True))


def pictures_of(page: Any) -> list[Picture]:
    """The pictures embedded on a page, from the top down; ornaments are left out."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    found = []
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    for _, image in zip(range(_MOST_PICTURES), images, strict=False):
        # A picture that PDFium can't unpack is none: its text stays all the same.
        with contextlib.suppress(Exception):
            left, bottom, right, top = image.get_bounds()
            if max(right - left, top - bottom) < _SMALLEST_PICTURE:
                continue
            whole = right - left >= _WHOLE_PAGE * width and top - bottom >= _WHOLE_PAGE * height
            content = b"" if whole else _bytes_of(image)
            found.append(Picture(content, left, bottom, right, top, whole))
    return sorted(found, key=lambda one: (-one.top, one.left))


def _bytes_of(image: Any) -> bytes:
    """A picture as it is embedded when that is JPEG; else as PNG."""
    if image.get_filters(skip_simple=True) == ["DCTDecode"]:
        held = io.BytesIO()
        image.extract(held)
        if held.getvalue().startswith(b"\xff\xd8\xff"):
            return held.getvalue()
    packed = io.BytesIO()
    image.get_bitmap(render=False).to_pil().save(packed, "PNG")
    return packed.getvalue()
