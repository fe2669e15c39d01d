"""What the editions' tests share: type, a date, and a folder of passage."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quire.editions.model import BuildContext
from quire.toolchain.fonts import FontLibrary, find_fonts

sys.path.insert(0, str(Path(__file__).parent))  # so that tests here say `from sample import …`


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    """The type that a build of this repository would find."""
    return find_fonts(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory, fonts: FontLibrary) -> BuildContext:
    """A build context without a cover."""
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return BuildContext(fonts, moment, None, tmp_path_factory.mktemp("work"))
