"""Typography by language: what the sheets may say, and what the markup does for them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from epub_reading import TYPE, Read, X, texts
from lxml import etree
from sample import callout, english_book, passage, sample_book, section

from quire.assembly.model import Book
from quire.editions.epub.style_sheets import LANGUAGES, OPENINGS, STYLES, sheets_of, style_sheet
from quire.editions.epub.turning import Writing, turned
from quire.editions.epub.vertical import set_in_columns
from quire.metadata.model import Metadata
from quire.toolchain import epubcheck_jar, java_path

Build = Callable[[Book], Read]

SHEETS = sorted(STYLES.glob("*.css"))
EACH_SHEET = pytest.mark.parametrize("sheet", [one.read_text("utf-8") for one in SHEETS],
                                     ids=[one.stem for one in SHEETS])  # fmt: skip


def metadata(lang: str, **epub: str) -> Metadata:
    return Metadata.model_validate({"title": "T", "lang": lang, "epub": epub})


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and declarations; what stands in a media query, as if it stood alone."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", bare):
        pairs = (one.split(":", 1) for one in body.split(";") if ":" in one)
        yield " ".join(selector.split()), {name.strip(): value.strip() for name, value in pairs}


def book_of(markdown: str, **settings: object) -> Book:
    """A Chinese book of one chapter."""
    chapter = section("c", "chapter", "章", "第一章", blocks=passage(markdown))
    return replace(
        sample_book(**settings), sections=(chapter,), endnotes=(), figures=(), tables=(), media=()
    )


def chapter_of(made: Read) -> etree._Element:
    return made.page("c.xhtml")


def markup(node: etree._Element | None) -> str:
    """An element as text, without namespaces and page breaks."""
    assert node is not None
    written: str = etree.tostring(node, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", written)


class TestSheets:
    """One readable file a concern; the page stays the reader's."""

    @EACH_SHEET
    def test_the_page_has_no_colour_no_ground_and_no_typeface(self, sheet: str) -> None:
        ours = {
            "color",
            "background",
            "background-color",
            "background-image",
            "font-family",
            "font",
        }
        for selector, declared in rules(sheet):
            if any(one.strip() in {"html", "body", "p", "section"} for one in selector.split(",")):
                assert not ours & set(declared), selector

    @EACH_SHEET
    def test_letters_are_coloured_only_together_with_their_ground(self, sheet: str) -> None:
        for selector, declared in rules(sheet):
            if declared.get("color", "inherit") != "inherit" or "background" in declared:
                assert selector == "img.plate"
                assert {"color", "background"} <= set(declared)

    @EACH_SHEET
    def test_sizes_are_relative_and_only_lines_are_of_one_width(self, sheet: str) -> None:
        for selector, declared in rules(sheet):
            for name, value in declared.items():
                if re.search(r"\d(?:px|pt|mm|cm|in|pc)\b", value):
                    lines = ("border", "outline", "text-decoration-thickness")
                    assert name.startswith(lines), f"{selector} {{ {name}: {value} }}"

    @EACH_SHEET
    def test_it_holds_to_what_an_epub_may_say(self, sheet: str) -> None:
        """EPUB 3.3 section 6.3.1.2; fixed positions hide text in Kindle."""
        for selector, declared in rules(sheet):
            assert not {"direction", "unicode-bidi"} & set(declared), selector
            assert declared.get("position") not in {"fixed", "absolute"}, selector

    @EACH_SHEET
    def test_it_says_first_what_it_is_for_and_can_be_turned(self, sheet: str) -> None:
        assert sheet.startswith("/* ")
        declarations = sum(len(declared) for _, declared in rules(sheet))
        assert len(re.findall(r"^[ ]+[a-z-]+: [^;{}]+;$", sheet, re.MULTILINE)) == declarations
        assert len(sheet.splitlines()) < 160

    @EACH_SHEET
    def test_a_property_with_a_prefix_is_followed_by_the_standard_one(self, sheet: str) -> None:
        standard = {"text-combine": "text-combine-upright"}
        for selector, declared in rules(sheet):
            for name in declared:
                bare = re.sub(r"^-(?:epub|webkit)-", "", name)
                if bare != name and not bare.startswith("hyphenate-limit-"):
                    assert standard.get(bare, bare) in declared, f"{selector} {{ {name} }}"

    def test_every_sheet_is_in_some_book(self) -> None:
        used = {name for tag in (*LANGUAGES, "en") for name in sheets_of(metadata(tag))}
        used |= {name for one in OPENINGS for name in sheets_of(metadata("en", opening=one))}
        used |= set(sheets_of(metadata("zh", writing="vertical")))
        assert used == {one.stem for one in SHEETS}

    @pytest.mark.parametrize(
        ("tag", "said", "unsaid"),
        [
            ("zh-Hans", "text-indent: 2em", "hyphens: auto"),
            ("zh-Hans", "text-justify: inter-character", "oldstyle-nums"),
            ("ja", "filled sesame", "text-indent: 2em"),
            ("ko", "word-break: keep-all", "inter-character"),
            ("en-GB", "hyphens: auto", "text-emphasis"),
            ("en-GB", "oldstyle-nums", "section > p,"),
            ("de", "hyphenate-limit-chars", "text-emphasis"),
            ("fr", "section > p,", "text-emphasis"),
            ("ru", "section > p,", "oldstyle-nums"),
            ("ar", "line-height: 1.8", "hyphens: auto"),
            ("he", "line-height: 1.65", "hyphens: auto"),
        ],
    )
    def test_a_language_has_its_own_habits(self, tag: str, said: str, unsaid: str) -> None:
        assert said in style_sheet(metadata(tag))
        assert unsaid not in style_sheet(metadata(tag))


