"""What a line says by itself: what it is alike by, its folio, its number, and whether it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cleaning.furniture import lines_of
from quire.cleaning.short_lines import said_by
from quire.cleaning.vocabulary import ends_sentence


@pytest.mark.parametrize(
    "line", ["The Pilot's Book 12", "13  THE PILOT’S BOOK", "the pilot's  book"]
)
def test_a_head_is_alike_whatever_its_folio_its_capitals_and_its_quotes(line: str) -> None:
    assert said_by(line).key == "thepilot'sbook"


def test_a_folio_beside_a_head_is_told_from_the_number_of_a_heading() -> None:
    assert said_by("渡口的故事 31").beside == 31
    assert said_by("第三章 渡口").beside == 0
    assert said_by("第三章 渡口").numbered
    assert said_by("第三章 渡口").words == "渡口"


def test_a_line_that_is_a_number_says_it_and_how_it_is_written() -> None:
    assert (said_by("- 12 -").number, said_by("- 12 -").roman) == (12, False)
    assert (said_by("xii").number, said_by("xii").roman) == (12, True)


def test_a_lone_number_of_a_heading_is_a_label_and_a_folio_is_none() -> None:
    assert said_by("CHAPTER IV").is_label
    assert said_by("第三章").is_label
    assert not said_by("12").is_label


@pytest.mark.parametrize(
    "line",
    [
        "and so he went home.",
        "他回家了。",
        "1. Harbour Papers, 1902",
        "Mooring . . . . 12",
        "注释",
        "--",
    ],
)
def test_what_ends_as_text_or_is_a_note_or_an_entry_of_contents_is_no_head(line: str) -> None:
    assert not said_by(line).may_repeat


@pytest.mark.parametrize(
    "text",
    [
        "他走了。",
        "他走了。①",
        "他走了。12",
        "She left.12",
        "She left.(12)",
        "他走了。¶",
        "“Go.”",
        "Go!»",
        "so --",
        "他说：",
        "《河》】",
        "he left…",
    ],
)
def test_a_sentence_ends_with_quotes_and_callouts_behind_its_mark(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text",
    ["", "他走", "he said,", "in 1902", "船①", "a -", "(see)", "note *", "no.12", "see (12)"],
)
def test_a_sentence_without_a_mark_has_not_ended(text: str) -> None:
    assert not ends_sentence(text)


@given(st.text(st.sampled_from("a船 \n\t\u3000\r\x1c.")))
def test_lines_hold_all_that_is_not_blank_and_lie_where_they_say(text: str) -> None:
    lines = lines_of(text)
    bare = (raw.strip() for raw in text.split("\n"))
    assert [line.text for line in lines] == [one for one in bare if one]
    for line in lines:
        assert text[line.start : line.end] == line.text
