"""Headings: every way to number them, on lines, in two, in runs; and what is no heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quire.cleaning import Run, run_rules
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.known_titles import CONTENTS_FACT, KnownTitles
from quire.cleaning.numbering import heading_label
from quire.sources.model import Source

PROSE = (
    "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头，一句话也不说。岸上有人点起了灯，"
    "又有人把灯吹灭，只听见水声一下一下地拍着木桩，像是在替谁数着时辰，也像是在等谁回来。"
)
ENGLISH = (
    "The ferry had been late every morning since the flood, and nobody on the landing could say "
    "why it was so. The keeper blamed the river; the river would have blamed the keeper."
)
FOOT = "版权所有 渡口文库 http://www.dukou.example"
HAN = "一二三四五六七八九十"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def headings(text: str) -> list[tuple[str, str]]:
    run = run_rules(Source("x.txt", text), below=700)
    return [
        (mark.value, run.draft.text[mark.start : mark.end])
        for mark in run.draft.marked(MarkKind.HEADING)
    ]


def cleaned(text: str) -> Run:
    return run_rules(Source("x.txt", text), below=900)


def paragraphs(*blocks: str) -> str:
    return "\n\n".join(blocks)


CHAPTERS: dict[str, Callable[[int], str]] = {
    "第一章": lambda n: f"第{HAN[n]}章 ",
    "第1章": lambda n: f"第{n + 1}章 ",
    "第一回": lambda n: f"第{HAN[n]}回　",
    "第一讲": lambda n: f"第{HAN[n]}讲 ",
    "Chapter I": lambda n: f"Chapter {ROMAN[n]} ",
    "CHAPTER 1.": lambda n: f"CHAPTER {n + 1}. ",
    "Chapter One:": lambda n: f"Chapter {WORDS[n]}: ",
    "Lecture 1": lambda n: f"Lecture {n + 1} ",
}
SECTIONS: dict[str, Callable[[int, int], str]] = {
    "第一节": lambda _, n: f"第{HAN[n]}节 ",
    "一、": lambda _, n: f"{HAN[n]}、",
    "（一）": lambda _, n: f"（{HAN[n]}）",
    "壹、": lambda _, n: f"{'壹贰叁肆伍陆柒捌玖拾'[n]}、",
    "1.1": lambda chapter, n: f"{chapter + 1}.{n + 1} ",
    "1.": lambda _, n: f"{n + 1}. ",
    "§ 1": lambda _, n: f"§ {n + 1} ",
    "I.": lambda _, n: f"{ROMAN[n]}. ",
}
TITLES = ("水边", "灯和绳", "三条船", "雾中的钟", "过河的人", "木桩", "夜里的声音", "退潮以后")


def outline(
    chapter: Callable[[int], str], section: Callable[[int, int], str], counts: Sequence[int]
) -> list[tuple[str, str]]:
    """Chapters with so many sections each; a section alone isn't numbered."""
    made: list[tuple[str, str]] = []
    for i, count in enumerate(counts):
        made.append(("1", chapter(i) + TITLES[i % 8]))
        made += [("2", section(i, n) + TITLES[(i + n + 1) % 8]) for n in range(count)]
    return made


