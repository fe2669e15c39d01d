"""A folder of Markdown is read in order, and what can't be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.manuscript import Manuscript, read_chapter, read_manuscript
from quire.manuscript.markup import Markup, automatic_identifier, heading_text
from quire.pandoc import read_blocks
from quire.problems import BookError


def manuscript_of(root: Path, files: dict[str, bytes | str]) -> Manuscript:
    for name, content in files.items():
        path = root / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_manuscript(root / "book", root)


def test_files_are_in_order_of_name_with_numbers_counted(tmp_path: Path) -> None:
    names = ["10.md", "2.md", "1-b/2.md", "1-b/00-part.md", "1-a/x.markdown", "note.txt"]
    hidden = [".git/x.md", "_drafts/y.md", "figures/readme.txt"]
    read = manuscript_of(tmp_path, dict.fromkeys([*names, *hidden], "# A\n"))
    assert [one.file for one in read.chapters] == [
        "1-a/x.markdown", "1-b/00-part.md", "1-b/2.md", "2.md", "10.md",
    ]  # fmt: skip
    assert [one.part for one in read.chapters] == ["1-a", "1-b", "1-b", "", ""]
    assert [one.role for one in read.chapters] == ["chapter", "part"] + ["chapter"] * 3
    assert read.place(read.chapters[0]) == "book/1-a/x.markdown"
    assert read.root == tmp_path.resolve()


def test_a_head_a_byte_order_mark_and_foreign_line_ends_are_read(tmp_path: Path) -> None:
    content = "\ufeff---\r\nrole: preface\r\nx: [1]\r\n---\r\n\r\n# *A* `b`[^1]\r\rC\n"
    chapter = manuscript_of(tmp_path, {"01.md": content}).chapters[0]
    assert chapter.head == {"role": "preface", "x": [1]}
    assert chapter.role == "preface"
    assert chapter.body == "\n# *A* `b`[^1]\n\nC\n"
    assert chapter.body_line == 5
    assert chapter.title == "A b"
    assert chapter.text.endswith(chapter.body)


def test_a_break_at_the_start_is_not_a_head() -> None:
    chapter = read_chapter("---\n\nProse: a, b.\n\n---\n\nMore.\n", "01.md")
    assert chapter.head == {} or "Prose" not in chapter.body
    plain = read_chapter("---\n\nJust prose.\n\n---\n", "01.md")
    assert plain.head == {}
    assert plain.body == plain.text


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("好\n坏".encode() + b"\xff", "book/01.md:2", "isn't UTF-8"),
        ("好".encode("utf-16"), "book/01.md:1", "UTF-16"),
        ("---\na: [\nb: 1\n---\n# A\n", "book/01.md:", "isn't YAML"),
        (" \n", "book/01.md:1", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | str, place: str, words: str
) -> None:
    with pytest.raises(BookError) as raised:
        manuscript_of(tmp_path, {"01.md": content})
    (problem,) = raised.value.problems
    assert problem.place.startswith(place)
    assert words in problem.message


def test_a_missing_or_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="There is no folder book"):
        read_manuscript(tmp_path / "book", tmp_path)
    with pytest.raises(BookError, match=r"no \.md file in book"):
        manuscript_of(tmp_path, {"x.txt": "x"})


@pytest.mark.parametrize(
    ("one", "other"), [("a.md", "A.md"), ("X/1.md", "x/2.md"), ("e\u0301.md", "\u00e9.md")]
)
def test_names_that_some_systems_do_not_tell_apart_are_refused(
    tmp_path: Path, one: str, other: str
) -> None:
    with pytest.raises(BookError, match="one name on many systems"):
        manuscript_of(tmp_path, {one: "# A\n", other: "# B\n"})


def test_a_link_to_a_file_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# S\n", "utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "01.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(BookError, match="outside the manuscript's folder"):
        read_manuscript(tmp_path / "book", tmp_path)


@given(st.text(alphabet="a `~\n[]^:#!(){}.$\\灯<>-*", max_size=80))
def test_masking_keeps_every_place_and_line(text: str) -> None:
    markup = Markup(text)
    assert len(markup.masked) == len(text)
    assert [n for n, sign in enumerate(markup.masked) if sign == "\n"] == [
        n for n, sign in enumerate(text) if sign == "\n"
    ]
    for mark in (*markup.calls, *markup.bodies, *markup.citations, *markup.identifiers):
        assert 1 <= mark.line <= text.count("\n") + 1
        assert markup.line_at(mark.start) == text.count("\n", 0, mark.start) + 1


HEADINGS = [
    "Oil, *and* Wick", "灯与水：一", "3. The `third` lamp", "A [link](http://x.org) here",
    "Don't stop", "under_score and-dash", "UPPER Case",
]  # fmt: skip


def test_identifiers_of_headings_are_those_that_pandoc_gives() -> None:
    text = "\n\n".join(f"# {heading}" for heading in HEADINGS)
    given = [block["c"][1][0] for block in read_blocks(text, "markdown")]
    assert [automatic_identifier(heading) for heading in HEADINGS] == given


def test_a_headings_words_are_without_marks() -> None:
    assert heading_text(r"A *b* **c** `d` [e](f) g[^h] i\*j snake_case") == (
        "A b c d e g i*j snake_case"
    )
