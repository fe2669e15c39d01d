"""One document in every format: the same headings, words and notes come out."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
import typst

from quire.sources import HintKind, Source, read_source
from quire.toolchain.tools import pandoc_path

MANUSCRIPT = """---
title: The Lamp
author: A. Writer
lang: en
---

# One *bright* thing

A sentence.[^a] And **strong** H~2~O and 10^2^ words.[^b]

> Someone said this.

- one
- two

3. third
4. fourth

## Below

| tide | hour |
|------|------|
| low  | 2[^c] |

Again.

[^a]: First body.

    Its second paragraph.

[^b]: Second body with *stress*.

[^c]: A body called from a table.
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def pandoc(text: str, path: Path, *options: str) -> Path:
    import subprocess

    command = [str(pandoc_path()), "-f", "markdown", "-s", "-o", str(path), *options]
    subprocess.run(command, input=text.encode(), check=True, cwd=path.parent, capture_output=True)
    return path


def covered(source: Source, kind: HintKind) -> list[tuple[str, str]]:
    """(value, text) of every hint of a kind."""
    return [(h.value, source.text[h.start : h.end]) for h in source.hints if h.kind == kind]


FORMATS = {
    "docx": ("docx", ()),
    "EPUB 3": ("epub", ("-t", "epub3")),
    "EPUB 2": ("epub", ("-t", "epub2")),
    "HTML 5": ("html", ("-t", "html5")),
    "HTML 4": ("html", ("-t", "html4")),
}


@pytest.mark.parametrize("name", FORMATS)
def test_structure_comes_through_in(name: str, tmp_path: Path) -> None:
    suffix, options = FORMATS[name]
    source = read_source(pandoc(MANUSCRIPT, tmp_path / f"lamp.{suffix}", *options))
    assert source.details["title"] == "The Lamp"
    assert source.details["author"] == "A. Writer"
    assert covered(source, HintKind.HEADING) == [("1", "One bright thing"), ("2", "Below")]
    assert covered(source, HintKind.EMPHASIS) == [("", "bright"), ("", "stress")]
    assert covered(source, HintKind.STRONG) == [("", "strong")]
    assert covered(source, HintKind.QUOTE) == [("", "Someone said this.")]
    assert covered(source, HintKind.ITEM) == [
        ("bullet", "one"), ("bullet", "two"), ("3", "third"), ("4", "fourth"),
    ]  # fmt: skip
    assert covered(source, HintKind.NOTEREF) == [("n1", "1"), ("n2", "2"), ("n3", "[^n3]")]
    assert covered(source, HintKind.NOTE) == [
        ("n1", "First body.\n\nIts second paragraph."),
        ("n2", "Second body with stress."),
        ("n3", "A body called from a table."),
    ]
    markdown = [text for _, text in covered(source, HintKind.MARKDOWN)]
    assert "^2^" in markdown
    assert "~2~" in markdown
    assert any(text.startswith("| tide | hour") for text in markdown)
    assert "A sentence.1 And strong H~2~O and 10^2^ words.2\n\nFirst body." in source.text
    assert "↩" not in source.text


def test_markdown_is_kept_to_the_character_and_its_head_becomes_details(tmp_path: Path) -> None:
    path = tmp_path / "lamp.md"
    path.write_text(MANUSCRIPT, "utf-8")
    source = read_source(path)
    assert source.text == MANUSCRIPT.partition("---\n\n")[2]
    assert source.details["author"] == "A. Writer"
    assert covered(source, HintKind.MARKDOWN) == [("", source.text)]
    assert covered(source, HintKind.HEADING) == [("1", "# One *bright* thing"), ("2", "## Below")]
    assert [value for value, _ in covered(source, HintKind.NOTEREF)] == ["a", "b", "c"]
    assert covered(source, HintKind.NOTE)[0] == (
        "a", "[^a]: First body.\n\n    Its second paragraph.",
    )  # fmt: skip


def test_a_hash_or_a_callout_in_a_listing_is_neither(tmp_path: Path) -> None:
    path = tmp_path / "listing.md"
    path.write_text("# Real\n\n```\n# not\n[^x]\n```\n\nLast\n====\n", "utf-8")
    source = read_source(path)
    assert covered(source, HintKind.HEADING) == [("1", "# Real"), ("1", "Last\n====")]
    assert covered(source, HintKind.NOTEREF) == []


