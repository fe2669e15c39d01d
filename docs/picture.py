"""The picture in README.md: the default book's cover and three pages, from what a build made.

    .venv/bin/python docs/picture.py        # dist/ → docs/the-default-book.png

Pages are found by what is on them, so that the picture stays true when the book changes.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
OUT = ROOT / "docs" / "the-default-book.png"
HEIGHT, GAP, MARGIN = 610, 28, 18
GROUND, EDGE = "#eeebe5", "#c9c4ba"
# What a page says, without blanks, when it is the one: a chapter's opening, a figure, the notes.
OPENING = "下午四点的窗口下午四点，大厅里"
WANTED = (OPENING, "基于服务工作的行动学习金字塔", "第六章带得走的本事〔1〕")


def main() -> None:
    """Draw the picture."""
    document = pypdfium2.PdfDocument(next(DIST.glob("*-print.pdf")))
    said = [_squeezed(page.get_textpage().get_text_range()) for page in document]
    start = next(number for number, text in enumerate(said) if OPENING in text)
    sheets = [Image.open(DIST / "cover.jpg").convert("RGB")]
    for words in WANTED:
        number = next(n for n, text in enumerate(said) if n >= start and words in text)
        page = document[number].render(scale=3).to_pil().convert("RGB")
        sheets.append(page)
    sheets = [_of_height(sheet) for sheet in sheets]
    places = list(accumulate((sheet.width + GAP for sheet in sheets), initial=MARGIN))
    picture = Image.new("RGB", (places[-1] - GAP + MARGIN, HEIGHT + 2 * MARGIN), GROUND)
    for sheet, place in zip(sheets, places, strict=False):
        picture.paste(EDGE, (place - 1, MARGIN - 1, place + sheet.width + 1, MARGIN + HEIGHT + 1))
        picture.paste(sheet, (place, MARGIN))
    # The octree keeps small spots of colour, such as the one lit dot, that a median cut loses.
    method = Image.Quantize.FASTOCTREE
    picture.quantize(256, method=method, dither=Image.Dither.NONE).save(OUT, optimize=True)


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


def _of_height(sheet: Image.Image) -> Image.Image:
    size = (round(sheet.width * HEIGHT / sheet.height), HEIGHT)
    return sheet.resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
