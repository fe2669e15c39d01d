"""The measures of the sheet, and what stands on it, as Typst markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quire.covers.lettering import Lettering
from quire.covers.model import WIDTH, Element, Palette, Rectangle, Scene, TextRun
from quire.covers.vectors import scene_markup
from quire.editions.cover_wrap import barcode
from quire.toolchain.quoting import markup, value

__all__ = ["CLEAR", "Back", "Sheet", "sheet_markup", "spine_scene"]

CLEAR: Final = 1.6
"""Millimetres at each fold that words on the spine keep clear of: folding is never exact."""
_LEAST_TYPE: Final = 2.8
"""The em, in millimetres, below which words on a spine can't be read."""
_LARGEST_TYPE: Final = 9.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet's measures, in millimetres.

    Attributes:
        width: of the trimmed front.
        height: of the trimmed front.
        spine: the spine's width.
        bleed: what is printed beyond the trim on every side.
        front_at_left: whether the book is bound at the right.
    """

    width: float
    height: float
    spine: float
    bleed: float
    front_at_left: bool = False

    @property
    def whole(self) -> float:
        """From trim to trim: both covers and the spine between them."""
        return 2 * self.width + self.spine


@dataclass(frozen=True)
class Back:
    """What the back says.

    Attributes:
        paragraphs: of the description.
        shown_isbn: as it is printed, with its hyphens; may be empty.
        price: as it is printed; may be empty.
        foot: who publishes it; may be empty.
    """

    paragraphs: tuple[str, ...]
    shown_isbn: str
    price: str
    foot: str

    @property
    def isbn(self) -> str:
        """The 13 digits that the bars say, or an empty string."""
        return "".join(sign for sign in self.shown_isbn if sign.isdecimal())


@dataclass(frozen=True, slots=True)
class _Line:
    """Words on the spine.

    Attributes:
        part: what they say.
        font: their role.
        begin: how far down they may begin, as a part of the height.
        end: how far down they may end.
        size: their em, as a part of the room between the folds.
        at_foot: whether they stand at the end of their place, not at its beginning.
    """

    part: str
    font: str
    begin: float
    end: float
    size: float
    at_foot: bool = False


_LINES: Final = (
    _Line("title", "serif-bold", 0.06, 0.56, 0.86),
    _Line("author", "serif-medium", 0.60, 0.78, 0.56),
    _Line("publisher", "serif-medium", 0.82, 0.94, 0.50, at_foot=True),
)


def spine_scene(
    sheet: Sheet, palette: Palette, words: tuple[str, str, str], letters: Lettering, language: str
) -> Scene:
    """The spine: title, authors and publisher from top to bottom, Han upright, letters turned.

    A spine too thin for words has none.

    Args:
        sheet: the measures.
        palette: the cover's colours.
        words: title, authors, publisher; each may be empty.
        letters: measures type.
        language: a language tag.
    """
    unit = sheet.spine / WIDTH
    height = (sheet.height + 2 * sheet.bleed) / unit
    elements: list[Element] = [Rectangle(0, 0, WIDTH, height, palette.ground)]
    room = min(sheet.spine - 2 * CLEAR, _LARGEST_TYPE)
    if room >= _LEAST_TYPE:
        for text, line in zip(words, _LINES, strict=True):
            if not text:
                continue
            ink = letters.ink(text, line.font, vertical=True)
            long = ink.bottom - ink.top
            em = min(room * line.size, (line.end - line.begin) * sheet.height / long)
            if em < _LEAST_TYPE * 0.7:
                continue
            begin = sheet.bleed + line.begin * sheet.height
            if line.at_foot:
                begin = sheet.bleed + line.end * sheet.height - long * em
            middle = (ink.left + ink.right) / 2 * em
            elements.append(
                TextRun(
                    text, (sheet.spine / 2 - middle) / unit,
                    (begin - ink.top * em) / unit, em / unit, line.font,
                    palette.ink if line.part == "title" else palette.quiet,
                    vertical=True, part=line.part,
                )
            )  # fmt: skip
    return Scene(height, tuple(elements), language=language)


def sheet_markup(
    sheet: Sheet,
    front: Scene,
    spine: Scene,
    back: Back,
    palette: Palette,
    letters: Lettering,
    family: str,
    language: str,
    *,
    squares: bool,
) -> str:
    """The whole sheet.

    Args:
        sheet: the measures.
        front: a scene as high as trim and bleed, as wide as the front and its outer bleed.
        spine: of `spine_scene`.
        back: what the back says.
        palette: the cover's colours.
        letters: measures type.
        family: of the back's type.
        language: the book's tag.
        squares: whether it is set in squares, as Chinese is.
    """
    left_cover, right_cover = 0.0, sheet.width + sheet.spine
    front_x = -sheet.bleed if sheet.front_at_left else right_cover
    back_x = right_cover if sheet.front_at_left else left_cover
    code = language.partition("-")[0].lower()
    size = f"width: {sheet.whole:.4f}mm, height: {sheet.height:.4f}mm"
    front_width = sheet.width + sheet.bleed
    lines = [
        f"#set page({size}, margin: 0pt, bleed: {sheet.bleed}mm, fill: none)",
        f'#set text(lang: "{code}", font: {value([family])}, fill: rgb("{palette.ink}"))',
        _at(
            -sheet.bleed, -sheet.bleed,
            f"#rect(width: {sheet.whole + 2 * sheet.bleed:.4f}mm, "
            f'height: {sheet.height + 2 * sheet.bleed:.4f}mm, fill: rgb("{palette.ground}"))',
        ),
        _at(front_x, -sheet.bleed, scene_markup(front, letters, front_width, "front-")),
        _at(sheet.width, -sheet.bleed, scene_markup(spine, letters, sheet.spine)),
        _back(sheet, back, back_x, palette, squares=squares),
    ]  # fmt: skip
    return "\n".join(lines)


def _back(sheet: Sheet, back: Back, x: float, palette: Palette, *, squares: bool) -> str:
    margin = 0.13 * sheet.width
    measure = sheet.width - 2 * margin
    top = 0.13 * sheet.height
    zone = barcode.HEIGHT + 14 if back.isbn or back.price else 8
    room = sheet.height - top - zone - 22
    text = "\n\n".join(markup(paragraph) for paragraph in back.paragraphs)
    sizes = ((10.5, 8.2), (9.5, 7.2), (8.5, 6.2), (7.5, 5.2)) if squares else (
        (11, 5.0), (10, 4.4), (9, 3.8), (8, 3.2)
    )  # fmt: skip
    choices = ", ".join(f"({size}pt, {leading}pt)" for size, leading in sizes)
    said = (
        f"#block(width: {measure:.4f}mm, height: {room:.4f}mm, layout(room => {{\n"
        f"  let set-at(size, leading) = {{ set text(size: size); "
        f"set par(justify: true, leading: leading, spacing: leading + 5pt); [{text}] }}\n"
        f"  let fits = ({choices}).find(one => "
        f"measure(block(width: room.width, set-at(..one))).height <= room.height)\n"
        f'  if fits == none {{ panic("the description is too long for the back cover") }}\n'
        f"  set-at(..fits)\n}}))"
    )
    pieces = [_at(x + margin, top, said)] if text else []
    foot = sheet.height - 10
    if back.isbn:
        # At the lower right of the back, as scanners' hands expect it.
        width, height = barcode.WIDTH + 4, barcode.HEIGHT + 9
        pieces.append(_at(x + sheet.width - width - 9, foot - height, _bars(back, width, height)))
    elif back.price:
        price = f'#text(size: 8.5pt, fill: rgb("{palette.quiet}"))[{markup(back.price)}]'
        pieces.append(_at(x + margin, foot - 4, price))
    if back.foot:
        quiet = f'#text(size: 8.5pt, fill: rgb("{palette.quiet}"))[{markup(back.foot)}]'
        pieces.append(_at(x + margin, foot - (10 if back.price and not back.isbn else 4), quiet))
    return "\n".join(pieces)


def _bars(back: Back, width: float, height: float) -> str:
    """The symbol in black on white, its number below it and the price beside that."""
    start = 2 + barcode.QUIET * barcode.MODULE
    drawn = "".join(
        _at(
            start + at * barcode.MODULE, 4.6,
            f"#rect(width: {wide * barcode.MODULE:.4f}mm, height: {barcode.HEIGHT - 5:.2f}mm, "
            f"fill: cmyk(0%, 0%, 0%, 100%))",
        )
        for at, wide in barcode.bars(back.isbn)
    )  # fmt: skip
    small = "#text(size: 7.5pt, fill: cmyk(0%, 0%, 0%, 100%))"
    number = f"#box(width: {width:.3f}mm, align(center)[{small}[ISBN {markup(back.shown_isbn)}]])"
    below = f"{back.isbn[0]} {back.isbn[1:7]} {back.isbn[7:]}"
    digits = f"#box(width: {width:.3f}mm, align(center)[{small}[{below}]])"
    price = f"#box(width: {width:.3f}mm, align(center)[{small}[{markup(back.price)}]])"
    inside = _at(0, 1.4, number) + drawn + _at(0, barcode.HEIGHT + 0.4, digits)
    inside += _at(0, barcode.HEIGHT + 4.4, price) if back.price else ""
    return f"#block(width: {width:.3f}mm, height: {height:.3f}mm, fill: white)[{inside}]"


def _at(x: float, y: float, what: str) -> str:
    return f"#place(top + left, dx: {x:.4f}mm, dy: {y:.4f}mm)[{what}]\n"
