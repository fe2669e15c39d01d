"""The PDF for screens, read back from the file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf_reading import bookmarks, page_labels, paragraphs, read, squeezed
from PIL import Image
from sample import awkward_book, english_book, figure, passage, sample_book, section

from quire.assembly.model import Book, Medium
from quire.covers.model import Cover
from quire.editions.model import Artifact, BuildContext
from quire.editions.screen_pdf import EDITION
from quire.pandoc import div
from quire.problems import BookError

Build = Callable[[Book], Artifact]


def plain_cover() -> Cover:
    picture = io.BytesIO()
    Image.new("RGB", (400, 600), (31, 58, 95)).save(picture, "JPEG")
    return Cover("plain", picture.getvalue(), b"", 400, 600, "深蓝的封面")


@pytest.fixture(scope="module")
def build(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Build:
    covered = replace(context, cover=plain_cover())
    return lambda book: EDITION.build(book, tmp_path_factory.mktemp("screen"), covered)


@pytest.fixture(scope="module")
def shown(build: Build) -> Artifact:
    return build(sample_book())


def links(path: Path) -> Iterator[tuple[int, tuple[float, float], int, float]]:
    """Each link within the book: its page, its middle, the page and height that it leads to."""
    with pikepdf.open(path) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        named = dict(pikepdf.NameTree(document.Root.Names.Dests).items())
        for number, page in enumerate(document.pages):
            for note in page.get("/Annots", []):
                target = note.get("/Dest")
                if target is None:
                    continue
                if not isinstance(target, pikepdf.Array):
                    target = named[str(target)]
                    target = target.D if isinstance(target, pikepdf.Dictionary) else target
                left, low, right, high = (float(side) for side in note.Rect)
                middle = ((left + right) / 2, (low + high) / 2)
                yield number, middle, pages[target[0].objgen], float(target[3])


def tags(path: Path) -> Iterator[tuple[str, str]]:
    """Kind and alternative text of every element of the structure tree, in order."""
    with pikepdf.open(path) as document:
        yield from _tags(document.Root.StructTreeRoot.K)


def _tags(element: Any) -> Iterator[tuple[str, str]]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _tags(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S), str(element.get("/Alt", ""))
        yield from _tags(element.get("/K"))


def test_the_file_says_that_it_is_accessible_and_archival(shown: Artifact) -> None:
    with pikepdf.open(shown.path) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "zh-CN"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == "灯下小工：一本样书"
            assert metadata["dc:creator"] == ["林知秋"]
        assert str(document.docinfo["/Keywords"]) == "手艺, 样书"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261101")


def test_the_bookmarks_are_the_contents_and_the_headings(shown: Artifact) -> None:
    found = bookmarks(shown.path)
    expected = [
        (0, "前言"), (0, "第一编　手"), (1, "第一章　推刨"), (2, "第一件工具"), (3, "磨刀"),
        (1, "第二章　三样工具"), (0, "第二编　灯"), (1, "第三章　雨夜"), (0, "注释"),
    ]  # fmt: skip
    assert found[found.index(expected[0]) :][: len(expected)] == expected
    sheets, labels = read(shown.path), page_labels(shown.path)
    contents = squeezed(sheets[labels.index(shown.page_of["contents"])].text)
    for _, title in expected:
        assert (squeezed(title) in contents) == (title != "磨刀")  # the contents go one rank down


def test_headings_nest_without_a_gap(build: Build) -> None:
    text = passage("## 二 {#a}\n\n字。\n\n##### 五 {#b}\n\n字。\n\n### 三 {#c}\n\n字。")
    done = build(
        replace(sample_book(), sections=(section("x", "chapter", "章", "第一章", 0, text),))
    )
    levels = [
        int(kind[2:]) for kind, _ in tags(done.path) if kind[:2] == "/H" and kind[2:].isdigit()
    ]
    assert levels[:4] == [1, 2, 3, 3]


def test_every_callout_leads_to_its_note_and_every_note_back(shown: Artifact) -> None:
    labels = page_labels(shown.path)
    page_of = {name: labels.index(folio) for name, folio in shown.page_of.items()}
    within = list(links(shown.path))
    for note in sample_book().endnotes:
        back = [link for link in within if link[0] == page_of[note.identifier]]
        for callout in note.callouts:
            there = [
                link for link in within
                if link[0] == page_of[callout] and link[2] == page_of[note.identifier]
            ]  # fmt: skip
            assert there
            # Some link on the note's page leads to a place near a link that led to the notes.
            assert any(
                target == page_of[callout]
                and any(abs(y - middle[1]) < 30 for _, middle, *_ in there)
                for _, _, target, y in back
            )


def test_a_note_with_several_callouts_has_a_way_back_to_each(build: Build) -> None:
    done = build(awkward_book())
    labels, sheets = page_labels(done.path), read(done.path)
    notes = labels.index(done.page_of["note-a"])
    assert "↑1" in squeezed(sheets[notes].text)
    text = labels.index(done.page_of["call-a"])
    ways = [link for link in links(done.path) if link[0] == notes and link[2] == text]
    callouts = sum(
        len(one.callouts) for one in awkward_book().endnotes if one.identifier != "note-n"
    )
    # The first of several has two ways back: the note's number, and the first arrow.
    assert len(ways) == callouts + 1


def test_every_picture_says_what_it_shows(shown: Artifact) -> None:
    figures = [alt for kind, alt in tags(shown.path) if kind == "/Figure"]
    assert figures[0] == "深蓝的封面"
    # A short long description is part of the words for the figure.
    assert figures[1].startswith("四级台阶，自左下向右上")
    assert "第四级“教”" in figures[1]
    formulae = [alt for kind, alt in tags(shown.path) if kind == "/Formula"]
    assert formulae[0] == "n"


def test_a_long_description_stands_at_the_back_with_ways_there_and_back(build: Build) -> None:
    words = "台阶自左下升向右上，一级一级都有名字，名字下面是人。" * 12
    text = [
        *passage("看图。"),
        figure("fig-ladder", "图1", "四级台阶", "media/ladder.svg", "台阶。", "long"),
        div(passage(words), ["long", ["long-description"], []]),
    ]
    base = sample_book()
    done = build(
        replace(base, sections=(section("x", "chapter", "章", "第一章", 0, text),), endnotes=())
    )
    whole = squeezed("".join(sheet.text for sheet in read(done.path)))
    assert whole.count(squeezed(words)) == 1
    assert whole.endswith(squeezed(words) + done.page_of["x"].replace("1", "2"))
    last = (done.pages or 0) - 1
    found = list(links(done.path))
    assert any(source < last and target == last for source, _, target, _ in found)
    assert any(source == last and target < last for source, _, target, _ in found)


def test_a_picture_without_words_does_not_stop_the_book(build: Build) -> None:
    picture = figure("fig", "图1", "", "media/ladder.svg", "")
    base = sample_book()
    done = build(
        replace(
            base, sections=(section("x", "chapter", "章", "第一章", 0, [picture]),), endnotes=()
        )
    )
    assert [alt for kind, alt in tags(done.path) if kind == "/Figure"][1:] == ["图1"]


def test_the_cover_is_the_first_page_and_has_no_number(shown: Artifact) -> None:
    sheets, labels = read(shown.path), page_labels(shown.path)
    assert sheets[0].text.strip() == ""
    assert sheets[0].height / sheets[0].width == pytest.approx(1.5, abs=0.001)
    assert labels[1] == "i"
    assert labels[labels.index("1") :] == [
        str(n) for n in range(1, len(labels) - labels.index("1") + 1)
    ]


@pytest.mark.parametrize("make", [sample_book, english_book])
def test_nothing_of_the_text_is_lost(build: Build, make: Callable[[], Book]) -> None:
    book = make()
    whole = squeezed("".join(sheet.text for sheet in read(build(book).path)))
    described = "台阶自左下升"  # in the words for the figure
    wanted = [text for text in paragraphs(book) if not text.startswith(described)]
    assert [text for text in wanted if text not in whole] == []


def test_lines_from_right_to_left_keep_their_words(build: Build) -> None:
    sheets = read(build(awkward_book()).path)
    whole = squeezed("".join(sheet.text for sheet in sheets))
    assert "العلم" in whole or "العلم"[::-1] in whole


def test_two_builds_give_the_same_bytes(build: Build) -> None:
    assert build(sample_book()).sha256 == build(sample_book()).sha256


def test_a_picture_that_is_gone_is_named(build: Build) -> None:
    gone = Medium("media/ladder.svg", Path("figures/nowhere.svg"), "image/svg+xml")
    with pytest.raises(BookError, match=r"media/ladder\.svg can't be read"):
        build(replace(sample_book(), media=(gone,)))


def test_a_picture_that_is_none_is_told_in_our_words(build: Build, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    base = sample_book()
    media = (Medium("media/ladder.svg", broken, "image/png"),)
    with pytest.raises(BookError, match=r"media/ladder\.svg"):
        build(replace(base, media=media))


def test_raw_code_that_cannot_be_set_is_told_in_our_words(build: Build) -> None:
    text = passage("```{=typst}\n#nonsense()\n```")
    with pytest.raises(BookError, match="nonsense"):
        build(
            replace(
                sample_book(),
                sections=(section("x", "chapter", "章", "第一章", 0, text),),
                endnotes=(),
            )
        )
