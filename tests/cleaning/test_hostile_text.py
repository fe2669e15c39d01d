"""Text made to stop a cleaner: it neither hangs nor falls, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quire.cleaning import clean, replay
from quire.cleaning.cleaned import Cleaned
from quire.sources.model import Source

LONG = 20_000  # characters: what grows with the square of it would take minutes

# Runs of one thing, each the bait of some pattern or some search.
RUNS = (
    "a", "船", " ", "\n", "\t", "\f", "\0", "\ud800", "\u200b", "\u3000", "\u00ad",
    ".", "…", "—", "-", "a-\n", "'", '"', "“", "”", "「", "(", "()", "（", "《", "[", "[]",
    ",", "a,", "船,", "。", "。。", "：", "注：", "http://", "©", "www.a.cn ", "ﬁ", "Ã©", "e\u0301",
    "①", "①②③", "[1]", "〔1〕", "¹", "*", "†", "船到岸①，", "1", "1.", "1\n", "1、", "一、",
    "（一）", "第一章", "第一章\n\n", "I", "I.\n", "CHAPTER I\n\n", "图1", "图1 ", "【篇1】",
    "一\n\n",
    "第一章 …… 1\n", "CHAPTER I .... 1\n", "a|b\n", "a\tb\n", "| a | b |\n", "+---+\n", "船 到 ",
    "摘要：", "关键词：", "作者：", "[Footnote 1: ", "_a_ ", "#", "`", "$", "~", "^", "<", "&",
    "\\", "> ", "- a\n", "    a\n", "“a.” ", "a\n\n\n", "上一页 下一页 1 2 3\n",
)  # fmt: skip


def cleaned_exactly(text: str) -> Cleaned:
    """Clean a text, and hold the ledger to its promise."""
    made = clean(Source("bait.txt", text))
    assert replay(text, made.ledger) == made.text
    assert made.provenance.accounting().closes
    return made


@pytest.mark.parametrize("piece", RUNS, ids=ascii)
def test_a_long_run_of_one_thing_is_cleaned_with_nothing_lost(piece: str) -> None:
    cleaned_exactly(piece * (LONG // len(piece)))


@pytest.mark.parametrize("piece", ["①", "“", "第一章", "关键词：", "1\n", "*", "[1]"], ids=ascii)
def test_a_long_run_between_two_sentences_is_cleaned_with_nothing_lost(piece: str) -> None:
    cleaned_exactly(f"船到了岸边。\n{piece * (LONG // len(piece))}\n人都下了船。")


@pytest.mark.parametrize("sign", ["0", "7", "□"])
def test_a_run_is_looked_through_once_and_not_from_each_of_its_signs(sign: str) -> None:
    cleaned_exactly(sign * (10 * LONG))


def test_ten_thousand_pages_are_told_apart() -> None:
    head = "The Pilot's Day Book"
    pages = (
        f"{head}\n\nThe {number}th boat came in under a grey sky and made\nfast at the north wall"
        f" before the tide.\n\n{number}\n"
        for number in range(1, 10_001)
    )
    made = cleaned_exactly("\f".join(pages))
    # The first head may stay: it is the title of the whole.
    assert made.text.count(head) <= 2
    assert "\n1234\n" not in made.text


def test_a_hundred_thousand_note_marks_are_cleaned_with_nothing_lost() -> None:
    cleaned_exactly("船到岸边①，人下了船②。" * 50_000)


def test_a_line_of_nothing_but_note_marks_is_cleaned_with_nothing_lost() -> None:
    cleaned_exactly("①①")


def test_half_a_pair_and_a_nul_are_never_written_to_a_file() -> None:
    made = cleaned_exactly("船\ud800到\udfff了\0岸边，人\x07都下\x1b[0m了船。")
    assert not set(made.text) & {"\ud800", "\0", "\x07", "\x1b"}
    made.text.encode("utf-8")


# Pieces that mean something to some rule, so that chance puts them together in odd ways.
PIECES = st.sampled_from((
    *RUNS, "船到了岸边。", "人都下了船，", "The boat came in. ", "and the men ", "\n\n", "\n",
    "\n\n\n", "Copyright © 2001 www.a.cn 12", "12", "第二章 渡口", "二、晚上", "注释", "Notes",
    "①见《河口志》。", "参考文献", "Contents", "目录", "    ", "图1 渡口", "（图1）", "摘要",
    "1. rope\n", "> said",
    "”", "’",
))  # fmt: skip
ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=8)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(PIECES | ANYTHING, max_size=60).map("".join))
def test_any_text_is_cleaned_with_nothing_lost(text: str) -> None:
    cleaned_exactly(text)
