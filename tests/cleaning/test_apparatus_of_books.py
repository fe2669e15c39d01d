"""What stands around and between a book's paragraphs: page marks, an index, matter, lists, letters.

And what other tools are known to spoil, which has to come through as it is.
"""

from __future__ import annotations

import random

import pytest

from quire.cleaning.draft import MarkKind
from quire.cleaning.engine import run_rules
from quire.sources.model import Source

WORDS = ("boat", "river", "lamp", "keeper", "went", "slowly", "under", "bridge", "rope", "oar")
PROSE = (
    "The ferry had left the landing before the lamp was lit, and nobody on the bank could say who "
    "had been aboard that evening."
)


def cleaned(text: str, until: str = "doubtful-words") -> str:
    return run_rules(Source("source.txt", text), until=until).draft.text


def page(number: int) -> str:
    """The words of a page, alike on each run and unlike on every page."""
    chosen = random.Random(number)
    return " ".join(chosen.choice(WORDS) for _ in range(130))


@pytest.mark.parametrize("form", ["[Pg %d]", "[p. %d]", "{%d}", "[%d]", "-- %d --", "[第%d页]"])
def test_page_marks_inside_lines_go_and_every_other_word_stays(form: str) -> None:
    marked = " ".join(f"{page(number)} {form % number}" for number in range(12, 26))
    bare = " ".join(page(number) for number in range(12, 26))
    assert cleaned(f"{marked} end.", "page-marks") == f"{bare} end."


def test_callouts_in_brackets_are_no_page_marks() -> None:
    callouts = " ".join(f"{page(number)}.[{number}]" for number in range(1, 15))
    bodies = "\n\n".join(f"[{number}] The book of boats, leaf {number}." for number in range(1, 15))
    text = f"{callouts}\n\nNotes\n\n{bodies}"
    assert cleaned(text, "page-marks") == text


def test_a_page_mark_out_of_the_row_is_asked_about() -> None:
    numbers = [*range(12, 25), 3]
    marked = " ".join(f"{page(number)} [Pg {number}]" for number in numbers)
    run = run_rules(Source("source.txt", f"{marked} end."), until="page-marks")
    assert "[Pg 3]" in run.draft.text
    assert "[Pg 12]" not in run.draft.text
    assert [one.text.strip() for one in run.suggestions] == ["[Pg 3]"]


def test_an_index_is_a_list_in_back_matter_with_its_entries_below_one_another() -> None:
    entries = (
        "anchors, 12, 45\nboats, 3, 17\n  of oak, 18\n  of pine, 19, 22\nharbour, see landing\n"
        "landing, 7, 101\nweirs, 55–58. See also landing"
    )
    text = cleaned(f"Chapter I\n\n{PROSE}\n\nIndex\n\n{entries}\n", "chapter-files")
    assert "role: index" in text
    assert "- boats, 3, 17\n    - of oak, 18\n    - of pine, 19, 22\n- harbour, see landing" in text


def test_an_index_asks_once_what_its_pages_are_worth() -> None:
    text = "索引\n\n岸灯 12\n\n渡船 3、17\n\n渡口 见码头\n\n码头 44\n\n磨坊 58"
    run = run_rules(Source("source.txt", text), until="index-entries")
    assert [one.rule for one in run.suggestions] == ["index-entries"]


def test_an_articles_dates_and_places_are_matter_and_a_diarys_are_not() -> None:
    dates = "Received 3 March 2019; Accepted 12 June 2019"
    article = f"Counting Boats\n\n{dates}\n\nAbstract\n\nBoats are counted.\n\nIntroduction"
    run = run_rules(Source("source.txt", article), until="article-matter")
    kinds = [(one.value, run.draft.text[one.start : one.end]) for one in run.draft.marked(
        MarkKind.MATTER
    )]  # fmt: skip
    assert kinds == [
        ("publication", dates), ("abstract", "Abstract"), ("abstract", "Boats are counted."),
    ]  # fmt: skip
    diary = run_rules(Source("source.txt", f"{dates}\n\n{PROSE}"), until="article-matter")
    assert not diary.draft.marked(MarkKind.MATTER)


def test_a_block_quotation_is_told_by_its_indent_and_its_lines_are_joined() -> None:
    wrapped = PROSE.replace("nobody on the", "nobody on\nthe")
    quoted = (
        "    Whoever lights a lamp for one boat has lit it for all of them,\n"
        "    and whoever puts it out too early has put out his own name."
    )
    text = cleaned("\n\n".join([wrapped] * 5 + [quoted] + [wrapped] * 5), "chapter-files")
    said = " ".join(line.strip() for line in quoted.split("\n"))
    assert f"\n\n> {said}\n\n" in text


KEPT = (
    "1. rope of the long kind,\n\n2. lamps, and\n\n(a) oil,\n\n(b) wicks,\n\n3. a new oar.",
    "Elswick, 3rd March.\n\nMy dear Sir,\n\nThe boats are home.\n\nYour servant,\n\nT. MERROW.",
    "“Who is there?” he said.\n\n“Nobody,” said the lamp.\n\n“Then come in.”",
    "“谁？”\n\n“我。”\n\n——进来。\n\n——不了。",
    "此致\n\n敬礼\n\n守渡口的人\n\n三月三日",
    "（一）缆绳；\n\n（二）灯油；\n\n（三）一支新桨。",
)


@pytest.mark.parametrize("lines", KEPT)
def test_lines_of_lists_letters_and_talk_stay_lines(lines: str) -> None:
    text = f"{PROSE}\n\n{lines}\n\n{PROSE}"
    assert cleaned(text) == text


TRAPS = (
    "见图①③，又见⑩；“罗马数字Ⅳ”与“㎡”都在。",
    "他问：“谁？”她说：（没有人）！——灯还亮着……",
    "他用Python写了3个程序，叫作ferry，版本2.0。",
    "The note reads “John Smith, The Ferry (London: Weir, 1931), p. 12; cf. ‘Boats,’ p. 3.”",
    "参见John Smith, The Ferry, London: Weir Press, 1931, p. 12。",
    "“他说‘好’，”她笑了，“那就走。”",
    "勇者、勇者；来来往往，一个个都走了。",
)


@pytest.mark.parametrize("text", TRAPS)
def test_what_other_tools_spoil_comes_through_as_it_is(text: str) -> None:
    assert cleaned(text) == text
