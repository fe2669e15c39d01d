"""Open pages follow the book: they change when it does, where one reads, and say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quire.live import Preview, PreviewServer
from quire.toolchain.cache import Cache

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number} of the long chapter. " * 6 for number in range(60))


class Live:
    """A book, its preview, and a page of it in the browser."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.chapter = folder / "book" / "01.md"
        self.chapter.parent.mkdir()
        (folder / "metadata.yaml").write_text("title: Tides\nlang: en\ndate: 2026-01-01\n", "utf-8")
        self.chapter.write_text(f"# One\n\n{LONG}\n", "utf-8")
        self.preview = Preview(folder, folder / "preview", Cache(folder / "cache", "p"))
        self.preview.make()
        self.server = PreviewServer(self.preview, 0)
        self.server.begin()
        self.page: Page = browser.new_page(viewport={"width": 900, "height": 700})

    def save(self, text: str) -> None:
        self.chapter.write_text(text, "utf-8")
        self.preview.make()

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.server.address}{path}")
        return self.page


@pytest.fixture
def live(browser: Browser, tmp_path: Path) -> Iterator[Live]:
    made = Live(browser, tmp_path)
    yield made
    made.page.close()
    made.server.end()


def test_a_page_follows_the_chapter_and_stays_where_it_was_read(live: Live) -> None:
    page = live.open("web/chapter-1.html")
    where = page.locator("p", has_text="Paragraph 40 of").first
    where.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 100)")
    more = "An opening that is new. " * 40
    live.save(f"# One\n\n{more}\n\n{LONG}\n")
    page.locator("p", has_text="An opening that is new").wait_for(state="attached")
    page.wait_for_function("scrollY > 0")
    box = where.bounding_box()
    assert box is not None
    assert box["y"] == pytest.approx(100, abs=3)


def test_what_is_wrong_stands_over_the_page_with_its_line_until_it_is_mended(live: Live) -> None:
    page = live.open("web/chapter-1.html")
    live.save("# One\n\nA note.[^x]\n")
    told = page.locator("#quire-problems")
    told.wait_for()
    assert "book/01.md:3" in (told.text_content() or "")
    live.save("# Mended\n\nAll is well.\n")
    page.locator("p", has_text="All is well").wait_for()
    assert told.count() == 0


def test_a_page_opened_over_a_broken_book_says_so_too(live: Live) -> None:
    live.save("# One\n\nA note.[^x]\n")
    page = live.open("web/chapter-1.html")
    page.locator("#quire-problems").wait_for()


def test_the_epubs_documents_follow_too(live: Live) -> None:
    page = live.open("epub/")
    page.locator("select").select_option("EPUB/chapter-1.xhtml")
    frame = page.frame_locator("iframe")
    frame.locator("p", has_text="Paragraph 0 of").wait_for()
    live.save("# One\n\nAnother text.\n")
    frame.locator("p", has_text="Another text").wait_for()
