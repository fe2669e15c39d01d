"""Golden books: a manuscript goes the whole way, and what a reader gets is compared line by line.

The golden files are readings: every block of the EPUB in reading order, its element before it.
``QUIRE_APPROVE=1`` writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

import difflib
import os
import posixpath
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from quire.checks.ace import run_ace
from quire.checks.epubcheck import run_epubcheck
from quire.cli import main
from quire.problems import ToolMissing

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden" / "books"
BOOKS = ("almanac", "novel")
XHTML = "{http://www.w3.org/1999/xhtml}"
SILENT = {"annotation", "desc", "title"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "pre", "figcaption", "caption"}


@pytest.fixture(scope="module", params=BOOKS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A golden book's folder after a build. The novel comes from its scan by ``new --from``."""
    name = str(request.param)
    folder = tmp_path_factory.mktemp("books") / name
    if (GOLDEN / name / "metadata.yaml").is_file():
        shutil.copytree(GOLDEN / name, folder)
    else:
        source = TESTS / "cleaning" / "messy" / f"{name}.txt"
        assert main(["new", str(folder), "--from", str(source), "--quiet"]) == 0
    assert main(["build", "--book", str(folder), "--quiet"]) == 0
    return folder


def spine(epub: Path) -> Iterator[tuple[str, etree._Element]]:
    """Name and root of each document in reading order, as the package file orders them."""
    with zipfile.ZipFile(epub) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        package_name = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = etree.fromstring(archive.read(str(package_name)))
        hrefs = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        for item in package.iter("{*}itemref"):
            href = str(hrefs[item.get("idref")])
            path = posixpath.join(posixpath.dirname(str(package_name)), href)
            yield href, etree.fromstring(archive.read(path))


def reading(epub: Path) -> str:
    """An EPUB as lines: each block with its element, so that a person can read the difference."""
    lines = []
    for name, root in spine(epub):
        lines.append(f"== {posixpath.basename(name)}")
        body = root.find(f"{XHTML}body")
        assert body is not None
        lines += [f"{element}: {words}" for element, words in blocks(body)]
    return "\n".join(lines) + "\n"


def blocks(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The element and the words of each block; words beside inner blocks are a block too."""
    said: list[str] = []
    places: list[str] = []

    def walk(node: etree._Element, block: str) -> Iterator[tuple[str, str]]:
        element = str(node.tag).rpartition("}")[2]
        if element == "img":
            yield "img", str(node.get("alt"))
        if element in SILENT or not isinstance(node.tag, str):
            return
        inside = element if element in BLOCKS or node.tag == f"{XHTML}div" else block
        if inside is not block:
            yield from flush()
        places[:] = [inside]
        said.append(node.text or "")
        for below in node:
            yield from walk(below, inside)
            places[:] = [inside]
            said.append(below.tail or "")
        if inside is not block:
            yield from flush()

    def flush() -> Iterator[tuple[str, str]]:
        words = " ".join("".join(said).split())
        said.clear()
        if words:
            yield places[0], words

    yield from walk(root, "body")
    yield from flush()


def test_what_a_reader_gets_is_what_was_approved(built: Path) -> None:
    golden = GOLDEN / f"{built.name}.reading.txt"
    now = reading(next((built / "dist").glob("*.epub")))
    if os.environ.get("QUIRE_APPROVE"):
        golden.write_text(now, "utf-8")
    approved = golden.read_text("utf-8")
    difference = difflib.unified_diff(approved.splitlines(), now.splitlines(), lineterm="")
    assert now == approved, "\n".join(difference)


def test_epubcheck_finds_nothing(built: Path) -> None:
    assert run_epubcheck(next((built / "dist").glob("*.epub"))) == []


def test_ace_finds_no_violation_of_any_level(built: Path) -> None:
    try:
        assert run_ace(next((built / "dist").glob("*.epub"))) == []
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")


def test_check_finds_no_error_in_the_manuscript(built: Path) -> None:
    assert main(["check", "--book", str(built), "--out", str(built / "none"), "--quiet"]) == 0


def test_the_pdfs_bookmarks_are_the_epubs_headings_of_chapters(built: Path) -> None:
    titles = [
        line.removeprefix("h1: ")
        for line in reading(next((built / "dist").glob("*.epub"))).splitlines()
        if line.startswith("h1: ")
    ]
    screen = next(
        path for path in (built / "dist").glob("*.pdf") if not path.stem.endswith("-print")
    )
    document = pypdfium2.PdfDocument(screen)
    bookmarks = letters("".join(item.get_title() for item in document.get_toc()))
    assert len(titles) > 3
    for title in titles[1:]:  # the first is the title page's
        assert letters(title) in bookmarks


def letters(text: str) -> str:
    """Its letters alone: callouts, numbers and the joint of label and title aside."""
    return "".join(sign for sign in text if sign.isalpha())
