"""What changed between two versions: every word of both is there, and nothing is marked in vain."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cli import main
from quire.comparison import ChapterChange, compare, comparison_page
from quire.comparison.chapters import words_of_text
from quire.manuscript import Manuscript, read_manuscript

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git isn't installed")

CHAPTERS = {
    "01.md": "# 灯塔\n\n守灯的人每天记一行字。\n\n后来雾散了。[^a]\n\n[^a]: 见航海日志。\n",
    "02.md": "# The Ferry\n\nIt crossed at seven.\n\nNobody asked why it came back.\n",
}


def manuscript(folder: Path, chapters: dict[str, str]) -> Manuscript:
    folder.mkdir(parents=True)
    for name, text in chapters.items():
        (folder / name).write_text(text, "utf-8")
    return read_manuscript(folder, folder.parent)


def changes(tmp_path: Path, **after: str | None) -> list[ChapterChange]:
    """What is told of the chapters when some became others (None: gone)."""
    new = dict(CHAPTERS)
    for key, text in after.items():
        name = f"{key.strip('_')}.md"
        if text is None:
            del new[name]
        else:
            new[name] = text
    found = compare(manuscript(tmp_path / "a", CHAPTERS), manuscript(tmp_path / "b", new))
    return [one for one in found if one.changed]


def test_the_same_book_has_no_changes(tmp_path: Path) -> None:
    assert changes(tmp_path) == []


def test_a_changed_word_is_told_alone(tmp_path: Path) -> None:
    (one,) = changes(tmp_path, _01=CHAPTERS["01.md"].replace("每天", "每夜"))
    assert (one.title, one.added, one.removed) == ("灯塔", 1, 1)
    (passage,) = one.passages
    assert [piece for piece in passage.pieces if piece[0] != "same"] == [
        ("gone", "天"),
        ("new", "夜"),
    ]
    assert passage.unchanged == 1


def test_new_and_lost_paragraphs_and_notes_are_counted(tmp_path: Path) -> None:
    text = "# 灯塔\n\n守灯的人每天记一行字。\n\n船来了。[^b]\n\n[^b]: 新注。\n\n[^c]: 再注。\n"
    (one,) = changes(tmp_path, _01=text)
    assert (one.notes_before, one.notes_after) == (1, 2)
    assert one.added > 0
    assert one.removed > 0


def test_a_chapter_in_a_file_of_another_name_is_the_same_chapter(tmp_path: Path) -> None:
    (one,) = changes(tmp_path, _02=None, _05=CHAPTERS["02.md"])
    assert (one.before, one.after, one.added, one.removed) == ("02.md", "05.md", 0, 0)


def test_new_and_lost_chapters_are_told_in_their_place(tmp_path: Path) -> None:
    found = changes(tmp_path, _01=None, _03="# 新章\n\n全是新话，与旧章无一字相同处。\n")
    assert [(one.before, one.after) for one in found] == [("01.md", ""), ("", "03.md")]
    assert found[0].added == 0
    assert found[1].removed == 0


PARAGRAPHS = st.lists(
    st.text("灯塔的人 and ferry.，\n[^1]", max_size=20).map(lambda text: text.strip() or "x"),
    min_size=1, max_size=6,
)  # fmt: skip


@given(PARAGRAPHS, PARAGRAPHS)
def test_words_that_are_new_and_gone_make_up_the_difference(old: list[str], new: list[str]) -> None:
    from quire.comparison.chapters import _compared
    from quire.manuscript import Chapter

    one, other = (Chapter("a.md", "chapter", "", "T", text, text) for text in
                  ("\n\n".join(old), "\n\n".join(new)))  # fmt: skip
    found = _compared(one, other)
    assert found.words_before - found.removed + found.added == found.words_after
    shown = [piece for passage in found.passages for piece in passage.pieces]
    assert sum(words_of_text(words) for change, words in shown if change == "new") == found.added


def test_a_books_words_are_no_markup_on_the_page(tmp_path: Path) -> None:
    found = changes(tmp_path, _02="# The <b>Ferry</b>\n\n<script>alert(1)</script>\n")
    page = comparison_page("A <i>title</i>", "en", ("v1", "<now>"), found)
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;now&gt;" in page


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book in a repository, with a tag, below the top."""
    folder = tmp_path / "library" / "tides"
    (folder / "book").mkdir(parents=True)
    (folder / "metadata.yaml").write_text("title: Tides\nlang: en\ndate: 2026-01-01\n", "utf-8")
    for name, text in CHAPTERS.items():
        (folder / "book" / name).write_text(text, "utf-8")
    git = ["git", "-C", str(folder.parent), "-c", "user.name=A", "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "One"], ["tag", "v1"]):
        subprocess.run([*git, *words], check=True)
    return folder


def test_diff_writes_a_page_with_words_and_pages(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book / "book" / "02.md"
    path.write_text(path.read_text("utf-8").replace("seven", "eleven"), "utf-8")
    assert main(["diff", "v1", "--book", str(book), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["result"]
    (chapter,) = told["chapters"]
    assert (chapter["title"], chapter["added"], chapter["removed"]) == ("The Ferry", 1, 1)
    assert told["pages-changed"] == 1
    page = (book / "dist" / "diff.html").read_text("utf-8")
    assert "<del>seven</del><ins>eleven</ins>" in page
    assert page.count("<img ") == 1


def test_a_version_with_errors_is_compared_in_words_alone(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book" / "02.md").write_text("# The Ferry\n\nA note.[^x]\n", "utf-8")
    assert main(["diff", "--book", str(book)]) == 0
    said = capsys.readouterr().out
    assert "The Ferry" in said
    assert "The pages aren't compared" in said


@pytest.mark.parametrize("revision", ["v9", "--output=x", "HEAD:metadata.yaml", ""])
def test_a_version_that_is_not_there_is_told(
    book: Path, capsys: pytest.CaptureFixture[str], revision: str
) -> None:
    words = ["diff", "--book", str(book), "--no-pages", "--", revision]
    if revision == "":
        words = ["diff", "--book", str(book), "--no-pages", "--to", "v9"]
    assert main(words) == 2
    assert "There is no version" in capsys.readouterr().err
    assert not (book / "dist").exists()
