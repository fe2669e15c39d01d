"""The truth has full marks, and each score of the round trips falls when its thing breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.round_trip.alignment import Alignment
from benchmarks.round_trip.document import Block, Callout, Document, Kind, read_files
from benchmarks.round_trip.scores import METRICS, score

MANUSCRIPT = """# 第一章 渡口

天亮以前，渡口没有人。老秦把灯挂在桩上，[^a]又把缆绳理了一遍。

“船来了吗？”他问。没有人回答，只有水声。

## 一、灯

灯是铜的，擦得很亮；它照着水，也照着等船的人。[^b]

[^a]: 见《渡口志》，第12页。

[^b]: 灯在民国二十年换过一次。
"""
TRUTH = read_files([("01.md", MANUSCRIPT)])


def figures(result: Document, **known: object) -> dict[str, float]:
    return score(TRUTH, result, **known).figures  # type: ignore[arg-type]


def changed(number: int, **fields: object) -> Document:
    blocks = list(TRUTH.blocks)
    blocks[number] = replace(blocks[number], **fields)  # type: ignore[arg-type]
    return replace(TRUTH, blocks=tuple(blocks))


def below_one(found: dict[str, float]) -> set[str]:
    return {metric for metric in METRICS if metric != "junk" and found[metric] < 1}


def test_the_truth_has_full_marks() -> None:
    found = figures(TRUTH)
    assert below_one(found) == set()
    assert found["junk"] == 0


def test_a_lost_word_costs_the_body_alone() -> None:
    text = TRUTH.blocks[2].text
    assert below_one(figures(changed(2, text=text.replace("回答", "")))) == {"body"}


def test_a_half_width_mark_costs_punctuation_and_the_body() -> None:
    text = TRUTH.blocks[2].text.replace("，", ",")
    found = figures(changed(2, text=text))
    assert below_one(found) == {"body", "punctuation"}
    marks = sum(block.text.count(one) for block in TRUTH.blocks for one in "，。；、“”？")
    assert found["punctuation"] == pytest.approx((marks - 1) / marks)


def test_a_joined_paragraph_costs_paragraphs_alone() -> None:
    first, second = TRUTH.blocks[1], TRUTH.blocks[2]
    joined = replace(first, text=first.text + second.text)
    result = replace(TRUTH, blocks=(TRUTH.blocks[0], joined, *TRUTH.blocks[3:]))
    assert below_one(figures(result)) == {"paragraphs"}


def test_a_parted_paragraph_costs_paragraphs_alone() -> None:
    last = TRUTH.blocks[-1]
    note = last.callouts[0]
    first = replace(last, text=last.text[:5], callouts=())
    second = replace(last, text=last.text[5:], callouts=(Callout(note.offset - 5, note.body),))
    pieces = (first, second)
    result = replace(TRUTH, blocks=(*TRUTH.blocks[:-1], *pieces))
    assert below_one(figures(result)) == {"paragraphs"}


def test_a_boundary_that_nothing_shows_may_be_there_or_not() -> None:
    first, second = TRUTH.blocks[1], TRUTH.blocks[2]
    joined = replace(first, text=first.text + second.text)
    result = replace(TRUTH, blocks=(TRUTH.blocks[0], joined, *TRUTH.blocks[3:]))
    free = frozenset({2})
    assert figures(result, open_boundaries=free)["paragraphs"] == 1
    assert figures(TRUTH, open_boundaries=free)["paragraphs"] == 1


def test_a_wrong_level_costs_headings_alone() -> None:
    assert below_one(figures(changed(3, level=3))) == {"headings"}


def test_levels_are_counted_from_the_shallowest() -> None:
    deeper = tuple(replace(one, level=one.level + 1) if one.level else one for one in TRUTH.blocks)
    assert figures(replace(TRUTH, blocks=deeper))["headings"] == 1


@pytest.mark.parametrize(("moved", "found"), [(2, 1.0), (3, 0.5)])
def test_a_callout_may_be_two_characters_away(moved: int, found: float) -> None:
    note = TRUTH.blocks[1].callouts[0]
    result = changed(1, callouts=(replace(note, offset=note.offset + moved),))
    assert figures(result)["notes"] == found


def test_a_note_needs_its_body() -> None:
    note = TRUTH.blocks[1].callouts[0]
    assert figures(changed(1, callouts=(replace(note, body="见《渡口志》"),)))["notes"] == 0.5
    assert (
        figures(changed(1, callouts=(replace(note, body="见 《渡口志》，第 12 页。"),)))["notes"]
        == 1
    )


def test_a_callout_that_the_source_lost_is_asked_for_nowhere() -> None:
    without = changed(1, callouts=())
    assert figures(without)["notes"] < 1
    assert figures(without, lost=frozenset({0}))["notes"] == 1
    assert figures(TRUTH, lost=frozenset({0}))["notes"] == 1


def test_furniture_that_is_left_is_junk_and_other_words_are_not() -> None:
    text = TRUTH.blocks[2].text
    head = changed(2, text=text.replace("没有人", "没有渡口文丛 12人"))
    found = figures(head, furniture=["渡口文丛 12", "渡口文丛 13"])
    length = sum(len(block.text.replace(" ", "")) for block in head.blocks)
    assert found["junk"] == pytest.approx(10_000 * 6 / length)
    other = changed(2, text=text.replace("没有人", "没有一个闲人"))
    assert figures(other, furniture=["渡口文丛 12"])["junk"] == 0


def test_a_title_page_may_be_kept_or_not() -> None:
    title = Block(Kind.HEADING, "渡口文丛", 1)
    result = replace(TRUTH, blocks=(title, *TRUTH.blocks))
    assert below_one(figures(result)) != set()
    assert below_one(figures(result, neutral=["渡口文丛"])) == set()


def test_a_lost_blank_costs_blanks_alone() -> None:
    truth = read_files([("01.md", "The tide went out, and the boats lay on the mud.")])
    result = read_files([("01.md", "The tide went out, and the boatslay on the mud.")])
    found = score(truth, result).figures
    assert below_one(found) == {"blanks"}


def test_every_loss_is_told_with_its_surroundings() -> None:
    text = TRUTH.blocks[2].text
    told = score(TRUTH, changed(2, text=text.replace("回答", ""))).evidence.found
    assert [metric for metric, _ in told] == ["body"]
    assert "⟦回答⟧" in told[0][1]


@settings(max_examples=200, deadline=None)
@given(st.text("ab，。 船灯", max_size=60), st.text("ab，。 船灯", max_size=60))
def test_an_alignment_accounts_for_every_character_of_both_texts(one: str, other: str) -> None:
    first, second = one * 3, other * 3
    here = there = 0
    for tag, start, end, beside, done in Alignment(first, second).changes:
        assert (start, beside) == (here, there)
        if tag == "equal":
            assert first[start:end] == second[beside:done]
        if tag == "replace":
            assert end - start == done - beside
        here, there = end, done
    assert (here, there) == (len(first), len(second))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("渡船灯水，。", min_size=1, max_size=30), min_size=1, max_size=6))
def test_any_document_has_full_marks_against_itself(texts: list[str]) -> None:
    document = Document(tuple(Block(Kind.PARAGRAPH, text) for text in texts), "zh")
    found = score(document, document)
    assert found.figures["body"] == found.figures["paragraphs"] == found.figures["punctuation"] == 1
    assert found.evidence.found == []
