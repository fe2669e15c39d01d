"""The inside of the printed book, read back from the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf_reading import page_labels, paragraphs, read, squeezed
from sample import awkward_book, callout, english_book, note, passage, sample_book, section

from quire.assembly.model import Book
from quire.editions.letters import letters_of
from quire.editions.model import Artifact, BuildContext
from quire.editions.print_pdf import EDITION
from quire.editions.typesetting.trims import POINTS_A_MILLIMETRE as MM
from quire.editions.typesetting.trims import TRIMS, page_of_trim, trim_named
from quire.pandoc import plain_text
from quire.problems import BookError

Build = Callable[[Book], Artifact]


@pytest.fixture(scope="module")
def build(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda book: EDITION.build(book, tmp_path_factory.mktemp("print"), context)


@pytest.fixture(scope="module")
def printed(build: Build) -> Artifact:
    return build(sample_book())


def long_book(**settings: Any) -> Book:
    """A book of some thirty pages: three chapters, each with notes of very different lengths."""
    base = sample_book(**settings)
    sections = [one for one in base.sections if one.role not in {"part", "chapter", "endnotes"}]
    text, notes = [], []
    for chapter in range(1, 4):
        lines = []
        for number in range(1, 26):
            name = f"{chapter}-{number}"
            mark = callout(f"call-{name}", f"note-{name}", str(number))
            lines.append(
                "木头记得每一刀，手也记得每一块木头，记得久了便成了手艺。" * (number % 5 + 1) + mark
            )
            body = f"第{chapter}章之注{number}。" + "此处略作交代，以免读者翻检之劳。" * (
                number % 7 * 2
            )
            notes.append(note(f"note-{name}", str(number), f"c-{chapter}", (f"call-{name}",), body))
            if number % 8 == 0:
                lines.append(f"## 第{number}块木头 {{#h-{name}}}")
            if number % 11 == 0:
                lines.append("> 磨刀的人，也在磨自己，这话说了许多遍，说的人一年比一年老。")
        label = f"第{'一二三'[chapter - 1]}章"
        text.append(
            section(
                f"c-{chapter}", "chapter", f"木头{chapter}", label, 0, passage("\n\n".join(lines))
            )
        )
    at_end = (
        [section("endnotes", "endnotes", "注释")] if base.metadata.endnotes.place == "book" else []
    )
    colophon = [one for one in sections if one.role == "colophon"]
    front = [one for one in sections if one.role != "colophon"]
    return replace(base, sections=(*front, *text, *at_end, *colophon), endnotes=tuple(notes))


@pytest.fixture(scope="module")
def long_print(build: Build) -> Artifact:
    return build(long_book())


def test_the_page_is_the_trim_and_the_boxes_say_so(build: Build, printed: Artifact) -> None:
    with pikepdf.open(printed.path) as document:
        for page in document.pages:
            box = [float(side) for side in page["/TrimBox"]]
            assert box == pytest.approx([0, 0, 140 * MM, 203 * MM], abs=0.01)
    with_bleed = build(sample_book(print={"trim": "A5", "bleed": 3}))
    with pikepdf.open(with_bleed.path) as document:
        for number, page in enumerate(document.pages, 1):
            media, trim, bleed = (
                [float(side) for side in page[name]]
                for name in ("/MediaBox", "/TrimBox", "/BleedBox")
            )
            assert trim[2] - trim[0] == pytest.approx(148 * MM, abs=0.01)
            assert trim[3] - trim[1] == pytest.approx(210 * MM, abs=0.01)
            assert bleed == media
            spine = 0 if number % 2 else 2  # the left edge of a recto, the right one of a verso
            assert trim[spine] == pytest.approx(media[spine], abs=0.01)
            assert abs(trim[2 - spine] - media[2 - spine]) == pytest.approx(3 * MM, abs=0.01)


@pytest.mark.parametrize("make", [sample_book, english_book, awkward_book, long_book])
def test_the_number_of_pages_is_even(build: Build, make: Callable[[], Book]) -> None:
    done = build(make())
    assert done.pages == len(read(done.path))
    assert done.pages % 2 == 0


def test_parts_and_chapters_open_on_rectos(printed: Artifact) -> None:
    labels = page_labels(printed.path)
    for identifier in ("part-1", "chapter-1", "chapter-2", "part-2", "chapter-3", "endnotes"):
        folio = printed.page_of[identifier]
        assert int(folio) % 2 == 1
        assert labels.index(folio) % 2 == 0  # the first page of the file is a recto
    assert printed.page_of["part-1"] == "1"


def test_blank_versos_are_truly_blank(printed: Artifact) -> None:
    sheets, labels = read(printed.path), page_labels(printed.path)
    blank = [number for number, sheet in enumerate(sheets) if not sheet.text.strip()]
    assert labels.index("2") in blank  # the back of the first part's page
    for number in blank:
        assert sheets[number].objects == 0
        assert number % 2 == 1


def test_folios_run_unbroken_and_openers_have_no_running_head(printed: Artifact) -> None:
    labels = page_labels(printed.path)
    start = labels.index("1")
    assert labels[start:] == [str(number) for number in range(1, len(labels) - start + 1)]
    sheets = read(printed.path)
    page = page_of_trim(TRIMS["大32开"], 1, counted=True)
    head, foot = page.height - page.top, page.height - page.top - page.lines * page.pitch
    opener = sheets[labels.index(printed.page_of["chapter-1"])]
    assert opener.between(head, page.height) == ""
    assert opener.between(0, foot) == printed.page_of["chapter-1"]
    after = sheets[labels.index(printed.page_of["chapter-1"]) + 1]
    assert squeezed(after.between(head, page.height)) == "第一编手"
    assert after.between(0, foot) == "4"
    for silent in ("halftitle", "titlepage", "copyright", "dedication", "part-1"):
        sheet = sheets[labels.index(printed.page_of[silent])]
        assert sheet.between(head, page.height) == sheet.between(0, foot) == ""


def test_margins_are_mirrored_and_nothing_stands_outside_them(long_print: Artifact) -> None:
    page = page_of_trim(TRIMS["大32开"], long_print.pages or 0, counted=True)
    for number, sheet in enumerate(read(long_print.path)):
        left = page.inner if number % 2 == 0 else page.outer
        # An opening mark at a line's start has its blank half in the margin, its ink inside.
        inked = [
            one for one in sheet.letters if not one.sign.isspace() and one.sign not in "“《（〔"
        ]
        if inked:
            assert min(letter.x for letter in inked) >= left - 0.5
            assert max(letter.x for letter in inked) <= left + page.measure + 0.5
    assert page.inner > page.outer


def test_every_line_of_text_stands_on_the_grid(long_print: Artifact) -> None:
    page = page_of_trim(TRIMS["大32开"], long_print.pages or 0, counted=True)
    first = page.height - page.top - 0.88 * page.body
    lines = 0
    for sheet in read(long_print.path):
        # The text's own size alone: notes and heads have their own pitch.
        for y in {
            round(one.y, 2)
            for one in sheet.letters
            if one.size == page.body and one.sign in "木记刀"
        }:
            off = (first - y) % page.pitch
            assert min(off, page.pitch - off) < 0.05
            lines += 1
    assert lines > 200


def test_the_head_over_the_notes_tells_the_pages_they_are_called_on(long_print: Artifact) -> None:
    labels, sheets = page_labels(long_print.path), read(long_print.path)
    start = labels.index(long_print.page_of["endnotes"])
    # Where the callouts are, from the small raised marks in the text alone.
    called: list[str] = []
    for label, sheet in zip(labels[:start], sheets[:start], strict=True):
        small = "".join(
            one.sign for one in sheet.letters if one.size == pytest.approx(6.51, abs=0.02)
        )
        called += [label] * len(re.findall(r"〔\d+〕", small))
    assert len(called) == 75
    # Which notes each page holds, from the order of their numbers: a page whose text doesn't
    # start with a number goes on with the note before.
    seen, heads = 0, 0
    page = page_of_trim(TRIMS["大32开"], long_print.pages or 0, counted=True)
    for sheet in sheets[start:]:
        text = sheet.between(
            page.height - page.top - page.lines * page.pitch, page.height - page.top
        )
        count = len(re.findall(r"〔\d+〕", text))
        if not count:
            break
        goes_on = not re.match(r"〔|第.章　", text)
        here = called[seen - int(goes_on) : seen + count]
        seen += count
        head = squeezed(sheet.between(page.height - page.top, page.height))
        if head:
            one_page = f"注释(第{here[0]}页)"
            assert head == (one_page if here[0] == here[-1] else f"注释(第{here[0]}—{here[-1]}页)")
            heads += 1
    assert seen == 75
    assert heads > 3


def test_notes_can_stand_at_the_end_of_each_chapter(build: Build) -> None:
    done = build(long_book(endnotes={"place": "chapter"}))
    labels, sheets = page_labels(done.path), read(done.path)
    second = labels.index(done.page_of["c-2"])
    before = squeezed("".join(sheet.text for sheet in sheets[:second]))
    assert "第1章之注25" in before
    assert "第2章之注1" not in before


@pytest.mark.parametrize("bleed", [0, 3])
def test_the_letters_of_a_page_are_those_of_its_text_without_head_and_folio(
    build: Build, bleed: float
) -> None:
    book = long_book(print={"bleed": bleed})
    done = build(book)
    first, last = (int(done.page_of[chapter]) for chapter in ("c-2", "c-3"))
    assert last - first > 2
    letters = done.letters_of()
    pages = "".join(letters[str(folio)] for folio in range(first, last))
    (chapter,) = [one for one in book.sections if one.identifier == "c-2"]
    assert pages == letters_of(chapter.label + chapter.text + plain_text(chapter.blocks))


def test_the_contents_tell_the_true_pages(long_print: Artifact) -> None:
    labels, sheets = page_labels(long_print.path), read(long_print.path)
    contents = squeezed(sheets[labels.index(long_print.page_of["contents"])].text)
    for identifier, title in (("c-1", "第一章木头1"), ("c-3", "第三章木头3"), ("endnotes", "注释")):
        assert re.search(rf"{title}·+{long_print.page_of[identifier]}(?!\d)", contents)


@pytest.mark.parametrize("make", [sample_book, english_book, long_book])
def test_nothing_of_the_text_is_lost(build: Build, make: Callable[[], Book]) -> None:
    book = make()
    done = build(book)
    page = page_of_trim(
        trim_named(None, book.metadata.lang), done.pages or 0, counted=book.metadata.lang == "zh-CN"
    )
    head = page.height - page.top
    bodies = [one.between(head - page.lines * page.pitch, head) for one in read(done.path)]
    whole = squeezed("".join(bodies))
    described = "台阶自左下升"  # is for those who don't see the figure
    wanted = [text for text in paragraphs(book) if not text.startswith(described)]
    assert [text for text in wanted if text not in whole] == []


def test_the_ink_is_black_and_nothing_is_there_for_a_screen(build: Build) -> None:
    done = build(long_book())
    with pikepdf.open(done.path) as document:
        assert not list(document.open_outline().root)
        for page in document.pages:
            assert "/Annots" not in page
            for operands, operator in pikepdf.parse_content_stream(page):
                assert str(operator) not in {"rg", "RG", "g", "G"}
                if str(operator) in {"k", "K"}:
                    assert [float(part) for part in operands[:3]] == [0, 0, 0]


def test_two_builds_give_the_same_bytes(build: Build) -> None:
    book = sample_book(print={"bleed": 3})
    assert build(book).sha256 == build(book).sha256


def test_every_font_is_embedded(printed: Artifact) -> None:
    with pikepdf.open(printed.path) as document:
        fonts = [one for one in document.objects if _is_a(one, "/FontDescriptor")]
        assert fonts
        for font in fonts:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())


def _is_a(thing: Any, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


def test_a_paragraph_that_opens_with_a_mark_starts_where_every_other_does(build: Build) -> None:
    book = long_book()
    lines = "\n\n".join(
        f"《木头{'记' * n}》是一本书，" + "说木头与手的来历，" * 9 for n in range(1, 6)
    )
    text = section("c-1", "chapter", "木头", "第一章", 0, passage(lines))
    done = build(replace(book, sections=(*book.sections[:-5], text), endnotes=()))
    page = page_of_trim(TRIMS["大32开"], done.pages or 0, counted=True)
    sheet = read(done.path)[page_labels(done.path).index(done.page_of["c-1"])]
    after = [
        sheet.letters[number + 1].x - page.inner
        for number, letter in enumerate(sheet.letters)
        if letter.sign == "《" and letter.size == page.body
    ]
    assert len(after) == 5
    assert after == pytest.approx([2.5 * page.body] * 5, abs=0.05)


class TestTrims:
    """The table of trim sizes."""

    def test_the_usual_trim_is_that_of_the_language(self) -> None:
        assert trim_named(None, "zh-CN").name == "大32开"
        assert trim_named(None, "en-GB").name == "5.5x8.5"

    @pytest.mark.parametrize("said", ["5.5 × 8.5 in", "5.5X8.5", '5.5" x 8.5"'])
    def test_signs_and_blanks_in_a_name_do_not_matter(self, said: str) -> None:
        assert trim_named(said, "en").name == "5.5x8.5"

    def test_an_unknown_trim_is_refused_with_the_nearest(self) -> None:
        with pytest.raises(BookError, match="Did you mean `大32开`"):
            trim_named("大三32开", "zh")

    @pytest.mark.parametrize("trim", TRIMS.values(), ids=TRIMS)
    @pytest.mark.parametrize("counted", [True, False])
    @pytest.mark.parametrize("pages", [24, 200, 400, 800])
    def test_every_page_holds_its_text(self, trim: Any, counted: bool, pages: int) -> None:
        page = page_of_trim(trim, pages, counted=counted)
        assert page.inner + page.measure + page.outer == pytest.approx(page.width)
        assert page.outer >= 36 * (0.9 if trim.counted else 1)
        assert page.inner >= page.outer or not trim.counted
        foot = page.height - page.top - page.lines * page.pitch
        assert foot >= 36
        if counted:
            assert page.measure / page.body == pytest.approx(round(page.measure / page.body))

    def test_a_thicker_english_book_has_a_wider_inner_margin(self) -> None:
        inner = [page_of_trim(TRIMS["5.5x8.5"], n, counted=False).inner for n in (150, 151, 501)]
        assert inner == [0.75 * 72, 0.85 * 72, 72.0]


def test_a_character_that_no_typeface_has_is_told_and_kept_as_its_code(
    build: Build, context: BuildContext, tmp_path: Path
) -> None:
    book = sample_book(title="灯下\ue123小工")
    done = build(book)
    assert "U+E123" in done.details["characters without a glyph"]
    assert "U+E123" in "".join(sheet.text for sheet in read(done.path))


def test_what_an_article_says_about_itself_is_set_small_and_apart(build: Build) -> None:
    said = {
        "abstract": "摘要之语",
        "keywords": "关键之词",
        "funding": "资助之项",
        "editor": "编辑之名",
    }
    divs = "\n\n".join(f"::: {{.{name}}}\n{words}\n:::" for name, words in said.items())
    text = section("x", "chapter", "章", "第一章", 0, passage(f"{divs}\n\n正文。"))
    done = build(replace(sample_book(), sections=(text,), endnotes=()))
    page = page_of_trim(TRIMS["大32开"], done.pages or 0, counted=True)
    sheet = read(done.path)[0]
    for words in said.values():
        assert words in squeezed(sheet.text)
        sizes = {one.size for one in sheet.letters if one.sign in set(words[:2])}
        assert max(sizes) < page.body


def test_a_reading_stands_small_above_its_characters_and_moves_no_line(build: Build) -> None:
    plain = "天还没亮，他说起内在修行，走出门去，再没有回头，雨还在下。" * 3
    ruby = plain.replace("内在", '[内在]{ruby="nèi zài"}')
    lines: list[list[float]] = []
    for markdown in (plain, ruby):
        text = section("x", "chapter", "章", "第一章", 0, passage(markdown))
        sheet = read(build(replace(sample_book(), sections=(text,), endnotes=())).path)[0]
        lines.append(sorted({round(one.y, 2) for one in sheet.letters if one.sign in "天雨门"}))
    assert lines[0] == lines[1]
    inner = next(one for one in sheet.letters if one.sign == "内")
    reading = next(one for one in sheet.letters if one.sign == "n")
    assert reading.y > inner.y + inner.size * 0.7
    assert reading.size < inner.size / 2
    assert abs(reading.x - inner.x) < inner.size