@pytest.mark.parametrize("joint", ["\n\n", "\n", "\n\n\n"], ids=["blank", "line", "wide"])
@given(
    chapter=st.sampled_from(sorted(CHAPTERS)),
    section=st.sampled_from(sorted(SECTIONS)),
    counts=st.lists(st.sampled_from([0, 2, 3, 4]), min_size=2, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_an_outline_on_lines_of_its_own_comes_back_exactly(
    joint: str, chapter: str, section: str, counts: list[int]
) -> None:
    made = outline(CHAPTERS[chapter], SECTIONS[section], counts)
    text = joint.join(f"{heading}{joint}{PROSE}{joint}{PROSE[30:]}" for _, heading in made)
    assert headings(text) == [(level, heading.strip()) for level, heading in made]


@given(
    sentences=st.lists(
        st.sampled_from([
            "第三章里讲过这件事。", "一是守时，二是守信。", "他数到二、三、四就停了。",
            "（一）和（二）都不对。", "见图1和第二节。", "1.5米深的水。", "第一，船要修好。",
            "Chapter 3 tells of it.", "It was 4. No more.", "I. K. Brunel came.", PROSE,
        ]),
        min_size=1, max_size=12,
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_heading_is_found_inside_the_sentences_of_a_paragraph(sentences: list[str]) -> None:
    text = f"{PROSE}\n\n{PROSE}{''.join(sentences)}{PROSE}\n\n{PROSE}"
    assert headings(text) == []


def test_parts_hold_chapters_however_they_are_numbered() -> None:
    for first, second in (("上编 水", "下编 岸"), ("Part the First", "Part the Second")):
        text = f"\n\n{PROSE}\n\n".join([first, "第一章 雾", "第二章 桥", second, "第三章 灯", ""])
        assert [level for level, _ in headings(text)] == ["part", "1", "1", "part", "1"]


@pytest.mark.parametrize(
    ("split", "whole"), [("第二章\n灯", "第二章 灯"), ("2.\nLamps", "2. Lamps")]
)
def test_a_heading_in_two_lines_is_one_when_the_others_are(split: str, whole: str) -> None:
    first, last = (
        whole.replace("二", "一").replace("2", "1"),
        whole.replace("二", "三").replace("2", "3"),
    )
    text = paragraphs(first, PROSE, split, PROSE, last, PROSE)
    assert [heading for _, heading in headings(text)] == [first, whole, last]


def test_a_label_that_was_lost_leaves_its_neighbours_headings() -> None:
    text = f"\n\n{PROSE}\n\n".join(["一、水边", "二、灯", "四、绳", "五、雾", ""])
    assert [heading for _, heading in headings(text)] == ["一、水边", "二、灯", "四、绳", "五、雾"]


def test_the_printed_contents_go_and_tell_where_headings_are() -> None:
    names = ("Boats", "What the River Kept", "A Rope")
    contents = "\n".join(f"{name} ........ {9 * i + 1}" for i, name in enumerate(names))
    body = "\n\n".join(f"{name}\n\n{ENGLISH}\n\n{ENGLISH}" for name in names)
    run = cleaned(f"Contents\n{contents}\n\n{body}")
    assert run.draft.text == body
    assert [heading for _, heading in headings(f"Contents\n{contents}\n\n{body}")] == list(names)


@given(st.text(st.characters(categories=["L", "N"]), min_size=2, max_size=40))
@example("İnebolu")  # its first letter is two characters in small letters
def test_a_title_of_the_contents_is_known_whatever_letter_it_begins_with(title: str) -> None:
    known = KnownTitles.of(Draft(title, facts={CONTENTS_FACT: title}))
    assert known.in_contents(title)


def test_an_entry_of_the_contents_that_is_nowhere_stays_and_is_asked() -> None:
    names = ("Boats", "Ropes", "Lamps", "Bells", "Nets")
    contents = "\n".join(f"{name} ........ {9 * i + 1}" for i, name in enumerate(names))
    body = "\n\n".join(f"{name}\n\n{ENGLISH}" for name in names[:-1])
    run = cleaned(f"Contents\n{contents}\n\n{body}")
    assert run.draft.text.startswith("Nets")
    assert [one.text for one in run.suggestions if one.rule == "printed-contents"] == [
        "Nets ........ 37"
    ]


def test_lines_that_stand_apart_are_headings_when_there_are_several() -> None:
    text = paragraphs(*[ENGLISH] * 4, "\nThe Landing", *[ENGLISH] * 4, "\nNIGHT", ENGLISH)
    assert headings(text) == [("1", "The Landing"), ("1", "NIGHT")]
    once = text.replace("\nNIGHT", "Night came.")
    assert headings(once) == []
    asked = [one for one in cleaned(once).suggestions if one.rule == "headings"]
    assert [one.text for one in asked] == ["The Landing"]


def test_short_lines_of_a_letter_are_no_headings() -> None:
    text = paragraphs(ENGLISH, "Dear Tom,", ENGLISH, "Yours ever,", "Henry Pell", ENGLISH)
    assert headings(text) == []


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("第三讲 水", "chapter-han", 3), ("卷二", "volume", 2), ("下篇 岸", "half", 3),
        ("Part the Second", "part", 2), ("BOOK SEVEN", "part", 7), ("Act II", "chapter", 2),
        ("CHAPTER TWENTY-ONE", "chapter", 21), ("Scene 3", "section-word", 3),
        ("§ 4 Ropes", "section-word", 4), ("贰、灯", "formal", 2), ("丙、绳", "stem", 3),
        ("IV. Boats", "roman", 4), ("XII The Landing", "roman", 12), ("2.3 Nets", "decimal-2", 3),
        ("Kapitel 5", "chapter", 5), ("제3장 강", "chapter-korean", 3),
    ],
)  # fmt: skip
def test_labels_of_many_kinds_are_read(line: str, style: str, number: int) -> None:
    label = heading_label(line)
    assert label is not None
    assert (label.style, label.number) == (style, number)


@pytest.mark.parametrize("line", ["I went home", "40 men came", "一是守时", "Chapters are long"])
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    label = heading_label(line)
    assert label is None or label.style == "arabic"


def test_an_articles_introduction_stands_beside_its_sections() -> None:
    text = f"\n\n{PROSE}\n\n".join(["引言", "一、船", "（一）绳", "（二）桨", "二、岸", "结语", ""])
    assert [level for level, _ in headings(text)] == ["1", "1", "2", "2", "1", "1"]
    book = f"\n\n{PROSE}\n\n".join(
        ["前言", "第一章 船", "一、绳", "二、桨", "第二章 岸", "后记", ""]
    )
    assert [level for level, _ in headings(book)] == ["1", "1", "2", "2", "1", "1"]


def test_a_run_gives_up_its_headings_where_a_wide_blank_or_the_contents_tell_their_ends() -> None:
    pages = [
        f"第一章 水边　{PROSE * 3}一、灯　{PROSE * 3}",
        f"{PROSE * 3}二、绳　{PROSE * 3}",
        f"第二章 桥　一、雾中的钟　{PROSE * 4}二、木桩　{PROSE * 4}",
    ]
    text = "\n\n".join(f"{page}{folio}{FOOT}" for folio, page in enumerate(pages, start=11))
    assert [heading for _, heading in headings(text)] == [
        "第一章 水边", "一、灯", "二、绳", "第二章 桥", "一、雾中的钟", "二、木桩",
    ]  # fmt: skip
