"""Rules about characters: what they do to defects, and that they do no harm to anything else."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.engine import rules, run_rules
from quire.cleaning.ledger import apply
from quire.cleaning.rule import RuleOutcome
from quire.sources.model import Hint, HintKind, Source

BOOK = sorted((Path(__file__).parents[2] / "book").rglob("*.md"))
FIRST = [name for name, rule in rules().items() if rule.order < 200]
LINES = [name for name, rule in rules().items() if 640 <= rule.order < 650]
LAST = [name for name, rule in rules().items() if 800 <= rule.order < 900]
ALL = [*FIRST, *LINES, *LAST]


def outcome(name: str, text: str, *marks: Mark) -> RuleOutcome:
    return rules()[name].apply(Draft(text, marks, Source("x.txt", text)))


def after(name: str, text: str, *marks: Mark) -> str:
    """What one rule alone makes of a text."""
    return apply(text, outcome(name, text, *marks).edits)


def through(names: list[str], text: str) -> str:
    """What rules make of a text, one after the other."""
    draft = Draft.of(Source("x.txt", text))
    for name in names:
        result = rules()[name].apply(draft)
        draft = draft.after(result.edits, apply(draft.text, result.edits), result.add)
    return draft.text


PIECES = st.sampled_from(
    [
        *"船河水雾灯的了，。：；？！“”‘’（）《》、…—①②",
        *",:;?!.()\"'- \n\t\u3000*[]+", "...", "--", "。。。",
        "the", "Weir", "and", "LTSI", "12", "1,000", "9:30",
        "http://a.b/c,d", "ﬁ", "\u200b", "\u00ad", "\ufeff",
        "\n\n", "\r\n", "了了", "Ã©", "了", "JohnandMary", "pp.3-9",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(TEXTS)
@example("船,(\"'水")
@example('他说:"船来了...",the Weir--LTSI。')
def test_a_second_run_changes_nothing(text: str) -> None:
    once = through(ALL, text)
    assert through(ALL, once) == once


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_the_last_rules_keep_every_letter_and_digit(text: str) -> None:
    def letters(one: str) -> Counter[str]:
        plain = one.replace("ﬁ", "fi").replace("了", "")
        return Counter(c for c in plain if c.isalnum())

    assert letters(through(LAST, text)) == letters(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Lo"]), max_size=200))
def test_text_without_han_keeps_the_width_of_its_marks(text: str) -> None:
    text = "".join(c for c in text if unicodedata.east_asian_width(c) not in "WF")
    for name in ("full-width-marks", "full-width-brackets"):
        assert not outcome(name, text).edits


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_at_all_is_taken(text: str) -> None:
    through(ALL, text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_after_the_first_rules_one_blank_line_parts_blocks_and_no_line_has_blanks_at_its_edges(
    text: str,
) -> None:
    clean = through(FIRST, text)
    assert "\n\n\n" not in clean
    assert not re.search(r"[\t\f\r\ufeff\u00ad]", clean)
    assert clean == clean.strip("\n")


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.name)
def test_a_book_that_is_well_made_comes_out_as_it_went_in(path: Path) -> None:
    prose = prose_of(path)
    draft = Draft.of(Source("x.txt", prose))
    for name in ALL:
        edits = rules()[name].apply(draft).edits
        assert [(name, prose[e.start - 5 : e.end + 5], e.after) for e in edits] == []


def prose_of(path: Path) -> str:
    """The paragraphs of a chapter that hold nothing but words."""
    text = path.read_text("utf-8").strip("\n")
    return "\n\n".join(
        block
        for block in text.split("\n\n")
        if "\n" not in block and not re.match(r"[#:!>\[|-]|\d+\.|---", block)
        and "](" not in block and "`" not in block and "{" not in block
    )  # fmt: skip


def test_the_book_that_must_not_change_is_long_enough_to_tell() -> None:
    assert sum(len(prose_of(path)) for path in BOOK) > 10_000


ENGLISH = (
    "The keeper—his name was Tull—wrote: “No boat.” Then he waited… 3,000 tides, 9:30 each day, "
    "at http://example.org/a,b?c=d; it’s in Fig. 2 (see p. 4–5), and JavaScript, too.\n\n"
    "“Well,” she said, “somebody ought to go.”"
)


def test_english_that_is_well_made_comes_out_as_it_went_in() -> None:
    assert through(ALL, ENGLISH) == ENGLISH


def test_markdown_is_left_alone() -> None:
    text = '# 题\n\n他说:"好",(见 `f(x)`)...  \n下一行--完。\n\n\n\n| a | b |\n'
    source = Source("x.md", text, hints=(Hint(0, len(text), HintKind.MARKDOWN),))
    run = run_rules(source, below=900)
    assert run.draft.text.strip("\n") == text.strip("\n")


WIDTHS = {
    "雾来了,船没来": "雾来了，船没来",
    "雾来了, 船没来": "雾来了，船没来",
    "他说:“走”,便走了": "他说：“走”，便走了",
    "见《河志》,再看": "见《河志》，再看",
    "水位”①,比去年高": "水位”①，比去年高",
    "开船9:30,到岸10:00": "开船9:30，到岸10:00",
    "共1,200尺,不多": "共1,200尺，不多",
    "用Python,Java写的": "用Python,Java写的",
    "网址:http://a.cn/b,c?d": "网址：http://a.cn/b,c?d",
    "A.麦克说,他来": "A.麦克说，他来",
    "他来了.": "他来了。",
    "一.船的由来是很早的事": "一.船的由来是很早的事",
    "The boat (船), a small one, left": "The boat (船), a small one, left",
}


@pytest.mark.parametrize(("before", "expected"), WIDTHS.items())
def test_a_mark_is_as_wide_as_its_neighbours_ask(before: str, expected: str) -> None:
    assert after("full-width-marks", before) == expected


BRACKETS = {
    "船(旧的)在": "船（旧的）在",
    "编号(A12)、后来": "编号（A12）、后来",
    "见No.1(1994),再说": "见No.1(1994),再说",
    "船(旧的）在": "船（旧的）在",
    "船(旧的在": "船(旧的在",
    "船((旧)的)在": "船（（旧）的）在",
}


@pytest.mark.parametrize(("before", "expected"), BRACKETS.items())
def test_brackets_change_as_a_pair_or_not_at_all(before: str, expected: str) -> None:
    assert after("full-width-brackets", before) == expected


QUOTES = {
    '"Yes," he said.': "“Yes,” he said.",
    "don't": "don’t",
    "the boys' boat": "the boys’ boat",
    "'Tis late.": "’Tis late.",
    "'Come,' he said.": "‘Come,’ he said.",
    "\"The 'Heron' is shut.\"": "“The ‘Heron’ is shut.”",
    'one " alone': 'one " alone',
    "6' by 4'": "6' by 4'",
    '他说"走",又说"停"。': "他说“走”,又说“停”。",
    '"One.\n\n"Two."': "“One.\n\n“Two.”",
    "'Don't go to the dogs' home.'": "‘Don’t go to the dogs’ home.’",
    "'Twas in '98, the 1990's, rock 'n' roll": "’Twas in ’98, the 1990’s, rock ’n’ roll",
    "``Yes,'' he said.": "“Yes,” he said.",
    'Six feet, 6\'2", and "no."': "Six feet, 6'2\", and “no.”",
    "\"'Go,' he said,\" she said.": "“‘Go,’ he said,” she said.",
    '他说:“走吧"。': "他说:“走吧”。",
    '"好,"他说,"走\'渡口\'那边。"': "“好,”他说,“走‘渡口’那边。”",
    "他说：＂走＂。": "他说：“走”。",
    '「走，」他說，"停。"': "「走，」他說，「停。」",
    '„Ja“, sagte sie. "Nein", sagte er.': "„Ja“, sagte sie. „Nein“, sagte er.",
    '« Non », dit-il, "peut-être".': '« Non », dit-il, "peut-être".',
}


@pytest.mark.parametrize(("before", "expected"), QUOTES.items())
def test_straight_quotes_become_curly_as_their_row_reads(before: str, expected: str) -> None:
    assert after("curly-quotes", before) == expected


def test_where_a_quote_lacks_its_partner_only_what_its_neighbours_tell_is_done() -> None:
    text = '"Yes," he said. "No.'
    result = outcome("curly-quotes", text)
    assert apply(text, result.edits) == "“Yes,” he said. “No."
    assert all(edit.confidence < 0.9 for edit in result.edits)
    assert [(one.start, one.after) for one in result.questions] == [(16, '"')]
    assert not outcome("curly-quotes", '他说"走,又说"停"。').edits


def test_quotes_that_do_not_balance_are_asked_about() -> None:
    assert len(outcome("curly-quotes", 'one " alone').questions) == 1


def test_quotes_in_the_keyboards_order_are_asked_about_with_a_proposal() -> None:
    (question,) = outcome("quotes-out-of-order", "他说：”船来了。“").questions
    assert question.after == "“船来了。”"


@pytest.mark.parametrize("text", ["„Ja“, sagte sie. „Nein“, sagte er.", "”Ja”, sade hon. ”Nej.”"])
def test_quotes_of_other_languages_are_in_their_own_order(text: str) -> None:
    assert not outcome("quotes-out-of-order", text).questions


def test_a_figures_residue_is_left_as_it_stood() -> None:
    text = "层级:一,二"
    mark = Mark(0, len(text), MarkKind.DESCRIPTION, "1")
    assert after("full-width-marks", text, mark) == text


BLANKS = {
    "雾散了 ，船 开了 。 好": "雾散了，船 开了。好",
    "他说：“ 走 ”": "他说：“走”",
    "用 Python 写": "用 Python 写",
    "甲　乙": "甲　乙",
    "The tide , he said , was out .": "The tide, he said, was out.",
    "Who is it ? he said, and it was the one that he had not seen .": (
        "Who is it? he said, and it was the one that he had not seen."
    ),
    "Tu viens ? Le bac est dans la ville et les gens": (
        "Tu viens ? Le bac est dans la ville et les gens"
    ),
    "and so . . . it went": "and so . . . it went",
    "one.  Two   three": "one. Two three",
    "12    34    56    78": "12    34    56    78",
    "use .NET or .5 of it": "use .NET or .5 of it",
}


@pytest.mark.parametrize(("before", "expected"), BLANKS.items())
def test_a_blank_goes_where_no_language_has_one(before: str, expected: str) -> None:
    assert after("stray-blanks", before) == expected


DOUBTS = {
    "美德，美德的船，讲美德，差德的船。": ("差德", "美德"),
    "雾里的情况令人震憾。": ("震憾", "震撼"),
    "国际形式的变化": ("国际形式", "国际形势"),
    "最好现行一步": ("最好现行", "最好先行"),
}


@pytest.mark.parametrize(("text", "doubt"), DOUBTS.items())
def test_a_likely_slip_is_asked_about_with_what_may_be_meant(
    text: str, doubt: tuple[str, str]
) -> None:
    result = outcome("doubtful-words", text)
    assert not result.edits
    assert [(text[one.start : one.end], one.after) for one in result.questions] == [doubt]


def test_words_that_only_look_alike_are_no_slip() -> None:
    text = "他的自行车和白色的船，自己的目的，自然，自由，自信；日子里的未来，末日，入口，人口。"
    assert not outcome("doubtful-words", text).questions


def test_two_writings_of_chinese_in_one_text_are_asked_about_once() -> None:
    text = "这个时候我们都来了，说过的话还没发表。" + "這個會對"
    (question,) = outcome("doubtful-words", text).questions
    assert text[question.start] == "這"
    assert not outcome("doubtful-words", "这个时候我们都来了，店名写作“會”。").questions


MISREAD = {
    "It is the boat of the man that tbe man had.": "It is the boat of the man that the man had.",
    "It was the hello of a man, a hello to the he1lo.": (
        "It was the hello of a man, a hello to the hello."
    ),
    "Er war auf dem Schiff und aud der Insel.": "Er war auf dem Schiff und aud der Insel.",
    "Drink h2o in 1908 with the v1s of the man and it.": (
        "Drink h2o in 1908 with the v1s of the man and it."
    ),
}


@pytest.mark.parametrize(("before", "expected"), MISREAD.items())
def test_a_word_that_is_none_becomes_the_one_that_the_text_has(before: str, expected: str) -> None:
    assert after("misread-letters", before) == expected


def test_a_letter_in_a_number_and_the_long_s_are_asked_about() -> None:
    result = outcome("misread-letters", "In 19l8 the ſhip came.")
    assert not result.edits
    assert [one.after for one in result.questions] == ["1918", "s"]


EMPHASIS = {
    "the _Heron_ and _Two Words_.": ["Heron", "Two Words"],
    "snake_case and _private and x_1": [],
    "=One= and =Two=, a=b=c": ["One", "Two"],
    "a =B= c": [],
}


@pytest.mark.parametrize(("text", "words"), EMPHASIS.items())
def test_words_typed_between_signs_are_emphasised(text: str, words: list[str]) -> None:
    result = outcome("typed-emphasis", text)
    assert [text[mark.start : mark.end] for mark in result.add] == words
    assert len(result.edits) == 2 * len(words)


COMPOSED = {
    "cafe\u0301": "café",
    "\u1112\u1161\u11ab": "한",
    "\u212b": "Å",
    "的\u2f08": "的人",
    "部首\u2f08\u2f54": "部首人水",
    "\u2f08 is a radical": "\u2f08 is a radical",
    "ﾌｪﾘｰ｡": "フェリー。",
    "①½㎡ﬁ№Ａ": "①½㎡ﬁ№Ａ",
    "x\u0301\u0300": "x\u0301\u0300",
}


@pytest.mark.parametrize(("before", "expected"), COMPOSED.items())
def test_characters_are_composed_by_canonical_equivalence_alone(before: str, expected: str) -> None:
    assert after("composed-characters", before) == expected


RUNS = {
    "MaryFennandTomGale,1988,pp.11-19.": "Mary Fenn and Tom Gale, 1988, pp. 11-19.",
    "TheIslandandtheSea,Vol.2,p.9": "The Island and the Sea, Vol. 2, p. 9",
    "HansMcDonaldofEngland,Press,1990,p.7": "Hans McDonald of England, Press, 1990, p. 7",
    "http://www.TheLifeoftheWeir.org/Vol.2,p.3": "http://www.TheLifeoftheWeir.org/Vol.2,p.3",
    "OpenStreetMapContributors": "OpenStreetMapContributors",
    "The Life of the Weir, Vol. 7 (1988).": "The Life of the Weir, Vol. 7 (1988).",
}  # fmt: skip


@pytest.mark.parametrize(("before", "expected"), RUNS.items())
def test_blanks_come_back_to_a_reference_by_capitals_and_small_words(
    before: str, expected: str
) -> None:
    assert after("lost-blanks", before) == expected


def test_words_run_together_in_prose_are_only_asked_about() -> None:
    result = outcome("lost-blanks", "他读了TheLifeoftheWeirandtheSea这本书。")
    assert not result.edits
    assert [one.after for one in result.questions] == ["The Life of the Weir and the Sea"]


HYPHENS = {
    "the weath-\ner and the weather": "the weather and the weather",
    "a well-\nknown man, well-known here": "a well-known man, well-known here",
    "Jean-\nPaul came": "Jean-Paul came",
    "self-\nmade": "self-made",
    "the gov-\nernor slept": "the governor slept",
}


@pytest.mark.parametrize(("before", "expected"), HYPHENS.items())
def test_a_word_parted_at_a_lines_end_is_joined_as_the_text_writes_it(
    before: str, expected: str
) -> None:
    assert after("line-end-hyphens", before) == expected


def test_verse_in_prose_keeps_its_lines() -> None:
    prose = "The keeper had counted the boats twice that evening and had found one too many."
    verse = "The tide is out\nAnd none about,\nThe lamp is low"
    text = f"{prose}\n\n{verse}\n\n{prose}\n\n{prose}"
    run = run_rules(Source("x.txt", text), below=200)
    assert [run.draft.text[m.start : m.end] for m in run.draft.marked(MarkKind.VERSE)] == [verse]
    assert through(ALL, text).count("\n") == text.count("\n")


def test_form_feeds_part_pages() -> None:
    run = run_rules(Source("x.txt", "一页。\f二页。\f\n"), until="form-feeds")
    pages = run.draft.marked(MarkKind.PAGE)
    assert [run.draft.text[one.start : one.end] for one in pages] == ["一页。", "二页。"]


def test_capitals_before_quotes_are_not_taken_for_broken_characters() -> None:
    text = "“A IRMÃ” e “A MANHÃ”"
    assert after("mojibake", text) == text


def test_characters_of_utf_8_that_were_read_as_another_encoding_come_back() -> None:
    assert after("mojibake", "Itâ€™s the cafÃ©") == "It’s the café"
    assert after("mojibake", "ä¸\u00adå›½") == "中国"


CHINESE = "他在渡口等船，等了一天；到了晚上，船还是没有来，我们就都回去了。"


def test_chinese_in_gbk_that_was_read_as_latin_comes_back() -> None:
    assert after("mojibake", CHINESE.encode("gbk").decode("latin-1")) == CHINESE
    assert after("mojibake", CHINESE.encode("utf-8").decode("latin-1")) == CHINESE
    assert after("mojibake", CHINESE) == CHINESE


def test_chinese_in_utf_8_that_was_read_as_gbk_comes_back() -> None:
    line = "这是 上的 时间 我们 中国 我的 一个 有的 在这 他们 到的 大家 为了"
    text = " ".join(word for word in line.split() if _gbk_of(word))
    assert len(text) > 20
    garbled = " ".join(_gbk_of(word) for word in text.split())
    assert after("mojibake", garbled) == text


def _gbk_of(word: str) -> str:
    """Its UTF-8 read as GBK; empty where that gives no characters."""
    try:
        return word.encode("utf-8").decode("gb18030")
    except UnicodeDecodeError:
        return ""


def test_traditional_chinese_in_big5_comes_back() -> None:
    text = "他在渡口等船等了一天到了晚上船還是沒有來我們就都回去了"
    made = after("mojibake", text.encode("big5").decode("latin-1"))
    assert sum(a == b for a, b in zip(made, text, strict=False)) > 20


def test_circled_numbers_and_full_width_letters_are_no_ligatures() -> None:
    assert through(ALL, "①③ＡＢ，℃㈠") == "①③ＡＢ，℃㈠"


def test_ten_megabytes_on_one_line_take_linear_time() -> None:
    # A tenth of it here: a rule that grows with the square would take a hundred times as long.
    text = "雾来了,船没来(说:“等”)...水'涨\"" * 55_000
    for name in ALL:
        rules()[name].apply(Draft(text, (), Source("x.txt", text)))
