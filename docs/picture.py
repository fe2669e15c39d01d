"""The picture in README.md: the default book's cover and three spreads, from what a build made.

    .venv/bin/python docs/picture.py        # dist/ → docs/the-default-book.png

Pages are found by what is on them, so that the picture stays true when the book changes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
OUT = ROOT / "docs" / "the-default-book.png"
HEIGHT, GAP, MARGIN = 520, 28, 36
GROUND, EDGE = "#e9e6e0", "#c9c4ba"
# What a page must say to be the one: a chapter's opening, a figure, the notes.
WANTED = (r"下午四点的窗口\s*下午四点，大厅里", r"图1", r"注释（第")


def main() -> None:
    """Draw the picture."""
    document = pypdfium2.PdfDocument(next(DIST.glob("*-print.pdf")))
    texts = [page.get_textpage().get_text_range() for page in document]
    chosen = [_page_with(pattern, texts) for pattern in WANTED]
    sheets = [Image.open(DIST / "cover.jpg").convert("RGB")]
    for number in chosen:
        # Versos have odd indices here; a spread is a verso and the recto beside it.
        verso = number if number % 2 else number - 1
        pair = [document[n].render(scale=2).to_pil() for n in (verso, verso + 1)]
        spread = Image.new("RGB", (sum(one.width for one in pair), pair[0].height), "white")
        spread.paste(pair[0], (0, 0))
        spread.paste(pair[1], (pair[0].width, 0))
        spread.paste(EDGE, (pair[0].width - 1, 0, pair[0].width + 1, spread.height))
        sheets.append(spread)
    sheets = [_of_height(sheet) for sheet in sheets]
    rows = (sheets[:2], sheets[2:])
    width = max(sum(one.width for one in row) + GAP for row in rows) + 2 * MARGIN
    picture = Image.new("RGB", (width, 2 * HEIGHT + GAP + 2 * MARGIN), GROUND)
    for line, row in enumerate(rows):
        place = (width - sum(one.width for one in row) - GAP * (len(row) - 1)) // 2
        for sheet in row:
            picture.paste(sheet, (place, MARGIN + line * (HEIGHT + GAP)))
            place += sheet.width + GAP
    picture.quantize(192).save(OUT, optimize=True)


def _page_with(pattern: str, texts: list[str]) -> int:
    """The first page of the text, after the front matter, that says this."""
    start = next(i for i, text in enumerate(texts) if re.search(WANTED[0], text))
    return next(i for i, text in enumerate(texts) if i >= start and re.search(pattern, text))


def _of_height(sheet: Image.Image) -> Image.Image:
    return sheet.resize(
        (round(sheet.width * HEIGHT / sheet.height), HEIGHT), Image.Resampling.LANCZOS
    )


if __name__ == "__main__":
    main()
