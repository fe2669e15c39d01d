"""The system's Chromium, started once for all tests in it, and a site with books to read there."""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.problems import ToolMissing
from quire.production import produce
from quire.toolchain import chromium_path, find_fonts

ROOT = Path(__file__).parents[2]
# So that tests here say `from reading_engines import …`, and `import sample`.
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "editions")]

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from reading_engines import Reader

PACKAGES = "node_modules/@expo-google-fonts"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    # Glyphs are drawn the same on every machine.
    "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb",
)  # fmt: skip


_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    try:
        program = chromium_path()
    except ToolMissing as missing:
        pytest.skip(f"there is no Chromium here: {missing}")
    with playwright.sync_playwright() as driver:
        # Pictures in SVG have the system's type alone: every system has the pinned one here.
        folder = tmp_path_factory.mktemp("fonts")
        type_of_system = folder / "fonts.conf"
        words = _FONTS_CONF.format(folder=ROOT / PACKAGES, cache=folder / "cache")
        type_of_system.write_text(words, "utf-8")
        started = driver.chromium.launch(
            executable_path=str(program), args=list(FLAGS),
            env={**os.environ, "FONTCONFIG_FILE": str(type_of_system)},
        )  # fmt: skip
        yield started
        started.close()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the EPUBs of all books by name, and the print editions of whole ones."""
    import sample
    from reading_engines import SMALL, WHOLE

    folder = tmp_path_factory.mktemp("books")
    for name, home in WHOLE.items():
        made = produce(home, folder / name, wanted=("epub", "print-pdf"))
        for artifact in made.artifacts:
            artifact.path.rename(folder / f"{name}{artifact.path.suffix}")
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    context = BuildContext(find_fonts(ROOT), moment, None, tmp_path_factory.mktemp("work"))
    for name, (maker, settings) in SMALL.items():
        made_small = EDITION.build(getattr(sample, maker)(**settings), folder, context)
        made_small.path.rename(folder / f"{name}.epub")
    return folder


class _Site(SimpleHTTPRequestHandler):
    """The engines' pages at the top; books, npm's parts and unpacked type in folders."""

    def __init__(self, *args: Any, books: Path, **options: Any) -> None:
        here = ROOT / "tests" / "browser"
        self._places = {
            "/books/": books,
            "/parts/": ROOT / "node_modules",
            "/type/": ROOT / "build" / "fonts",
            "/measures.js": here / "measures.js",
            "/": here / "engines",
        }
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        """The file for an address."""
        start = next(start for start in self._places if path.startswith(start))
        return str(self._places[start] / path.removeprefix(start))

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test's output is its own."""


@pytest.fixture(scope="session")
def site(shelf: Path) -> Iterator[str]:
    """The address of the engines' pages, with the books beside them."""
    from reading_engines import PARTS

    parts = [part for needed in PARTS.values() for part in needed]
    missing = [part for part in parts if not (ROOT / "node_modules" / part).is_file()]
    if missing:
        pytest.skip(f"no reading engines are installed ({missing[0]}): run `make fonts`")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Site, books=shelf))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def read(browser: Browser, site: str) -> Iterator[Callable[..., Any]]:
    """Opens a book: ``read(engine, book, flow, size)``; closed again after the test."""
    from reading_engines import Reader

    opened: list[Reader] = []

    def opener(engine: str, book: str, *arguments: Any) -> Reader:
        opened.append(Reader(browser, site, engine, book, *arguments))
        return opened[-1]

    yield opener
    for reader in opened:
        reader.page.close()
