"""The report: both texts, every change between them, what is in doubt, sums that close."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from quire.cleaning import clean
from quire.cleaning.cleaned import Cleaned
from quire.cleaning.report import report_pieces
from quire.cleaning.report.page import PLACES_SHOWN
from quire.sources.model import Hint, HintKind, Source

MESSY = Path(__file__).parent / "messy"


def page_of(made: Cleaned) -> html.HtmlElement:
    return html.fromstring(b"".join(report_pieces(made)))


def data_of(page: html.HtmlElement) -> Any:
    return json.loads(page.xpath("string(//script[@id='data'])"))


def words(page: html.HtmlElement) -> str:
    for script in page.xpath("//script | //style"):
        script.drop_tree()
    return re.sub(r"\s+", " ", page.text_content())


def in_units(text: str) -> bytes:
    """As JavaScript counts: two bytes a unit."""
    return text.encode("utf-16-le", "surrogatepass")


def rebuilt(data: Any) -> tuple[str, str]:
    """The source from what is kept and lost, and the kept part of the book from the source."""
    source, book = in_units(data["source"]), in_units(data["text"])
    pieces: dict[int, bytes] = {}
    place = 0
    for length, origin, _ in zip(*[iter(data["book"])] * 3, strict=True):
        if origin >= 0:
            pieces[origin] = book[2 * place : 2 * (place + length)]
        place += length
    assert 2 * place == len(book)
    for start, length, reason, _ in zip(*[iter(data["lost"])] * 4, strict=True):
        assert 0 <= reason < len(data["reasons"])
        pieces[start] = source[2 * start : 2 * (start + length)]
    whole = b"".join(pieces[start] for start in sorted(pieces))
    return whole.decode("utf-16-le", "surrogatepass"), data["source"]


def test_what_the_source_says_is_text_and_never_markup() -> None:
    made = clean(Source("<b>.txt", "</script><script>alert(1)</script>*岸*"))
    page = page_of(made)
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//b")
    assert data_of(page)["source"].startswith("</script><script>")


def test_the_page_loads_nothing() -> None:
    page = page_of(clean(Source("a.txt", "潮水*退了*。")))
    assert not page.xpath("//img | //@src")
    assert page.xpath("//link/@href") == ["data:,"]
    assert "url(" not in page.xpath("string(//style)")


@pytest.mark.parametrize("name", ["journal.txt", "novel.txt"])
def test_every_character_of_the_source_is_in_the_books_stretches_or_in_the_lost_ones(
    name: str,
) -> None:
    made = clean(Source(name, (MESSY / name).read_text("utf-8")))
    data = data_of(page_of(made))
    whole, source = rebuilt(data)
    assert whole == source == made.source.text
    assert data["text"] == made.text
    told = {reason[0] for reason in data["reasons"]}
    assert told == {edit.rule for edit in made.ledger.edits()}


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('船a 𝄞\n。,*"①\ud800\0<𠀀'), max_size=60))
def test_places_are_counted_as_a_browser_counts_them(text: str) -> None:
    whole, source = rebuilt(data_of(page_of(clean(Source("a.txt", text)))))
    assert whole == source == text


def test_a_doubtful_place_stands_in_the_page_with_its_line_and_where_it_is_now() -> None:
    hints = (Hint(5, 10, HintKind.NOTE, "1"),)
    page = page_of(clean(Source("a.txt", "潮水。\n\n每日两次。", hints=hints)))
    (item,) = page.xpath("//ol[@class='places']/li")
    assert "callout" in words(item)
    assert "line 3 · now 01-a.md:5 ·" in words(item)


def test_of_very_many_doubtful_places_the_first_stand_in_the_page_and_all_in_its_data() -> None:
    text = "\n\n".join(f"船\ufffd到了第{number}个岸边。" for number in range(PLACES_SHOWN + 30))
    made = clean(Source("a.txt", text))
    assert len(made.suggestions) > PLACES_SHOWN
    page = page_of(made)
    assert len(data_of(page)["places"]) == len(made.suggestions)
    assert len(page.xpath("//ol[@class='places']/li")) == PLACES_SHOWN
    assert f"The first {PLACES_SHOWN} of {len(made.suggestions)}" in words(page)


def test_the_account_closes_to_zero() -> None:
    made = clean(Source("a.txt", "潮水*退了*。"))
    assert made.provenance.accounting().closes
    (row,) = page_of(made).xpath("//tfoot/tr")
    assert [cell.text for cell in row.xpath("td")] == ["0", "0"]


def test_every_rule_that_changed_something_is_counted() -> None:
    made = clean(Source("novel.txt", (MESSY / "novel.txt").read_text("utf-8")))
    rows = page_of(made).xpath("//tr[@data-rule]")
    counted = {row.get("data-rule"): int(row.xpath("string(td[1])")) for row in rows}
    assert counted == {one.rule: len(one.edits) for one in made.ledger.passes}
