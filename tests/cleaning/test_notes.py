"""Notes come home: every style of mark, every place of bodies, and what is no note."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cleaning import clean, run_rules
from quire.cleaning.draft import MarkKind
from quire.cleaning.engine import FORM_BAND
from quire.cleaning.notes import Notes, find_notes
from quire.cleaning.notes.pairing import align
from quire.sources import read_source
from quire.sources.model import Source

CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
SENTENCES = (
    "渡口的人等了一夜{}，雾还没有散开。",
    "摆渡的老人坐在船头{}，一句话也不说。",
    "岸上有人点起了灯，又把灯吹灭。{}",
    "水声一下一下地拍着木桩{}。",
    "到了后半夜，风从上游吹下来{}，雾气薄了一些。",
)
ENGLISH = (
    "The ferry had been late every morning{} since the flood.",
    "Nobody on the landing could say why it was so.{}",
    "The keeper blamed the river,{} and went home.",
    "She counted the boats twice.{}",
    "There were seven, as there had been the day before{}.",
)


def paired(notes: Notes, text: str) -> list[tuple[str, str]]:
    """The characters before each callout, and the body that it calls."""
    bodies = {body.key: text[body.start : body.end] for body in notes.bodies}
    return [(text[max(0, one.start - 4) : one.start], bodies[one.key]) for one in notes.callouts]


def circle(number: int) -> str:
    return CIRCLES[number - 1]


STYLES = {
    "circled": ("①", "②", "①", "②"),
    "circled in black": ("❶", "❷", "❶", "❷"),
    "bracketed in one character": ("⑴", "⑵", "⑴", "⑵"),
    "square brackets": ("[1]", "[2]", "[1] ", "[2] "),
    "wide square brackets": ("［1］", "［2］", "［1］", "［2］"),
    "lenticular brackets": ("【1】", "【2】", "【1】", "【2】"),
    "tortoise-shell brackets": ("〔1〕", "〔2〕", "〔1〕", "〔2〕"),
    "labelled": ("[注1]", "[注2]", "[注1] ", "[注2] "),
    "labelled above the line": ("[注1]", "[注2]", "注1：", "注2："),
    "round brackets": ("（1）", "（2）", "（1）", "（2）"),
    "superscript": ("¹", "²", "¹ ", "² "),
    "superscript, bodies with a stop": ("¹", "²", "1. ", "2. "),
    "letters": ("ᵃ", "ᵇ", "a. ", "b. "),
    "signs": ("*", "†", "* ", "† "),
    "plain figures": ("1", "2", "1. ", "2. "),
    "plain figures without a stop": ("1", "2", "1 ", "2 "),
}  # fmt: skip


@pytest.mark.parametrize("marks", STYLES.values(), ids=STYLES.keys())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_style_of_mark_is_read(marks: tuple[str, str, str, str], language: str) -> None:
    first, second, one, two = marks
    if language == "zh":
        text = (
            f"{SENTENCES[2].format(first)}{SENTENCES[4].format('')}{SENTENCES[3].format(second)}\n\n"
            f"{one}见《河口志》，第12页。\n\n{two}同上，第14页。"
        )
        bodies = ["见《河口志》，第12页。", "同上，第14页。"]
    else:
        text = (
            f"{ENGLISH[1].format(first)} {ENGLISH[2].format(second)}\n\n"
            f"{one}Hale, Tides, p. 3.\n\n{two}Ibid., p. 4."
        )
        bodies = ["Hale, Tides, p. 3.", "Ibid., p. 4."]
    found = find_notes(text, [])
    assert [body for _, body in paired(found, text)] == bodies
    assert [text[one.start : one.end] for one in found.callouts] == [first, second]


# ruff counts an ideograph as two columns; what is one paragraph stays on one line here.
# ruff: noqa: E501
NO_NOTES = {
    "a list in a sentence": "清单有三项：①绳；②灯；③桨。",
    "a list that is explained": "清单有三项：①绳；②灯；③桨。\n\n①绳要三十寻。\n\n②灯要亮。\n\n③桨要长。",
    "a list in brackets": "条件如下：（1）守时；（2）守信。\n\n（1）守时是准点开船。\n\n（2）守信是不加价。",
    "kinds of publications": "某人《河志》[M]，某人《潮汐》[J]，[美]某人《桥》。\n\n[美]某人又说了一遍。",
    "years and quantities": "He came in 1998 with 3 boats.\n\n1998 was a dry year.\n\n3 boats were lost.",
    "a numbered list": "Do this.\n\n1. Take a rope.\n\n2. Tie it.\n\n3. Wait.",
    "steps that the text refers to": "See steps 1 and 2.\n\n1. Take a rope.\n\n2. Tie it.",
    "a formula": "The area is 3 m² and the volume 27 m³.\n\n2. The area.\n\n3. The volume.",
    "decimals": "It cost 4.1 and not 3.2 pounds.\n\n1. The price.\n\n2. The cost.",
    "scenes": "He left.\n\n* * *\n\nHe came back.\n\n***\n\nHe stayed.",
    "emphasis by stars": "It is *not* here.\n\n* Not here.",
    "a name with a capital O": "见Judy O’Neil的书，另见O’Hara的书。\n\nO’Neil又说了一遍。",
    "verse numbers": "1 In the beginning was the boat.\n\n2 And the boat was late.",
}


@pytest.mark.parametrize("text", NO_NOTES.values(), ids=NO_NOTES.keys())
def test_what_is_no_note_is_none(text: str) -> None:
    assert find_notes(text, []) == Notes()


def test_bodies_that_say_of_themselves_that_they_are_notes_lose_their_brackets() -> None:
    text = (
        "The boats came in[1] and went.[A]\n\n[Footnote 1: See the log [Hale, 1870].]\n\n"
        "Nobody spoke.\n\n[Footnote A: Not so.\n\nNot at all.]\n\nThe end."
    )
    run = run_rules(Source("x.txt", text), until="stranded-notes")
    assert run.draft.text == (
        "The boats came in[1] and went.[A]\n\nSee the log [Hale, 1870].\n\n"
        "Nobody spoke.\n\nNot so.\n\nNot at all.\n\nThe end."
    )


def chapters(restart: bool) -> tuple[str, list[str]]:
    """Two chapters with three and two notes, and all bodies at the end."""
    numbers = [1, 2, 3, 1, 2] if restart else [1, 2, 3, 4, 5]
    calls = [sentence.format(f"[{n}]") for sentence, n in zip(SENTENCES, numbers, strict=True)]
    bodies = [f"见《河口志》卷{i}，第{i * 3}页。" for i in range(1, 6)]
    listed = [f"[{n}] {body}" for n, body in zip(numbers, bodies, strict=True)]
    if restart:
        listed = ["第一章", *listed[:3], "第二章", *listed[3:]]
    text = "\n\n".join(["第一章 雾", *calls[:3], "第二章 桥", *calls[3:], "注释", *listed])
    return text, bodies


@pytest.mark.parametrize("restart", [True, False])
def test_a_list_at_the_texts_end_is_read_chapter_by_chapter(restart: bool) -> None:
    text, bodies = chapters(restart)
    assert [body for _, body in paired(find_notes(text, []), text)] == bodies


def test_a_work_may_be_cited_again_by_its_number() -> None:
    text = "渡口有雾[1]，桥上没有[2]，船上又有[1]。\n\n参考文献\n\n[1] 甲：《河志》。\n\n[2] 乙：《桥志》。"
    assert [body for _, body in paired(find_notes(text, []), text)] == [
        "甲：《河志》。", "乙：《桥志》。", "甲：《河志》。",
    ]  # fmt: skip


def test_bodies_of_one_run_are_told_apart_and_a_shared_one_has_two_callouts() -> None:
    text = (
        "渡口有雾”①。船上没有人，灯还亮着”②。水声很远”③。"
        "①[英]甲：《河志》，第3页。②③乙：《桥志》，第5、17页。"
    )
    found = find_notes(text, [(0, len(text))])
    assert [body for _, body in paired(found, text)] == [
        "[英]甲：《河志》，第3页。", "乙：《桥志》，第5、17页。", "乙：《桥志》，第5、17页。",
    ]  # fmt: skip


RUN = "河口的船来来往往，装的是米，卸的是盐，码头上的灯一直亮到天明。" * 12


def test_figures_that_lost_their_superscript_call_bodies_at_the_end_of_a_run() -> None:
    bodies = ["Ann Hale, Locks, London: Weir, 1980.", "甲：《河志》，第3页。", "这话是船工说的。"]
    listed = "".join(f"{n}. {body}" for n, body in enumerate(bodies, 1))
    text = f"{RUN}渡口有雾。1船上没有人。2水声很远3，灯还亮着。{RUN}{listed}"
    assert [body for _, body in paired(find_notes(text, [(0, len(text))]), text)] == bodies


def test_a_pages_last_callout_may_touch_the_mark_of_its_first_body() -> None:
    pages = [
        f"{RUN}渡口有灯。1船上没有。2水声很远。1. 甲：《河志》，第3页。2. 乙：《桥志》，第5页。",
        f"{RUN}渡口有雾。12船上没有人。1312. 甲：《河志》，第4页。13. 乙：《桥志》，第6页。",
    ]
    text, second = "\n\n".join(pages), len(pages[0]) + 2
    found = find_notes(text, [(0, len(pages[0])), (second, len(text))])
    assert [body for _, body in paired(found, text)] == [
        "甲：《河志》，第3页。", "乙：《桥志》，第5页。", "甲：《河志》，第4页。", "乙：《桥志》，第6页。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lists",
    [
        ("1.加固河堤。2.清点船只。3.巡查水闸。", "1.人到位。2.船到位。3.灯到位。"),
        ("1.加固河堤，修好水闸。2.清点船只。", "1.参见《河志》第3页。2.引自《桥志》。"),
        ("1. Mend the net. 2. Count the fish. ", "1. Rest the crew. 2. Wash the deck. "),
    ],
)
def test_the_items_of_lists_in_a_run_call_no_notes(lists: tuple[str, str]) -> None:
    text = f"{RUN}要做的有：{lists[0]}{RUN}此外还有：{lists[1]}{RUN}"
    assert find_notes(text, []) == Notes()


def test_what_has_no_partner_is_told_and_left() -> None:
    text = "渡口有雾①，船上没有②。\n\n①见《河志》，第3页。\n\n③见《桥志》，第5页。\n\n④见《灯志》，第6页。"
    run = run_rules(Source("x.txt", text), until="stranded-notes")
    told = [one.text for one in run.suggestions if one.rule == "stranded-notes"]
    assert told == ["②", "③", "④"]
    assert "③见《桥志》" in run.draft.text


PAGES = st.lists(st.integers(min_value=0, max_value=5), min_size=1, max_size=8)
ENDS = st.sampled_from(["，第{}页。", "，{}年。", "（{}），见卷末的说明。"])


def laid_on_pages(
    counts: list[int], end: str, break_: str = "\n\n"
) -> tuple[str, list[tuple[int, int]], list[str]]:
    """A text, its pages, and its bodies, with notes numbered anew on each page."""
    text, pages, bodies = "", [], []
    for page, count in enumerate(counts):
        start = len(text)
        text += "".join(SENTENCES[i].format(circle(i + 1)) for i in range(count))
        text += SENTENCES[(page + 3) % 5].format("")
        for i in range(count):
            bodies.append(f"见《河口志》卷{page + 1}{end.format(1900 + i)}")
            text += f"{break_}{circle(i + 1)}{bodies[-1]}"
        pages.append((start, len(text)))
        text += "\n\n"
    return text, pages, bodies


@given(PAGES, ENDS, st.sampled_from(["\n\n", "\n", ""]))
def test_notes_laid_on_pages_find_each_other(counts: list[int], end: str, break_: str) -> None:
    text, pages, bodies = laid_on_pages(counts, end, break_)
    found = find_notes(text, pages)
    assert [body for _, body in paired(found, text)] == bodies
    assert found.alone == ()


@given(PAGES, st.data())
def test_the_pages_need_not_be_known_where_lines_are(
    counts: list[int], data: st.DataObject
) -> None:
    end = data.draw(ENDS)
    text, _, bodies = laid_on_pages(counts, end, "\n\n")
    assert [body for _, body in paired(find_notes(text, []), text)] == bodies


@given(st.lists(st.integers(2, 5), min_size=2, max_size=6), st.data())
def test_one_damaged_mark_never_changes_the_others_pairs(
    counts: list[int], data: st.DataObject
) -> None:
    text, pages, _ = laid_on_pages(counts, "，第{}页。")
    whole = find_notes(text, pages)
    hurt = data.draw(st.integers(0, len(whole.callouts) - 1))
    mark = data.draw(st.sampled_from(["※", *CIRCLES]))
    place = whole.callouts[hurt].start
    damaged = text[:place] + mark + text[place + 1 :]
    found = dict(zip([one.start for one in whole.callouts], paired(whole, text), strict=True))
    for one, (_, body) in zip(
        find_notes(damaged, pages).callouts,
        paired(find_notes(damaged, pages), damaged),
        strict=True,
    ):
        if one.start != place:
            assert body == found[one.start][1]
    kept = {one.start for one in find_notes(damaged, pages).callouts}
    assert {one.start for one in whole.callouts} - kept <= {place}


def test_a_number_that_was_misread_is_put_right_by_its_neighbours() -> None:
    text, pages, bodies = laid_on_pages([5, 4, 3], "，第{}页。")
    place = text.index("④")
    damaged = text[:place] + "⑨" + text[place + 1 :]
    assert [body for _, body in paired(find_notes(damaged, pages), damaged)] == bodies


@given(
    st.lists(st.integers(1, 9), max_size=12),
    st.lists(st.integers(1, 9), max_size=12),
)
def test_the_chain_of_equal_numbers_is_the_longest_there_is(
    callouts: list[int], bodies: list[int]
) -> None:
    longest = [[0] * (len(bodies) + 1) for _ in range(len(callouts) + 1)]
    for i, a in enumerate(callouts):
        for j, b in enumerate(bodies):
            longest[i + 1][j + 1] = (
                longest[i][j] + 1 if a == b else max(longest[i][j + 1], longest[i + 1][j])
            )
    links = [
        one
        for one in align(callouts, bodies, [0.0] * len(callouts), again=False)
        if callouts[one.callout] == bodies[one.body] and one.confidence == 1.0
    ]
    assert len(links) == longest[-1][-1]
    assert all(a.callout < b.callout and a.body < b.body for a, b in pairwise(links))


def cleaned(text: str) -> tuple[list[str], str]:
    """The bodies' texts in order, and all text, before the manuscript's form."""
    run = run_rules(Source("x.txt", text), below=FORM_BAND)
    draft = run.draft
    return [draft.text[m.start : m.end] for m in draft.marked(MarkKind.NOTE)], draft.text


def test_a_body_that_runs_over_is_whole_and_so_is_the_sentence_that_it_parted() -> None:
    text = (
        "The ferry was late.[1] The keeper blamed the river and went home to\n\n"
        "[1] Hale, Tides of the Western Harbours, which was printed in\n\n"
        "his wife, who had been waiting at the door.[2] Nobody spoke.\n\n"
        "two volumes by the author, 1902, p. 3.\n\n[2] The same, p. 4.\n\n"
        "In the morning the boat was gone."
    )
    bodies, _ = cleaned(text)
    assert "printed in" in "".join(bodies)
    run = run_rules(Source("x.txt", text), until="stranded-notes")
    assert "printed in two volumes by the author, 1902, p. 3." in run.draft.text


def test_a_body_in_a_list_goes_on_with_the_next_text() -> None:
    text = (
        "The ferry was late.[1] The keeper went home.[2]\n\nNotes\n\n"
        "[1] Hale, Tides of the Western Harbours, which was printed in\n\n"
        "two volumes by the author, 1902.\n\n[2] The same, p. 4."
    )
    bodies, _ = cleaned(text)
    assert "printed in two volumes by the author" in " ".join(bodies)


@pytest.mark.parametrize(
    "text",
    [
        "①" * 100_000,
        "①渡" * 100_000,
        "①渡\n" * 20_000,
        "渡①\n①见\n" * 10_000,
        "boat1 and\n1. Boat.\n" * 10_000,
        "(1)" * 50_000,
        "[1" * 100_000,
        "[Footnote 1: " * 5_000,
        "（注：" * 20_000,
        "1. \n" * 50_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_hundred_thousand_marks_take_seconds(text: str) -> None:
    begun = time.perf_counter()
    find_notes(text, [])
    assert time.perf_counter() - begun < 10


def test_ten_thousand_pages_of_notes_take_seconds() -> None:
    pages = 10_000
    text, places, bodies = laid_on_pages([1] * pages, "，第{}页。")
    begun = time.perf_counter()
    found = find_notes(text, places)
    assert time.perf_counter() - begun < 20
    assert len(found.callouts) == len(bodies) == pages


def pairs_of(text: str) -> dict[str, str]:
    """Each callout's mark, and the body it calls."""
    notes = find_notes(text, [])
    bodies = {body.key: text[body.start : body.end] for body in notes.bodies}
    return {text[one.start : one.end]: bodies[one.key] for one in notes.callouts}


