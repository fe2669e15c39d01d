"""The end of a note stands on the next page: it is found there, and text isn't taken for it."""

from __future__ import annotations

import pytest

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.notes import Notes, find_notes
from quire.cleaning.notes.bodies import end_in_stops, fits, is_cut
from quire.cleaning.rules.linked_notes_run_over import RULE

FIRST = "桥拆了以后，渡船又开了三年。①老人把账本交给了文书。\n"
BODY = "①方守正：《河口旧事》，南岸：潮声"
REST = "书局，1931年版，第8页。"
SECOND = "文书没有翻开它。②灯一直亮着。"


def laid(*parts: str) -> tuple[str, list[tuple[int, int]]]:
    """Pages of a text, and where they lie."""
    text, pages = "", []
    for part in parts:
        pages.append((len(text), len(text) + len(part)))
        text += part + "\n\n"
    return text, pages


def whole(found: Notes, text: str) -> list[str]:
    """The bodies with what goes on elsewhere."""
    return [
        text[one.start : one.end] + "".join(text[start:end] for start, end in one.goes_on)
        for one in found.bodies
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["no blank line", "a blank line"])
def test_the_rest_is_found_above_the_next_pages_notes(gap: str) -> None:
    text, pages = laid(
        FIRST + gap + BODY,
        f"{SECOND}{gap}{REST}{gap}②同上，第9页。",
    )
    assert whole(find_notes(text, pages), text) == [(BODY + REST)[1:], "同上，第9页。"]


def test_the_rest_is_found_in_a_run_without_line_ends() -> None:
    text, pages = laid(FIRST.strip() + BODY, f"{SECOND}{REST}②同上，第9页。")
    assert whole(find_notes(text, pages), text) == [(BODY + REST)[1:], "同上，第9页。"]


def test_a_chapter_that_begins_right_below_a_body_is_none_of_it() -> None:
    text, pages = laid(f"{FIRST}\n①见《河口旧事》，第3页。\n第二章 晒网的人\n\n他们都在岸上。")
    assert whole(find_notes(text, pages), text) == ["见《河口旧事》，第3页。"]


def test_a_body_in_a_run_may_begin_with_a_number() -> None:
    page = "灯点了三百年，1留下账的只有六十七年。2" + "守灯的人每天夜里都要上去看一回。" * 10
    text, pages = laid(f"{page}1. 3月起算。2. 12.5%的年份缺。")
    assert whole(find_notes(text, pages), text) == ["3月起算。", "12.5%的年份缺。"]


def test_text_that_goes_on_behind_the_notes_is_none_of_theirs() -> None:
    page = "雾散的时候①，对岸已经\n\n①见《河口旧事》，第3页。\n\n没有人了。"
    text, pages = laid(page)
    assert whole(find_notes(text, pages), text) == ["见《河口旧事》，第3页。"]


PATIENCE = "1. Hale, Tides of the Harbour, 1902, p. 3."
BREAKS_OFF = "2. The same author says of the keepers that none of them"
WEB = "The bell was hung in the spring.1 Its rope was of hemp,2 and it was heard from the"


def test_text_that_goes_on_below_the_notes_of_a_web_page_is_none_of_theirs() -> None:
    text = f"{WEB}\n\n{PATIENCE}\n\n2. Of Riga hemp.\n\nmill to the weir.\n\nChapter 2 Ropes"
    assert whole(find_notes(text, []), text) == [PATIENCE[3:], "Of Riga hemp."]


@pytest.mark.parametrize(
    "between",
    [
        ["mill to the weir.", "had a watch that was right.", "Nobody owned a ladder."],
        ["mill to the weir.", "It rang in the", "had a watch that was right.", "fog as well."],
        ["mill to the weir. He sold:", "rope by the yard;", "had a watch that was right."],
    ],
    ids=["between two paragraphs", "inside a sentence", "not an item of a list"],
)
def test_the_rest_stands_on_a_web_page_where_nothing_else_begins_so(between: list[str]) -> None:
    rest = "had a watch that was right."
    notes = "3. The same, p. 5."
    pieces = [WEB, PATIENCE, BREAKS_OFF, *between, "So it was told.3 The end.", notes]
    text = "\n\n".join(pieces)
    is_item = between[-1] == rest
    found = whole(find_notes(text, []), text)
    assert found[1] == BREAKS_OFF[3:] + ("" if is_item else rest)


