"""For a printer that takes no RGB, figures are grey, and as light as they were."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from sample import figure, passage, sample_book, section

from quire.assembly.model import Book, Medium
from quire.checks.preflight.sheets import read_pdf
from quire.editions.model import Artifact, BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.editions.print_pdf.boxes import with_boxes

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="120" height="80">
  <linearGradient id="g">
    <stop offset="0" stop-color="#d02020"/>
    <stop offset="0.4" stop-color="#20a040"/>
    <stop offset="1" stop-color="#f0e010"/>
  </linearGradient>
  <rect width="120" height="40" fill="url(#g)"/>
  <circle cx="30" cy="60" r="15" fill="#2040c0" stroke="orange" stroke-width="4"/>
  <g opacity="0.5"><rect x="60" y="45" width="40" height="30" fill="teal"/></g>
</svg>
"""


def coloured(folder: Path, kind: str) -> Medium:
    path = folder / f"colour.{kind}"
    if kind == "svg":
        path.write_text(DRAWING, "utf-8")
        return Medium(path.name, path, "image/svg+xml")
    picture = Image.linear_gradient("L").resize((600, 400))
    across = picture.rotate(90).resize((600, 400))
    picture = Image.merge("RGB", (picture, across, picture.rotate(180)))
    if kind == "png":
        picture.putalpha(Image.linear_gradient("L").resize((600, 400)))
    picture.save(path, quality=95)
    return Medium(path.name, path, "image/png" if kind == "png" else "image/jpeg")


def built(medium: Medium, printer: str | None, context: BuildContext, out: Path) -> Artifact:
    base = sample_book(print={"printer": printer, "trim": "6x9"})
    picture = figure("f", "图1", "有颜色的图", medium.name, "有颜色的图。")
    text = [*passage("一段字。"), picture]
    chapter = section("x", "chapter", "章", "第一章", 0, text)
    return PRINT.build(Book(base.metadata, (chapter,), (), (), (), (medium,)), out, context)


def picture_of(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        return document[0].render(scale=2).to_pil().convert("L")


@pytest.mark.parametrize("kind", ["svg", "png", "jpg"])
def test_no_rgb_is_left_and_nothing_is_lighter_or_darker(
    kind: str, context: BuildContext, tmp_path: Path
) -> None:
    colour = built(coloured(tmp_path, kind), None, context, tmp_path).path
    grey = tmp_path / "grey.pdf"
    grey.write_bytes(with_boxes(colour.read_bytes(), 0, grey=True))

    assert "rgb" in read_pdf(colour).sheets[0].inks
    assert "rgb" not in read_pdf(grey).sheets[0].inks

    before, after = picture_of(colour.read_bytes()), picture_of(grey.read_bytes())
    assert ImageStat.Stat(before).stddev[0] > 10
    assert ImageChops.difference(before, after).getextrema()[1] <= 4


def test_a_printer_that_takes_no_rgb_gets_none(context: BuildContext, tmp_path: Path) -> None:
    done = built(coloured(tmp_path, "svg"), "ingramspark", context, tmp_path)
    assert all("rgb" not in sheet.inks for sheet in read_pdf(done.path).sheets)


def test_a_printer_that_takes_rgb_gets_it(context: BuildContext, tmp_path: Path) -> None:
    done = built(coloured(tmp_path, "svg"), "lulu", context, tmp_path)
    assert "rgb" in read_pdf(done.path).sheets[0].inks


def test_the_same_bytes_each_time(context: BuildContext, tmp_path: Path) -> None:
    medium = coloured(tmp_path, "svg")
    made = [built(medium, "ingramspark", context, tmp_path).path.read_bytes() for _ in range(2)]
    assert made[0] == made[1]
