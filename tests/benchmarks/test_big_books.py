"""Made books: the same size gives the same bytes, and a manuscript that nothing is wrong with."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.big_books import write_book
from quire.production import proofread


def test_a_made_book_is_about_as_large_as_asked_and_the_same_each_time(tmp_path: Path) -> None:
    size = write_book(tmp_path / "one", 0.2)
    assert size == pytest.approx(200_000, rel=0.2)
    write_book(tmp_path / "two", 0.2)
    for one in sorted((tmp_path / "one").rglob("*.md")):
        other = tmp_path / "two" / "book" / one.name
        assert one.read_bytes() == other.read_bytes()


def test_nothing_is_wrong_with_a_made_book(tmp_path: Path) -> None:
    write_book(tmp_path, 0.3)
    assert [str(one) for one in proofread(tmp_path).problems] == []
