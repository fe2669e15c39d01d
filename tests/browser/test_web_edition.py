"""The web edition read in a real browser, from a folder: notes, search, keys, dark, print, axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quire.editions.epub import EDITION as EPUB
from quire.editions.model import BuildContext
from quire.editions.sample import EDITION as SAMPLE
from quire.editions.web import EDITION as WEB
from quire.production import produce
from quire.toolchain import find_fonts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "@daisy" / "axe-core-for-ace" / "axe.min.js"
PHONE, DESK = (390, 844), (1366, 900)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The default book's shelf, and web editions of small books, by name."""
    import sample

    folder = tmp_path_factory.mktemp("sites")
    made = {"shelf": folder / "default"}
    produce(ROOT, made["shelf"], wanted=("epub", "web", "sample"))
    made["default"] = made["shelf"] / "web"
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    context = BuildContext(find_fonts(ROOT), moment, None, folder)
    for name, book in {"hebrew": sample.sample_book(lang="he")}.items():
        out = folder / name
        sold = EPUB.build(book, out, context)
        now = replace(context, earlier={"epub": sold})
        made[name] = WEB.build(book, out, now).path.parent
        SAMPLE.build(book, out, now)
    return made


Opener = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, sites: dict[str, Path]) -> Iterator[Opener]:
    """Opens a page: ``open_page(site, file, size, **context)``. Complaints fail the test."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(site: str, file: str, size: tuple[int, int] = DESK, **settings: Any) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((sites[site] / file).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)


def box_of(what: Locator) -> FloatRect:
    """Where something is on the screen, in CSS pixels."""
    box = what.bounding_box()
    assert box is not None
    return box


def test_a_note_opens_beside_its_callout_and_gives_the_place_back(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html")
    callout = page.locator("main a[role=doc-noteref]").nth(1)
    callout.click()
    note = page.locator(".popped")
    assert "Lipsky" in (note.text_content() or "")
    box, line, text = box_of(note), box_of(callout), box_of(page.locator("main"))
    assert box["x"] >= text["x"] + text["width"], "beside the text"
    assert box["x"] + box["width"] <= DESK[0], "on the screen"
    assert box["y"] <= line["y"] <= box["y"] + box["height"], "at the callout's height"
    assert callout.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert note.count() == 0
    assert callout.evaluate("one => one === document.activeElement")


def test_on_a_phone_a_note_stands_at_the_foot_and_hides_no_callout(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html", PHONE)
    for number in range(page.locator("main a[role=doc-noteref]").count()):
        callout = page.locator("main a[role=doc-noteref]").nth(number)
        callout.click()
        page.wait_for_timeout(50)
        page.evaluate("scrollTo({behavior: 'instant', top: scrollY})")
        box, line = box_of(page.locator(".popped")), box_of(callout)
        assert line["y"] + line["height"] <= box["y"] + 1
        assert box["y"] + box["height"] == pytest.approx(PHONE[1], abs=1)
        assert box["width"] == PHONE[0]
    page.locator("main p").first.click()
    assert page.locator(".popped").count() == 0


def test_without_scripts_notes_contents_and_pages_are_links(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html", java_script_enabled=False)
    callout = page.locator("main a[role=doc-noteref]").first
    callout.click()
    assert page.url.endswith(callout.get_attribute("href") or "?")
    page.locator("a[rel=next]").last.click()
    assert page.url.endswith("chapter-2.html")
    assert not page.locator("header button").first.is_visible()
    page.locator("header nav a").click()
    assert page.url.endswith("index.html#contents")


def test_the_search_finds_words_wherever_they_stand_and_marks_them(open_page: Opener) -> None:
    page = open_page("default", "index.html")
    page.keyboard.press("/")
    page.keyboard.type("街头官僚")
    page.wait_for_selector(".results a")
    first = page.locator(".results a").first
    assert "街头官僚" in (first.locator("mark").text_content() or "")
    first.click()
    page.wait_for_load_state()
    assert page.url.split("/")[-1].startswith("chapter-1.html?q=")
    assert page.locator("main mark").first.text_content() == "街头官僚"
    assert page.locator("main mark").first.is_visible()


@pytest.mark.parametrize(("asked", "found"), [
    ("LIPSKY", True), ("ｌｉｐｓｋｙ", True), ("social forces", True), ("绝无此语", False),
    ("  ", None),
])  # fmt: skip
def test_case_and_width_of_what_is_searched_don_t_matter(
    open_page: Opener, asked: str, found: bool | None
) -> None:
    page = open_page("default", "index.html")
    page.locator("[data-opens=search]").click()
    page.locator("dialog input[type=search]").fill(asked)
    page.wait_for_timeout(700)
    assert bool(page.locator(".results a").count()) is bool(found)
    said = page.locator(".count").text_content()
    assert bool(said) is (found is not None)


def test_arrows_turn_the_pages_and_letters_can_be_switched_off(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/chapter-2.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/chapter-1.html")
    page.keyboard.press("?")
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/chapter-2.html")


def test_in_a_book_from_right_to_left_the_left_arrow_leads_on(open_page: Opener) -> None:
    page = open_page("hebrew", "index.html")
    after = page.locator(".turn a[rel=next]").get_attribute("href")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{after}")


def test_the_contents_open_over_the_text_and_say_where_one_is(open_page: Opener) -> None:
    page = open_page("default", "chapter-2.html")
    page.keyboard.press("c")
    here = page.locator("dialog [aria-current=page]").first
    here.wait_for()
    assert "匠人" in (here.text_content() or "")
    page.locator("dialog a", has_text="第三章").click()
    page.wait_for_url("**/chapter-3.html")


def test_dark_is_kept_from_page_to_page(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.keyboard.press("d")
    dark = page.evaluate(ground)
    assert dark != light
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/chapter-2.html")
    assert page.evaluate(ground) == dark


def test_the_book_opens_again_where_it_was_left(open_page: Opener) -> None:
    page = open_page("default", "chapter-5.html")
    page.locator("header .home").click()
    page.wait_for_url("**/index.html")
    begin = page.locator("[data-begin]")
    assert (begin.get_attribute("href") or "") == "chapter-5.html"
    assert "继续阅读" in (begin.text_content() or "")


def test_on_paper_only_the_text_and_its_notes_are_left(open_page: Opener) -> None:
    page = open_page("default", "chapter-1.html")
    page.emulate_media(media="print")
    for gone in ("header.frame", ".turn", ".skip"):
        assert not page.locator(gone).is_visible()
    assert page.locator("section.endnotes").is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("site", "file"),
    [("default", "index.html"), ("default", "chapter-1.html"), ("default", "chapter-5.html"),
     ("default", "bibliography.html"), ("hebrew", "chapter-1.html"), ("shelf", "index.html"),
     ("shelf", "柜台这一边-sample.html")],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_page: Opener, site: str, file: str, scheme: str, size: tuple[int, int]
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core isn't installed: run `make fonts`")
    page = open_page(site, file, size, color_scheme=scheme)
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({preload: false}).then(told => told.violations)")
    assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("opened", ["search", "contents", "keys", "note"])
def test_axe_finds_nothing_in_what_opens(open_page: Opener, opened: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core isn't installed: run `make fonts`")
    page = open_page("default", "chapter-1.html")
    if opened == "note":
        page.locator("main a[role=doc-noteref]").first.click()
    else:
        page.locator(f"[data-opens={opened}]").click()
        page.wait_for_timeout(300)
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({preload: false}).then(told => told.violations)")
    assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
