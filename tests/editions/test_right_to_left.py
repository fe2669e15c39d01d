"""Books in Arabic and Hebrew, and titles with signs that XML or a typeface might stumble over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from epub_reading import Read
from pdf_reading import read

from quire.assembly import Book, assemble
from quire.checks.epubcheck import run_epubcheck
from quire.covers import make_cover
from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.manuscript import read_manuscript
from quire.metadata import Metadata

TEXTS = {
    "ar": (
        "منارة الميناء القديم",
        (
            "# ليلة الضباب\n\nوقف الحارس على السلم ينتظر المركب الأخير.[^1] قال: quire.\n\n"
            "## المركب الأخير\n\nثم عاد إلى غرفته.\n\n[^1]: انظر الدفتر، ص 12.\n"
        ),
        "المركب الأخير",
    ),
    "he": (
        "המגדלור של הנמל הישן",
        (
            "# ליל ערפל\n\nהשומר עמד על המדרגות וחיכה לסירה.[^1] הוא אמר: quire.\n\n"
            "## הסירה האחרונה\n\nאחר כך חזר לחדרו.\n\n[^1]: ראו היומן, עמ' 12.\n"
        ),
        "הסירה האחרונה",
    ),
}


def book_of(folder: Path, language: str, title: str, text: str) -> Book:
    (folder / "book").mkdir()
    (folder / "book" / "01.md").write_text(text, "utf-8")
    given = {"title": title, "author": "Anna Wen", "lang": language}
    return assemble(read_manuscript(folder / "book", folder), Metadata.model_validate(given))


@pytest.fixture
def checked(tmp_path: Path, context: BuildContext) -> Callable[[Book], Read]:
    """Builds a book's EPUB with its cover; EPUBCheck must find nothing."""

    def built(book: Book) -> Read:
        cover = make_cover(book.metadata, context.fonts, tmp_path / "covers")
        made = EDITION.build(book, tmp_path, replace(context, cover=cover))
        assert not list(run_epubcheck(made.path))
        return Read(made)

    return built


@pytest.mark.parametrize("language", TEXTS)
def test_a_book_read_from_right_to_left_is_a_valid_epub_that_turns_so(
    language: str, tmp_path: Path, checked: Callable[[Book], Read]
) -> None:
    title, text, _ = TEXTS[language]
    read_back = checked(book_of(tmp_path, language, title, text))
    spine = read_back.package.find(".//{*}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    roots = [root for _, root in read_back.pages()]
    assert {(root.get("lang"), root.get("dir")) for root in roots} == {(language, "rtl")}


@pytest.mark.parametrize("language", TEXTS)
def test_its_print_begins_lines_at_the_right_and_has_every_glyph(
    language: str, tmp_path: Path, context: BuildContext
) -> None:
    title, text, heading = TEXTS[language]
    made = PRINT.build(book_of(tmp_path, language, title, text), tmp_path, context)
    assert "characters without a glyph" not in made.details
    first = heading[0]
    sheets = [sheet for sheet in read(made.path) if "quire" in sheet.text]
    opening = sheets[0]
    placed = [one for one in opening.letters if one.sign == first and one.size >= 10.9]
    assert placed
    assert max(one.x for one in placed) > 0.7 * opening.width


def test_a_title_with_marks_of_xml_and_an_emoji_is_a_valid_epub(
    tmp_path: Path, checked: Callable[[Book], Read]
) -> None:
    title = 'Boats & <Lamps> "Nearby" 🚢'
    text = "# The 🚢 & the Lamp\n\nNobody asked.[^1]\n\n[^1]: See the book 🌊.\n"
    read_back = checked(book_of(tmp_path, "en", title, text))
    said = read_back.package.find(".//{*}metadata/{*}title")
    assert said is not None
    assert said.text == title


def test_a_sign_that_the_books_typefaces_lack_is_set_in_another(
    tmp_path: Path, context: BuildContext
) -> None:
    text = "# A Lamp\n\nNobody asked 🚢, and the harbour said سلام and שלום.\n"
    made = PRINT.build(book_of(tmp_path, "en", "Lamps", text), tmp_path, context)
    assert "characters without a glyph" not in made.details
