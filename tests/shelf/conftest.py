"""What the shelf's tests share: the sample books, and a filled shelf."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# So that tests here say `from filled_shelf import …` and `from sample import …`.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "editions")]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The Chinese sample book's shelf."""
    from filled_shelf import fill, with_metadata
    from sample import sample_book

    return fill(tmp_path, with_metadata(sample_book(), rights="CC BY-SA 4.0"))
