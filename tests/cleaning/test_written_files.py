"""Chapters on disk: known by their digests, safe from being overwritten, written whole or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import clean, read_ledger, replay, split_bundle, write_cleaned
from quire.cleaning.cleaned import Cleaned
from quire.problems import BookError
from quire.sources.model import Hint, HintKind, Medium, Source


def made_of(*chapters: str, media: tuple[Medium, ...] = ()) -> Cleaned:
    """A cleaned text of Markdown chapters, given as title and text in one."""
    parts = [f"# {title}\n\n{title}的正文。" for title in chapters]
    text, hints = "\n\n".join(parts), []
    for title in chapters:
        start = text.index(f"# {title}")
        hints.append(Hint(start, start + len(title) + 2, HintKind.HEADING, "1"))
    hints.append(Hint(0, len(text), HintKind.MARKDOWN))
    return clean(Source("夜航.md", text, hints=tuple(sorted(hints)), media=media))


def below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_replaying_the_ledger_gives_the_files_byte_for_byte(tmp_path: Path) -> None:
    made = made_of("潮", "岸")
    write_cleaned(made, tmp_path)
    ledger = read_ledger(tmp_path / "ledger.jsonl")
    files = split_bundle(replay(made.source.text, ledger))
    assert {name: text.encode() for name, text in files} == {
        name: content for name, content in below(tmp_path).items() if name.endswith(".md")
    }
    assert {name for name, _ in ledger.files} == {name for name, _ in files}


def test_the_same_source_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_cleaned(made_of("潮", "岸"), tmp_path / "a")
    write_cleaned(made_of("潮", "岸"), tmp_path / "b")
    assert below(tmp_path / "a") == below(tmp_path / "b")


def test_a_chapter_edited_by_hand_stops_everything(tmp_path: Path) -> None:
    write_cleaned(made_of("潮", "岸"), tmp_path)
    chapter = next(tmp_path.glob("01-*.md"))
    chapter.write_text("编者添了一句。", "utf-8")
    before = below(tmp_path)
    with pytest.raises(BookError) as refusal:
        write_cleaned(made_of("潮", "灯"), tmp_path)
    (problem,) = refusal.value.problems
    assert problem.file == str(chapter)
    assert "--force" in problem.remedy
    assert below(tmp_path) == before


def test_a_file_that_no_ledger_knows_is_not_overwritten(tmp_path: Path) -> None:
    name = made_of("潮").files[0][0]
    (tmp_path / name).write_text("我的一章。", "utf-8")
    with pytest.raises(BookError, match="wasn't made by cleaning"):
        write_cleaned(made_of("潮"), tmp_path)
    write_cleaned(made_of("潮"), tmp_path, force=True)
    assert "潮的正文" in (tmp_path / name).read_text("utf-8")


def test_chapters_that_are_no_longer_made_go_unless_they_were_edited(tmp_path: Path) -> None:
    write_cleaned(made_of("潮", "岸", "灯"), tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == 3
    write_cleaned(made_of("潮", "岸"), tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == 2
    second = next(tmp_path.glob("02-*.md"))
    second.write_text("我的话。", "utf-8")
    write_cleaned(made_of("潮"), tmp_path, force=True)
    assert second.read_text("utf-8") == "我的话。"


def test_a_ledger_that_names_files_elsewhere_deletes_nothing(tmp_path: Path) -> None:
    out, outside = tmp_path / "book", tmp_path / "precious.md"
    outside.write_text("x", "utf-8")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    out.mkdir()
    (out / "ledger.jsonl").write_text(
        '{"quire-ledger": 1, "source": "", "sha256": "", "passes": [], '
        f'"files": {{"../precious.md": "{digest}"}}}}\n',
        "ascii",
    )
    write_cleaned(made_of("潮"), out)
    assert outside.exists()


def test_a_broken_ledger_is_named_and_force_goes_on(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_text("not a ledger", "ascii")
    with pytest.raises(BookError, match=r"ledger\.jsonl"):
        write_cleaned(made_of("潮"), tmp_path)
    assert write_cleaned(made_of("潮"), tmp_path, force=True)


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    write_cleaned(made_of("潮"), tmp_path)
    before = below(tmp_path)
    (tmp_path / "02-岸.md").mkdir()
    with pytest.raises(BookError, match="can't be written"):
        write_cleaned(made_of("潮二", "岸"), tmp_path, force=True)
    (tmp_path / "02-岸.md").rmdir()
    assert below(tmp_path) == before


def test_the_report_goes_where_it_is_asked_for(tmp_path: Path) -> None:
    files = write_cleaned(made_of("潮"), tmp_path / "book", tmp_path / "elsewhere" / "r.html")
    assert files[-1] == tmp_path / "elsewhere" / "r.html"
    assert not (tmp_path / "book" / "report.html").exists()
