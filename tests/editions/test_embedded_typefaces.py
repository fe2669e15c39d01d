"""Typefaces in the EPUB: none unless asked for, then what the text needs, where licences allow."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from epub_reading import MATHS, OPF, Read, X
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from lxml import etree
from sample import english_book, sample_book

from quire.assembly.model import Book
from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.problems import BookError
from quire.toolchain import epubcheck_jar, java_path
from quire.toolchain.font_subsets import licence_problems, subset_of
from quire.toolchain.fonts import FontFile, FontLibrary, find_fonts, missing_characters

Build = Callable[..., Read]
BOOKS = {"zh": sample_book, "en": english_book}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
VARIATION = "\ufe0e"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, context: BuildContext) -> dict[str, Read]:
    """A Chinese and an English book with their typefaces."""
    out = tmp_path_factory.mktemp("embedded")
    return {
        language: Read(EDITION.build(make(epub={"fonts": "embed"}), out, context))
        for language, make in BOOKS.items()
    }


def _faces(read: Read) -> dict[str, TTFont]:
    return {
        Path(name).name.partition("-subset")[0]: TTFont(io.BytesIO(content))
        for name, content in read.files.items()
        if name.startswith("EPUB/fonts/")
    }


def _signs(read: Read, *tags: str) -> set[str]:
    """The characters that a reader sees in all elements of these names, formulas left out."""
    found = [
        text
        for _, page in read.pages()
        for tag in tags
        for node in page.iter(X + tag)
        for text in _seen(node)
    ]
    return {sign for sign in "".join(found) if not sign.isspace()}


def _seen(node: etree._Element) -> Iterator[str]:
    if any(one.get("hidden") for one in (node, *node.iterancestors())):
        return
    yield node.text or ""
    for child in node:
        if child.tag != MATHS:
            yield from _seen(child)
        yield child.tail or ""


@pytest.mark.parametrize("make", BOOKS.values())
def test_a_book_that_asks_for_none_has_none(build: Build, make: Callable[[], Book]) -> None:
    made = build(make())
    assert not any("font" in name for name in made.files)
    assert "@font-face" not in made.style
    assert "font subsets" not in made.details


@pytest.mark.parametrize("language", BOOKS)
class TestEmbedded:
    """A book that asks for its typefaces."""

    def test_each_file_is_declared_in_manifest_and_style(
        self, embedded: dict[str, Read], language: str
    ) -> None:
        made = embedded[language]
        items = {one.get("href"): one.get("media-type") for one in made.package.iter(f"{OPF}item")}
        fonts = [name for name in items if str(name).startswith("fonts/")]
        assert fonts
        for name in fonts:
            assert items[name] in {"font/ttf", "font/otf", "font/woff2"}
            assert f'src: url("../{name}")' in made.style

    def test_a_subset_says_that_it_is_one_and_keeps_its_licence(
        self, embedded: dict[str, Read], language: str
    ) -> None:
        for font in _faces(embedded[language]).values():
            names = font["name"]
            family = str(names.getDebugName(1))
            assert family.endswith(" Subset")
            assert f'font-family: "{family}"' in embedded[language].style
            assert "Open Font License" in str(names.getDebugName(13))
            assert names.getDebugName(0)

    def test_headings_are_in_the_bold_face(self, embedded: dict[str, Read], language: str) -> None:
        family = {"zh": "NotoSerifSC-700", "en": "SourceSerif4-700"}[language]
        bold = _faces(embedded[language])[family].getBestCmap()
        assert {ord(sign) for sign in _signs(embedded[language], "h1", "h2", "strong")} <= set(bold)

    def test_every_character_of_the_text_is_in_a_face(
        self, embedded: dict[str, Read], language: str, fonts: FontLibrary
    ) -> None:
        known = {
            code for font in _faces(embedded[language]).values() for code in font.getBestCmap()
        }
        signs = "".join(sorted(_signs(embedded[language], "p", "li", "td")))
        # What the typeface itself lacks (the arrow of the ways back) is left to the reader's.
        lacking = missing_characters(fonts.pick("serif", LANGUAGES[language]), signs)
        assert lacking == "↩"
        assert {ord(sign) for sign in signs if sign not in lacking + VARIATION} <= known

    def test_the_report_tells_bytes_before_and_after(
        self, embedded: dict[str, Read], language: str
    ) -> None:
        told = embedded[language].details["font subsets"]
        after = sum(len(content) for name, content in embedded[language].files.items()
                    if name.startswith("EPUB/fonts/"))  # fmt: skip
        assert told.endswith(f" to {after:,} bytes")
        assert after < 150_000

    def test_two_builds_give_the_same_bytes(
        self, embedded: dict[str, Read], language: str, build: Build
    ) -> None:
        assert build(BOOKS[language](epub={"fonts": "embed"})).sha256 == embedded[language].sha256


def test_quotations_in_chinese_are_in_kai_and_the_text_is_not(embedded: dict[str, Read]) -> None:
    faces = _faces(embedded["zh"])
    kai, text = (set(faces[name].getBestCmap()) for name in ("LXGWWenKai-400", "NotoSerifSC-400"))
    assert {ord(sign) for sign in _signs(embedded["zh"], "blockquote")} <= kai
    assert ord("徒") in text
    assert ord("徒") not in kai
    assert '.dedication p {\n  font-family: "LXGW WenKai Subset"' in embedded["zh"].style


def test_emphasis_in_english_has_a_true_italic(embedded: dict[str, Read]) -> None:
    italic = _faces(embedded["en"])["SourceSerif4-400-italic"]
    assert {ord(sign) for sign in _signs(embedded["en"], "em")} <= set(italic.getBestCmap())
    assert len(italic.getBestCmap()) < 100


def test_epubcheck_finds_nothing_in_a_book_with_typefaces(
    embedded: dict[str, Read], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    command = [java_path(), "-jar", epubcheck_jar(), embedded["zh"].path, "--json", report]
    subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert json.loads(report.read_text("utf-8"))["messages"] == []


class TestLicences:
    """What a typeface says of itself is obeyed."""

    @pytest.fixture
    def altered(self, tmp_path: Path, fonts: FontLibrary) -> Callable[..., FontFile]:
        """A typeface that says what it is told to say."""
        face = fonts.pick("latin-serif", "en")

        def written(bits: int, licence: str = "All rights reserved.") -> FontFile:
            path = tmp_path / "fonts" / "serif.ttf"
            path.parent.mkdir(exist_ok=True)
            with TTFont(face.path) as font:
                subsetter = Subsetter(Options(name_IDs=["*"]))
                subsetter.populate(text="abc")
                subsetter.subset(font)
                font["OS/2"].fsType = bits
                for number in (13, 14):
                    font["name"].removeNames(nameID=number)
                font["name"].setName(licence, 13, 3, 1, 0x409)
                font.save(path)
            return FontFile(path, "House Serif", 400, italic=False)

        return written

    @pytest.mark.parametrize(
        ("bits", "words"), [(0x0002, "at all"), (0x0104, "not as a subset"), (0x0204, "bitmaps")]
    )
    def test_a_typeface_that_forbids_it_is_refused_whoever_brings_it(
        self, altered: Callable[..., FontFile], bits: int, words: str
    ) -> None:
        face = altered(bits, "SIL Open Font License 1.1")
        for origin in ("book", "package", "system"):
            (problem,) = licence_problems([replace(face, origin=origin)])
            assert "House Serif" in problem.message
            assert words in problem.message
            assert problem.file == str(face.path)
            assert "`fonts: none`" in problem.remedy

    def test_without_an_open_licence_it_must_be_the_books_own(
        self, altered: Callable[..., FontFile]
    ) -> None:
        face = altered(0x0008)
        assert len(licence_problems([replace(face, origin="system")])) == 1
        assert licence_problems([replace(face, origin="book")]) == []

    @pytest.mark.parametrize("role", ["serif", "serif-bold", "kai", "latin-serif-italic", "mono"])
    def test_the_pinned_typefaces_may_be_embedded(self, fonts: FontLibrary, role: str) -> None:
        assert licence_problems([fonts.pick(role, "zh-CN")]) == []

    def test_a_refusal_stops_the_build_and_leaves_no_file(
        self, altered: Callable[..., FontFile], tmp_path: Path, context: BuildContext
    ) -> None:
        altered(0x0002)
        forbidding = replace(context, fonts=find_fonts(tmp_path))
        with pytest.raises(BookError, match="may not be embedded at all"):
            EDITION.build(english_book(epub={"fonts": "embed"}), tmp_path, forbidding)
        assert not list(tmp_path.glob("*.epub"))


def test_a_subset_doesnt_depend_on_the_order_of_its_characters(fonts: FontLibrary) -> None:
    face = fonts.pick("latin-serif", "en")
    assert subset_of(face, "quire").content == subset_of(face, "eriuqq").content
