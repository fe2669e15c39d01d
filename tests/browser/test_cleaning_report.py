"""The report of a cleaning in a real browser: joined texts, decisions by key, large sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quire.cleaning import clean
from quire.cleaning.cleaned import Cleaned
from quire.cleaning.decisions import Decided, Decision, Decisions, read_decisions
from quire.cleaning.report import report_pieces
from quire.sources.model import Source

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MESSY = Path(__file__).parents[1] / "cleaning" / "messy"
JOURNAL = Source("journal.txt", (MESSY / "journal.txt").read_text("utf-8"))


class Report:
    """A report open in the browser, and what the browser complained of or asked for."""

    def __init__(self, browser: Browser, made: Cleaned, folder: Path, width: int = 1280) -> None:
        path = folder / "report.html"
        path.write_bytes(b"".join(report_pieces(made)))
        self.page: Page = browser.new_page(viewport={"width": width, "height": 800})
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.goto(path.as_uri())

    def said(self) -> str:
        return self.page.text_content("#said") or ""


@pytest.fixture(scope="module")
def journal() -> Cleaned:
    return clean(JOURNAL)


@pytest.fixture
def report(browser: Browser, journal: Cleaned, tmp_path: Path) -> Iterator[Report]:
    opened = Report(browser, journal, tmp_path)
    yield opened
    assert not opened.complaints
    assert all(url.startswith(("file:", "data:", "blob:")) for url in opened.requests)
    opened.page.context.close()


def test_both_texts_are_shown_from_their_beginning(report: Report, journal: Cleaned) -> None:
    assert (report.page.text_content("#source") or "")[:4] in journal.source.text[:40]
    assert (report.page.text_content("#book") or "").startswith(journal.files[0][0])


def test_pointing_at_a_change_lights_up_its_other_half_and_says_why(report: Report) -> None:
    comma = report.page.locator("#source .changed").first
    comma.scroll_into_view_if_needed()
    report.page.wait_for_timeout(200)
    comma.hover()
    assert report.page.locator("#source .joined").count() == 1
    assert report.page.locator("#book .joined.written").count() == 1
    assert "full-width-marks" in report.page.inner_text("#panel")


def test_the_keys_go_from_change_to_change_and_bring_the_other_text_along(report: Report) -> None:
    report.page.focus("#book")
    told = set()
    for _ in range(4):
        report.page.keyboard.press("n")
        # A change over the end of a piece of text that is shown in one go has two elements.
        current = report.page.locator("#book .current").evaluate_all(
            "all => all.map(_ => _.dataset.i)"
        )
        assert len(set(current)) == 1
        told.add(report.said())
    assert all(" by " in words for words in told)


def test_a_place_decided_by_keyboard_is_written_and_obeyed_by_the_next_run(
    report: Report, journal: Cleaned, tmp_path: Path
) -> None:
    page = report.page
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert report.said() == f"accepted, {len(journal.suggestions) - 1} left"
    page.keyboard.press("j")
    page.keyboard.press("r")
    assert report.said() == f"rejected, {len(journal.suggestions) - 2} left"
    with page.expect_download() as download:
        page.keyboard.press("s")
    path = tmp_path / "decisions.yaml"
    download.value.save_as(path)
    decisions = read_decisions(path)
    assert [one.verdict for one in decisions.entries] == [Decided.ACCEPT, Decided.REJECT]
    again = clean(JOURNAL, decisions=decisions)
    assert {(one.place, one.decision) for one in again.decided} == {
        (one.place, one.verdict.value) for one in decisions.entries
    }
    assert not again.problems


def test_a_decision_without_a_place_stays_in_the_file(browser: Browser, tmp_path: Path) -> None:
    stale = Decision("0123456789ab", "page-joints", Decided.ACCEPT, "a\u202e", "\n“b”", "gone")
    made = clean(JOURNAL, decisions=Decisions((stale,)))
    page = Report(browser, made, tmp_path).page
    with page.expect_download() as download:
        page.keyboard.press("s")
    path = tmp_path / "decisions.yaml"
    download.value.save_as(path)
    assert read_decisions(path).entries == (stale,)
    page.context.close()


def test_a_decision_can_be_undone_and_outlives_the_page(report: Report) -> None:
    page = report.page
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.reload()
    assert "1 of" in page.inner_text("#state")
    assert page.locator(".places li.reject").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("u")
    assert "0 of" in page.inner_text("#state")


def test_places_are_narrowed_by_rule_and_by_words(report: Report, journal: Cleaned) -> None:
    rule = journal.suggestions[-1].rule
    page = report.page
    page.select_option("#by-rule", rule)
    expected = sum(one.rule == rule for one in journal.suggestions)
    assert page.inner_text("#state").startswith(f"{expected} shown")
    page.keyboard.press("Escape")
    page.fill("#words", "no such words anywhere")
    assert page.inner_text("#state").startswith("0 shown")


def test_every_button_and_field_has_a_name_and_every_tab_its_panel(report: Report) -> None:
    unnamed = report.page.evaluate("""() => [...document.querySelectorAll("button, input, select")]
        .filter(one => !(one.getAttribute("aria-label") || one.textContent.trim()
            || one.labels?.length)).map(one => one.outerHTML)""")
    assert unnamed == []
    for tab in ("rules", "account", "places"):
        report.page.click(f"#tab-{tab}")
        assert report.page.locator("[role=tabpanel]:visible").get_attribute("id") == tab


@pytest.mark.parametrize("width", [320, 400, 900])
def test_nothing_is_wider_than_a_small_window(
    browser: Browser, journal: Cleaned, tmp_path: Path, width: int
) -> None:
    page = Report(browser, journal, tmp_path, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_what_a_reader_could_not_see_is_shown(browser: Browser, tmp_path: Path) -> None:
    made = clean(Source("a.txt", "船\u202e到\ud800了\0岸边。"))
    page = Report(browser, made, tmp_path).page
    shown = page.text_content("#source") or ""
    assert all(name in shown for name in ("U+202E", "U+D800", "U+0000"))
    page.context.close()


def test_of_five_megabytes_only_what_is_near_the_eye_is_in_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    sentence = "船家把船推下水,岸上的人排成一行。"
    text = "".join(f"第{number}天{sentence * 6}\n\n" for number in range(17_000))
    assert len(text.encode("utf-8")) > 5_000_000
    opened = Report(browser, clean(Source("long.txt", text)), tmp_path)
    page = opened.page
    count = "document.querySelectorAll('.pane span').length"
    assert 0 < page.evaluate(count) < 2_000
    for share in (0.3, 0.6, 1):
        page.evaluate(f"(p => p.scrollTop = p.scrollHeight * {share})(document.all.source)")
        page.wait_for_timeout(300)
        assert 0 < page.evaluate(count) < 2_000
    assert "第16999天" in (page.text_content("#source") or "")
    assert "第16999天" in (page.text_content("#book") or "")
    assert not opened.complaints
    page.context.close()
