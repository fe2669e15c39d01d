"""The EPUB edition, read back with nothing but a ZIP reader and an XML parser."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from epub_reading import DC, MATHS, NCX, OPF, TYPE, Read, X, of_type, texts
from lxml import etree
from sample import (
    MEDIA,
    awkward_book,
    callout,
    english_book,
    note,
    passage,
    sample_book,
    section,
)

from quire.assembly.model import Book, Medium
from quire.covers.model import Cover
from quire.editions import editions
from quire.problems import BookError
from quire.toolchain import epubcheck_jar, java_path

Build = Callable[[Book], Read]
BOOKS = [sample_book, english_book, awkward_book]


def test_epubcheck_finds_nothing_in_any_of_the_books(
    tmp_path: Path, printed: Callable[[Book], Read]
) -> None:
    for make in BOOKS:
        path = printed(make()).path
        report = tmp_path / "report.json"
        command = [java_path(), "-jar", epubcheck_jar(), path, "--json", report]
        subprocess.run([str(part) for part in command], capture_output=True, check=False)
        assert json.loads(report.read_text("utf-8"))["messages"] == []


@pytest.mark.parametrize("make", BOOKS)
def test_two_builds_give_the_same_bytes(build: Build, make: Callable[[], Book]) -> None:
    assert build(make()).sha256 == build(make()).sha256


def test_the_container_is_dated_by_the_book_and_begins_with_its_type(build: Build) -> None:
    made = build(sample_book())
    first = made.entries[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made.files["mimetype"] == b"application/epub+zip"
    assert {one.date_time for one in made.entries} == {(2026, 11, 1, 0, 0, 0)}
    assert not any(one.extra for one in made.entries)


class TestEndnotes:
    """Callouts, notes and the ways back."""

    @pytest.mark.parametrize("make", BOOKS)
    def test_every_callout_leads_to_its_note_and_every_way_back_to_its_callout(
        self, build: Build, make: Callable[[], Book]
    ) -> None:
        book = make()
        pages = dict(build(book).pages())
        there = {(a.get("id"), a.get("href", "").partition("#")[2])
                 for page in pages.values() for a in of_type(page, "noteref")}  # fmt: skip
        assert there == {(one, n.identifier) for n in book.endnotes for one in n.callouts}
        notes = {
            item.get("id"): item for page in pages.values() for item in of_type(page, "endnote")
        }
        assert list(notes) == [one.identifier for one in book.endnotes]
        for one in book.endnotes:
            back = of_type(notes[one.identifier], "backlink")
            assert [a.get("href", "").partition("#")[2] for a in back] == list(one.callouts)

    @pytest.mark.parametrize("make", BOOKS)
    def test_every_link_names_the_file_that_its_target_is_in(
        self, build: Build, make: Callable[[], Book]
    ) -> None:
        pages = dict(build(make()).pages())
        places = {(name, node.get("id")) for name, page in pages.items() for node in page.iter()}
        for name, page in pages.items():
            for a in page.iter(f"{X}a"):
                file, _, fragment = a.get("href", "").partition("#")
                if ":" not in file:
                    assert (file or name) in pages
                    assert not fragment or (file or name, fragment) in places

    def test_roles_are_those_of_dpub_aria(self, build: Build) -> None:
        made = build(sample_book())
        for name, kind, role in (
            ("chapter-1.xhtml", "noteref", "doc-noteref"),
            ("endnotes.xhtml", "backlink", "doc-backlink"),
            ("endnotes.xhtml", "endnotes", "doc-endnotes"),
            ("chapter-1.xhtml", "chapter", "doc-chapter"),
            ("chapter-1.xhtml", "epigraph", "doc-epigraph"),
            ("preface.xhtml", "preface", "doc-preface"),
            ("part-1.xhtml", "part", "doc-part"),
        ):
            found = of_type(made.page(name), kind)
            assert found
            assert {node.get("role") for node in found} == {role}

    def test_several_ways_back_are_told_apart_by_name(self, build: Build) -> None:
        notes = of_type(build(sample_book()).page("endnotes.xhtml"), "endnote")
        said = [[a.get("aria-label") for a in of_type(one, "backlink")] for one in notes[:2]]
        assert said == [["返回正文，注1第1处", "返回正文，注1第2处"], ["返回正文，注2"]]

    @pytest.mark.parametrize("make", BOOKS)
    def test_no_footnote_is_left(self, build: Build, make: Callable[[], Book]) -> None:
        made = build(make())
        assert not any(b"footnote" in content for name, content in made.files.items()
                       if name.endswith(".xhtml"))  # fmt: skip

    def test_notes_can_stand_at_the_end_of_each_chapter(self, build: Build) -> None:
        made = build(sample_book(endnotes={"place": "chapter"}))
        assert "EPUB/endnotes.xhtml" not in made.files
        assert [one.get("id") for one in of_type(made.page("chapter-1.xhtml"), "endnote")] == [
            "note-1-1", "note-1-2", "note-1-3",
        ]  # fmt: skip

    def test_a_callout_never_begins_a_line_of_chinese(self, build: Build) -> None:
        page = build(sample_book()).page("chapter-1.xhtml")
        for a in of_type(page, "noteref"):
            sup = a.getparent()
            assert sup is not None
            knot = sup.getparent()
            assert knot is not None
            assert knot.get("class") == "tied"
            assert len(knot.text or "") == 1

    def test_a_callout_in_a_title_stands_in_the_heading_and_nowhere_else(
        self, build: Build
    ) -> None:
        made = build(awkward_book())
        heading = made.page("chapter-a.xhtml").find(f".//{X}h1")
        assert heading is not None
        assert len(of_type(heading, "noteref")) == 1
        titles = [title for title, _ in made.nav("toc")]
        assert "Chapter 1: Ampers&nd <tag> “quote” 🐠" in titles
        assert "Heading with a note & more" in titles

    def test_a_list_whose_numbers_jump_says_so(self, build: Build) -> None:
        book = awkward_book()
        kept = tuple(one for one in book.endnotes if one.identifier != "note-n")
        # Without note 3, whose callout stands in note 1.
        first = replace(kept[0], blocks=passage("Alone."))
        items = of_type(build(replace(book, endnotes=(first, *kept[1:]))).page("endnotes.xhtml"),
                        "endnote")  # fmt: skip
        assert [one.get("value") for one in items] == [None, None, "4", None, None, None]

    def test_a_sign_that_is_no_number_stands_in_the_text(self, build: Build) -> None:
        text = passage(f"Word{callout('c', 'n', '*')}.")
        book = replace(
            english_book(),
            sections=(section("x", "chapter", "X", blocks=text), section("e", "endnotes", "Notes")),
            endnotes=(note("n", "*", "x", ("c",), "Signed."),),
            figures=(),
        )
        (item,) = of_type(build(book).page("e.xhtml"), "endnote")
        assert item.get("class") == "signed"
        assert texts(item).startswith("* Signed.")


class TestNavigation:
    """Contents, landmarks, lists and pages."""

    def test_the_contents_nest_chapters_in_parts_and_headings_in_chapters(
        self, build: Build
    ) -> None:
        made = build(sample_book())
        nav = next(n for n in made.page("nav.xhtml").iter(f"{X}nav") if n.get(TYPE) == "toc")
        depth = {
            texts(a): sum(1 for above in a.iterancestors() if above.tag == f"{X}ol")
            for a in nav.iter(f"{X}a")
        }
        assert depth == {
            "前言": 1, "第一编　手": 1, "第一章　推刨": 2, "第一件工具": 3, "第二章　三样工具": 2,
            "第二编　灯": 1, "第三章　雨夜": 2, "注释": 1, "制作说明": 1,
        }  # fmt: skip

    def test_landmarks_are_few_and_each_of_its_own_type(self, build: Build) -> None:
        nav = next(
            n for n in build(sample_book()).page("nav.xhtml").iter(f"{X}nav")
            if n.get(TYPE) == "landmarks"
        )  # fmt: skip
        assert nav.get("hidden") == "hidden"
        kinds = [a.get(TYPE) for a in nav.iter(f"{X}a")]
        assert kinds == [
            "titlepage", "toc", "loi", "lot", "preface", "bodymatter", "endnotes", "colophon",
        ]  # fmt: skip

    def test_figures_and_tables_are_listed(self, build: Build) -> None:
        made = build(sample_book())
        assert made.nav("loi") == [("图1　从学徒到师傅的四级台阶", "chapter-1.xhtml#fig-ladder")]
        assert made.nav("lot") == [("表1　三样刨子", "chapter-2.xhtml#tbl-tools")]

    def test_the_page_list_is_the_print_editions_pages(
        self, printed: Callable[[Book], Read]
    ) -> None:
        made = printed(sample_book(isbn={"print": "978-7-5000-0000-0"}))
        pages = dict(made.nav("page-list"))
        assert pages["3"] == "chapter-1.xhtml#pagebreak-3"
        assert list(pages)[-1] == "12"
        assert [folio for folio in pages if folio.isdigit()] == sorted(
            (folio for folio in pages if folio.isdigit()), key=int
        )
        assert made.properties("pageBreakSource") == ["urn:isbn:9787500000000"]
        assert "pageBreakMarkers" in made.properties("schema:accessibilityFeature")
        for folio, address in pages.items():
            name, _, fragment = address.partition("#")
            (mark,) = [one for one in made.page(name).iter() if one.get("id") == fragment]
            assert (mark.get("role"), mark.get("aria-label")) == ("doc-pagebreak", folio)

    def test_a_page_begins_before_the_heading_that_opens_it(
        self, printed: Callable[[Book], Read]
    ) -> None:
        page = printed(sample_book()).page("chapter-1.xhtml")
        (heading,) = [one for one in page.iter() if one.get("id") == "sharpening"]
        before = heading.getprevious()
        assert before is not None
        assert before.get("aria-label") == "4"
        assert not [one for one in page.iter() if "/" in one.get("id", "")]

    def test_page_breaks_change_no_word(
        self, build: Build, printed: Callable[[Book], Read]
    ) -> None:
        for make in BOOKS:
            with_pages = {name: texts(page) for name, page in printed(make()).pages()}
            without = {name: texts(page) for name, page in build(make()).pages()}
            with_pages.pop("nav.xhtml"), without.pop("nav.xhtml")
            assert with_pages == without

    def test_the_ncx_lists_pages_figures_and_tables_for_old_readers(
        self, printed: Callable[[Book], Read]
    ) -> None:
        made = printed(sample_book())
        ncx = etree.fromstring(made.files["EPUB/toc.ncx"])

        def listed(target: str) -> list[tuple[str, str]]:
            return [
                (texts(one).strip(), next(one.iter(f"{NCX}content")).get("src", ""))
                for one in ncx.iter(f"{NCX}{target}")
            ]

        assert listed("pageTarget") == made.nav("page-list")
        assert listed("navTarget") == made.nav("loi") + made.nav("lot")
        kinds = {texts(one).strip(): (one.get("type"), one.get("value"))
                 for one in ncx.iter(f"{NCX}pageTarget")}  # fmt: skip
        assert (kinds["xi"], kinds["3"]) == (("front", None), ("normal", "3"))
        targets = list(
            ncx.iter(*(f"{NCX}{one}" for one in ("navPoint", "pageTarget", "navTarget")))
        )
        numbers = sorted(int(one.get("playOrder", "0")) for one in targets)
        assert numbers == list(range(1, len(targets) + 1))

    def test_without_a_print_edition_no_page_is_claimed(self, build: Build) -> None:
        made = build(sample_book())
        assert made.nav("page-list") == []
        assert made.properties("pageBreakSource") == []

    def test_the_print_edition_is_made_first(self) -> None:
        order = list(editions())
        assert order.index("print-pdf") < order.index("epub")

    def test_the_ncx_tells_its_depth_and_order(self, build: Build) -> None:
        """ebooklib leaves a depth of 0 and no order of play."""
        ncx = etree.fromstring(build(sample_book()).files["EPUB/toc.ncx"])
        metas = {one.get("name"): one.get("content") for one in ncx.iter(f"{NCX}meta")}
        assert metas["dtb:depth"] == "3"
        points = list(ncx.iter(f"{NCX}navPoint"))
        played = [int(point.get("playOrder", "0")) for point in points]
        assert played == sorted(set(played))
        assert len({point.get("id") for point in points}) == len(points) == 9
        assert [texts(one).strip() for one in ncx.iter(f"{NCX}docAuthor")] == ["林知秋"]


class TestText:
    """Figures, tables, verse, formulae, other scripts."""

    def test_a_figure_has_label_alternative_and_long_description(self, build: Build) -> None:
        page = build(sample_book()).page("chapter-1.xhtml")
        picture = page.find(f".//{X}img")
        assert picture is not None
        assert picture.get("alt", "").startswith("四级台阶")
        target = picture.get("aria-details")
        (told,) = [one for one in page.iter(f"{X}details") if one.get("id") == target]
        assert "自左下升向右上" in texts(told)
        caption = page.find(f".//{X}figcaption")
        assert caption is not None
        assert texts(caption).startswith("图1 从学徒到师傅")

    def test_a_picture_tells_its_size_so_that_room_is_kept_for_it(self, build: Build) -> None:
        for make, name in ((sample_book, "ladder"), (english_book, "leaf")):
            picture = build(make()).page("chapter-1.xhtml").find(f".//{X}img")
            assert picture is not None
            assert name in picture.get("src", "")
            assert int(picture.get("width", "0")) > 0
            assert int(picture.get("height", "0")) > 0

    def test_a_table_has_its_caption_and_scoped_heads(self, build: Build) -> None:
        page = build(sample_book()).page("chapter-2.xhtml")
        table = page.find(f".//{X}table")
        assert table is not None
        assert table.get("id") == "tbl-tools"
        assert [texts(one) for one in table.iter(f"{X}caption")] == ["表1 三样刨子"]
        assert {one.get("scope") for one in table.iter(f"{X}th")} == {"col"}
        box = table.getparent()
        assert box is not None
        assert box.get("class") == "table", "what the style sheet measures the page by"
        assert not [one for one in table.iter() if one.get("style")]
        assert [one.get("class") for one in table.iter(f"{X}td")][:3] == [None, None, "right"]

    def test_formulae_are_mathml_with_their_source_for_those_without(self, build: Build) -> None:
        made = build(sample_book())
        found = list(made.page("chapter-2.xhtml").iter(MATHS))
        assert [one.get("display") for one in found] == ["inline", "block"]
        assert found[0].get("alttext") == "n"
        (item,) = [
            one for one in made.package.iter(f"{OPF}item") if one.get("href") == "chapter-2.xhtml"
        ]
        assert item.get("properties") == "mathml"

    def test_verse_keeps_its_lines_and_indents(self, build: Build) -> None:
        page = build(sample_book()).page("chapter-1.xhtml")
        lines = [texts(one) for one in page.iter(f"{X}span") if one.get("class") == "line"]
        assert lines == ["一盏灯，", "两双手，", "\u00a0\u00a0三更的雨落在瓦上。"]

    def test_words_from_right_to_left_say_so(self, build: Build) -> None:
        page = build(awkward_book()).page("chapter-a.xhtml")
        found = {
            one.get("lang"): texts(one).strip() for one in page.iter() if one.get("dir") == "rtl"
        }
        assert found["ar"].startswith("العلم")
        assert found["he"] == "קול"

    def test_latin_emphasis_in_a_chinese_book_is_italic(self, build: Build) -> None:
        text = passage("他说 *slow down*，又说*慢*。")
        book = replace(sample_book(), endnotes=(), figures=(), tables=(),
                       sections=(section("x", "chapter", "章", blocks=text),))  # fmt: skip
        found = list(build(book).page("x.xhtml").iter(f"{X}em"))
        assert [one.get("class") for one in found] == ["latin", None]

    @pytest.mark.parametrize(
        ("markdown", "kept"),
        [
            ("<script>alert(1)</script>Words.", "Words."),
            ("Before <iframe src='http://x.example/'></iframe>after.", "Before after."),
        ],
    )
    def test_scripts_and_frames_of_raw_html_are_left_out(
        self, build: Build, markdown: str, kept: str
    ) -> None:
        text = section("x", "chapter", "X", blocks=passage(markdown))
        book = replace(english_book(), endnotes=(), figures=(), sections=(text,))
        page = build(book).page("x.xhtml")
        assert kept in texts(page)
        assert not list(page.iter(f"{X}script", f"{X}iframe"))


class TestPackage:
    """Metadata of the package document."""

    def test_people_have_roles_and_the_names_they_are_sorted_by(self, build: Build) -> None:
        made = build(sample_book())
        assert made.refined("creator-1") == {"role": "aut", "file-as": "Lin, Zhiqiu"}
        assert made.refined("contributor-1") == {"role": "edt"}
        assert [one.text for one in made.package.iter(f"{DC}contributor")] == ["何渡"]

    def test_dates_are_the_books_and_never_the_clocks(self, build: Build) -> None:
        made = build(sample_book())
        assert [one.text for one in made.package.iter(f"{DC}date")] == ["2026-11-01"]
        assert made.properties("dcterms:modified") == ["2026-11-01T00:00:00Z"]

    def test_the_isbn_identifies_the_edition_and_the_urn_stands_beside_it(
        self, build: Build
    ) -> None:
        package = build(english_book()).package
        found = [str(one.text) for one in package.iter(f"{DC}identifier")]
        assert found[0] == "urn:isbn:9780306406157"
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found[1])
        main = next(package.iter(f"{DC}identifier")).get("id")
        assert package.get("unique-identifier") == main

    def test_title_subtitle_and_series_are_told_apart(self, build: Build) -> None:
        made = build(sample_book())
        assert [one.text for one in made.package.iter(f"{DC}title")] == ["灯下小工", "一本样书"]
        assert made.refined("subtitle")["title-type"] == "subtitle"
        assert made.properties("belongs-to-collection") == ["折页丛书"]
        assert made.refined("series")["group-position"] == "1"

    def test_an_article_does_not_sort_a_title(self, build: Build) -> None:
        assert build(english_book()).refined("title")["file-as"] == "Lamp and the Plane, The"

    def test_metadata_has_no_prefix_that_readers_miss(self, build: Build) -> None:
        """ebooklib writes ``opf:meta``."""
        assert b"opf:" not in build(sample_book()).files["EPUB/content.opf"]

    def test_signs_of_markup_in_metadata_stay_words(self, build: Build) -> None:
        package = build(awkward_book()).package
        assert [one.text for one in package.iter(f"{DC}creator")] == ["O'Brien & Sons <press>"]
        assert [one.text for one in package.iter(f"{DC}title")][1] == "R&D < Q&A"


class TestAccessibility:
    """Accessibility metadata says what is there, and nothing more."""

    def test_what_the_book_has_is_claimed(self, build: Build) -> None:
        made = build(sample_book())
        features = made.properties("schema:accessibilityFeature")
        assert {"alternativeText", "longDescription", "MathML", "tableOfContents"} <= set(features)
        assert made.properties("schema:accessModeSufficient") == ["textual,visual", "textual"]
        assert made.properties("schema:accessibilityHazard") == ["none"]
        assert "MathML" in made.properties("schema:accessibilitySummary")[0]

    def test_what_it_has_not_is_not_claimed(self, build: Build) -> None:
        features = build(english_book()).properties("schema:accessibilityFeature")
        assert not {"longDescription", "MathML"} & set(features)
        made = build(awkward_book())
        assert "visual" not in made.properties("schema:accessMode")
        assert "alternativeText" not in made.properties("schema:accessibilityFeature")

    def test_one_picture_without_words_takes_the_claim_away(self, build: Build) -> None:
        text = passage("![](media/leaf.png)")
        leaf = Medium("media/leaf.png", MEDIA / "leaf.png", "image/png")
        book = replace(sample_book(), endnotes=(), figures=(), tables=(), media=(leaf,),
                       sections=(section("x", "chapter", "章", blocks=text),))  # fmt: skip
        made = build(book)
        assert "alternativeText" not in made.properties("schema:accessibilityFeature")
        assert made.properties("schema:accessModeSufficient") == ["textual,visual"]

    def test_every_document_has_a_title_and_a_language(self, build: Build) -> None:
        for _, page in build(sample_book()).pages():
            assert page.get("lang") == "zh-CN"
            assert texts(next(page.iter(f"{X}title")))


class TestStyles:
    """The style sheet, a concern a file."""

    def test_the_page_keeps_the_readers_colours(self, build: Build) -> None:
        style = re.sub(r"/\*.*?\*/", "", build(sample_book()).style, flags=re.DOTALL)
        rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style)
        coloured = [
            selector.strip()
            for selector, body in rules
            if re.search(r"(?<![-\w])(?:color|background(?:-color)?):(?!\s*inherit)", body)
        ]
        assert coloured == ["img.plate"], "a picture drawn for white paper alone has a ground"

    def test_sizes_are_relative_to_the_readers(self, build: Build) -> None:
        assert not re.search(r"font-size:\s*[\d.]+(?:px|pt|mm)", build(sample_book()).style)

    def test_raised_signs_do_not_push_lines_apart(self, build: Build) -> None:
        rule = re.search(r"sup,\s*sub \{([^}]*)\}", build(sample_book()).style)
        assert rule
        assert "line-height: 0" in rule[1]

    def test_typography_is_that_of_the_language(self, build: Build) -> None:
        assert "text-emphasis" in build(sample_book()).style
        english = build(english_book()).style
        assert "hyphens: auto" in english
        assert "text-emphasis" not in english


class TestPictures:
    """What is let in, and what is refused by name."""

    @pytest.mark.parametrize(
        ("inside", "words"),
        [
            ("<script>x()</script>", "script"),
            ('<image href="http://x.example/a.png"/>', "fetches http://x.example/a.png"),
            ('<g onclick="x()"/>', "onclick"),
            ('<rect fill="url(http://x.example/)"/>', "fetches something"),
            ("<foreignObject/>", "foreignObject"),
        ],
    )
    def test_an_svg_that_does_more_than_draw_is_refused(
        self, build: Build, tmp_path: Path, inside: str, words: str
    ) -> None:
        path = tmp_path / "ladder.svg"
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{inside}</svg>', "utf-8")
        media = (Medium("media/ladder.svg", path, "image/svg+xml"),)
        with pytest.raises(BookError, match=rf"ladder\.svg:2: .*{re.escape(words)}"):
            build(replace(sample_book(), media=media))

    def test_an_svg_that_isnt_well_formed_is_refused_with_its_line(
        self, build: Build, tmp_path: Path
    ) -> None:
        path = tmp_path / "ladder.svg"
        path.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n\n<g></svg>', "utf-8")
        media = (Medium("media/ladder.svg", path, "image/svg+xml"),)
        with pytest.raises(BookError, match=r"ladder\.svg:3: .*isn't well-formed SVG"):
            build(replace(sample_book(), media=media))

    def test_a_picture_that_is_not_of_the_book_is_named(self, build: Build) -> None:
        with pytest.raises(BookError, match=r"media/ladder\.svg isn't part of the book"):
            build(replace(sample_book(), media=()))

    def test_a_link_that_leads_nowhere_is_named_with_its_file(self, build: Build) -> None:
        text = section("x", "chapter", "X", blocks=passage("[there](#nowhere)"), file="01-x.md")
        book = replace(english_book(), sections=(text,), endnotes=(), figures=())
        with pytest.raises(BookError, match=r"01-x\.md: A link leads to #nowhere"):
            build(book)


def test_the_cover_is_embedded_as_the_first_thing_read(
    build: Callable[..., Read], tmp_path: Path
) -> None:
    jpeg = b"\xff\xd8\xff\xe0 a picture"
    made = build(sample_book(), cover=_cover(jpeg, "封面：一盏灯"))
    assert made.files["EPUB/media/cover.jpg"] == jpeg
    (item,) = [one for one in made.package.iter(f"{OPF}item")
               if one.get("href") == "media/cover.jpg"]  # fmt: skip
    assert item.get("properties") == "cover-image"
    assert next(made.package.iter(f"{OPF}itemref")).get("idref") == "text-cover"
    picture = made.page("cover.xhtml").find(f".//{X}img")
    assert picture is not None
    assert (picture.get("role"), picture.get("alt")) == ("doc-cover", "封面：一盏灯")


def _cover(jpeg: bytes, alt: str) -> Cover:
    return Cover("picture", jpeg, jpeg, 1600, 2400, alt)
