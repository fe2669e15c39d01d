"""Page breaks stand at the very character that a printed page begins with."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from quire.editions.epub.page_openings import move_to_openings
from quire.editions.epub.xhtml import EPUB, XHTML, Element, element
from quire.editions.letters import letters_of

BREAK = f'<span xmlns:epub="{EPUB}" epub:type="pagebreak" aria-label="FOLIO"/>'
BEFORE = "What stood on the page before, as long as a line is long. "


def made(folio: str) -> Element:
    return element("span", epub_type="pagebreak", aria_label=folio)


def document(body: str) -> Element:
    """A document; ``{2}`` is the break of page 2."""
    marked = re.sub(r"\{(\w+)\}", lambda found: BREAK.replace("FOLIO", found[1]), body)
    return etree.fromstring(f'<html xmlns="{XHTML}"><body>{marked}</body></html>')


def moved(body: str, **pages: str) -> str:
    """A document's body after its breaks were moved; a break is ``{2}`` again."""
    root = document(body)
    printed = {folio.lstrip("p"): letters_of(page) for folio, page in pages.items()}
    move_to_openings([root], printed, made)
    text = etree.tostring(root[0], encoding="unicode")
    text = re.sub(r'<span [^>]*aria-label="(\w+)"[^>]*(/>|></span>)', r"{\1}", text)
    return (
        re.sub(r' xmlns(:epub)?="[^"]*"', "", text).removeprefix("<body>").removesuffix("</body>")
    )


def test_a_break_goes_back_into_the_paragraph_that_the_page_begins_in() -> None:
    text = f"<p>{BEFORE}Here the second page begins.</p><p>{{2}}And goes on.</p>"
    assert moved(text, p2="Here the second page begins. And goes on.") == (
        f"<p>{BEFORE}{{2}}Here the second page begins.</p><p>And goes on.</p>"
    )


def test_a_page_in_the_midst_of_a_long_paragraph_gets_a_break_of_its_own() -> None:
    text = f"<p>{{1}}{BEFORE}Here the second page begins, and here the third one follows it.</p>"
    pages = {"p1": BEFORE, "p2": "Here the second page begins,", "p3": "and here the third one"}
    assert moved(text, **pages) == (
        f"<p>{{1}}{BEFORE}{{2}}Here the second page begins, {{3}}and here the third one "
        "follows it.</p>"
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "bering hand to the next",
            "from one {2}remembering hand to the next",
            id="a word is not parted",
        ),
        pytest.param(
            "remember the hand of the board",
            "he said {2}“(remember) the hand of the board”",
            id="opening marks stay with what they open",
        ),
        pytest.param(
            "年的大水以后铺子里没有人说起",
            "直到{2}1958年的大水以后，铺子里没有人说起",
            id="figures stay with what they count",
        ),
        pytest.param(
            "子里已经有人木花卷起来落在脚边",
            "天还没亮透，铺{2}子里已经有人，木花卷起来落在脚边",
            id="Chinese is parted at any character",
        ),
        pytest.param(
            "事攒起来的功夫没有人看见",
            '一件{2}<span class="tied">事<sup class="callout">1</sup></span>攒起来的功夫没有人看见',
            id="a callout stays with its character",
        ),
        pytest.param(
            "The Measured Hand and its author",
            "of {2}<em>The Measured Hand</em> and its author",
            id="a phrase that begins there begins after the break",
        ),
    ],
)
def test_what_belongs_together_is_not_parted(page: str, expected: str) -> None:
    text = expected.replace("{2}", "")
    assert moved(f"<p>{text}</p><p>{{2}}.</p>", p2=page) == f"<p>{expected}</p><p>.</p>"


def test_a_break_stands_before_the_heading_that_opens_its_page() -> None:
    text = "<h2><a href='x'>The Keepers of Clocks</a></h2><p>{2}They kept them.</p>"
    assert moved(text, p2="The Keepers of Clocks They kept them.") == (
        '{2}<h2><a href="x">The Keepers of Clocks</a></h2><p>They kept them.</p>'
    )


def test_after_a_picture_the_page_begins_with_its_first_words_of_text() -> None:
    page = (
        "Look Follow Do Teach " * 3 + "Here the text of the second page goes on under the picture."
    )
    text = (
        f"<p>{BEFORE}Here the text of the second page goes on under the picture.</p><p>{{2}}.</p>"
    )
    assert moved(text, p2=page) == (
        f"<p>{BEFORE}{{2}}Here the text of the second page goes on under the picture.</p><p>.</p>"
    )


def test_a_page_that_is_not_found_keeps_its_break() -> None:
    text = f"<p>{BEFORE}</p><figure>{{2}}</figure>"
    assert moved(text, p2="Words that are in a picture alone") == text


def test_a_page_with_letters_of_a_later_document_is_sought_there() -> None:
    first = document(f"<p>{{1}}{BEFORE}</p>")
    second = document("<p>{2}Another chapter.</p>")
    printed = {"1": letters_of(BEFORE), "2": letters_of("Another chapter.")}
    before = [etree.tostring(root) for root in (first, second)]
    move_to_openings([first, second], printed, made)
    assert [etree.tostring(root) for root in (first, second)] == before
