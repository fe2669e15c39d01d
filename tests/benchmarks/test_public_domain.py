"""Books of the public domain become manuscripts; what can't be had is named."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.texts import public_domain
from benchmarks.texts.public_domain import (
    BOOKS,
    Archive,
    Chapter,
    Unavailable,
    markdown,
    unpack,
    write,
)
from quire.manuscript.lints import lint
from quire.manuscript.reading import read_manuscript
from quire.metadata import read_metadata


def listed(package: Path, chapters: list[dict[str, object]]) -> Path:
    file = package / "dist" / "lunyu" / "lunyu.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(chapters), "utf-8")
    return package


LUNYU = next(book for book in BOOKS if book.name == "lunyu")


def test_a_chapter_is_a_heading_and_paragraphs_of_one_line() -> None:
    chapter = Chapter("Tides", ("The sea\ncame in.", "It went."))
    assert markdown(chapter) == "# Tides\n\nThe sea came in.\n\nIt went.\n"


def test_verse_becomes_a_line_block() -> None:
    chapter = Chapter("Song", ("     Row the boat,      Row it home.",))
    assert markdown(chapter) == "# Song\n\n| Row the boat,\n| Row it home.\n"


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("A *star* [sic]", r"A \*star\* \[sic\]"),
        ("1. He came", r"1\. He came"),
        ("- he said", r"\- he said"),
    ],
)
def test_characters_that_markdown_would_take_for_marks_are_escaped(
    plain: str, written: str
) -> None:
    assert markdown(Chapter("T", (plain,))) == f"# T\n\n{written}\n"


def test_a_book_is_a_folder_that_quire_reads_and_lints_clean(tmp_path: Path) -> None:
    package = listed(tmp_path / "package", [{"chapter": "渡口", "paragraphs": ["水平如镜。"]}])
    assert write(LUNYU, package, tmp_path) == 1
    folder = tmp_path / "lunyu"
    manuscript = read_manuscript(folder / "book", folder)
    assert lint(manuscript, read_metadata(folder / "metadata.yaml")) == []


def test_chapters_of_an_earlier_time_do_not_stay(tmp_path: Path) -> None:
    old = tmp_path / "lunyu" / "book" / "77.md"
    old.parent.mkdir(parents=True)
    old.write_text("# Old\n", "utf-8")
    package = listed(tmp_path / "package", [{"chapter": "渡口", "paragraphs": ["水。"]}])
    write(LUNYU, package, tmp_path)
    assert not old.exists()


def test_numbered_chapters_stand_in_order_of_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for number in (10, 9):
        entry = {"title": f"Part {number}.", "text": "One.\n\nTwo.\n"}
        (tmp_path / "data" / f"chapter_{number}.json").write_text(json.dumps(entry), "utf-8")
    book = next(book for book in BOOKS if book.name == "moby-dick")
    titles = [(chapter.title, len(chapter.paragraphs)) for chapter in book.chapters(tmp_path)]
    assert titles == [("Part 9", 2), ("Part 10", 2)]


def test_a_package_without_the_text_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="holds no such text"):
        write(LUNYU, tmp_path, tmp_path)


def test_every_archive_is_pinned_and_every_text_says_its_licence_and_source() -> None:
    for book in BOOKS:
        assert re.fullmatch(r"[0-9a-f]{64}", book.archive.sha256)
        assert re.fullmatch(r"\d+\.\d+\.\d+", book.archive.version)
        assert book.licence
        assert book.source


def test_an_archive_is_unpacked_when_its_digest_is_the_pinned_one(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "README.md").write_text("Harbour", "utf-8")
    packed = tmp_path / "harbour.tgz"
    with tarfile.open(packed, "w:gz") as made:
        made.add(tmp_path / "package", "package")
    digest = hashlib.sha256(packed.read_bytes()).hexdigest()
    folder = unpack(packed, Archive("harbour", "1.0.0", digest), tmp_path / "out")
    assert (folder / "README.md").read_text("utf-8") == "Harbour"


def test_an_archive_with_another_digest_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "harbour.tgz"
    packed.write_bytes(b"another")
    with pytest.raises(Unavailable, match="harbour has the SHA-256"):
        unpack(packed, Archive("harbour", "1.0.0", "0" * 64), tmp_path)


def test_a_book_that_cannot_be_had_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A folder that isn't there: npm fails at once, and no registry is asked.
    away = replace(LUNYU, archive=replace(LUNYU.archive, package=f"file:{tmp_path}/away"))
    other = replace(away, name="other", archive=replace(away.archive, version="9.9.9"))
    monkeypatch.setattr(public_domain, "BOOKS", (away, other))
    monkeypatch.setattr("sys.argv", ["public_domain", "--out", str(tmp_path / "out")])
    assert public_domain.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in said] == ["lunyu isn't there", "other isn't there"]
