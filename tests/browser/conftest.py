"""The system's Chromium, started once for all tests in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from quire.problems import ToolMissing
from quire.toolchain import chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    try:
        program = chromium_path()
    except ToolMissing as missing:
        pytest.skip(f"there is no Chromium here: {missing}")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=str(program),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                  "--disable-background-networking", "--disable-component-update"],
        )  # fmt: skip
        yield started
        started.close()
