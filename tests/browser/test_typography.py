"""How a browser understands the style sheets: computed styles of one specimen in several languages.

The specimen has one of everything that a sheet speaks of. Each row of the table is one thing that a
designer would look for; what a browser doesn't know, it leaves out, so each row holds only if the
browser took the declaration and nothing outranked it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample

from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.toolchain import find_fonts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

SPECIMEN = """
The first paragraph is long enough for a large letter: it has three lines of a small page, and then
a few words more, so that nothing of it is too short. It has *emphasis*, **weight**, H~2~O^3^,
[caps]{.smallcaps}, a fraction [1/2]{.fraction}, [内在]{ruby="nèi zài"}, [红楼]{.book-title},
[曹公]{.proper-name} and `code`.

第二段也有*着重*的字，见2026年第12页。

## A heading

> A quotation.

::: {.verse}
| A line,
| another.
:::

- One
    - Two

* * *

| A | B |
|---|--:|
| 1 | 2 |

```
a program
```
"""

LANGUAGES: dict[str, dict[str, Any]] = {
    "zh": {"lang": "zh-Hans"},
    "columns": {"lang": "zh-Hans", "epub": {"writing": "vertical"}},
    "ja": {"lang": "ja"},
    "ko": {"lang": "ko"},
    "en": {"lang": "en", "epub": {"opening": "drop-cap"}},
    "fr": {"lang": "fr", "epub": {"opening": "small-caps"}},
    "ru": {"lang": "ru"},
    "ar": {"lang": "ar"},
}
"""Name of a specimen → what metadata.yaml says of it."""

FIRST, SECOND = "h1 + p", "p:nth-of-type(2)"
HAN = "p:nth-of-type(2) em"

STYLES = (
    # Chinese
    ("zh", "body", "line-break", "strict"),
    ("zh", "body", "text-justify", "inter-character"),
    ("zh", "body", "text-spacing-trim", "trim-start"),
    ("zh", "body", "text-autospace", "normal"),
    ("zh", "body", "font-synthesis-style", "none"),
    ("zh", "body", "font-synthesis-weight", "none"),
    ("zh", "strong", "font-synthesis-weight", "auto"),
    ("zh", FIRST, "text-indent", "32px"),
    ("zh", SECOND, "text-indent", "32px"),
    ("zh", HAN, "font-style", "normal"),
    ("zh", HAN, "text-emphasis-style", "dot"),
    ("zh", HAN, "text-emphasis-position", "under"),
    ("zh", "em.latin", "font-style", "italic"),
    ("zh", "em.latin", "text-emphasis-style", "none"),
    ("zh", "rt", "font-size", "8px"),
    ("zh", ".book-title", "text-decoration-style", "wavy"),
    ("zh", ".proper-name", "text-underline-position", "under left"),
    ("zh", "html", "writing-mode", "horizontal-tb"),
    # In columns
    ("columns", "html", "writing-mode", "vertical-rl"),
    ("columns", "body", "margin", "8px 0px"),
    ("columns", ".upright", "text-combine-upright", "all"),
    ("columns", "h2", "margin", "0px 40px 0px 15px"),
    ("columns", "h1", "text-align", "start"),
    ("columns", "ul", "padding", "32px 0px 0px"),
    ("columns", "hr", "height", "64px"),
    ("columns", HAN, "text-emphasis-position", "under"),
    ("columns", "div.table", "writing-mode", "horizontal-tb"),
    ("columns", "pre", "writing-mode", "horizontal-tb"),
    ("columns", "td", "padding", "5.04px 10.8px"),
    # Japanese, Korean
    ("ja", SECOND, "text-indent", "16px"),
    ("ja", HAN, "text-emphasis-style", "sesame"),
    ("ja", HAN, "text-emphasis-position", "over"),
    ("ko", "body", "word-break", "keep-all"),
    ("ko", "body", "text-justify", "inter-word"),
    # Alphabets
    ("en", "body", "hyphens", "auto"),
    ("en", "body", "hyphenate-limit-chars", "6 3 3"),
    ("en", "body", "font-variant-numeric", "oldstyle-nums proportional-nums"),
    ("en", "table", "font-variant-numeric", "lining-nums tabular-nums"),
    ("en", "sup", "font-variant-numeric", "lining-nums"),
    ("en", ".fraction", "font-variant-numeric", "diagonal-fractions"),
    ("en", ".smallcaps", "font-variant-caps", "small-caps"),
    ("en", "h2", "hyphens", "none"),
    ("en", FIRST, "text-indent", "0px"),
    ("en", SECOND, "text-indent", "20px"),
    ("en", f"{FIRST}::first-letter", "initial-letter", "3"),
    ("en", HAN, "font-style", "normal"),
    ("en", HAN, "font-weight", "700"),
    ("en", "p", "orphans", "2"),
    ("en", "h2", "break-after", "avoid"),
    ("en", "pre", "white-space", "pre-wrap"),
    ("en", "pre code", "font-size", "14.4px"),
    ("en", "tr", "break-inside", "avoid"),
    ("en", "li ul", "margin-top", "4px"),
    ("fr", f"{FIRST}::first-line", "font-variant-caps", "small-caps"),
    ("ru", FIRST, "text-indent", "20px"),
    ("ru", "body", "hyphens", "auto"),
    ("ru", "body", "font-variant-numeric", "normal"),
    # From right to left
    ("ar", "body", "direction", "rtl"),
    ("ar", "pre", "direction", "ltr"),
    ("ar", "pre", "border-left-width", "2px"),
    ("ar", "pre", "text-align", "left"),
    ("ar", "ul", "padding", "0px 32px 0px 0px"),
    ("ar", "h2", "text-align", "right"),
    ("ar", HAN, "font-style", "normal"),
    ("ar", HAN, "font-weight", "700"),
    ("ar", "em:lang(en)", "font-style", "italic"),
    ("ar", "body", "hyphens", "manual"),
)
"""Specimen, selector with or without a pseudo-element, property, computed value."""


def specimen(settings: dict[str, Any], folder: Path) -> Path:
    """The chapter of a book in a language, in its unpacked EPUB."""
    blocks = sample.passage(SPECIMEN)
    book = replace(
        sample.sample_book(**settings),
        sections=(sample.section("specimen", "chapter", "One", "1", blocks=blocks),),
        endnotes=(), figures=(), tables=(), media=(),
    )  # fmt: skip
    context = BuildContext(find_fonts(ROOT), datetime(2026, 11, 1, tzinfo=UTC), None, folder)
    made = EDITION.build(book, folder, context)
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked" / "EPUB" / "specimen.xhtml"


@pytest.fixture(scope="module")
def pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Page]]:
    """Each specimen in a page as wide as a phone, by name."""
    opened = {}
    for name, settings in LANGUAGES.items():
        page = browser.new_page(viewport={"width": 320, "height": 568})
        page.goto(specimen(settings, tmp_path_factory.mktemp(name)).as_uri())
        opened[name] = page
    yield opened
    for page in opened.values():
        page.close()


def computed(page: Page, selector: str, name: str) -> str:
    """The value of a property; of a pseudo-element, if the selector has one."""
    element, _, pseudo = selector.partition("::")
    script = """([selector, pseudo, name]) => getComputedStyle(
        document.querySelector(selector), pseudo && `::${pseudo}`).getPropertyValue(name)"""
    value: str = page.evaluate(script, [element, pseudo, name])
    return value


def test_a_browser_reads_each_sheet_as_it_is_meant(pages: dict[str, Page]) -> None:
    found = [(*row[:3], computed(pages[row[0]], row[1], row[2])) for row in STYLES]
    known = [row for row in found if row[3] != ""]
    assert [row for row in known if row not in STYLES] == []
    missing = {row[2] for row in found} - {row[2] for row in known}
    assert missing <= {"text-spacing-trim", "text-autospace", "text-justify",
                       "hyphenate-limit-chars", "font-synthesis-weight", "initial-letter"}, (
        "only what browsers have learnt of late may be unknown to this one"
    )  # fmt: skip


def test_columns_follow_each_other_from_right_to_left(pages: dict[str, Page]) -> None:
    boxes = pages["columns"].evaluate(
        "() => [...document.querySelectorAll('h1, section > p')].map(one => "
        "one.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    assert len(boxes) > 2
    for (left, _), (_, right) in pairwise(boxes):
        assert right <= left + 1


def test_nothing_in_columns_lies_on_anything_else_or_is_longer_than_a_page(
    pages: dict[str, Page],
) -> None:
    boxes = pages["columns"].evaluate(
        "() => [...document.querySelector('section').children].map(one => "
        "[one.localName, one.getBoundingClientRect()]).map(([name, box]) => "
        "[name, box.left, box.right, box.top, box.bottom])"
    )
    for name, _, _, top, bottom in boxes:
        assert top >= 0, name
        assert bottom <= 568, name
    for (_, left, *_), (name, _, right, *_) in pairwise(boxes):
        assert right <= left + 1, name


def test_a_number_in_a_column_takes_one_character(pages: dict[str, Page]) -> None:
    width, height = pages["columns"].evaluate(
        "() => (box => [box.width, box.height])"
        "(document.querySelector('.upright').getBoundingClientRect())"
    )
    assert height == pytest.approx(16, abs=1)
    assert width >= 15


@pytest.mark.parametrize("name", [name for name in LANGUAGES if name != "columns"])
def test_no_specimen_is_wider_than_a_phone(pages: dict[str, Page], name: str) -> None:
    assert pages[name].evaluate("document.documentElement.scrollWidth") <= 320


def test_in_forced_colours_words_have_the_systems_colours_and_rules_stay(
    pages: dict[str, Page],
) -> None:
    page = pages["en"]
    page.emulate_media(forced_colors="active")
    try:
        probe = """() => [...document.querySelectorAll('h1, p, pre, td, blockquote')].map(one =>
            [getComputedStyle(one).color, getComputedStyle(one).backgroundColor])"""
        text, ground = page.evaluate(
            """() => { const one = document.body.appendChild(document.createElement('i'));
            one.style.cssText = 'color: CanvasText; background: Canvas; forced-color-adjust: none';
            const style = getComputedStyle(one); const said = [style.color, style.backgroundColor];
            one.remove(); return said; }"""
        )
        for colour, behind in page.evaluate(probe):
            assert colour == text
            assert behind == ground or behind.endswith(", 0)")  # clear
        assert computed(page, "hr", "opacity") == "1"
    finally:
        page.emulate_media(forced_colors="none")
