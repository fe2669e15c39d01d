"""Folios of few pages: front matter's in roman numbers, and a short excerpt's."""

from __future__ import annotations

import random

from quire.cleaning import run_rules
from quire.cleaning.draft import MarkKind
from quire.sources.model import Source

HAN = "船灯水岸人夜风雨桥石门窗来去看听说走停等上下前后里外"


def page(dice: random.Random, cut: bool = False) -> str:
    words = ["".join(dice.choice(HAN) for _ in range(dice.choice((9, 12)))) for _ in range(40)]
    return "，".join(words) + ("" if cut else "。")


def furniture(text: str) -> list[str]:
    draft = run_rules(Source("x.txt", text), below=200).draft
    return [draft.text[one.start : one.end] for one in draft.marked(MarkKind.FURNITURE)]


def joined(*pieces: str) -> str:
    return "\n\n".join(pieces)


def test_front_matter_has_folios_in_small_roman_numbers_before_all_others() -> None:
    dice = random.Random(1)
    front = [page(dice), "i", page(dice), "ii"]
    body = [piece for n in range(1, 9) for piece in (page(dice, cut=n < 8), str(n))]
    assert furniture(joined(*front, *body))[:3] == ["i", "ii", "1"]


def test_a_head_may_stand_on_the_line_of_a_roman_folio() -> None:
    dice = random.Random(2)
    body = [piece for n in range(3, 11) for piece in (f"{n}  渡口的灯", page(dice, cut=n < 10))]
    front = [page(dice), "i", "渡口的灯  ii", page(dice)]
    assert "渡口的灯  ii" in furniture(joined(*front, *body))


def test_a_single_letter_i_is_no_folio() -> None:
    dice = random.Random(3)
    body = [piece for n in range(1, 9) for piece in (page(dice, cut=n < 8), str(n))]
    assert "i" not in furniture(joined("i", page(dice), *body))


def test_numbers_from_the_twenties_on_need_one_cut_sentence_to_be_folios() -> None:
    dice = random.Random(4)
    pieces = [one for n in range(21, 27) for one in (page(dice, cut=n == 23), str(n))]
    assert furniture(joined(*pieces)) == [str(n) for n in range(21, 27)]


def test_numbers_from_one_on_may_be_chapters_where_one_sentence_is_cut() -> None:
    dice = random.Random(5)
    pieces = [one for n in range(1, 7) for one in (str(n), page(dice, cut=n == 3))]
    assert furniture(joined(*pieces)) == []


def test_a_line_of_text_that_was_said_before_is_no_head_where_a_page_would_end() -> None:
    dice = random.Random(6)
    said = "".join(dice.choice(HAN) for _ in range(30))

    def lines(number: int) -> list[str]:
        made = ["".join(dice.choice(HAN) for _ in range(30)) for _ in range(20)]
        return [*made[:8], said, *made[8:]] if number in {2, 6} else made

    pages = ["\n".join([*lines(n), *(["", str(n), ""] if n != 5 else [])]) for n in range(1, 10)]
    text = "\n".join(pages)
    assert said not in furniture(text)
    assert furniture(text) == ["1", "2", "3", "4", "6", "7", "8", "9"]


def words(dice: random.Random, number: int = 90) -> str:
    said = ("salt", "weir", "ladder", "oats", "lamp", "ferry", "rope", "barn", "clay", "wheel")
    return " ".join(dice.choice(said) for _ in range(number))


def pages_of_two(head: str, *, cut: bool, title: str = "The Weir at Fenny Lock") -> str:
    dice = random.Random(7)
    end = "" if cut else "."
    first, second, third = (f"A {words(dice)}", words(dice), words(dice))
    opening = ("Chapter 1 The Gates in Winter", f"{first}{end}", "14", head)
    return joined(title, *opening, f"{second}.", "15", title, f"Then {third}.")


def test_two_folios_have_heads_that_say_the_titles_where_a_sentence_is_cut() -> None:
    text = pages_of_two("The Gates in Winter", cut=True)
    found = ["14", "The Gates in Winter", "15", "The Weir at Fenny Lock"]
    assert furniture(text) == found


def test_two_numbers_are_no_folios_where_no_sentence_is_cut() -> None:
    assert furniture(pages_of_two("The Gates in Winter", cut=False)) == []


