"""The report: questions first, every edit in its context, sums that close, nothing loaded."""

from __future__ import annotations

import re

from lxml import html

from quire.cleaning import clean
from quire.cleaning.cleaned import Cleaned
from quire.cleaning.report import EDITS_SHOWN, report_page
from quire.sources.model import Hint, HintKind, Source


def page_of(made: Cleaned) -> html.HtmlElement:
    return html.fromstring(report_page(made).encode())


def words(page: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", page.text_content())


def test_what_the_source_says_is_text_and_never_markup() -> None:
    made = clean(Source("<b>.txt", "<script>alert(1)</script>*岸*"))
    page = page_of(made)
    assert not page.xpath("//script | //b")
    assert "<script>" in words(page)


def test_the_page_loads_nothing() -> None:
    page = page_of(clean(Source("a.txt", "潮水*退了*。")))
    assert not page.xpath("//link | //img | //@src")
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert "url(" not in page.xpath("string(//style)")


def test_every_link_leads_to_a_rule_whose_edits_are_shown() -> None:
    page = page_of(clean(Source("a.txt", "潮水*退了*。")))
    targets = {target[1:] for target in page.xpath("//@href")}
    assert targets
    assert targets == set(page.xpath("//details//@id"))


def test_an_edit_stands_in_its_context_with_its_line() -> None:
    page = page_of(clean(Source("a.txt", "一盏灯。\n\n潮水*退了。")))
    (item,) = page.xpath("//details[.//*[@id='inline-form']]//li")
    assert "line 3" in words(item)
    assert item.xpath("string(.//ins)") == "\\"
    assert "潮水\\*退了" in words(item)


def test_questions_stand_before_the_edits() -> None:
    hints = (Hint(5, 10, HintKind.NOTE, "1"),)
    page = page_of(clean(Source("a.txt", "潮水。\n\n每日两次。", hints=hints)))
    text = words(page)
    assert "callout" in text
    assert text.index("Questions (1)") < text.index("The rules")
    assert "a.txt, line 3 · now 01-a.md:5 ·" in text


def test_a_move_is_shown_once_and_as_a_move() -> None:
    text = "一\n\n甲1。\n\n二\n\n乙。\n\n注一"
    hints = (
        Hint(0, 1, HintKind.HEADING, "1"), Hint(4, 5, HintKind.NOTEREF, "n"),
        Hint(8, 9, HintKind.HEADING, "1"), Hint(15, 17, HintKind.NOTE, "n"),
    )  # fmt: skip
    made = clean(Source("a.docx", text, hints=hints))
    moves = {edit.partner for edit in made.ledger.edits() if edit.partner}
    assert len(page_of(made).xpath("//*[@class='moved']")) == len(moves) == 1


def test_the_account_closes_to_zero() -> None:
    made = clean(Source("a.txt", "潮水*退了*。"))
    assert made.provenance.accounting().closes
    (row,) = page_of(made).xpath("//tfoot/tr")
    assert [cell.text for cell in row.xpath("td")] == ["0", "0"]


def test_of_very_many_edits_the_first_are_shown_and_the_page_says_so() -> None:
    page = page_of(clean(Source("a.txt", "*潮" * (EDITS_SHOWN + 50))))
    assert len(page.xpath("//details[.//*[@id='inline-form']]//li")) == EDITS_SHOWN
    assert f"The first {EDITS_SHOWN} of {EDITS_SHOWN + 50} edits" in words(page)
