"""The EPUB in a real reading engine (epub.js), driven in the system's Chromium."""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.toolchain import find_fonts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ENGINE = {
    "jszip.js": ROOT / "node_modules/jszip/dist/jszip.min.js",
    "epub.js": ROOT / "node_modules/epubjs/dist/epub.js",
}
BOOKS = ("sample_book", "english_book", "awkward_book")
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>html, body, #reader { margin: 0; width: 100%; height: 100% }</style>
<div id="reader"></div><script src="jszip.js"></script><script src="epub.js"></script>
<script>
  const book = ePub(new URLSearchParams(location.search).get("book"))
  const rendition = book.renderTo("reader", {width: "100%", height: "100%", flow: "scrolled-doc"})
  const moved = async act => {
    const there = new Promise(done => rendition.once("relocated", done))
    await act()
    await there
  }
  const documents = () => [...document.querySelectorAll("iframe")].map(one => one.contentDocument)
</script>"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with the engine, a page that opens books in it, and the books."""
    missing = [path.name for path in ENGINE.values() if not path.is_file()]
    if missing:
        pytest.skip("the reading engine isn't installed: run `make parts` (epubjs)")
    sys.path.insert(0, str(ROOT / "tests" / "editions"))
    import sample

    folder = tmp_path_factory.mktemp("site")
    context = BuildContext(
        find_fonts(ROOT), datetime(2026, 11, 1, tzinfo=UTC), None, tmp_path_factory.mktemp("work")
    )
    for name in BOOKS:
        EDITION.build(getattr(sample, name)(), folder, context).path.rename(folder / f"{name}.epub")
    for name, path in ENGINE.items():
        shutil.copyfile(path, folder / name)
    (folder / "reader.html").write_text(PAGE, "utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: a test's output is its own."""


class Reader:
    """A book open in the engine, and what the browser complained of."""

    def __init__(self, browser: Browser, site: str, book: str, width: int = 390) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 844})
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.goto(f"{site}/reader.html?book={book}.epub")
        self.spine: list[str] = self.page.evaluate(
            "async () => { await book.ready; return book.spine.spineItems.map(one => one.href) }"
        )

    def open(self, address: str) -> None:
        self.page.evaluate("address => moved(() => rendition.display(address))", address)

    def shown(self, script: str) -> Any:
        """What a function of the shown document gives."""
        return self.page.evaluate(f"() => ({script})(documents()[0])")

    def follow(self, selector: str, number: int) -> None:
        """Tap a link, and wait until the engine has shown what it leads to."""
        tap = """([selector, number]) =>
            moved(() => documents()[0].querySelectorAll(selector)[number].click())"""
        self.page.evaluate(tap, [selector, number])

    def comes_to(self, identifier: str) -> None:
        """Wait until an element of the shown document is on the screen, or fail."""
        script = """identifier => {
            const frame = document.querySelector("iframe").getBoundingClientRect()
            const found = documents()[0].getElementById(identifier)
            if (!found) return false
            const top = frame.top + found.getBoundingClientRect().top
            return top > -20 && top < innerHeight
        }"""
        self.page.wait_for_function(script, arg=identifier, timeout=5000)


@pytest.fixture
def read(browser: Browser, site: str) -> Iterator[Any]:
    opened: list[Reader] = []

    def opener(book: str, width: int = 390) -> Reader:
        opened.append(Reader(browser, site, book, width))
        return opened[-1]

    yield opener
    for reader in opened:
        reader.page.close()


@pytest.mark.parametrize("book", BOOKS)
def test_every_document_opens_without_a_complaint(read: Any, book: str) -> None:
    reader = read(book)
    assert len(reader.spine) > 3
    for address in reader.spine:
        reader.open(address)
        assert reader.shown("shown => shown.body.textContent.trim().length") > 0
        broken = "shown => [...shown.images].filter(one => !one.naturalWidth).length"
        assert reader.shown(broken) == 0
    assert reader.complaints == []


@pytest.mark.parametrize("book", BOOKS)
def test_no_document_is_wider_than_a_small_phone(read: Any, book: str) -> None:
    reader = read(book, width=320)
    for address in reader.spine:
        reader.open(address)
        assert reader.shown("shown => shown.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize(
    ("book", "chapter"), [("sample_book", "chapter-1"), ("english_book", "chapter-1")]
)
def test_each_callout_leads_to_its_note_and_the_way_back_to_the_callout(
    read: Any, book: str, chapter: str
) -> None:
    reader = read(book)
    reader.open(f"{chapter}.xhtml")
    callouts = reader.shown(
        "shown => [...shown.querySelectorAll('a.noteref')]"
        ".map(one => [one.id, one.getAttribute('href').split('#')[1]])"
    )
    assert len(callouts) > 1
    for number, (callout, note) in enumerate(callouts):
        reader.open(f"{chapter}.xhtml")
        reader.follow("a.noteref", number)
        reader.comes_to(note)
        selector = f"a.backlink[href$='#{callout}']"
        reader.follow(selector, 0)
        reader.comes_to(callout)


def test_a_callout_is_large_enough_for_a_finger_and_moves_no_line(read: Any) -> None:
    reader = read("sample_book")
    reader.open("chapter-1.xhtml")
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


def test_the_contents_open_every_place_that_they_name(read: Any) -> None:
    reader = read("sample_book")
    reader.open("nav.xhtml")
    count = reader.shown("shown => shown.querySelectorAll('nav.contents a').length")
    assert count == 9
    for number in range(count):
        reader.open("nav.xhtml")
        title = reader.shown(
            f"shown => shown.querySelectorAll('nav.contents a')[{number}].textContent"
        )
        reader.follow("nav.contents a", number)
        assert title.split("\u3000")[-1] in reader.shown("shown => shown.body.textContent")
