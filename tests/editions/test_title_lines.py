"""Long titles in Chinese turn between words, in the lines that they are cut into."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_reading import read
from sample import sample_book

from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION
from quire.editions.typesetting.title_lines import title_lines

TITLE = "论水乡渡口管理人员职业能力的系统提升"


def test_a_long_title_is_cut_between_words() -> None:
    two, three, *_ = title_lines(TITLE)
    assert two == ("论水乡渡口管理人员", "职业能力的系统提升")
    assert len(three) == 3


@pytest.mark.parametrize(
    "title", ["短题", "渡口的一年", "A Title in Letters, However Long It May Be"]
)
def test_a_short_title_and_one_in_letters_are_left_to_the_page(title: str) -> None:
    assert title_lines(title) == ()


@settings(max_examples=50, deadline=None)  # each reads the dictionary once
@example("11《《 ）《《《《《《《")
@given(
    st.text("论水乡渡口管理人员职业能力的系统提升，：《》（）“”的与和AB1 ", min_size=1, max_size=60)
)
def test_no_way_to_turn_a_title_loses_a_character_or_opens_a_line_with_a_stop(title: str) -> None:
    for lines in title_lines(title):
        assert "".join("".join(lines).split()) == "".join(title.split())
        assert not any(line.startswith(tuple("，：》）”")) for line in lines[1:])


def test_the_title_page_shows_the_lines_as_they_were_cut(
    tmp_path: Path, context: BuildContext
) -> None:
    done = EDITION.build(sample_book(title=TITLE, subtitle=None), tmp_path, context)
    page = next(sheet for sheet in read(done.path)[1:] if TITLE[:4] in sheet.text)
    signs = [one for one in page.letters if one.size >= 20]
    lines = ["".join(one.sign for one in line) for _, line in groupby(signs, lambda one: one.y)]
    assert tuple(lines) in title_lines(TITLE)