def test_two_numbers_above_names_that_stand_once_are_no_folios() -> None:
    dice = random.Random(8)
    pieces = ["Verses", "3", "To the Miller", words(dice), "4", "To the Ferryman", words(dice)]
    assert furniture(joined(*pieces)) == []


def test_chapters_that_open_with_their_number_and_title_are_no_pages() -> None:
    dice = random.Random(9)
    contents = ["The Weir", "Chapter 1 The Gates in Winter", "Chapter 2 The Miller Again"]
    chapters = ["1", "The Gates in Winter", words(dice), "2", "The Miller Again", words(dice)]
    assert furniture(joined(*contents, *chapters)) == []


def test_a_vendors_line_beside_two_folios_is_a_foot() -> None:
    dice = random.Random(10)
    foot = "Downloaded from www.fenny.example"
    pieces = [f"{words(dice)}.", "— 21 —", foot, f"{words(dice)}.", "— 22 —", foot]
    assert furniture(joined(*pieces)) == ["— 21 —", foot, "— 22 —", foot]


def test_a_number_between_dashes_alone_is_no_folio() -> None:
    dice = random.Random(11)
    assert furniture(joined(f"{words(dice)}.", "- 3 -", f"Then {words(dice)}.")) == []


def test_folios_above_nearly_each_chapter_are_none_of_the_chapters() -> None:
    dice = random.Random(12)
    pieces = [
        piece
        for n in range(1, 6)
        for piece in (f"Chapter {n} The Lamp", f"Then {words(dice)}.", f"— {n + 2} —")
    ]
    text = joined(*pieces, "The last chapter is short, and has a page of its own.")
    assert furniture(text) == ["— 3 —", "— 4 —", "— 5 —", "— 6 —", "— 7 —"]


def test_a_diarys_entry_that_begins_with_the_number_of_the_next_page_stays() -> None:
    dice = random.Random(13)
    entry = "5 March. Water down a foot. Wrote to say so."
    heads = {n: f"{n}  The Weir at Fenny Lock" for n in range(1, 9)} | {5: entry}
    pieces = [one for n in heads for one in (page(dice, cut=n not in {5, 8}), heads[n])]
    found = furniture(joined(*pieces))
    assert entry not in found
    assert "4  The Weir at Fenny Lock" in found


def test_a_chapters_title_behind_the_notes_of_a_page_is_a_head_though_its_folio_is_lost() -> None:
    dice = random.Random(14)
    pieces = ["第一章 渡口的灯", page(dice), "① 灯油另记。", "渡口的灯", page(dice, cut=True), "4"]
    pieces += [page(dice, cut=True), "5", page(dice), "6"]
    assert furniture(joined(*pieces)) == ["渡口的灯", "4", "5", "6"]


def test_a_journals_head_and_a_vendors_line_on_two_pages_are_furniture() -> None:
    dice = random.Random(21)
    head, foot = "河口学刊 2031年第4期", "Copyright © www.hekou.example"
    text = joined("灯", head, page(dice), foot, head, page(dice), foot)
    assert furniture(text) == [head, foot, head, foot]


def test_a_title_that_stands_twice_with_no_page_between_is_text() -> None:
    dice = random.Random(22)
    assert furniture(joined("雨里的灯火", page(dice), "雨里的灯火", page(dice))) == []


def test_a_work_that_is_cited_twice_is_no_head() -> None:
    dice = random.Random(23)
    cited = "Wen, The Ford Book, manuscript, p. 3."
    text = joined("灯", page(dice), cited, "www.hekou.example/a", page(dice), cited, page(dice))
    assert cited not in furniture(text)


def test_folios_between_dashes_beside_a_title_are_told_by_two() -> None:
    dice = random.Random(24)
    text = joined("渡口", page(dice), "— 3 —", "渡口", page(dice), "— 4 —", "渡口", page(dice))
    assert furniture(text) == ["— 3 —", "渡口", "— 4 —", "渡口"]


def test_a_folio_and_the_next_beside_a_title_right_below_are_a_joint() -> None:
    dice = random.Random(25)
    text = joined("第1章 渡口的灯", page(dice, cut=True), "21\n渡口的灯  22", page(dice))
    assert furniture(text) == ["21", "渡口的灯  22"]
