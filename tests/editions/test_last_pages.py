"""No chapter of a printed book ends on a page of a line or two, if its other pages can help it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pdf_reading import page_labels, read
from sample import english_book, passage, sample_book, section

from quire.assembly.model import Book
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION
from quire.editions.typesetting.trims import page_of_trim, trim_named

FULL_LINE = {
    "zh": "木头记得每一刀手也记得每一块木头记得久了便成了手艺了啊",
    "en": "Wood remembers every cut, and so does the hand that made it, year after year after. ",
}


def book_of(language: str, lines: int, joint: str = "\n\n") -> Book:
    """A book of a chapter with paragraphs of so many full lines together, and one behind it."""
    base = sample_book() if language == "zh" else english_book(print={"trim": "6x9"})
    paragraphs = joint.join(FULL_LINE[language] * 8 for _ in range(lines // 8))
    rest = FULL_LINE[language] * (lines % 8)
    text = passage(f"{paragraphs}{joint}{rest}")
    chapters = (
        section("x", "chapter", "刨木", "第一章", 0, text),
        section("y", "chapter", "磨刀", "第二章", 0, passage("短短一章。")),
    )
    return replace(base, sections=chapters, endnotes=(), figures=(), tables=(), media=())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lines", [131, 132, 133, 134])
def test_a_last_page_has_four_lines_at_least(
    language: str, lines: int, context: BuildContext, tmp_path: Path
) -> None:
    book = book_of(language, lines)
    done = EDITION.build(book, tmp_path, context)
    labels, sheets = page_labels(done.path), read(done.path)
    page = page_of_trim(
        trim_named(book.metadata.print.trim, book.metadata.lang), 8, counted=language == "zh"
    )
    foot = page.height - page.top - page.lines * page.pitch
    last = [
        sheet
        for label, sheet in zip(labels, sheets, strict=True)
        if int(label) < int(done.page_of["y"]) and sheet.between(foot, page.height - page.top + 4)
    ][-1]
    heights = {
        round(letter.y)
        for letter in last.letters
        if foot < letter.y < page.height - page.top + 4 and not letter.sign.isspace()
    }
    assert len(heights) >= 4


def test_facing_pages_of_a_chapter_stay_alike(context: BuildContext, tmp_path: Path) -> None:
    """A page of a line less has its neighbour with a line less: the lines lie on one grid."""
    done = EDITION.build(book_of("zh", 149, joint=""), tmp_path, context)
    page = page_of_trim(trim_named(None, "zh-CN"), 8, counted=True)
    feet = []
    for sheet in read(done.path)[1:4]:
        text = [one.y for one in sheet.letters if one.size == pytest.approx(page.body, abs=0.1)]
        feet.append(round(min(text), 1))
    assert len(set(feet)) == 1
