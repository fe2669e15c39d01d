"""Pages that were copied as one line each: their heads and folios are glued to the text."""

from __future__ import annotations

from quire.cleaning import run_rules
from quire.cleaning.draft import MarkKind
from quire.sources.model import Source

BOATS = "甲乙丙丁戊己庚辛壬癸"


def page(number: int) -> str:
    """A page's text, which ends inside a sentence."""
    told = (
        f"{boat}字号的船第{number}天夜里靠了岸，船上的人提着灯走下跳板，一句话也没有说。"
        for boat in BOATS[number % 10 :] + BOATS[: number % 10]
    )
    return "".join(told) + "岸上等着的人"


def furniture(text: str) -> list[str]:
    draft = run_rules(Source("x.txt", text), below=200).draft
    return [draft.text[one.start : one.end] for one in draft.marked(MarkKind.FURNITURE)]


def test_a_title_of_two_characters_is_a_head_where_pages_begin_with_it() -> None:
    pages = [("渡口" if number % 2 else "") + page(number) + f"— {number} —" for number in
             range(5, 17)]  # fmt: skip
    found = furniture("\n\n".join(["渡口", *pages]))
    assert found.count("渡口") == 6
    assert sum("—" in one for one in found) == 12


def test_a_word_that_stands_in_the_text_too_is_no_head() -> None:
    pages = [("渡口" if number % 2 else "") + page(number) + f"在渡口。— {number} —" for number in
             range(5, 17)]  # fmt: skip
    assert "渡口" not in furniture("\n\n".join(["渡口", *pages]))


def test_of_a_few_pages_one_that_ends_inside_a_sentence_is_enough() -> None:
    pages = [f"{number}{page(number)}" + ("。" if number != 4 else "") for number in range(2, 7)]
    assert furniture("\n\n".join([page(1) + "。", *pages])) == list("23456")


def test_numbers_in_brackets_that_the_text_calls_are_no_folios() -> None:
    said = page(1) + "".join(f"等到第{number}班船[{number}]。" for number in range(1, 8))
    bodies = [f"[{number}] {page(number)}都睡了。" for number in range(1, 8)]
    assert furniture("\n\n".join([said, *bodies])) == []
