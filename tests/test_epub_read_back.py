"""A book's EPUB, given to the cleaner, is the manuscript that it was made of.

What differs is named here: chapters have the numbers that the edition gave them, notes and figures
their order instead of their author's names, and a table its widths. All else is letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quire.cli import main
from quire.manuscript import Chapter, read_manuscript
from quire.pandoc import convert

ROOT = Path(__file__).parents[1]
BOOKS = {
    "default": ROOT,
    "almanac": ROOT / "tests" / "golden" / "books" / "almanac",
}
NUMBERED = re.compile(r"^(?:第.{1,3}[章编] |Chapter \d+:? )")


@pytest.fixture(scope="module", params=BOOKS)
def books(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Chapter], list[Chapter], Path]:
    """The chapters of a manuscript, those of its EPUB read back, and the folder of the latter."""
    name = str(request.param)
    folder = tmp_path_factory.mktemp(name)
    given = ("--book", str(BOOKS[name]), "--quiet")
    assert main(["build", *given, "--edition", "epub", "--out", str(folder / "made")]) == 0
    (epub,) = (folder / "made").glob("*.epub")
    assert main(["new", str(folder / "back"), "--from", str(epub), "--quiet"]) == 0
    there, back = BOOKS[name] / "book", folder / "back" / "book"
    return (
        list(read_manuscript(there, there.parent).chapters),
        list(read_manuscript(back, back.parent).chapters),
        folder / "back",
    )


def said(chapter: Chapter) -> Iterator[str]:
    """A chapter's lines as plain text, without what an edition may decide by itself."""
    plain = convert(chapter.body, "markdown+east_asian_line_breaks", "plain", ("--wrap=none",))
    plain = re.sub(r"\[@fig-[\w-]+\]", "[@fig]", plain)
    plain = re.sub(r"\[\^[\w-]+\]", "[^]", plain)  # a note that a note calls
    for line in plain.split("\n"):
        bare = re.sub(r"[\s]|-{2,}", "", NUMBERED.sub("", line))
        if bare:
            yield bare


def test_it_has_the_same_chapters_in_the_same_parts(
    books: tuple[list[Chapter], list[Chapter], Path],
) -> None:
    there, back, _ = books
    assert [(one.role, one.title) for one in there] == [
        (one.role, NUMBERED.sub("", one.title)) for one in back
    ]
    parts = [[one.part for one in chapters] for chapters in (there, back)]
    numbers = [[list(dict.fromkeys(part)).index(one) for one in part] for part in parts]
    assert numbers[0] == numbers[1]


def test_every_chapter_says_the_same(books: tuple[list[Chapter], list[Chapter], Path]) -> None:
    there, back, _ = books
    for one, other in zip(there, back, strict=True):
        assert list(said(other)) == list(said(one)), one.file


def test_mottoes_verse_descriptions_and_tables_are_still_what_they_were(
    books: tuple[list[Chapter], list[Chapter], Path],
) -> None:
    there, back, _ = books
    for named in (r"::: \{\.epigraph\}", r"::: \{\.verse\}", r"\.long-description", r"\{#tbl-"):
        count = [
            sum(len(re.findall(named, one.body)) for one in chapters) for chapters in (there, back)
        ]
        assert count[0] == count[1], named


def test_metadata_and_figures_come_back(books: tuple[list[Chapter], list[Chapter], Path]) -> None:
    there, _, folder = books
    figures = {name for one in there for name in re.findall(r"\]\(([^)\s]*\.svg)\)", one.body)}
    kept = {path.name for path in (folder / "book" / "figures").glob("*")}
    assert kept == {Path(name).name for name in figures}
    metadata = (folder / "metadata.yaml").read_text("utf-8")
    assert all(f"\n{key}:" in f"\n{metadata}" for key in ("title", "author", "lang", "rights"))