class TestTurning:
    """Sheets with sides, for lines that begin elsewhere."""

    @pytest.mark.parametrize(
        ("written", "right_to_left", "columns"),
        [
            ("margin: 1em", "margin: 1em", "margin: 1em"),
            ("margin: 1em 0", "margin: 1em 0", "margin: 0 1em"),
            ("margin: 1em 0 2em", "margin: 1em 0 2em", "margin: 0 1em 0 2em"),
            ("margin: 1em 2em 3em 4em", "margin: 1em 4em 3em 2em", "margin: 4em 1em 2em 3em"),
            ("margin: 0 0 0.5em 2em", "margin: 0 2em 0.5em 0", "margin: 2em 0 0 0.5em"),
            ("padding-left: 2em", "padding-right: 2em", "padding-top: 2em"),
            ("margin-top: 30%", "margin-top: 30%", "margin-right: 30%"),
            ("border-top: 1px solid", "border-top: 1px solid", "border-right: 1px solid"),
            ("text-align: left", "text-align: right", "text-align: left"),
            ("text-align: center", "text-align: center", "text-align: center"),
            ("float: left", "float: right", "float: left"),
            ("width: 4em", "width: 4em", "height: 4em"),
            ("text-indent: 2em", "text-indent: 2em", "text-indent: 2em"),
        ],
    )
    def test_a_declaration_is_turned(self, written: str, right_to_left: str, columns: str) -> None:
        sheet = "p {\n  %s;\n}\n"
        assert turned(sheet % written, Writing.LEFT_TO_RIGHT) == sheet % written
        assert turned(sheet % written, Writing.RIGHT_TO_LEFT) == sheet % right_to_left
        assert turned(sheet % written, Writing.COLUMNS) == sheet % columns

    @EACH_SHEET
    def test_a_sheet_turned_twice_for_right_to_left_says_the_same(self, sheet: str) -> None:
        twice = turned(turned(sheet, Writing.RIGHT_TO_LEFT), Writing.RIGHT_TO_LEFT)
        assert twice == turned(sheet, Writing.LEFT_TO_RIGHT)

    def test_programs_run_from_left_to_right_in_every_book(self, build: Build) -> None:
        made = build(english_book(lang="he"))
        assert "border-left: 2px solid" in made.style
        spine = made.package.find(".//{*}spine")
        assert spine is not None
        assert spine.get("page-progression-direction") == "rtl"
        (program,) = made.page("chapter-1.xhtml").iter(f"{X}pre")
        assert program.get("dir") == "ltr"


