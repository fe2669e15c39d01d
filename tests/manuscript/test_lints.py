"""Each lint finds its fault at its line, and nothing once it is put right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from quire.manuscript import Manuscript, read_chapter, read_manuscript
from quire.manuscript.lints import Lint, lint, lints
from quire.metadata import Metadata, read_metadata
from quire.problems import Problem, Severity

ROOT = Path(__file__).parents[2]
LINTS = {one.name: one for one in lints()}


def found_in(folder: Path, files: dict[str, str], language: str = "en") -> list[Problem]:
    """What the lints say of these files."""
    (folder / "book").mkdir(exist_ok=True)
    (folder / "book" / "lamp.svg").write_text("<svg/>", "utf-8")
    chapters = tuple(read_chapter(text, name) for name, text in files.items())
    metadata = Metadata.model_validate({"title": "Lamps", "lang": language})
    return lint(Manuscript(folder / "book", chapters), metadata)


def told(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(one.severity.value, one.code, one.place) for one in problems]


@pytest.mark.parametrize("name", LINTS)
def test_a_lint_finds_its_fault_and_nothing_when_it_is_put_right(name: str, tmp_path: Path) -> None:
    one: Lint = LINTS[name]
    before = found_in(tmp_path, {"01.md": one.before}, one.language)
    assert before, "the fault is found"
    assert all(problem.file == "book/01.md" and problem.line for problem in before)
    assert {problem for problem in before if problem.code.startswith(one.name.split("-")[0])}
    assert found_in(tmp_path, {"01.md": one.after}, one.language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nOne[^x].\n", ("error", "note-without-text", "book/01.md:3")),
        ("# A\n\n[^x]: N.\n", ("warning", "note-never-called", "book/01.md:3")),
        ("# A\n\nO[^x].\n\n[^x]: N.\n\n[^x]: M.\n", ("error", "note-doubled", "book/01.md:7")),
        ("# A\n\n[x](#no)\n", ("error", "link-without-target", "book/01.md:3")),
        ("# A\n\n[x](../02.md)\n", ("error", "link-without-target", "book/01.md:3")),
        ("# A\n\n@tbl-x\n", ("error", "reference-without-target", "book/01.md:3")),
        ("# A\n\n![x](no.svg)\n", ("error", "image-missing", "book/01.md:3")),
        ("# A\n\n![x](../../x.svg)\n", ("error", "image-outside", "book/01.md:3")),
        ("# A\n\n![x](//host/x.svg)\n", ("error", "image-remote", "book/01.md:3")),
        ("# A\n\n![](lamp.svg)\n", ("warning", "alternative-text-missing", "book/01.md:3")),
        ("# A\n\n#### B\n", ("warning", "heading-level-skipped", "book/01.md:3")),
        ("# A\n\nB\n=\n", ("warning", "title-second", "book/01.md:3")),
        ("Text.\n", ("warning", "title-missing", "book/01.md:1")),
        ("---\nx: 1\nrole: no\n---\n# A\n", ("error", "role-unknown", "book/01.md:3")),
        ("# A {#x}\n\n::: {#x}\nB\n:::\n", ("error", "identifier-doubled", "book/01.md:3")),
        ("# A\n\n<video>\n", ("warning", "raw-markup", "book/01.md:3")),
        ("# A\n\nB\n\n\\newpage\n", ("warning", "raw-markup", "book/01.md:5")),
        ("# A\n\n```\ncode\n", ("error", "fence-open", "book/01.md:3")),
        ("# A\n\n::: x\nB\n", ("error", "fence-open", "book/01.md:3")),
        ("# A\n\nB\x0b.\n", ("error", "control-character", "book/01.md:3")),
        ("---\na: 1\n---\n\n# A\n\nO[^x].\n", ("error", "note-without-text", "book/01.md:7")),
    ],
)
def test_a_fault_is_told_with_its_weight_and_its_line(
    text: str, expected: tuple[str, str, str], tmp_path: Path
) -> None:
    assert told(found_in(tmp_path, {"01.md": text})) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "他说,好。",
        "是吗?",
        "灯(小)。",
        '他说"好"。',
        "灯--水。",
        "他把灯放在窗台上—水已经涨到了门口。",
        "灯...",
        "灯。。。",
        "灯…",
    ],
)
def test_latin_punctuation_beside_chinese_is_told(text: str, tmp_path: Path) -> None:
    problems = found_in(tmp_path, {"01.md": f"# 灯\n\n{text}\n"}, "zh-CN")
    assert problems
    assert {one.code for one in problems} == {"punctuation-mixed"}
    assert {one.line for one in problems} == {3}


@pytest.mark.parametrize(
    "text",
    [
        "他说，“好。”——真的……",
        "见 Smith, J. (1990), pp. 1–2.",
        "比例是 1:2，时间 12:30。",
        "A.麦金太尔说过。",
        "线路是码头—渡口—集镇，历时三十—四十天。",
        "见[图](https://example.org/a,b?c)。",
        "代码 `甲,乙` 不算。",
        '![灯](lamp.svg){#fig-灯 alt="一盏灯"}',
        "他说[^a]好。\n\n[^a]: 注。",
    ],
)
def test_right_punctuation_is_left_in_peace(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, {"01.md": f"# 灯\n\n{text}\n"}, "zh-CN") == []


def test_marks_in_code_comments_and_formulae_are_not_taken_for_marks(tmp_path: Path) -> None:
    text = (
        "# A\n\n`[^x]` ``a ` [x](#no)`` $[^y]$ \\[^z]\n\n<!-- ![x](no.svg)\n# B -->\n\n"
        "```md {#code}\n[^q]\n# C\n<video>\n```\n\nSee [it](#code) and a@b.org.\n"
    )
    assert found_in(tmp_path, {"01.md": text}) == []


def test_links_between_files_and_to_headings_are_followed(tmp_path: Path) -> None:
    files = {
        "01-x/01.md": "# A\n\n[1](../02.md) [2](../02.md#oil-and-wick) [3](#the-wick) @sec-b\n",
        "02.md": "# B {#sec-b}\n\n## Oil, *and* Wick\n\n## The Wick\n\n## The Wick\n\n"
        "[x](#the-wick-1)\n",
    }
    assert found_in(tmp_path, files) == []


def test_one_identifier_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    files = {"01.md": "# A {#x}\n", "02.md": "# B {#x}\n"}
    (problem,) = found_in(tmp_path, files)
    assert problem.place == "book/02.md:1"
    assert "book/01.md:1" in problem.message


def test_a_role_nearly_right_is_named(tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, {"01.md": "---\nrole: apendix\n---\n# A\n"})
    assert problem.remedy == "Did you mean `appendix`?"


def test_the_default_book_is_clean_and_read_in_a_blink() -> None:
    metadata = read_metadata(ROOT / "metadata.yaml")
    lints()
    began = time.perf_counter()
    problems = lint(read_manuscript(ROOT / "book", ROOT), metadata)
    assert time.perf_counter() - began < 0.5
    assert problems == []


def test_lints_of_a_long_line_take_time_in_step_with_its_length(tmp_path: Path) -> None:
    def seconds(times: int) -> float:
        text = "# A\n\n" + "灯[x](http://a.b/c_(d)) `q` $1 *e* @ [^ {# ( \\[ " * times + "\n"
        began = time.perf_counter()
        found_in(tmp_path, {"01.md": text})
        return time.perf_counter() - began

    seconds(10)
    assert seconds(4000) < 40 * seconds(400)


def test_severities_follow_from_what_is_lost(tmp_path: Path) -> None:
    problems = found_in(tmp_path, {"01.md": "# A\n\n![](no.svg)\n"})
    assert {one.code: one.severity for one in problems} == {
        "image-missing": Severity.ERROR,
        "alternative-text-missing": Severity.WARNING,
    }
