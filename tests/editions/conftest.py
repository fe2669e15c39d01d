"""What the editions' tests share: type, a date, a folder of passage, and EPUBs read back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from quire.assembly.model import Book
from quire.editions.epub import EDITION
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.toolchain.fonts import FontLibrary, find_fonts

sys.path.insert(0, str(Path(__file__).parent))  # so that tests here say `from sample import …`

from epub_reading import Read


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    """The type that a build of this repository would find."""
    return find_fonts(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory, fonts: FontLibrary) -> BuildContext:
    """A build context without a cover."""
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return BuildContext(fonts, moment, None, tmp_path_factory.mktemp("work"))


@pytest.fixture
def build(tmp_path: Path, context: BuildContext) -> Callable[..., Read]:
    """Builds a book's EPUB."""

    def built(book: Book, **with_context: Any) -> Read:
        return Read(EDITION.build(book, tmp_path, replace(context, **with_context)))

    return built


@pytest.fixture
def printed(tmp_path: Path, context: BuildContext) -> Callable[[Book], Read]:
    """Builds a book's EPUB after its print edition."""

    def built(book: Book) -> Read:
        earlier = {"print-pdf": PRINT.build(book, tmp_path, context)}
        return Read(EDITION.build(book, tmp_path, replace(context, earlier=earlier)))

    return built
