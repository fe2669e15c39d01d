"""The web edition and the sample: what is in the EPUB is on a page, and every link leads there."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from sample import awkward_book, english_book, sample_book

from quire.assembly.model import Book
from quire.editions.epub import EDITION as EPUB
from quire.editions.model import Artifact, BuildContext
from quire.editions.sample import EDITION as SAMPLE
from quire.editions.web import EDITION as WEB

Built = Callable[..., Artifact]


@pytest.fixture
def build(tmp_path: Path, context: BuildContext) -> Built:
    """Builds a book's EPUB and, of it, its web edition or its sample."""

    def built(book: Book, edition: Any = WEB) -> Artifact:
        sold = EPUB.build(book, tmp_path, context)
        made: Artifact = edition.build(book, tmp_path, replace(context, earlier={"epub": sold}))
        return made

    return built


def pages_of(artifact: Artifact) -> dict[str, Any]:
    """Name → tree of each page."""
    files = (file for file in artifact.files if file.suffix == ".html")
    return {file.name: html.fromstring(file.read_bytes()) for file in files}


def words_in(tree: Any) -> str:
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize("maker", [sample_book, english_book, awkward_book])
def test_every_link_and_picture_leads_to_something_that_is_there(
    build: Built, maker: Callable[[], Book]
) -> None:
    made = build(maker())
    folder = made.path.parent
    pages = pages_of(made)
    identifiers = {name: set(tree.xpath("//@id")) for name, tree in pages.items()}
    links = 0
    for name, tree in pages.items():
        assert len(identifiers[name]) == len(tree.xpath("//@id")), f"{name}: an identifier twice"
        for address in tree.xpath("//@href | //@src"):
            if re.match(r"(https?|mailto|data):", address):
                continue
            path, _, fragment = unquote(urljoin(name, address)).partition("#")
            assert (folder / path).is_file(), f"{name} leads to {address}"
            if fragment and path in pages:
                assert fragment in identifiers[path], f"{name} leads to {address}"
            links += 1
    assert links > 20


def test_nothing_is_asked_of_another_host(build: Built) -> None:
    for tree in pages_of(build(sample_book())).values():
        loaded = tree.xpath("//script/@src | //link/@href | //img/@src | //@srcset")
        assert not [address for address in loaded if re.match(r"(https?:)?//", address)]


def test_each_page_brings_the_notes_that_it_calls_and_no_others(build: Built) -> None:
    pages = pages_of(build(sample_book()))
    called = 0
    for name, tree in pages.items():
        calls = tree.xpath("//a[@role='doc-noteref']/@href")
        notes = tree.xpath("//section[@role='doc-endnotes']//li/@id")
        assert [f"#{note}" for note in notes] == list(dict.fromkeys(calls)), name
        for back in tree.xpath("//a[@role='doc-backlink']/@href"):
            page, _, fragment = back.partition("#")
            assert pages[page or name].xpath(f"//a[@id='{fragment}']"), f"{name}: {back}"
        called += len(calls)
    assert called > 3
    assert "endnotes.html" not in pages


def test_a_note_keeps_the_number_that_it_has_everywhere(build: Built) -> None:
    for tree in pages_of(build(sample_book())).values():
        for call in tree.xpath("//main//a[@role='doc-noteref']"):
            (note,) = tree.xpath(f"//li[@id='{call.get('href')[1:]}']")
            assert note.get("value") == call.text_content()


def test_all_that_the_epub_says_is_said_on_the_pages(build: Built, tmp_path: Path) -> None:
    from quire.editions.browsing import read_publication

    made = build(sample_book())
    whole = " ".join(words_in(tree.xpath("//main")[0]) for tree in pages_of(made).values())
    publication = read_publication(next(tmp_path.glob("*.epub")))
    for document in publication.documents:
        if document.kind in {"cover", "halftitle"}:
            continue
        for paragraph in document.body.iter("{*}p", "{*}h1", "{*}h2", "{*}td", "{*}figcaption"):
            for link in paragraph.iter("{*}a"):
                if link.get("role") == "doc-backlink":
                    break
            else:
                said = " ".join(str(paragraph.xpath("string()")).split())
                assert said in whole, f"{document.name}: {said[:60]}"


