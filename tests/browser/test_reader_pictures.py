"""Pages as a reader sees them, compared with approved pictures of them.

``QUIRE_APPROVE=1`` writes the pictures in tests/golden/pages anew; look at them before you commit
them. The type is that of the pinned packages, so that they are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from page_pictures import GOLDEN, MOST_BYTES, TOLERATED, approve, difference, shades
from PIL import Image, ImageChops, ImageFilter
from reading_engines import ROOT, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES: Final = {
    "zh-title-page": ("default", "titlepage.xhtml"),
    "zh-contents": ("default", "nav.xhtml"),
    "zh-chapter-and-epigraph": ("default", "chapter-4.xhtml"),
    "zh-text-with-notes": ("default", "chapter-1.xhtml#chapter-1-section-1"),
    "zh-figure": ("default", "chapter-6.xhtml#fig-ltsi"),
    "zh-table": ("default", "chapter-8.xhtml#tbl-ladders"),
    "zh-endnotes": ("default", "endnotes.xhtml"),
    "zh-vertical-notes": ("vertical_book", "endnotes.xhtml"),
    "en-title-page": ("almanac", "titlepage.xhtml"),
    "en-contents": ("almanac", "nav.xhtml"),
    "en-chapter-and-epigraph": ("almanac", "chapter-1.xhtml"),
    "en-table-and-figure": ("almanac", "chapter-1.xhtml#tbl-readings"),
    "en-verse": ("almanac", "chapter-2.xhtml"),
    "en-endnotes": ("almanac", "endnotes.xhtml"),
}
"""Name → book, and the place that is shown."""

WINDOWS: Final = {"light": ((390, 700), "light"), "small-dark": ((320, 568), "dark")}
"""Name → size in CSS pixels, and the system's colour scheme."""

PICTURES: Final = [
    (page, window)
    for window in WINDOWS
    for page in PAGES
    if window == "light" or not page.endswith(("title-page", "contents", "vertical-notes"))
]

FACES: Final = {
    ("Book Latin", "normal", 400): "source-serif-4/400Regular/SourceSerif4_400Regular",
    (
        "Book Latin",
        "italic",
        400,
    ): "source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic",
    ("Book Latin", "normal", 700): "source-serif-4/700Bold/SourceSerif4_700Bold",
    ("Book Han", "normal", 400): "noto-serif-sc/400Regular/NotoSerifSC_400Regular",
    ("Book Han", "normal", 700): "noto-serif-sc/700Bold/NotoSerifSC_700Bold",
    ("Book Mono", "normal", 400): "source-code-pro/400Regular/SourceCodePro_400Regular",
}
"""Family, slope and weight → file of a pinned package."""

PACKAGES: Final = "@expo-google-fonts"
KAI: Final = "LXGWWenKai_400Regular"
READERS_STYLE: Final = """
:root { color-scheme: light dark; font-family: "Book Latin", "Book Han" }
pre, code { font-family: "Book Mono" }
math { font-family: "Book Latin" }
"""


@pytest.fixture(scope="module")
def style(site: str) -> str:
    """The reader's style sheet: the pinned type, and the page in the system's colours."""
    files = [ROOT / "node_modules" / PACKAGES / f"{name}.ttf" for name in FACES.values()]
    missing = [
        file.name for file in (*files, ROOT / f"build/fonts/{KAI}.ttf") if not file.is_file()
    ]
    if missing:
        pytest.skip(f"the pinned type isn't installed ({missing[0]}): run `make fonts`")
    faces = {face: f"{site}/parts/{PACKAGES}/{name}.ttf" for face, name in FACES.items()}
    # The first of the families that the edition names for quotations in Chinese.
    faces["Kaiti SC", "normal", 400] = f"{site}/type/{KAI}.ttf"
    return READERS_STYLE + "".join(
        f'@font-face {{ font-family: "{family}"; font-style: {slope}; font-weight: {weight};'
        f' src: url("{address}") }}'
        for (family, slope, weight), address in faces.items()
    )


@pytest.fixture(scope="module")
def photograph(browser: Browser, site: str, style: str) -> Iterator[Callable[[str, str], Any]]:
    """Gives a picture of a page of `PAGES` in one of `WINDOWS`."""
    opened: dict[tuple[str, str], Reader] = {}

    def taken(page: str, window: str) -> Image.Image:
        book, address = PAGES[page]
        if (book, window) not in opened:
            size, scheme = WINDOWS[window]
            reader = Reader(browser, site, "foliate", book, "pages", size)
            reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            reader.page.add_style_tag(content=":root { color-scheme: light dark }")
            reader.style(style)
            opened[book, window] = reader
        reader = opened[book, window]
        reader.go(address)
        # The page is laid out anew when its type has come, and the place is sought again.
        reader.shown("shown => shown.fonts.ready.then(() => null)")
        reader.go(address)
        reader.page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
        )
        return shades(reader.page.screenshot())

    yield taken
    for reader in opened.values():
        reader.page.close()


@pytest.mark.parametrize(("page", "window"), PICTURES, ids=map("-".join, PICTURES))
def test_a_page_looks_as_it_was_approved(
    photograph: Callable[[str, str], Image.Image], tmp_path: Path, page: str, window: str
) -> None:
    name = f"{page}-{window}.png"
    now = photograph(page, window)
    assert approve(now, GOLDEN / name), f"{name} isn't approved yet: see the top of this file"
    assert (GOLDEN / name).stat().st_size <= MOST_BYTES
    approved = Image.open(GOLDEN / name)
    share = difference(now, approved)
    if share > TOLERATED:
        now.save(tmp_path / name)
    assert share <= TOLERATED, f"{share:.1%} of {name} differs: compare {tmp_path / name}"


def test_pictures_differ_when_a_line_moves_and_not_when_glyphs_are_drawn_otherwise() -> None:
    approved = Image.open(GOLDEN / "zh-text-with-notes-light.png").convert("L")
    moved = ImageChops.offset(approved, 0, 4)
    assert difference(approved, moved) > 10 * TOLERATED
    shifted = approved.copy()
    shifted.paste(approved.crop((0, 350, 390, 690)), (0, 354))
    assert difference(approved, shifted) > 10 * TOLERATED
    for otherwise in (
        approved.point(lambda shade: max(0, shade - 12)),
        approved.filter(ImageFilter.GaussianBlur(0.5)),
    ):
        assert difference(approved, otherwise) <= TOLERATED
