"""Notes where a text has many: the author's own remarks, lost marks, notes about notes."""

from __future__ import annotations

import pytest

from quire.cleaning import run_rules
from quire.cleaning.draft import MarkKind
from quire.cleaning.engine import FORM_BAND
from quire.cleaning.notes import find_notes
from quire.sources.model import Source


def notes_of(text: str) -> tuple[list[str], str]:
    """The bodies of the notes in order, and the text without them in its place."""
    draft = run_rules(Source("x.txt", text), below=FORM_BAND).draft
    return [draft.text[m.start : m.end] for m in draft.marked(MarkKind.NOTE)], draft.text


REMARKS = (
    "盐船三日一班（注：闰月加一班。），人人都知道。",
    "税银分作两季（注：逢旱年免秋季。），从不拖欠。",
)
MARKED = "\n\n".join(
    f"第{chapter}处渡口的旧事{mark}，至今有人讲起。"
    for chapter, mark in zip("一二三四", "①②③④", strict=True)
)
BODIES = "\n\n".join(f"{mark}见《渡口录》，第{n}页。" for n, mark in enumerate("①②③④", start=3))


def test_remarks_stay_where_a_text_marks_its_notes() -> None:
    bodies, text = notes_of("\n\n".join([*REMARKS, MARKED, BODIES]))
    assert len(bodies) == 4
    assert all(remark in text for remark in REMARKS)


def test_remarks_are_notes_where_a_text_marks_hardly_any() -> None:
    bodies, text = notes_of("\n\n".join(REMARKS))
    assert bodies == ["闰月加一班。", "逢旱年免秋季。"]
    assert "注：" not in text


@pytest.mark.parametrize(
    "over",
    ["闰月加一\n\n班。", "闰月加一班。\n\n逢大潮停开。", "闰月加一班。\n \n逢大潮停开。"],
    ids=["inside a sentence", "behind a sentence", "with blanks on the line between"],
)
def test_a_remark_may_lie_over_a_pages_end(over: str) -> None:
    bodies, text = notes_of("\n\n".join([*REMARKS, f"渡船一日四班（注：{over}），风大则停。"]))
    assert bodies[2] == "".join(over.split())
    assert "渡船一日四班[3]，风大则停。" in text


def test_a_bracket_that_never_closes_joins_nothing_and_is_no_note() -> None:
    open_ones = ["渡船一日四班（注：闰月加一班。", "风大则停。"]
    bodies, text = notes_of("\n\n".join([*REMARKS, *open_ones]))
    assert len(bodies) == 2
    assert "\n\n".join(open_ones) in text


def test_remarks_in_other_brackets_than_the_notes_are_the_authors() -> None:
    set_as_notes = [f"The gate shut at noon. [Note: Ledger {n}.] It held." for n in range(1, 6)]
    own = [
        "The ton (Note: a measure of volume.) was small.",
        "The rope (Note: of hemp.) was new.",
    ]
    bodies, text = notes_of("\n\n".join([*set_as_notes, *own]))
    assert bodies == [f"Ledger {n}." for n in range(1, 6)]
    assert all(one in text for one in own)


PARAGRAPH = "The gate of the {} mill was mended that year.{} Nobody kept the bill.\n\n"
MILLS = ("upper", "lower", "western", "eastern", "burnt", "new")


def numbered(first: int) -> str:
    """Six figures call six notes; the callouts before `first` are lost."""
    said = "".join(
        PARAGRAPH.format(name, n if n >= first else "") for n, name in enumerate(MILLS, start=1)
    )
    return said + "\n".join(f"{n}. Wells, Mills, p. {n + 20}." for n in range(1, 7))


def test_figures_call_notes_though_the_first_callout_is_lost() -> None:
    draft = run_rules(Source("x.txt", numbered(first=2)), below=FORM_BAND).draft
    called = {mark.value for mark in draft.marked(MarkKind.NOTEREF)}
    bodies = {m.value: draft.text[m.start : m.end] for m in draft.marked(MarkKind.NOTE)}
    assert sorted(bodies[key] for key in called) == [
        f"Wells, Mills, p. {n}." for n in range(22, 27)
    ]


