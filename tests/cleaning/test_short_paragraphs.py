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