def test_the_search_has_every_block_and_finds_it_by_its_identifier(build: Built) -> None:
    made = build(sample_book())
    pages = pages_of(made)
    held = (made.path.parent / "text.js").read_text("utf-8")
    (packed,) = re.findall(r'^quire\.text\("([A-Za-z0-9+/=]+)"\)$', held.strip())
    told = json.loads(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))
    assert {unquote(address) for address, _, _ in told} == set(pages) - {"index.html"}
    for address, title, blocks in told:
        tree = pages[unquote(address)]
        assert title in tree.findtext(".//title")
        for identifier, text in blocks:
            (element,) = tree.xpath("//*[@id=$name]", name=identifier)
            assert text[:6] in words_in(element)


def test_neither_numbers_of_notes_nor_readings_are_in_the_searched_text() -> None:
    from lxml import etree

    from quire.editions.browsing import Document, numbered_blocks

    body = etree.fromstring(
        '<body xmlns="http://www.w3.org/1999/xhtml"><p>前<sup><a role="doc-noteref" href="#n">12'
        "</a></sup>后<ruby>字<rt>zì</rt></ruby></p><ul><li>外<ul><li>内</li></ul></li></ul></body>"
    )
    found = numbered_blocks(Document("d", "题", body, "chapter"))
    assert [text for _, text in found] == ["前后字", "外", "内"]
    assert len({identifier for identifier, _ in found}) == 3


def test_a_page_and_all_that_it_loads_stay_small(build: Built) -> None:
    made = build(sample_book())
    files = {file.relative_to(made.path.parent).as_posix(): file for file in made.files}
    for name, tree in pages_of(made).items():
        loaded = [name, *tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")]
        assert sum(files[one].stat().st_size for one in loaded) <= 100_000, name


def test_pages_of_a_book_from_right_to_left_run_so(build: Built) -> None:
    made = build(sample_book(lang="he"))
    assert all(tree.get("dir") == "rtl" for tree in pages_of(made).values())


def test_a_language_without_words_for_the_frame_has_english_ones(build: Built) -> None:
    made = build(english_book(lang="is"))
    assert "Search" in (made.path.parent / "index.html").read_text("utf-8")


def test_words_of_a_book_are_no_markup_and_no_code(build: Built) -> None:
    title = 'A <b>"bold"</b> & </script> title'
    made = build(english_book(title=title))
    for name, tree in pages_of(made).items():
        assert title in " ".join(tree.findtext(".//title").split()), name
        assert not tree.xpath("//header//b")


def test_the_same_bytes_each_time(build: Built) -> None:
    assert build(sample_book()).sha256 == build(sample_book()).sha256


def test_the_sample_is_the_first_chapter_in_one_file(build: Built) -> None:
    made = build(sample_book(), SAMPLE)
    assert made.files == (made.path,)
    assert made.sample == made.path
    tree = html.fromstring(made.path.read_bytes())
    whole = build(sample_book())
    assert whole.sample is not None
    chapter = html.fromstring(whole.sample.read_bytes())
    for path in ("//main//h1", "//main//p[1]"):
        assert words_in(tree.xpath(path)[0]) == words_in(chapter.xpath(path)[0])
    assert len(tree.xpath("//main//h1")) == 1
    loaded = tree.xpath("//script/@src | //link/@href | //img/@src")
    assert all(address.startswith("data:") for address in loaded)
    ways = {way for way in tree.xpath("//a/@href") if not re.match(r"#|https?:", way)}
    assert ways == {"index.html"}, "what leads on leads to the whole book"
