"""The print cover in one sheet: as wide as the pages make it, its bars an ISBN, its spine read."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import read
from PIL import Image
from sample import english_book, sample_book

from quire.assembly.model import Book
from quire.checks.preflight import kind_of, preflight
from quire.covers import make_cover
from quire.covers.designs import standard_designs
from quire.covers.inspection import contrast
from quire.covers.lettering import Lettering
from quire.editions.cover_wrap import EDITION
from quire.editions.cover_wrap.barcode import HEIGHT, bars, modules
from quire.editions.cover_wrap.papers import PAPERS, spine_width
from quire.editions.cover_wrap.sheet import CLEAR, Sheet, spine_scene
from quire.editions.model import Artifact, BuildContext
from quire.editions.typesetting.printers import PRINTERS
from quire.problems import BookError

ROOT = Path(__file__).parents[2]
POINTS = 72 / 25.4
Build = Callable[..., Artifact]

# Left digits by their four widths (GS1 General Specifications, figure 5.2.1.1-1): odd parity as
# listed, even parity mirrored, right digits as odd with ink and paper exchanged.
WIDTHS = {
    "3211": 0, "2221": 1, "2122": 2, "1411": 3, "1132": 4,
    "1231": 5, "1114": 6, "1312": 7, "1213": 8, "3112": 9,
}  # fmt: skip
FIRST = {
    "OOOOOO": 0, "OOEOEE": 1, "OOEEOE": 2, "OOEEEO": 3, "OEOOEE": 4,
    "OEEOOE": 5, "OEEEOO": 6, "OEOEOE": 7, "OEOEEO": 8, "OEEOEO": 9,
}  # fmt: skip


def decoded(widths: list[int]) -> str:
    """The digits of a symbol, read from the widths of its 59 bars and spaces as a scanner does."""
    assert widths[:3] == widths[-3:] == [1, 1, 1]
    assert widths[27:32] == [1] * 5
    digits, parities = "", ""
    for number in range(12):
        start = 3 + 4 * number if number < 6 else 32 + 4 * (number - 6)
        told = "".join(str(width) for width in widths[start : start + 4])
        parity = "O" if told in WIDTHS else "E"
        digits += str(WIDTHS[told if parity == "O" else told[::-1]])
        parities += parity if number < 6 else ""
    return f"{FIRST[parities]}{digits}"


def runs(line: str) -> list[int]:
    """The lengths of equal signs in a row."""
    found = [1]
    for one, other in itertools.pairwise(line):
        if one == other:
            found[-1] += 1
        else:
            found.append(1)
    return found


def isbn(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


@given(st.from_regex(r"97[89][0-9]{9}", fullmatch=True))
def test_bars_are_read_back_as_the_number(twelve: str) -> None:
    number = isbn(twelve)
    line = modules(number)
    assert len(line) == 95
    assert decoded(runs(line)) == number
    assert sum(wide for _, wide in bars(number)) == line.count("1")


@pytest.fixture
def build(context: BuildContext, tmp_path: Path) -> Build:
    def built(book: Book, pages: int) -> Artifact:
        cover = make_cover(book.metadata, context.fonts, ROOT / "covers")
        printed = Artifact("print-pdf", tmp_path / "x.pdf", "application/pdf", "", pages=pages)
        given = BuildContext(
            context.fonts, context.date, cover, tmp_path / "work", {"print-pdf": printed}
        )
        return EDITION.build(book, tmp_path, given)

    return built


def book_of(**settings: Any) -> Book:
    return sample_book(**{"isbn": {"print": "978-7-5012-3456-1"}, **settings})


def page_of(path: Path, scale: float = 4.0) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        return document[0].render(scale=scale).to_pil().convert("L")


def test_the_preflight_finds_nothing(build: Build) -> None:
    done = build(book_of(print={"trim": "6x9", "printer": "kdp"}), 400)
    assert kind_of(done.path) == "cover"
    assert preflight(done.path, printer=PRINTERS["kdp"]) == []


@pytest.mark.parametrize(
    ("settings", "pages", "spine"),
    [
        ({"print": {"trim": "大32开"}}, 300, 300 * 0.0525 + 0.5),
        ({"print": {"trim": "6x9", "printer": "kdp"}}, 301, 302 * 0.0572008),
        ({"print": {"trim": "6x9", "printer": "lulu"}}, 200, 200 * 25.4 / 444 + 1.524),
    ],
)
def test_the_sheet_is_two_covers_a_spine_and_the_bleed(
    settings: dict[str, Any], pages: int, spine: float, build: Build
) -> None:
    done = build(book_of(**settings), pages)
    with pikepdf.open(done.path) as document:
        page = document.pages[0]
        left, low, right, high = (float(side) / POINTS for side in page.trimbox)
        outer = [float(side) / POINTS for side in page.obj["/BleedBox"]]
    width, height = (140, 203) if "大" in settings["print"]["trim"] else (152.4, 228.6)
    assert right - left == pytest.approx(2 * width + spine, abs=0.1)
    assert high - low == pytest.approx(height, abs=0.1)
    bleed = 3.0 if "printer" not in settings["print"] else 3.175
    assert left - outer[0] == pytest.approx(bleed, abs=0.05)


def test_the_printed_bars_are_the_isbn(build: Build) -> None:
    done = build(book_of(), 300)
    picture = page_of(done.path, scale=12)
    black = picture.point(lambda level: 0 if level < 128 else 255)
    found = set()
    for row in range(picture.height // 2, picture.height, 40):
        line = "".join("1" if black.getpixel((x, row)) == 0 else "0" for x in range(black.width))
        module = 0.33 * POINTS * 12
        lengths = [round(length / module) for length in runs(line)]
        for start in range(len(lengths) - 58):
            part = lengths[start : start + 59]
            if sum(part) == 95 and part[:3] == part[-3:] == part[27:30] == [1, 1, 1]:
                found.add(decoded(part))
    assert found == {"9787501234561"}
    assert HEIGHT > 20


def test_a_thick_spine_says_title_authors_and_publisher_within_its_folds(build: Build) -> None:
    done = build(book_of(print={"trim": "6x9", "printer": "kdp"}), 400)
    with pypdfium2.PdfDocument(done.path) as document:
        text = document[0].get_textpage()
        middle = document[0].get_width() / 2
        spine = 400 * 0.0572008 * POINTS
        half = spine / 2 - 1.6 * POINTS
        said = text.get_text_bounded(left=middle - half, right=middle + half)
        between = text.get_text_bounded(left=middle - spine / 2, right=middle + spine / 2)
    assert "".join(said.split()) == "".join(between.split())
    assert "灯" in said
    assert "too thin" not in done.details["spine"]


def test_a_thin_spine_drops_its_words_and_says_so(build: Build) -> None:
    done = build(book_of(), 40)
    assert done.details["spine"].endswith("too thin for words")


def test_an_english_spine_reads_from_the_top_and_the_back_has_the_blurb(build: Build) -> None:
    book = english_book(
        description="A year in a small shop.\n\nWith lamps.",
        print={"trim": "6x9"},
        cover={"design": "series"},
    )
    done = build(book, 400)
    with pypdfium2.PdfDocument(done.path) as document:
        said = document[0].get_textpage().get_text_bounded()
    assert "A year in a small shop." in said
    assert "With lamps." in said
    (sheet,) = read(done.path)
    spine = [
        one for one in sheet.letters
        if abs(one.x - sheet.width / 2) < 9 * POINTS and one.sign.isalpha()
    ]  # fmt: skip
    title = "TheLampandthePlane"
    assert "".join(one.sign for one in spine[: len(title)]) == title
    heights = [one.y for one in spine[: len(title)]]
    assert heights == sorted(heights, reverse=True), "one line, from the top"


@pytest.mark.parametrize("design", sorted(standard_designs()))
def test_words_on_back_and_spine_stand_out(design: str, build: Build) -> None:
    done = build(book_of(cover={"design": design}), 400)
    with pypdfium2.PdfDocument(done.path) as document:
        picture = document[0].render(scale=3).to_pil().convert("RGB")
    blurb = picture.crop((100, 200, 300, 320))
    shades = [shade for _, shade in sorted(blurb.getcolors(1 << 24) or [], reverse=True)]
    told = ["#" + bytes(shade).hex() for shade in shades if isinstance(shade, tuple)]
    assert max(contrast(told[0], one) for one in told) >= 4.5


@pytest.mark.parametrize("title", ["雪", "The Lamp and the Plane", "潮水，quire与灯塔" * 5])
@pytest.mark.parametrize("pages", [130, 400, 900])
def test_words_on_a_spine_never_meet_and_keep_clear_of_the_folds(
    title: str, pages: int, context: BuildContext
) -> None:
    letters = Lettering(context.fonts, "zh-Hans")
    sheet = Sheet(140, 203, spine_width(pages, PAPERS["offset-80"]), 3)
    palette = standard_designs()["series"].palettes[0]
    words = (title, "Ida Moore, Jun Hale and Anna Kuznetsova", "Harbour Press of the North")
    scene = spine_scene(sheet, palette, words, letters, "zh-Hans")
    boxes = [letters.box(run) for run in scene.words]
    assert boxes
    for number, box in enumerate(boxes):
        assert box.left * sheet.spine / 100 >= CLEAR - 0.05
        assert box.right * sheet.spine / 100 <= sheet.spine - CLEAR + 0.05
        assert not any(box.meets(other) for other in boxes[number + 1 :])


def test_a_finished_picture_is_the_front(
    build: Build, context: BuildContext, tmp_path: Path
) -> None:
    covers = tmp_path / "covers"
    covers.mkdir()
    file = io.BytesIO()
    Image.new("RGB", (1600, 2560), (200, 30, 30)).save(file, "JPEG")
    (covers / "front.jpg").write_bytes(file.getvalue())
    book = book_of(cover={"image": "front.jpg"})
    cover = make_cover(book.metadata, context.fonts, covers)
    printed = Artifact("print-pdf", tmp_path / "x.pdf", "application/pdf", "", pages=300)
    given = BuildContext(
        context.fonts, context.date, cover, tmp_path / "work", {"print-pdf": printed}
    )
    done = EDITION.build(book, tmp_path, given)
    with pypdfium2.PdfDocument(done.path) as document:
        picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    right = picture.getpixel((picture.width - 20, picture.height // 2))
    assert isinstance(right, tuple)
    assert right[0] > 180
    assert right[1] < 60


def test_a_description_too_long_is_refused_with_what_to_do(build: Build) -> None:
    with pytest.raises(BookError, match=r"description is too long.*Shorten"):
        build(book_of(description="说了又说。" * 900), 300)


def test_a_paper_that_nobody_knows_is_refused_with_the_nearest(build: Build) -> None:
    with pytest.raises(BookError, match="Did you mean `offset-80`"):
        build(book_of(print={"paper": "ofset-80"}), 300)


def test_an_odd_page_has_a_back_too() -> None:
    paper = PAPERS["kdp-white"]
    assert spine_width(101, paper) == spine_width(102, paper)


def test_the_same_bytes_each_time(build: Build) -> None:
    assert build(book_of(), 300).sha256 == build(book_of(), 300).sha256