SEQUEL = (
    "The ferry was late.1 Nobody blamed the keeper;23 all blamed the river.4\n\nNotes\n\n"
    "1. Every morning.\n2. See the harbour book.\n3. Or said so.\n4. It was low."
)


def test_two_figures_in_a_row_call_two_notes_where_they_count_on() -> None:
    assert pairs_of(SEQUEL) == {
        "1": "Every morning.",
        "2": "See the harbour book.",
        "3": "Or said so.",
        "4": "It was low.",
    }


def test_a_number_that_has_a_body_of_its_own_isnt_taken_apart() -> None:
    words = [f"The keeper counted boat after boat, and the river rose.{n}" for n in range(1, 14)]
    bodies = [f"{n}. See the harbour book, p. {n + 30}." for n in range(1, 14)]
    found = pairs_of("\n\n".join([*words, "Notes", *bodies]))
    assert found["12"] == "See the harbour book, p. 42."
    assert len(found) == 13


def test_a_figure_behind_a_year_calls_a_note_where_it_is_due() -> None:
    text = (
        "The wharf was old.1 It was built in 17412 and had eleven steps.3 One was lost in 1841.\n\n"
        "Notes\n\n1. See the book.\n2. In spring.\n3. At low water."
    )
    assert pairs_of(text) == {"1": "See the book.", "2": "In spring.", "3": "At low water."}


def test_a_mark_that_a_page_hasnt_linked_is_paired_beside_linked_ones(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><h1>断桥[1]</h1><p>桥断了三座。<a id='r2' href='#n2'>[2]</a>剩下的还在，"
        "每天有人走，每天有车过。</p><h2>注释</h2><p>[1] 初稿写于冬天。</p>"
        "<p id='n2'><a href='#r2'>[2]</a> 第三座没有名字。</p></body></html>",
        "utf-8",
    )
    ((_, text),) = clean(read_source(page)).files
    assert "# 断桥[^m1]" in text
    assert "[^m1]: 初稿写于冬天。" in text
    assert "[1]" not in text
