"""A book open in a reading engine: one page of HTML an engine (``engines/``), one class for all.

Each page offers the same ``reader``: ``open(address, flow)`` gives the addresses of the spine,
``pages()`` those of the page-list; ``go(address)`` and ``follow(link)`` settle when the place is
shown; ``document()`` is what is shown, ``style(css)`` the reader's own style sheet; ``popUp(link)``
is there where the engine has pop-ups. To test another engine, add its page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["ENGINES", "HERE", "PARTS", "ROOT", "SMALL", "WHOLE", "Reader"]

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]

ENGINES: Final = tuple(sorted(path.stem for path in (HERE / "engines").glob("*.html")))

PARTS: Final = {
    "epubjs": ("epubjs/dist/epub.js", "jszip/dist/jszip.min.js"),
    "foliate": ("foliate-js/view.js", "foliate-js/footnotes.js"),
}
"""What an engine needs of ``node_modules``."""

WHOLE: Final = {"default": ROOT, "almanac": ROOT / "tests" / "golden" / "books" / "almanac"}
"""Books that are built from their folders, in print too."""

SMALL: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "sample_book": ("sample_book", {}),
    "vertical_book": ("sample_book", {"epub": {"writing": "vertical"}}),
    "awkward_book": ("awkward_book", {}),
}
"""Books of one of everything: the function of tests/editions/sample.py, and settings."""


class Reader:
    """A book open in an engine, and what the browser complained of.

    Args:
        browser: a running browser.
        site: the address of the engines' pages and the books.
        engine: the stem of its page.
        book: the name of a book of the site.
        flow: ``pages`` to turn pages, ``scroll`` for one page a document.
        size: width and height of the window in CSS pixels.
    """

    def __init__(
        self,
        browser: Browser,
        site: str,
        engine: str,
        book: str,
        flow: str = "pages",
        size: tuple[int, int] = (390, 600),
    ) -> None:
        self.page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda asked: self.complaints.append(asked.url))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.goto(f"{site}/{engine}.html")
        self.page.wait_for_function("window.reader")
        self.spine: list[str] = self.page.evaluate(
            "([book, flow]) => reader.open(book, flow)", [f"/books/{book}.epub", flow]
        )

    def go(self, address: str) -> None:
        """Go to an address as the contents or the page-list give it."""
        self.page.evaluate("address => reader.go(address)", address)

    def style(self, css: str) -> None:
        """Set the reader's own style sheet."""
        self.page.evaluate("css => reader.style(css)", css)

    def shown(self, script: str, *values: Any) -> Any:
        """What a function of the shown document, and of `values`, gives."""
        return self.page.evaluate(f"values => ({script})(reader.document(), ...values)", values)

    def follow(self, selector: str) -> None:
        """Tap a link, and wait until the engine has shown what it leads to."""
        tap = "selector => reader.follow(reader.document().querySelector(selector))"
        self.page.evaluate(tap, selector)

    def popped_up(self, selector: str) -> dict[str, str]:
        """Tap a link to a note: the kind and the text of the pop-up."""
        tap = "selector => reader.popUp(reader.document().querySelector(selector))"
        found: dict[str, str] = self.page.evaluate(tap, selector)
        return found

    def comes_to(self, identifier: str) -> None:
        """Wait until an element of the shown document is on the screen, or fail."""
        script = """identifier => {
            const found = reader.document().getElementById(identifier)
            return found && measures.onScreen(found)
        }"""
        self.page.wait_for_function(script, arg=identifier, polling=20, timeout=10_000)
