"""What both PDFs owe to one template: lines that break well, and nothing that falls off a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdf_reading import Letter, Sheet, page_labels, read, squeezed
from sample import callout, english_book, figure, note, passage, sample_book, section

from quire.assembly.model import Book, Endnote, Medium
from quire.editions.model import Artifact, BuildContext, Edition
from quire.editions.print_pdf import EDITION as PRINT
from quire.editions.screen_pdf import EDITION as SCREEN
from quire.editions.typesetting.trims import page_of_trim, trim_named
from quire.pandoc import Blocks

Build = Callable[[Book], Artifact]

_NOT_SEEN = "\u2060\ufffe\u0002"


@pytest.fixture(scope="module", params=[PRINT, SCREEN], ids=lambda edition: edition.name)
def build(
    request: pytest.FixtureRequest, context: BuildContext, tmp_path_factory: pytest.TempPathFactory
) -> Build:
    edition: Edition = request.param
    return lambda book: edition.build(book, tmp_path_factory.mktemp("set"), context)


def one_chapter(
    base: Book, text: Blocks, title: str = "章", notes: tuple[Endnote, ...] = ()
) -> Book:
    """A book of one chapter, with the title page of `base` before it."""
    chapter = section("x", "chapter", title, "第一章", 0, text)
    front = [one for one in base.sections if one.role == "titlepage"]
    return replace(base, sections=(*front, chapter), endnotes=notes, figures=(), tables=())


def seen(sheets: list[Sheet]) -> list[Letter]:
    """The letters that can be seen, page after page."""
    return [
        letter
        for sheet in sheets
        for letter in sheet.letters
        if not letter.sign.isspace() and letter.sign not in _NOT_SEEN
    ]


@pytest.mark.parametrize(
    ("base", "filler", "label"),
    [
        (sample_book, "字", "图1"),
        (english_book, "so ", "Figure 1"),
        (english_book, "so ", "Table 2"),
    ],
)
def test_a_label_is_never_parted_from_its_number(
    build: Build, base: Callable[[], Book], filler: str, label: str
) -> None:
    # Paragraphs that grow by a word: in one of them the label stands at every place of a line.
    words = "\n\n".join(f"{filler * length}{label} {filler * 3}。" for length in range(1, 36))
    letters = seen(read(build(one_chapter(base(), passage(words))).path))
    name, number = label[0], label[-1]
    end = len(label.replace(" ", "")) - 1
    found = 0
    for place, letter in enumerate(letters):
        said = "".join(one.sign for one in letters[place : place + end + 1])
        if letter.sign == name and said == label.replace(" ", ""):
            assert letters[place + end].sign == number
            assert letters[place + end].y == pytest.approx(letter.y, abs=0.1)
            found += 1
    assert found == 35


def test_a_callout_never_starts_a_line(build: Build) -> None:
    numbers = range(1, 36)
    words = "\n\n".join(
        f"{'字' * number}{callout(f'c-{number}', f'n-{number}', str(number))}后面还有话。"
        for number in numbers
    )
    notes = tuple(
        note(f"n-{number}", str(number), "x", (f"c-{number}",), "注。") for number in numbers
    )
    done = build(one_chapter(sample_book(), passage(words), notes=notes))
    callouts = 0
    for before, letter in pairwise(seen(read(done.path))):
        if letter.sign == "〔" and before.sign == "字":
            assert abs(letter.y - before.y) < before.size
            assert letter.x > before.x
            callouts += 1
    assert callouts == 35


LONG_WORDS = "很长的一句话说不完。"
HARD = {
    "a cell longer than a page": (
        f"| 甲 | 乙 |\n|---|---|\n| 短 | {LONG_WORDS * 150} |\n| 丙 | 丁 |\n\n: 长表\n"
    ),
    "a word wider than the line": f"前{'a' * 300}后，再说`{'b' * 120}`。",
    "an address wider than the line": f"见https://example.org/{'path/' * 60}end。",
    "a code line wider than the line": f"```\n{'c' * 200}\nshort {'words ' * 60}\n```",
    "code longer than a page": "```\n" + "\n".join(f"line{n};" for n in range(120)) + "\n```",
    "a quotation longer than a page": f"> {LONG_WORDS * 120}",
    "a formula wider than the line": "$$x = " + " + ".join("abcdefghijklmnopqrstuvw" * 2) + "$$",
    "a heading longer than some lines": f"## {LONG_WORDS * 12} {{#h}}\n\n字。",
    "a list item longer than a page": f"- {LONG_WORDS * 120}\n- 二",
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_too_long_goes_on_and_stays_within_the_page(build: Build, name: str) -> None:
    text = passage(f"起头。\n\n{HARD[name]}\n\n收尾。")
    done = build(one_chapter(sample_book(), text))
    sheets = read(done.path)
    page = page_of_trim(trim_named(None, "zh"), done.pages or 0, counted=True)
    for number, sheet in enumerate(sheets[page_labels(done.path).index(done.page_of["x"]) :]):
        inner = (page.width - page.measure) / 2  # in the screen's margins; print's are mirrored
        slack = abs(page.inner - inner) + page.body
        for letter in seen([sheet]):
            assert inner - slack <= letter.x <= inner + page.measure + slack, number
            assert 0 < letter.y < page.height
        # Under the text there is the folio alone.
        foot = page.height - page.top - page.lines * page.pitch
        assert squeezed(sheet.between(-page.height, foot - 2)).isdigit() or not sheet.text.strip()
    whole = squeezed("".join(sheet.text for sheet in sheets))
    assert "起头" in whole
    assert "收尾" in whole
    # Folios and the heads of tables may stand in the middle of a sentence; no word is lost.
    assert whole.count("句") == HARD[name].count("句")


def test_a_picture_higher_than_the_page_is_made_smaller_and_keeps_its_caption(
    build: Build, tmp_path: Path
) -> None:
    drawn = tmp_path / "tower.svg"
    drawn.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="3000">'
        '<rect width="90" height="3000"/></svg>'
    )
    tower = Medium("media/tower.svg", drawn, "image/svg+xml")
    for length in (1, 60):  # a caption of a page of its own goes on overleaf
        shown = figure("fig", "图1", f"{LONG_WORDS * length}题注完。", tower.name, "一座塔。")
        text = [*passage("前。"), shown, *passage("后。")]
        done = build(replace(one_chapter(sample_book(), text), media=(tower,)))
        sheets = read(done.path)
        whole = squeezed("".join(sheet.text for sheet in sheets))
        assert all(letter.y > 0 for letter in seen(sheets))
        assert whole.count("句") == length
        assert "题注完" in whole


def test_a_figure_at_a_chapters_end_follows_its_text_at_once(build: Build) -> None:
    shown = figure("fig", "图1", "台阶", "media/ladder.svg", "四级台阶。")
    done = build(one_chapter(sample_book(), [*passage("看下面的图。"), shown]))
    sheet = read(done.path)[page_labels(done.path).index(done.page_of["x"])]
    text = next(one for one in sheet.letters if one.sign == "看")
    caption = next(one for one in sheet.letters if one.sign == "台")
    page = page_of_trim(trim_named(None, "zh"), done.pages or 0, counted=True)
    foot = page.height - page.top - page.lines * page.pitch
    assert text.y > caption.y > foot + 3 * page.pitch  # not at the foot, over a hole


@pytest.mark.parametrize("length", [1, 30, 120, 200])
def test_a_title_page_holds_any_title_and_its_names_apart(build: Build, length: int) -> None:
    names = ["司马相如", "林知秋", "何渡"] * (1 if length < 200 else 4)
    book = sample_book(
        title="题" * length, subtitle="副" * (length // 2 + 1), author=names, series=None
    )
    sheet = read(build(one_chapter(book, passage("字。"))).path)[0]
    # One page holds it all, each line under the one before.
    assert sheet.text.count("题") == length
    order = [next(one.y for one in sheet.letters if one.sign == sign) for sign in "题副林何折海"]
    assert order == sorted(order, reverse=True)
    lowest_name = min(one.y for one in sheet.letters if one.sign in "司马相如林秋渡编")
    publisher = next(one for one in sheet.letters if one.sign == "折" and one.size == 11)
    assert lowest_name - publisher.y > publisher.size
    # Names aren't broken.
    for first, last in ("司如", "林秋"):
        ends = [one.y for one in sheet.letters if one.sign == last]
        assert ends == [one.y for one in sheet.letters if one.sign == first]


def test_a_japanese_paragraph_starts_one_character_in(build: Build) -> None:
    book = one_chapter(sample_book(lang="ja"), passage("天気がよい。\n\n窓をあける。"))
    done = build(book)
    sheet = read(done.path)[page_labels(done.path).index(done.page_of["x"])]
    text = [one for one in sheet.letters if one.sign in "天窓"]
    page = page_of_trim(trim_named(None, "ja"), done.pages or 0, counted=True)
    left = (page.width - page.measure) / 2
    starts = [one.x - (page.inner if PRINT.name in done.edition else left) for one in text]
    assert starts == pytest.approx([page.body] * 2, abs=0.1)


def test_a_chapters_label_in_capitals_has_figures_as_high(build: Build) -> None:
    done = build(english_book())
    document = pypdfium2.PdfDocument(done.path)
    text = document[page_labels(done.path).index("1")].get_textpage()
    _, low, _, high = text.get_charbox(text.get_text_range().index("1"))
    document.close()
    assert high - low > 0.6 * 10.5  # an old-style 1 is as high as an x


def test_a_long_title_keeps_its_label_in_the_running_head_and_is_cut_at_a_word(
    build: Build,
) -> None:
    title = "Characteristically Uninteresting Responses to Extraordinary Circumstances"
    book = one_chapter(english_book(), passage("\n\n".join(["So it went. " * 30] * 20)), title)
    book = replace(
        book, sections=tuple(replace(one, label=one.label and "Chapter 2") for one in book.sections)
    )
    heads = {
        sheet.between(sheet.height - 0.75 * 72, sheet.height).replace("\r\n", " ")
        for sheet in read(build(book).path)
    }
    assert any("Chapter 2: Characteristically Uninteresting…" in head for head in heads)


def test_the_text_runs_on_past_a_table_that_the_page_has_no_room_for(build: Build) -> None:
    rows = "\n".join(f"| 甲{number} | 乙{number} |" for number in range(9))
    table = f"| 一 | 二 |\n|---|---|\n{rows}\n\n: 小表\n"
    line = "这一行是正文而且不短。"
    text = passage("\n\n".join([*[line] * 14, table, *[line] * 40]))
    done = build(one_chapter(sample_book(), text))
    sheet = read(done.path)[page_labels(done.path).index(done.page_of["x"])]
    page = page_of_trim(trim_named(None, "zh"), done.pages or 0, counted=True)
    lowest = min(letter.y for letter in sheet.letters if letter.sign == "正")
    foot = page.height - page.top - page.lines * page.pitch
    assert lowest < foot + 2 * page.pitch
