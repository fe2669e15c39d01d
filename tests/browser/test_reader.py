"""EPUBs in real reading engines: documents open, notes pop up and return, contents lead there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from reading_engines import ENGINES, WHOLE, Reader

pytestmark = pytest.mark.browser
in_each_engine = pytest.mark.parametrize("engine", ENGINES)

Read = Callable[..., Reader]
NAMES = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


def documents(epub: Path) -> Iterator[tuple[str, etree._Element]]:
    """Name and root of each XHTML file, read without any engine."""
    with zipfile.ZipFile(epub) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                yield Path(name).name, etree.fromstring(archive.read(name))


def links(epub: Path, kind: str) -> list[tuple[str, str, str]]:
    """File, identifier and target of each link of an ``epub:type``, in the order of the files."""
    return [
        (name, str(link.get("id", "")), str(link.get("href")))
        for name, root in documents(epub)
        for link in found(root, f"//x:a[@epub:type='{kind}']")
    ]


def found(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements of a path of XPath."""
    nodes: Any = root.xpath(path, namespaces=NAMES)
    return list(nodes)


def words(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


@in_each_engine
@pytest.mark.parametrize("book", ["default", "vertical_book"])
def test_every_document_opens_without_a_complaint(read: Read, engine: str, book: str) -> None:
    reader = read(engine, book)
    assert len(reader.spine) > 3
    for address in reader.spine:
        reader.go(address)
        assert reader.shown("shown => shown.images.length + shown.body.textContent.trim().length")
        broken = "shown => [...shown.images].filter(one => !one.naturalWidth).length"
        assert reader.shown(broken) == 0
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("engine", "book"),
    [
        *((engine, book) for engine in ENGINES for book in ("almanac", "awkward_book")),
        ("epubjs", "vertical_book"),
        ("foliate", "default"),
    ],
)
def test_each_callout_leads_to_its_note_and_each_way_back_to_its_callout(
    read: Read, shelf: Path, engine: str, book: str
) -> None:
    callouts = links(shelf / f"{book}.epub", "noteref")
    assert len(callouts) > 4
    ways_back = {
        fragment
        for name, _, href in links(shelf / f"{book}.epub", "backlink")
        for fragment in [href.partition("#")[2]]
    }
    assert ways_back == {callout for _, callout, _ in callouts}, "a callout has no way back"
    reader, shown = read(engine, book), ""
    for name, callout, href in callouts:
        if shown != name:
            reader.go(name)
        reader.follow(f"[id='{callout}']")
        reader.comes_to(href.partition("#")[2])
        reader.follow(f"a.backlink[href$='#{callout}']")
        reader.comes_to(callout)
        shown = name
    assert reader.complaints == []


@pytest.mark.parametrize("book", [*WHOLE, "awkward_book"])
def test_a_note_is_an_element_of_its_own_that_a_reader_can_pop_up(shelf: Path, book: str) -> None:
    """What Apple Books and Kobo pop up: a link of type noteref to an element of type endnote."""
    notes = {
        str(node.get("id")): node
        for _, root in documents(shelf / f"{book}.epub")
        for node in found(root, "//*[@epub:type='endnote' or @epub:type='footnote']")
    }
    for _, callout, href in links(shelf / f"{book}.epub", "noteref"):
        note = notes[href.partition("#")[2]]
        assert words(note).strip(), callout
        assert found(note, ".//*[@epub:type='endnote' or @epub:type='footnote']") == []
        assert found(note, ".//x:h1 | .//x:h2") == []


@pytest.mark.parametrize("book", [*WHOLE, "awkward_book"])
def test_a_note_pops_up_alone(read: Read, shelf: Path, book: str) -> None:
    """In the engine that has pop-ups of its own."""
    epub = shelf / f"{book}.epub"
    notes = {
        str(node.get("id")): words(node)
        for _, root in documents(epub)
        for node in found(root, "//x:li[@epub:type='endnote']")
    }
    reader, shown = read("foliate", book), ""
    for name, callout, href in links(epub, "noteref")[:12]:
        if shown != name:
            reader.go(name)
        said = reader.popped_up(f"[id='{callout}']")
        assert said == {"kind": "endnote", "text": notes[href.partition("#")[2]]}
        shown = name
    assert reader.complaints == []


@in_each_engine
def test_a_callout_is_large_enough_for_a_finger_and_moves_no_line(read: Read, engine: str) -> None:
    reader = read(engine, "sample_book")
    reader.go("chapter-1.xhtml")
    height = reader.shown(
        "shown => shown.querySelector('a.noteref').getBoundingClientRect().height"
    )
    assert height >= 24  # WCAG 2.2, 2.5.8: target size
    lines = reader.shown(
        """shown => {
            const lines = one => one.getBoundingClientRect().height /
                parseFloat(shown.defaultView.getComputedStyle(one).lineHeight)
            return [...shown.querySelectorAll('p:has(.noteref):not(:has(em))')].map(lines)
        }"""
    )
    assert lines
    assert lines == pytest.approx([round(count) for count in lines], abs=0.02)


@in_each_engine
def test_the_contents_open_every_place_that_they_name(read: Read, engine: str) -> None:
    reader = read(engine, "sample_book")
    reader.go("nav.xhtml")
    entries = reader.shown(
        "shown => [...shown.querySelectorAll('nav.contents a')]"
        ".map(one => [one.getAttribute('href'), one.textContent])"
    )
    assert len(entries) == 9
    for href, title in entries:
        reader.go("nav.xhtml")
        reader.follow(f"nav.contents a[href='{href}']")
        assert title.split("\u3000")[-1] in reader.shown("shown => shown.body.textContent")