def test_figures_of_which_the_first_half_is_missing_prove_nothing() -> None:
    bodies, text = notes_of(numbered(first=4))
    assert bodies == []
    assert "year.4 Nobody" in text


def test_notes_that_point_at_notes_with_rising_numbers_keep_them() -> None:
    filler = "The sluice was dry again, and nobody came to see to its boards that spring. " * 12
    pointed = [f"{filler}Of this more is said in note {n}, and of the gate." for n in range(2, 7)]
    _, text = notes_of("\n\n".join(pointed))
    assert [f"said in note {n}," in text for n in range(2, 7)] == [True] * 5


def test_a_body_may_begin_with_a_number() -> None:
    said = "海堤在那年修过一次1，账上只记了石料2，工钱另列一本3。"
    written = ["《堤工簿》，第3页。", "1907年用石312方，次年减半。", "同上，第5页。"]
    listed = "\n".join(f"{n}. {one}" for n, one in enumerate(written, start=1))
    bodies, _ = notes_of(f"{said}\n\n{listed}")
    assert bodies == written


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_body_that_nothing_calls_is_no_end_of_the_body_above(gap: str) -> None:
    said = "The quay was paved.1 The steps came later.2 No one signed for them."
    listed = ["1. Wells, Quays, p. 3.", "2. Loc. cit.", "3. Cf. Dunmore, Steps, p. 8."]
    text = f"{said}\n\n{gap.join(listed)}"
    notes = find_notes(text, [(0, len(text))])
    assert [text[one.start : one.end] for one in notes.bodies] == [
        "Wells, Quays, p. 3.",
        "Loc. cit.",
    ]
    assert [text[one.start : one.end] for one in notes.uncalled] == ["Cf. Dunmore, Steps, p. 8."]


def test_a_circle_that_lost_its_figure_may_end_a_paragraph() -> None:
    said = "渔税旧例不变。①船户按季缴纳②，少有拖欠③，从不减免。O"
    listed = "\n".join(f"{mark}见《渔税录》，第{n}页。" for n, mark in enumerate("①②③④", start=4))
    bodies, _ = notes_of(f"{said}\n\n{listed}")
    assert bodies == [f"见《渔税录》，第{n}页。" for n in range(4, 8)]


def test_a_callout_may_stand_behind_a_year_that_ends_a_sentence() -> None:
    said = "The weir is older.1 It was raised in 1738.2 He measured it. It leaked 1738.3 Litres.3"
    bodies, _ = notes_of(f"{said}\n\n1. Weirs, p. 3.\n2. Ibid., p. 4.\n3. Cf. Sluices, p. 8.")
    assert bodies == ["Weirs, p. 3.", "Ibid., p. 4.", "Cf. Sluices, p. 8."]


def test_a_callout_may_stand_behind_a_number_that_ends_a_sentence() -> None:
    said = "The weir is older.1 He had two sorts of 7.2 A third was cast.3 Table 3.2 The sluices.4"
    listed = "\n".join(f"{n}. Weirs, p. {n + 3}." for n in range(1, 5))
    bodies, text = notes_of(f"{said}\n\n{listed}")
    assert bodies == [f"Weirs, p. {n}." for n in range(4, 8)]
    assert "Table 3.2 The sluices" in text


def test_the_decimals_of_a_number_call_nothing() -> None:
    said = (
        "The weir is older.1 It rose by 4.2 Paris feet.2 Who knows why?3 See table 3.2 The sluices."
    )
    bodies, text = notes_of(f"{said}\n\n1. Weirs, p. 3.\n2. Ibid., p. 4.\n3. Sluices, p. 8.")
    assert len(bodies) == 3
    assert "by 4.2 Paris feet" in text
    assert "table 3.2 The sluices" in text
