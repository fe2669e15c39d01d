"""Notes at the foot of the page, in print, where metadata.yaml asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pdf_reading import page_labels, read, squeezed
from sample import awkward_book, callout, english_book, note, passage, sample_book, section

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.editions.screen_pdf import EDITION as SCREEN
from quire.pandoc import plain_text

IN_HEADINGS = {"call-h", "call-i"}
AT_FOOT = {"notes": "footnotes"}
Build = Callable[[Book], Artifact]


@pytest.fixture(scope="module")
def build(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda book: PRINT.build(book, tmp_path_factory.mktemp("print"), context)


def page_texts(done: Artifact) -> dict[str, str]:
    """Folio → the page's text, squeezed."""
    labels, sheets = page_labels(done.path), read(done.path)
    return {label: squeezed(sheet.text) for label, sheet in zip(labels, sheets, strict=True)}


@pytest.mark.parametrize("make", [sample_book, english_book, awkward_book])
def test_each_note_stands_on_the_page_of_each_of_its_callouts(
    build: Build, make: Callable[..., Book]
) -> None:
    book = make(print=AT_FOOT)
    done = build(book)
    texts = page_texts(done)
    checked = 0
    for one in book.endnotes:
        words = squeezed(plain_text(one.blocks))[:5]
        for name in one.callouts:
            here = done.page_of[name]
            # Typst leaves a heading's note on the page that the heading didn't fit on.
            before = texts[str(int(here) - 1)] if name in IN_HEADINGS and here != "1" else ""
            assert words in texts[here] + before, (one.identifier, name)
            checked += 1
    assert checked > 1


def test_there_are_no_notes_at_the_back_and_the_contents_have_none(build: Build) -> None:
    done = build(sample_book(print=AT_FOOT))
    assert "endnotes" not in done.page_of
    assert "注释" not in squeezed("".join(page_texts(done).values()))


def test_notes_of_chapters_go_to_the_foot_too(build: Build) -> None:
    book = sample_book(print=AT_FOOT, endnotes={"place": "chapter"})
    done = build(book)
    assert "注释" not in squeezed("".join(page_texts(done).values()))
    texts = page_texts(done)
    assert "煤油灯" in texts[done.page_of["call-3-1"]]


def test_a_note_called_twice_on_a_page_stands_there_once_and_again_on_a_later_page(
    build: Build,
) -> None:
    filler = "一行字接着一行字，页面就这样满了。" * 120
    text = passage(
        f"""
开头{callout("call-1", "note-1", "1")}，紧接着{callout("call-2", "note-1", "1")}。

{filler}

末尾{callout("call-3", "note-1", "1")}。
"""
    )
    book = sample_book(print=AT_FOOT)
    chapter = section("chapter-1", "chapter", "推刨", "第一章", 0, text)
    body = note("note-1", "1", "chapter-1", ("call-1", "call-2", "call-3"), "同一条注文。")
    book = Book(book.metadata, (chapter,), (body,), (), (), ())
    done = build(book)
    texts = page_texts(done)
    first, last = done.page_of["call-1"], done.page_of["call-3"]
    assert first == done.page_of["call-2"] != last
    assert texts[first].count("同一条注文") == 1
    assert texts[last].count("同一条注文") == 1


def test_paper_has_no_links(build: Build) -> None:
    with pikepdf.open(build(english_book(print=AT_FOOT)).path) as document:
        assert all("/Annots" not in page for page in document.pages)


def test_the_screen_edition_keeps_its_notes_at_the_back(
    context: BuildContext, tmp_path: Path
) -> None:
    done = SCREEN.build(english_book(print=AT_FOOT), tmp_path, context)
    assert "endnotes" in done.page_of