class TestColumns:
    """Vertical writing: upright numbers, corner brackets, what stays in lines."""

    @pytest.mark.parametrize(
        ("written", "set_so"),
        [
            ("第12章，共3章", "第[12]章，共[3]章"),
            ("2026年11月1日", "2026年[11]月[1]日"),
            ("3.14与50%与1:30与100", "3.14与50%与1:30与100"),
            ("见Table 3 与 A4 纸", "见Table 3 与 A4 纸"),
            ("“慢一点”，他说", "『慢一点』，他说"),
            ("“他说‘慢’。”", "『他说「慢」。』"),
            ("说“<em>慢</em>一点”", "说『<em>慢</em>一点』"),
            ("叫做“quire”的", "叫做『quire』的"),
            ("See “Notes” and don’t", "See “Notes” and don’t"),
            ("“第一段没有收，", "『第一段没有收，"),
            ("见<code>12</code>和<code>“a”</code>", "见<code>12</code>和<code>“a”</code>"),
        ],
    )
    def test_numbers_stand_upright_and_quotes_are_brackets(self, written: str, set_so: str) -> None:
        root = etree.fromstring(
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{written}</p></body></html>'
        )
        set_in_columns(root, "zh-Hans")
        said = markup(root.find(f".//{X}p"))
        said = re.sub(r'<span class="upright">(\d+)</span>', r"[\1]", said)
        assert said == f"<p>{set_so}</p>"

    @pytest.mark.parametrize("tag", ["zh-Hant", "zh-TW", "ja", "ko"])
    def test_off_the_mainland_single_brackets_stand_outside(self, tag: str) -> None:
        root = etree.fromstring(
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>“慢‘一’點”</p></body></html>'
        )
        set_in_columns(root, tag)
        assert texts(root) == "「慢『一』點」"

    def test_a_book_in_columns_is_turned_from_right_to_left(self, build: Build) -> None:
        made = build(sample_book(epub={"writing": "vertical"}))
        assert "writing-mode: vertical-rl" in made.style
        assert "-epub-writing-mode: vertical-rl" in made.style
        spine = made.package.find(".//{*}spine")
        assert spine is not None
        assert spine.get("page-progression-direction") == "rtl"
        assert made.package.get("dir") is None, "the metadata are read from left to right"
        chapter = made.page("chapter-1.xhtml")
        assert "『慢一点，』" in texts(chapter)
        assert [texts(one) for one in chapter.iter(f"{X}a") if one.get(TYPE) == "noteref"] == [
            "1", "2", "1", "3",
        ]  # fmt: skip
        (table,) = made.page("chapter-2.xhtml").iter(f"{X}table")
        assert not [one for one in table.iter() if one.get("class") == "upright"], "in lines"

    def test_a_book_in_lines_knows_nothing_of_columns(self, build: Build) -> None:
        made = build(sample_book())
        assert "writing-mode" not in made.style
        assert "“慢一点，”" in texts(made.page("chapter-1.xhtml"))


class TestRuby:
    """``[内在]{ruby="nèi zài"}``."""

    @pytest.mark.parametrize(
        ("written", "made_so"),
        [
            ('[内在]{ruby="nèi zài"}',
             "<ruby>内<rp>（</rp><rt>nèi</rt><rp>）</rp>在<rp>（</rp><rt>zài</rt><rp>）</rp></ruby>"),
            ('[内在]{ruby="nèizài"}', "<ruby>内在<rp>（</rp><rt>nèizài</rt><rp>）</rp></ruby>"),
            ('[*内*在]{ruby="nèi zài"}',
             "<ruby><em>内</em>在<rp>（</rp><rt>nèi zài</rt><rp>）</rp></ruby>"),
        ],
    )  # fmt: skip
    def test_each_character_has_its_reading_or_all_have_one(
        self, build: Build, written: str, made_so: str
    ) -> None:
        chapter = chapter_of(build(book_of(f"说{written}的修行。")))
        assert markup(chapter.find(f".//{X}p")) == f"<p>说{made_so}的修行。</p>"


