"""Wrapped text whose paragraphs are so short that most of its lines end one."""

from __future__ import annotations

import random

import pytest

from quire.cleaning import run_rules
from quire.sources.model import Source

HAN = "船灯水岸人夜风雨桥石门窗来去看听说走停等上下前后里外"
MEASURE = 30


def paragraph(dice: random.Random, length: int) -> str:
    """A short speech, as dialogue has it."""
    return "说：“" + "".join(dice.choice(HAN) for _ in range(length)) + "。”"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_talk_of_one_or_two_lines_a_speech_comes_back_speech_by_speech(seed: int) -> None:
    dice = random.Random(seed)
    speeches = [paragraph(dice, dice.choice((6, 11, 14, 18, 34, 41))) for _ in range(60)]
    lines = []
    for speech in speeches:
        printed = "　　" + speech
        lines += [printed[at : at + MEASURE] for at in range(0, len(printed), MEASURE)]
    draft = run_rules(Source("x.txt", "\n".join(lines)), below=650).draft
    assert [block.text for block in draft.blocks()] == speeches


def test_a_quotation_that_stands_in_ends_at_its_callout_where_a_paragraph_begins() -> None:
    dice = random.Random(4)
    body = ["　　" + "".join(dice.choice(HAN) for _ in range(150)) + "。" for _ in range(6)]
    quoted = "".join(dice.choice(HAN) for _ in range(2 * (MEASURE - 4) - 3)) + "。¹"
    lines = [one[at : at + MEASURE] for one in body for at in range(0, len(one), MEASURE)]
    inset = [
        "　　　　" + quoted[at : at + MEASURE - 4] for at in range(0, len(quoted), MEASURE - 4)
    ]
    draft = run_rules(Source("x.txt", "\n".join([*lines, *inset, *lines])), below=650).draft
    assert quoted in [block.text for block in draft.blocks()]


def test_lines_that_stand_in_as_first_lines_do_are_paragraphs_without_a_full_stop_too() -> None:
    dice = random.Random(5)
    body = ["　　" + "".join(dice.choice(HAN) for _ in range(150)) + "。" for _ in range(6)]
    lines = [one[at : at + MEASURE] for one in body for at in range(0, len(one), MEASURE)]
    text = "\n".join(["　　献给河边等船的人，", "　　也献给提灯的人。", "", *lines])
    draft = run_rules(Source("x.txt", text), below=650).draft
    assert [block.text for block in draft.blocks()][:2] == [
        "献给河边等船的人，",
        "也献给提灯的人。",
    ]
