"""Catalogues that reading programs subscribe to: each says the book, and leads to its files."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from filled_shelf import fill, with_metadata
from lxml import etree
from sample import sample_book

from quire.assembly.model import Book

ATOM = "{http://www.w3.org/2005/Atom}"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


def feeds(folder: Path) -> tuple[etree._Element, dict[str, object]]:
    xml = etree.parse(folder / "opds.xml").getroot()
    return xml, json.loads((folder / "opds.json").read_text("utf-8"))


@pytest.fixture
def book() -> Book:
    return sample_book()


@pytest.fixture
def shelf(tmp_path: Path, book: Book) -> Path:
    return fill(tmp_path, book)


def test_the_atom_feed_has_what_its_standards_ask_for(shelf: Path) -> None:
    feed, _ = feeds(shelf)
    for node in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1, f"RFC 4287, 4.1: one {name}"
        assert node.find(f"{ATOM}author/{ATOM}name") is not None
    assert feed.find(f"{ATOM}link[@rel='self']").get("type").endswith("kind=acquisition")  # type: ignore[union-attr]
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}updated").text == "2026-11-01T09:30:00Z"  # type: ignore[union-attr]
    assert entry.find(f"{ATOM}id").text != feed.find(f"{ATOM}id").text  # type: ignore[union-attr]


def test_every_link_leads_to_a_file_of_that_length(shelf: Path) -> None:
    feed, told = feeds(shelf)
    (entry,) = feed.iter(f"{ATOM}entry")
    links = entry.findall(f"{ATOM}link")
    offered = [link for link in links if link.get("rel") == OPEN_ACCESS]
    assert len(offered) == 3
    for link in links:
        assert (shelf / unquote(link.get("href", ""))).is_file()
    for link in offered:
        size = (shelf / unquote(link.get("href", ""))).stat().st_size
        assert link.get("length") == str(size)
    (publication,) = told["publications"]  # type: ignore[misc]
    assert len(publication["links"]) == 3
    for one in (*publication["links"], *publication["images"]):
        assert (shelf / unquote(one["href"])).is_file()


def test_both_catalogues_say_the_same_of_the_book(shelf: Path, book: Book) -> None:
    feed, told = feeds(shelf)
    (entry,) = feed.iter(f"{ATOM}entry")
    (publication,) = told["publications"]  # type: ignore[misc]
    assert entry.find(f"{ATOM}title").text == book.metadata.full_title  # type: ignore[union-attr]
    assert publication["metadata"]["title"] == book.metadata.title
    assert publication["metadata"]["identifier"] == entry.find(f"{ATOM}id").text  # type: ignore[union-attr]
    assert publication["metadata"]["author"] == list(book.metadata.authors)
    assert publication["metadata"]["language"] == book.metadata.lang


def test_a_bare_book_has_catalogues_too(tmp_path: Path, book: Book) -> None:
    bare = with_metadata(
        book, title="📚 <Fish> & Chips", author=[], description="", rights=None, publisher=None
    )
    feed, told = feeds(fill(tmp_path, bare, cover=False))
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "📚 <Fish> & Chips"  # type: ignore[union-attr]
    assert "images" not in told["publications"][0]  # type: ignore[index]


def test_the_page_tells_where_the_catalogues_are(shelf: Path) -> None:
    page = (shelf / "index.html").read_text("utf-8")
    assert 'type="application/opds+json"' in page
    assert 'href="opds.xml"' in page
    assert '<meta property="og:type" content="book">' in page
