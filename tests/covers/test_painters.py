"""A cover is one scene: painted in pixels or set in vectors, it is the same picture."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops

from quire.covers.designs import find_design, own_designs, standard_designs
from quire.covers.making import compose, request_for
from quire.covers.painter import paint
from quire.covers.vectors import pictures_of, scene_markup
from quire.metadata.model import Metadata
from quire.toolchain.fonts import FontLibrary, find_fonts

ROOT = Path(__file__).parents[2]
OWN = ROOT / "covers"
DESIGNS = sorted({**standard_designs(), **own_designs(OWN)})
PIXELS = 1600
BOOKS = {
    "Chinese": {"title": "潮水，quire与灯塔", "subtitle": "一座港口的夜间纪事", "lang": "zh-Hans"},
    "Arabic": {"title": "مصباح الميناء القديم", "lang": "ar"},
}


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return find_fonts(ROOT)


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("design", DESIGNS)
def test_the_painters_agree_in_all_but_a_hundredth_of_the_pixels(
    design: str, book: str, fonts: FontLibrary, tmp_path: Path
) -> None:
    words = {"author": ["林望", "Anna Kuznetsova"], "publisher": "岸边书局", **BOOKS[book]}
    if book == "Arabic":
        words = {**words, "author": ["ليلى حداد"], "publisher": "دار المرفأ"}
    metadata = Metadata.model_validate({**words, "cover": {"design": design}})
    chosen = find_design(design, OWN)
    request = request_for(metadata, fonts, chosen)
    scene = compose(chosen, request, OWN)
    pixels = paint(scene, request.letters, PIXELS)

    for number, picture in enumerate(pictures_of(scene)):
        (tmp_path / f"{number}.png").write_bytes(picture)
    markup = tmp_path / "main.typ"
    markup.write_text(
        f"#set page(width: 100mm, height: {scene.height}mm, margin: 0pt)\n"
        + scene_markup(scene, request.letters, 100),
        "utf-8",
    )
    paths = sorted({str(face.path.parent) for face in (*fonts.book, *fonts.package)})
    fonts_given = typst.Fonts(include_system_fonts=False, font_paths=paths)
    content = typst.Compiler(str(markup), font_paths=fonts_given).compile(format="pdf")
    with pypdfium2.PdfDocument(content) as document:
        drawn = document[0].render(scale=PIXELS / document[0].get_width()).to_pil().convert("RGB")

    size = PIXELS // 4, round(scene.height * PIXELS / 400)
    apart = ImageChops.difference(
        pixels.resize(size, Image.Resampling.BOX), drawn.resize(size, Image.Resampling.BOX)
    ).convert("L")
    differing = sum(apart.point(lambda level: 255 if level > 48 else 0).histogram()[255:])
    assert differing / (size[0] * size[1]) < 0.01