def test_a_chapters_own_head_stays_in_markdown(tmp_path: Path) -> None:
    path = tmp_path / "preface.md"
    path.write_text("---\nrole: preface\n---\n\n# Before\n", "utf-8")
    assert read_source(path).text.startswith("---\nrole: preface\n---\n")


@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_pictures_come_with_their_words_and_bytes(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "boat.png").write_bytes(PIXEL)
    text = "# 船\n\n前面有一只![船的样子](boat.png)船。\n"
    source = read_source(pandoc(text, tmp_path / f"boat.{suffix}"))
    (picture,) = source.media
    assert (picture.content, picture.media_type) == (PIXEL, "image/png")
    assert covered(source, HintKind.IMAGE) == [(picture.name, "船的样子")]


def test_a_title_without_chapters_below_is_the_one_chapters_heading(tmp_path: Path) -> None:
    source = read_source(pandoc("---\ntitle: 灯\n---\n\n水面。\n", tmp_path / "one.docx"))
    assert covered(source, HintKind.HEADING) == [("1", "灯")]


def test_a_word_document_called_txt_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = pandoc(MANUSCRIPT, tmp_path / "lamp.docx").rename(tmp_path / "lamp.txt")
    assert covered(read_source(path), HintKind.HEADING)[0] == ("1", "One bright thing")


PRESS = """
#set document(title: "灯船", author: "某人")
#set page(width: 140mm, height: 200mm, header: [灯船夜话], numbering: "1")
#set text(lang: "zh", font: "Noto Serif SC", size: 10.5pt)
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
= 第一章 潮
潮水退去以后，沙上只剩下一行脚印，没有人知道是谁的。#footnote[参见《潮汐志》首卷。] 渔人说，那是\
昨夜的灯船留下的，可是灯船没有脚，第二天清晨他又来看。

第二天清晨他又来看，脚印已经被风抹平了，只有一只空贝壳躺在那里，像一句没有说完的话，他把它放在耳边听。
#footnote[同上。]
#pagebreak()
The tide went out and left one line of footprints on the sand.
"""


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("pressed")
    (folder / "p.typ").write_text(PRESS.replace("\\\n", ""), "utf-8")
    fonts = Path(__file__).parents[2] / "build" / "fonts"
    typst.compile(
        folder / "p.typ",
        output=folder / "p.pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
    )
    return read_source(folder / "p.pdf")


def test_a_pdf_gives_pages_paragraphs_and_notes_as_blocks(pressed: Source) -> None:
    pages = [pressed.text[page.start : page.end].split("\n\n") for page in pressed.pages]
    first, second = pages
    assert first[:2] == ["灯船夜话", "第一章 潮"]
    assert first[2].replace("\n", "").startswith("潮水退去以后，沙上")
    assert first[3].replace("\n", "").startswith("第二天清晨他又来看，脚印")
    assert first[4:] == ["1参见《潮汐志》首卷。", "2同上。", "1"]
    assert second == [
        "灯船夜话", "The tide went out and left one line of footprints on the sand.", "2",
    ]  # fmt: skip


def test_a_pdf_tells_size_weight_raised_figures_and_bookmarks(pressed: Source) -> None:
    assert covered(pressed, HintKind.HEADING) == [("1", "第一章 潮")]
    assert ("", "第一章 潮") in covered(pressed, HintKind.BOLD)
    assert [text for _, text in covered(pressed, HintKind.SUPERSCRIPT)] == ["1", "2", "1", "2"]
    assert ("9", "2同上。") in covered(pressed, HintKind.SIZE)
    assert pressed.details == {"title": "灯船", "author": "某人"}


def test_plain_text_keeps_every_character(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes("\u3000甲\t乙\r\n\r\n\f丙\n".encode("gb18030"))
    source = read_source(path)
    assert source.text == "\u3000甲\t乙\n\n\f丙\n"
    assert source.details["encoding"] == "gb18030"
    assert source.hints == ()
