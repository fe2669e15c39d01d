"""Pages of a PDF side by side as in the bound book, with its measures drawn over them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quire.editions.typesetting.trims import Page

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Measures", "contact_sheets", "spreads_of"]

_SHEET: Final = (2480, 1754)
"""Pixels of a sheet: A4 across at 210 an inch."""
_ACROSS: Final = 2
_DOWN: Final = 2
_ROOM: Final = 46  # pixels between spreads, and around them
_LEGEND: Final = 44
_TRIM: Final = "#d0208c"
_AREA: Final = "#1f8fb5"
_GRID: Final = "#bfe3ef"
_SAFE: Final = "#e08a1e"
_WORDS: Final = (
    (_TRIM, "trim"), (_SAFE, "safe area"), (_AREA, "type area"), (_GRID, "lines and grid"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measures:
    """What is drawn over a page.

    Attributes:
        page: its measures, in points.
        counted: whether the text is set in a grid of characters.
        bound_right: whether rectos are at the left, as in Arabic books.
        safe: the width along the trim that words keep out of, in points.
    """

    page: Page
    counted: bool
    bound_right: bool
    safe: float


def spreads_of(pages: int) -> Iterator[tuple[int | None, int | None]]:
    """Verso and recto of each spread, by number from 1; the first recto stands alone."""
    yield None, 1
    for verso in range(2, pages + 1, 2):
        yield verso, verso + 1 if verso < pages else None


def contact_sheets(path: Path, measures: Measures) -> list[Image]:
    """Sheets with four spreads each, with a legend at the foot."""
    import pypdfium2
    from PIL import Image as Pillow
    from PIL import ImageDraw

    width = (_SHEET[0] - _ROOM * (_ACROSS + 1)) // _ACROSS
    height = (_SHEET[1] - _LEGEND - _ROOM * (_DOWN + 1)) // _DOWN
    sheets: list[Image] = []
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        first = document[0]
        scale = min(width / 2 / first.get_width(), (height - 24) / first.get_height())
        for number, spread in enumerate(spreads_of(len(document))):
            place = number % (_ACROSS * _DOWN)
            if not place:
                sheets.append(Pillow.new("RGB", _SHEET, "#e9e7e2"))
                _legend(ImageDraw.Draw(sheets[-1]))
            column, row = place % _ACROSS, place // _ACROSS
            left = _ROOM + column * (width + _ROOM)
            top = _ROOM + row * (height + _ROOM)
            sides = spread[::-1] if measures.bound_right else spread
            for side, page in enumerate(sides):
                if page is not None:
                    shown = _page(document, page, scale, measures)
                    middle = left + width // 2
                    at = middle - shown.width if side == 0 else middle
                    sheets[-1].paste(shown, (at, top))
                    label = document.get_page_label(page - 1) or str(page)
                    ImageDraw.Draw(sheets[-1]).text(
                        (at + shown.width / 2, top + shown.height + 4), label, "#555555",
                        anchor="ma", font_size=16,
                    )  # fmt: skip
    return sheets


def _page(document: Any, number: int, scale: float, measures: Measures) -> Image:
    from PIL import ImageChops, ImageDraw

    sheet = document[number - 1]
    picture: Image = sheet.render(scale=scale).to_pil().convert("RGB")
    left, bottom, right, top = sheet.get_trimbox()
    _, _, _, edge = sheet.get_mediabox()
    box = (left * scale, (edge - top) * scale, right * scale - 1, (edge - bottom) * scale - 1)
    at_left = (number % 2 == 1) != measures.bound_right  # where the spine is
    over = picture.copy()
    _draw(ImageDraw.Draw(over), box, at_left, scale, measures)
    # Ink stays black under what is drawn over it.
    return ImageChops.darker(picture, over)


def _draw(
    draw: Any, box: tuple[float, float, float, float], at_left: bool, scale: float,
    measures: Measures,
) -> None:  # fmt: skip
    page, (left, top, right, bottom) = measures.page, box
    start = left + (page.inner if at_left else page.outer) * scale
    end = start + page.measure * scale
    first = top + page.top * scale
    pitch, body = page.pitch * scale, page.body * scale
    last = first + (page.lines - 1) * pitch + body
    for line in range(page.lines):
        base = first + line * pitch + body
        draw.line((start, base, end, base), _GRID)
    if measures.counted:
        for character in range(1, round(page.measure / page.body)):
            x = start + character * body
            draw.line((x, first, x, last), _GRID)
    draw.rectangle((start, first, end, last), outline=_AREA)
    inset = measures.safe * scale
    draw.rectangle((left + inset, top + inset, right - inset, bottom - inset), outline=_SAFE)
    draw.rectangle(box, outline=_TRIM)


def _legend(draw: Any) -> None:
    x, y = _ROOM, _SHEET[1] - _LEGEND - 4
    for colour, words in _WORDS:
        draw.line((x, y + 12, x + 40, y + 12), colour, 4)
        draw.text((x + 50, y), words, "#333333", font_size=20)
        x += 250