class TestOpenings:
    """How a chapter's first words are set."""

    LONG = "天还没亮透，铺子里已经有人。老周把刨子推过去，木花卷起来，落在脚边，像一层薄雪。" * 2

    def test_a_large_letter_stands_only_where_there_is_room_for_it(self, build: Build) -> None:
        for text, wanted in ((self.LONG, "opening"), ("很短。", None)):
            made = build(book_of(text, epub={"opening": "drop-cap"}))
            first = chapter_of(made).find(f".//{X}p")
            assert first is not None
            assert first.get("class") == wanted
            assert "initial-letter: 3" in made.style

    def test_a_chapter_opens_once_however_many_documents_it_has(self, build: Build) -> None:
        made = build(book_of("\n\n".join([self.LONG] * 1200), epub={"opening": "drop-cap"}))
        chapters = [root for name, root in made.pages() if name.startswith("c")]
        opened = [one for root in chapters for one in root.iter() if one.get("class") == "opening"]
        assert len(chapters) > 1
        assert len(opened) == 1

    def test_a_plain_opening_leaves_no_trace(self, build: Build) -> None:
        made = build(book_of(self.LONG))
        assert "p.opening" not in made.style
        assert 'class="opening"' not in markup(chapter_of(made))


def test_a_reference_to_a_label_stays_on_a_line(build: Build) -> None:
    text = "See [Table 1](#t){.crossref} and [the whole of it](#t){.crossref}. []{#t}"
    links = chapter_of(build(book_of(text))).iter(f"{X}a")
    assert [one.get("class") for one in links] == ["crossref tied", "crossref"]


def test_narrow_blanks_of_french_are_kept(build: Build) -> None:
    made = build(book_of("« Quoi\u202f? »\u00a0dit-il\u202f; et «\u202frien\u202f»", lang="fr"))
    assert "«\u202frien\u202f»" in texts(chapter_of(made))
    assert "Quoi\u202f?" in texts(chapter_of(made))


def test_a_callout_is_upright_but_no_span_of_its_own(build: Build) -> None:
    text = f"手上的活。{callout('k', 'note-1-1', '1')}"
    book = replace(book_of(text, epub={"writing": "vertical"}), endnotes=sample_book().endnotes[:1])
    made = build(replace(book, endnotes=(replace(book.endnotes[0], section="c", callouts=("k",)),)))
    (link,) = [one for one in chapter_of(made).iter(f"{X}a") if one.get(TYPE) == "noteref"]
    assert (link.text, len(link)) == ("1", 0)


def test_epubcheck_finds_nothing_in_columns_with_every_mark(build: Build, tmp_path: Path) -> None:
    marked = (
        '说[内在]{ruby="nèi zài"}、[职业化]{ruby="zhíyèhuà"}、[红楼]{.book-title}、'
        "[曹公]{.proper-name}、[1/2]{.fraction}、[ad]{.smallcaps}与*着重*，第12页“如此”，`12`。" * 3
    )
    book = sample_book(epub={"writing": "vertical", "opening": "drop-cap"})
    sections = [
        replace(one, blocks=[*passage(marked), *one.blocks]) if one.role == "chapter" else one
        for one in book.sections
    ]
    report = tmp_path / "report.json"
    path = build(replace(book, sections=tuple(sections))).path
    command = [java_path(), "-jar", epubcheck_jar(), path, "--json", report]
    subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert json.loads(report.read_text("utf-8"))["messages"] == []
