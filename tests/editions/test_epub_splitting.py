"""Long documents are cut where a reader turns a page anyway, and everything still leads there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from epub_reading import TYPE, Read, X, of_type, texts
from lxml import etree
from sample import callout, english_book, passage, section

from quire.assembly.model import Book, Endnote, Section
from quire.editions.epub import EDITION
from quire.editions.epub.splitting import LARGEST, split
from quire.editions.epub.xhtml import EPUB, XHTML, Element
from quire.editions.model import Artifact, BuildContext

Build = Callable[..., Read]
SENTENCE = "The lamp was lit again, and the board lay ready on the bench as it did each day. "
SECTIONS = 20


def endnotes(home: str, count: int, words: str) -> tuple[Endnote, ...]:
    """So many notes of the same words, called ``n-1`` to ``n-…``."""
    body = passage(words)
    return tuple(
        Endnote(f"n-{number}", str(number), home, (f"c-{number}",), body)
        for number in range(1, count + 1)
    )


def book_of(home: Section, notes: tuple[Endnote, ...]) -> Book:
    """A book of one chapter, between its contents and its notes."""
    sections = (section("contents", "contents", "Contents"), home)
    return replace(
        english_book(),
        sections=(*sections, section("notes", "endnotes", "Notes")),
        endnotes=notes,
        figures=(),
        media=(),
    )


def long_book() -> Book:
    """A chapter of some 700 KB: sections with a note each, and links to the first and the last."""
    text = []
    for number in range(1, SECTIONS + 1):
        text.append(f"## Section {number} {{#s-{number}}}")
        text.append(f"Called here.{callout(f'c-{number}', f'n-{number}', str(number))}")
        text += [f"{number}, {one}. {SENTENCE * 8}" for one in range(50)]
        text.append(f"See [the first](#s-1) and [the last](#s-{SECTIONS}), {number}.")
    home = section("long", "chapter", "Long", "Chapter 1", 0, passage("\n\n".join(text)), "01.md")
    return book_of(home, endnotes("long", SECTIONS, "A note."))


@pytest.fixture(scope="module")
def long(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The long book's EPUB; in print, each of its sections begins a page."""
    out = tmp_path_factory.mktemp("long")
    folios = {f"s-{number}": str(number + 1) for number in range(1, SECTIONS + 1)}
    printed = Artifact("print-pdf", out / "book.pdf", "application/pdf", "", page_of=folios)
    return Read(EDITION.build(long_book(), out, replace(context, earlier={"print-pdf": printed})))


@pytest.fixture(scope="module")
def parts() -> Callable[[str, int], list[Element]]:
    """The documents that the content of a section becomes when it may have so many bytes."""

    def made(content: str, largest: int) -> list[Element]:
        markup = (
            f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}"><head><title>T</title></head>'
            f'<body><section id="s" role="doc-chapter" epub:type="chapter" class="chapter">'
            f"{content}</section></body></html>"
        )
        return split(etree.fromstring(markup), largest)

    return made


def blocks(root: Element) -> list[str]:
    """Name and identifier of the blocks in a document's section."""
    found = root.find(f"{X}body/{X}section")
    assert found is not None
    return [etree.QName(one).localname + one.get("id", "") for one in found]


def test_a_long_chapter_is_several_documents_that_each_begin_at_a_heading(long: Read) -> None:
    names = [name for name in long.reading_order() if name.startswith("long")]
    assert names == ["long.xhtml", "long-2.xhtml", "long-3.xhtml"]
    assert max(len(long.files[f"EPUB/{name}"]) for name in names) < LARGEST * 1.02
    opening = [next(one for one in blocks(long.page(name)) if one[0] == "h") for name in names]
    assert [one[:2] for one in opening] == ["h1", "h2", "h2"]


def test_a_section_that_goes_on_is_no_second_chapter_to_those_who_hear_it(long: Read) -> None:
    first, second = long.page("long.xhtml"), long.page("long-2.xhtml")
    assert len(of_type(first, "chapter")) == 1
    assert of_type(second, "chapter") == []
    assert [one.get("role") for one in second.iter(f"{X}section")] == [None]
    titles = [texts(next(page.iter(f"{X}title"))) for page in (first, second)]
    assert titles == ["Chapter 1: Long", "Chapter 1: Long (2)"]


def test_links_notes_and_contents_lead_into_the_document_that_the_place_is_in(long: Read) -> None:
    pages = dict(long.pages())
    places = [
        (name, str(node.get("id")))
        for name, page in pages.items()
        for node in page.iter()
        if node.get("id")
    ]
    assert len({identifier for _, identifier in places}) == len(places), "an id stands twice"
    for name, page in pages.items():
        for link in page.iter(f"{X}a"):
            file, _, fragment = link.get("href", "").partition("#")
            assert (file or name) in pages
            assert not fragment or (file or name, fragment) in places
    assert sum(len(of_type(page, "noteref")) for page in pages.values()) == SECTIONS
    home = {identifier: name for name, identifier in places}
    assert long.nav("toc")[1:-1] == [
        (f"Section {number}", f"{home[f's-{number}']}#s-{number}")
        for number in range(1, SECTIONS + 1)
    ]


