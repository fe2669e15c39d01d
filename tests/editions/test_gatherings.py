"""A large book is set in gatherings, and nobody can tell: the pages are those of one run."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pdf_reading import page_labels, read
from test_print_pdf import long_book

from quire.assembly.model import Book
from quire.editions.model import Artifact, BuildContext
from quire.editions.print_pdf import EDITION
from quire.editions.typesetting import gatherings

Build = Callable[[Book], Artifact]


@pytest.fixture
def build(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda book: EDITION.build(book, tmp_path_factory.mktemp("print"), context)


@pytest.mark.parametrize(
    "settings",
    [{}, {"endnotes": {"place": "chapter"}}, {"print": {"notes": "footnotes", "bleed": 3}}],
    ids=["endnotes", "notes of chapters", "footnotes and bleed"],
)
def test_a_book_in_gatherings_has_the_pages_of_the_book_set_at_once(
    settings: dict[str, object], build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = long_book(**settings)
    at_once = build(book)
    monkeypatch.setattr(gatherings, "MOST_AT_ONCE", 10_000)
    parted = build(book)

    assert page_labels(parted.path) == page_labels(at_once.path)
    texts = [[sheet.text for sheet in read(done.path)] for done in (at_once, parted)]
    assert texts[0] == texts[1]
    assert parted.page_of == at_once.page_of
    assert parted.pages == at_once.pages
    with pikepdf.open(parted.path) as one, pikepdf.open(at_once.path) as other:
        boxes = [[*map(float, page.trimbox)] for file in (one, other) for page in file.pages]
        half = len(boxes) // 2
        assert all(
            a == pytest.approx(b, abs=0.01) for a, b in zip(boxes[:half], boxes[half:], strict=True)
        )
        assert one.docinfo["/Title"] == other.docinfo["/Title"]


def test_a_book_in_gatherings_has_the_same_bytes_each_time(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gatherings, "MOST_AT_ONCE", 10_000)
    assert build(long_book()).sha256 == build(long_book()).sha256


def test_stretches_are_put_together_and_none_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gatherings, "MOST_AT_ONCE", 5)
    assert list(gatherings.gathered(("aa", "bbb", "c", "dddddd", "e"))) == [
        "aabbb", "c", "dddddd", "e"
    ]  # fmt: skip