def test_a_body_may_begin_with_a_number_behind_a_section_sign() -> None:
    text, pages = laid(
        "The toll* was high,† the boat‡ was slow,§ and nobody went.\n\n* Paid in salt.\n\n"
        "† By law.\n\n‡ A lighter.\n\n§ 5 knots at springs."
    )
    assert whole(find_notes(text, pages), text)[-1] == "5 knots at springs."


def test_the_numbers_of_paragraphs_call_nothing() -> None:
    text, pages = laid("The toll* was high.\n\n§ 5 Of boats.\n\n* Paid in salt.")
    assert whole(find_notes(text, pages), text) == ["Paid in salt."]


def test_a_callout_right_before_the_first_body_is_none_of_its_row() -> None:
    text, pages = laid("门开了①，灯灭了。②①见《潮汐表》，第2页。②同上，第4页。")
    assert whole(find_notes(text, pages), text) == ["见《潮汐表》，第2页。", "同上，第4页。"]


def test_a_lone_callout_that_lost_its_number_has_the_pages_lone_body() -> None:
    pages_of = [
        f"第{page}天没有船来①，大家都在等。\n\n①见《潮汐表》卷{page}，第2页。"
        for page in range(1, 5)
    ]
    pages_of[2] = pages_of[2].replace("来①", "来O")
    text, pages = laid(*pages_of)
    assert len(find_notes(text, pages).callouts) == 4


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("方守正：《河口", "旧事》，1931年版。"),
        ("Hale, “Bells of the", "Harbour,” Tides, vol. 2, no. 1 (1904), pp. 3–9."),
        ("量过，1958", "年重修，高三丈。"),
        ("《渡口管理办法》，1987年第四次会议", "通过，1990年修订。"),
    ],
)
def test_what_closes_cites_or_counts_on_fits(said: str, rest: str) -> None:
    assert fits(said, rest) >= 0.8


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("方守正：《河口", "文书没有翻开它，1931年也没有。"),  # nothing is closed
        ("方守正，南岸：潮声", "他念到《河口旧事。"),  # something is opened
        ("Hale, Bells of the Harbour, vol.", "老人在1931年过了河。"),
        ("a letter printed by", "The roof was mended in 1949."),
    ],
)
def test_other_text_fits_badly(said: str, rest: str) -> None:
    assert fits(said, rest) < 0.8


def test_a_body_without_the_full_stop_of_all_others_is_cut() -> None:
    others = ["见《潮汐表》，第2页。"] * 5
    assert end_in_stops(others)
    assert is_cut("《渡口办法》，1987年5月3日", stops=True)
    assert not is_cut("《渡口办法》，1987年5月3日")


def test_the_rest_of_a_linked_note_comes_home_from_behind_the_furniture() -> None:
    note = BODY[1:]
    text = f"{FIRST.strip()}\n\n{note}\n\n— 7 —\n\n{REST}\n\n第二章 灯\n\n灯一直亮着。"
    start, folio = text.index(note), text.index("— 7 —")
    heading = text.index("第二章")
    marks = (
        Mark(start, start + len(note), MarkKind.NOTE, "n1"),
        Mark(folio, folio + 5, MarkKind.FURNITURE, "folio"),
        Mark(heading, heading + 5, MarkKind.HEADING, "1"),
    )
    outcome = RULE.apply(Draft(text, tuple(sorted(marks))))
    pasted = [edit.after for edit in outcome.edits if edit.partner and edit.after]
    assert pasted == [REST]


def test_a_linked_note_on_a_page_without_furniture_stays() -> None:
    text = f"灯。\n\n{BODY[1:]}\n\n{REST}"
    marks = (Mark(4, 4 + len(BODY) - 1, MarkKind.NOTE, "n1"),)
    assert RULE.apply(Draft(text, marks)).edits == ()
