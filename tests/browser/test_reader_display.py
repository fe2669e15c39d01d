"""What readers set for themselves: colours, dark pages, larger type, other fonts, small screens.

Every document of a book is opened on a screen 320 CSS pixels wide and looked at in every setting;
the tests say what must hold of what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from reading_engines import ENGINES, HERE, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAIRS = [
    *((engine, book) for engine in ENGINES for book in ("almanac", "awkward_book")),
    ("epubjs", "sample_book"),
    ("foliate", "default"),
]
WIDTH = 320
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

GROUNDS = {
    "as the book has it": ("light", ""),
    "the system's dark mode": ("dark", ":root { color-scheme: light dark }"),
    "a dark theme": ("light", "html, body { background: #1c1c1e; color: #b8b8b8 }"),
    "a black theme": ("dark", "html, body { background: #000; color: #a8a8a8 }"),
    "a sepia theme": ("light", "html, body { background: #f4ecd8; color: #5b4636 }"),
}
"""Name → the system's colour scheme, and the style sheet of an engine's theme."""

SIZES = {"100 %": "", "200 %": "html { font-size: 200% }"}
"""Text at twice its size, WCAG 2.2, 1.4.4, on the width of 1.4.10."""

OWN_FACE = "html, body, body * { font-family: ReadersFace !important }"
OWN_COLOURS = "html, body { background: rgb(10, 20, 30); color: rgb(200, 210, 220) }"


@dataclass
class Seen:
    """What was amiss in a book: setting → lines that say in which document, and what."""

    complaints: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    faint: dict[str, list[str]] = field(default_factory=dict)
    too_wide: dict[str, list[str]] = field(default_factory=dict)
    other_face: list[str] = field(default_factory=list)
    other_colour: list[str] = field(default_factory=list)
    documents: int = 0


def look_through(reader: Reader) -> Seen:
    """Open every document of a book and look at it in every setting."""
    seen = Seen()
    for address in reader.spine:
        reader.style("")
        reader.go(address)
        seen.documents += 1

        def told(measure: str, *values: Any, address: str = address) -> list[str]:
            return [f"{address}: {one}" for one in reader.shown(measure, *values)]

        seen.broken += told("shown => [...shown.images].filter(one => !one.naturalWidth)")
        for name, (scheme, css) in GROUNDS.items():
            reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            reader.style(css)
            seen.faint.setdefault(name, []).extend(told("measures.faint", LEAST_CONTRAST))
        reader.page.emulate_media(color_scheme="light")
        for name, css in SIZES.items():
            reader.style(css)
            seen.too_wide.setdefault(name, []).extend(told("measures.tooWide", WIDTH))
        reader.style(OWN_FACE)
        seen.other_face += told("measures.not", "fontFamily", "ReadersFace")
        reader.style(OWN_COLOURS)
        seen.other_colour += told("measures.not", "color", "rgb(200, 210, 220)")
    seen.complaints += reader.complaints
    return seen


@pytest.fixture(scope="module", params=PAIRS, ids=["-".join(pair) for pair in PAIRS])
def seen(request: pytest.FixtureRequest, browser: Browser, site: str) -> Seen:
    engine, book = request.param
    reader = Reader(browser, site, engine, book, "scroll", (WIDTH, 568))
    found = look_through(reader)
    reader.page.close()
    return found


def test_every_document_opens_without_a_complaint(seen: Seen) -> None:
    assert seen.documents > 3
    assert seen.complaints == []
    assert seen.broken == []


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_stands_out_from_its_ground(seen: Seen, ground: str) -> None:
    assert seen.faint[ground] == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_a_small_phone(seen: Seen, size: str) -> None:
    assert seen.too_wide[size] == []


def test_the_readers_typeface_is_that_of_every_word(seen: Seen) -> None:
    assert seen.other_face == []


def test_the_readers_colours_are_those_of_every_word(seen: Seen) -> None:
    assert seen.other_colour == []


def test_planted_faults_are_each_told(browser: Browser) -> None:
    """What the other tests rest on: the measures see what is wrong, and nothing else."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 400})
    page.set_content(
        """<body style="margin: 0; background: #fff; color: #000">
        <p>Fine.</p><p style="color: #888">Grey.</p>
        <div style="opacity: 0.5"><p>Thin.</p></div>
        <div style="background: #000"><p style="color: #333">Dark.</p></div>
        <p hidden style="color: #fff">Not there.</p>
        <pre style="width: 400px">Wide.</pre>
        <div style="overflow: auto"><p style="width: 400px">Scrolls for itself.</p></div>"""
    )
    page.add_script_tag(path=HERE / "measures.js")
    faint = page.evaluate("measures.faint(document, 4.5)")
    assert [one.split(": ")[1] for one in faint] == ["Grey.", "Thin.", "Dark."]
    wide = page.evaluate(f"measures.tooWide(document, {WIDTH})")
    assert [one.split(".")[0] for one in wide] == ["the page", "pre"]
    other = page.evaluate("measures.not(document, 'color', 'rgb(0, 0, 0)')")
    assert [one.split(": ")[1] for one in other] == ["Grey.", "Dark."]
    page.close()