def test_page_breaks_stay_at_their_words_and_the_list_follows_them(
    long: Read, build: Build
) -> None:
    listed = long.nav("page-list")
    assert [folio for folio, _ in listed] == [str(number + 2) for number in range(SECTIONS)]
    assert {address.partition("#")[0] for _, address in listed} == {
        "long.xhtml", "long-2.xhtml", "long-3.xhtml",
    }  # fmt: skip
    for folio, address in listed:
        name, _, fragment = address.partition("#")
        (mark,) = [one for one in long.page(name).iter() if one.get("id") == fragment]
        assert mark.get("aria-label") == folio
        heading = mark.getnext()
        assert heading is not None
        assert heading.get("id") == f"s-{int(folio) - 1}"
    read = [
        [texts(page) for _, page in one.pages() if page.find(f".//{X}nav") is None]
        for one in (long, build(long_book()))
    ]
    assert read[0] == read[1]


def test_a_list_of_thousands_of_notes_counts_on_in_the_next_document(build: Build) -> None:
    count = 2000
    text = "\n\n".join(f"W{callout(f'c-{n}', f'n-{n}', str(n))}." for n in range(1, count + 1))
    home = section("x", "chapter", "X", blocks=passage(text))
    made = build(book_of(home, endnotes("x", count, f"A note. {SENTENCE}")))
    lists = [
        found
        for name in made.reading_order()
        if name.startswith("notes")
        for found in made.page(name).iter(f"{X}ol")
    ]
    assert len(lists) > 2
    done = 0
    for listed in lists:
        assert listed.get("start", "1") == str(done + 1)
        done += len(listed)
        assert {one.get(TYPE) for one in listed} == {"endnote"}
    assert done == count


class TestWhereToCut:
    """Places that may be cut, in small."""

    def test_the_last_heading_of_the_highest_level_that_fits(
        self, parts: Callable[[str, int], list[Element]]
    ) -> None:
        p = f"<p>{'x' * 100}</p>"
        found = parts(f'<h1 id="1">A</h1>{p}<h2 id="2">B</h2>{p}<h3 id="3">C</h3>{p}', 450)
        assert [blocks(one) for one in found] == [["h11", "p"], ["h22", "p", "h33", "p"]]

    def test_a_paragraph_where_there_is_no_heading(
        self, parts: Callable[[str, int], list[Element]]
    ) -> None:
        found = parts("".join(f'<p id="{n}">{"x" * 100}</p>' for n in range(6)), 420)
        assert [blocks(one) for one in found] == [["p0", "p1", "p2"], ["p3", "p4", "p5"]]

    def test_never_behind_a_heading_or_a_page_break(
        self, parts: Callable[[str, int], list[Element]]
    ) -> None:
        page = '<span id="b" epub:type="pagebreak" role="doc-pagebreak" aria-label="2"/>'
        found = parts(f"<p>{'x' * 300}</p>{page}<h2>A</h2><p>{'y' * 300}</p>", 560)
        assert [blocks(one) for one in found] == [["p"], ["spanb", "h2", "p"]]

    def test_a_figure_and_its_long_description_stay_together(
        self, parts: Callable[[str, int], list[Element]]
    ) -> None:
        figure = '<figure><img alt="" aria-details="d"/></figure>'
        told = f'<details id="d" class="long-description"><p>{"y" * 300}</p></details>'
        found = parts(f"<p>{'x' * 300}</p>{figure}{told}<p>z</p>", 560)
        assert [blocks(one) for one in found] == [["p"], ["figure", "detailsd", "p"]]

    def test_a_description_far_away_is_no_reference_any_more(
        self, parts: Callable[[str, int], list[Element]]
    ) -> None:
        figure = '<figure><img alt="" aria-details="d"/><a href="#d">Long description</a></figure>'
        found = parts(f'{figure}<p>{"x" * 300}</p><p id="d">{"y" * 300}</p>', 560)
        assert found[0].find(f".//{X}img[@aria-details]") is None
        assert found[0].find(f".//{X}a") is not None

    def test_what_is_one_piece_stays_one(self, parts: Callable[[str, int], list[Element]]) -> None:
        assert len(parts(f"<h1>A</h1><p>{'x' * 3000}</p>", 300)) == 1
        assert len(parts(f"<table><tr><td>{'x' * 3000}</td></tr></table>", 300)) == 1

    def test_a_quotation_goes_on_as_one(self, parts: Callable[[str, int], list[Element]]) -> None:
        inside = "".join(f"<p>{'x' * 100}</p>" for _ in range(6))
        found = parts(f'<blockquote class="letter" id="q">{inside}</blockquote>', 500)
        assert [blocks(one) for one in found] == [["blockquoteq"], ["blockquote"]]
        quotations = [next(one.iter(f"{X}blockquote")) for one in found]
        assert [one.get("class") for one in quotations] == ["letter", "letter"]
