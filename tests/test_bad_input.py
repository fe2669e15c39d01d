"""Bad input: each gets a clear message and exit code, and loses nothing that is there already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from quire.cli import main

METADATA = "title: 夜航\nauthor: 某人\nlang: zh-Hans\ndate: 2026-01-02\n"
CHAPTER = "# 灯\n\n水面上只有一盏灯。[^lamp]\n\n[^lamp]: 灯在船头。\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A sound book that was built before: what lies in dist/ must outlive every failure."""
    (tmp_path / "metadata.yaml").write_text(METADATA, "utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "01-lamp.md").write_text(CHAPTER, "utf-8")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "夜航.epub").write_bytes(b"the last good edition")
    return tmp_path


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder and the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".quire" not in path.parts
    }


def fails_with(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must fail; its words to the person."""
    capsys.readouterr()
    assert main(words) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


BROKEN_BOOKS: dict[str, tuple[Mapping[str, str | bytes | None], str, str]] = {
    "a note mark with no body": (
        {"book/01-lamp.md": "# 灯\n\n水面上只有一盏灯。[^lamp]\n"},
        "book/01-lamp.md:3: ",
        "[^lamp]",
    ),
    "two chapters of one name": (
        {"book/01-a/02-lamp.md": "# 灯\n\n甲。\n", "book/01-A/02-lamp.md": "# 灯\n\n乙。\n"},
        "02-lamp.md",
        "01-",
    ),
    "metadata without a title": ({"metadata.yaml": "author: 某人\n"}, "metadata.yaml", "title"),
    "an unknown key in metadata": (
        {"metadata.yaml": METADATA + "publsher: 某社\n"},
        "metadata.yaml:5: ",
        "publisher",
    ),
    "a missing image": (
        {"book/01-lamp.md": "# 灯\n\n![船](figures/boat.svg){#fig-boat alt='船'}\n"},
        "book/01-lamp.md:3: ",
        "figures/boat.svg",
    ),
    "a manuscript that isn't UTF-8": (
        {"book/01-lamp.md": "# 灯\n\n水面上。\n".encode("gb18030")},
        "book/01-lamp.md",
        "UTF-8",
    ),
    "metadata with a control character": (
        {"metadata.yaml": METADATA + 'subtitle: "a\\x07b"\n'},
        "metadata.yaml:5: ",
        "U+0007",
    ),
    "quotations deeper than any page": (
        {"book/01-lamp.md": "# 灯\n\n" + "> " * 300 + "深。\n"},
        "book/01-lamp.md:3: ",
        "deeper",
    ),
    "lists deeper than any page": (
        {"book/01-lamp.md": "# 灯\n\n" + "".join("  " * n + "- 深。\n" for n in range(200))},
        "book/01-lamp.md:202: ",
        "deeper",
    ),
    "an empty manuscript": ({"book/01-lamp.md": None}, "book", ""),
}


@pytest.mark.parametrize("case", BROKEN_BOOKS)
def test_a_broken_book_is_refused_by_file_and_line_and_dist_stays(
    case: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, place, words = BROKEN_BOOKS[case]
    for name, content in files.items():
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = state(book)
    said = fails_with(["build", "--book", str(book)], 1, capsys)
    assert place in said
    assert words in said
    assert state(book) == before


def test_a_note_body_with_no_mark_is_a_warning_with_its_line(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = "# 灯\n\n水面上只有一盏灯。\n\n[^lamp]: 灯在船头。\n"
    (book / "book" / "01-lamp.md").write_text(chapter, "utf-8")
    assert main(["check", "--book", str(book), "--out", str(book / "none")]) == 0
    said = capsys.readouterr().err
    assert "warning: book/01-lamp.md:5: " in said
    assert "[^lamp]" in said
    strict = ["check", "--strict", "--book", str(book), "--out", str(book / "none")]
    assert "[^lamp]" in fails_with(strict, 1, capsys)


SOURCES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "is empty"),
    "binary": (bytes(range(256)) * 64, ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), ""),
}


@pytest.mark.parametrize("case", SOURCES)
def test_a_source_that_is_no_text_is_refused_and_chapters_stay(
    case: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, words = SOURCES[case]
    source = book / "messy.txt"
    source.write_bytes(content)
    before = state(book)
    said = fails_with(["clean", str(source), "--book", str(book)], 1, capsys)
    assert "messy.txt" in said
    assert words in said
    assert state(book) == before


def test_a_source_that_is_not_there_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = fails_with(["new", str(tmp_path / "b"), "--from", str(tmp_path / "no.txt")], 2, capsys)
    assert "no.txt" in said
    assert not (tmp_path / "b").exists()


def test_chapters_edited_by_hand_are_not_overwritten_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source.txt"
    source.write_text("第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。\n", "utf-8")
    out = tmp_path / "book"
    assert main(["clean", str(source), "--out", str(out)]) == 0
    assert main(["clean", str(source), "--out", str(out)]) == 0, "nothing was edited: clean again"
    chapter = next(path for path in sorted(out.rglob("*.md")))
    chapter.write_text(chapter.read_text("utf-8") + "\n编者添了一句。\n", "utf-8")
    before = state(out)
    said = fails_with(["clean", str(source), "--out", str(out)], 1, capsys)
    assert chapter.name in said
    assert "--force" in said
    assert state(out) == before
    assert main(["clean", str(source), "--out", str(out), "--force"]) == 0
    assert "编者" not in chapter.read_text("utf-8")


def test_new_refuses_a_folder_that_holds_something(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(book)
    said = fails_with(["new", str(book)], 2, capsys)
    assert "isn't empty" in said
    assert state(book) == before


def test_a_line_of_ten_megabytes_is_cleaned_with_nothing_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "long.txt"
    sentence = "潮水退去以后，沙上只剩下一行脚印，没有人知道是谁的。"
    source.write_text(sentence * (10_000_000 // len(sentence.encode()) + 1), "utf-8")
    out = tmp_path / "book"
    assert main(["clean", str(source), "--out", str(out), "--quiet"]) == 0, capsys.readouterr().err
    kept = "".join(path.read_text("utf-8") for path in out.rglob("*.md"))
    assert kept.count(sentence) == source.read_text("utf-8").count(sentence)
