"""Pages and lines: furniture is found on whatever pages it stands, and wrapped text comes back."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.cleaning import run_rules
from quire.cleaning.draft import MarkKind
from quire.cleaning.folios import Numbered, chains, folio_number, missing_folios
from quire.cleaning.furniture import evenly_apart, majority_prefix, nearly_alike
from quire.sources.model import Source

WORDS = (
    "boat", "rope", "weir", "mill", "lamp", "ferry", "miller", "keeper", "water", "stone", "bridge",
    "morning", "evening", "winter", "under", "over", "near", "slowly", "never", "always", "carried",
    "mended", "counted", "opened", "closed", "heavy", "narrow", "quiet",
)  # fmt: skip
HAN = "船灯水岸人夜风雨桥石门窗来去看听说走停等上下前后里外"


def english(dice: random.Random, words: int) -> str:
    """A paragraph of sentences that nobody wrote."""
    made = [dice.choice(WORDS) for _ in range(words)]
    for at in range(0, words, 12):
        made[at] = made[at].capitalize()
        made[at - 1] += "."
    made[-1] = made[-1].rstrip(".") + "."
    return " ".join(made)


def chinese(dice: random.Random, length: int) -> str:
    made = [dice.choice(HAN) for _ in range(length)]
    for at in range(9, length, 10):
        made[at] = "，" if at % 20 == 9 else "。"
    made[-1] = "。"
    return "".join(made)


def wrapped_chinese(text: str, measure: int) -> list[str]:
    """Lines of a measure in ideographs; a mark hangs rather than begins a line."""
    lines, start = [], 0
    while start < len(text):
        end = start + measure
        end += text[end : end + 1] in {"，", "。"}
        lines.append(text[start:end])
        start = end
    return lines


def blocks(text: str) -> list[str]:
    run = run_rules(Source("x.txt", text), below=650)
    return [block.text for block in run.draft.blocks() if not block.has(MarkKind.FURNITURE)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(56, 76), st.booleans())
def test_english_wrapped_at_any_measure_comes_back_as_its_paragraphs(
    seed: int, measure: int, indented: bool
) -> None:
    dice = random.Random(seed)
    paragraphs = [english(dice, dice.randint(40, 120)) for _ in range(8)]
    first, between = ("  ", "\n") if indented else ("", "\n\n")
    text = between.join(
        textwrap.fill(one, measure, initial_indent=first, break_on_hyphens=False)
        for one in paragraphs
    )
    assert blocks(text) == paragraphs


def test_a_paragraphs_last_word_on_a_line_of_its_own_is_no_running_head() -> None:
    dice = random.Random(5)
    paragraphs = [f"{english(dice, 60)} It was a bright morning." for _ in range(6)]
    lines = [
        line
        for one in paragraphs
        for line in (*textwrap.wrap(one.removesuffix(" morning."), 60), "morning.")
    ]
    assert "\nmorning.\n" in "\n".join(lines)
    run = run_rules(Source("x.txt", "\n".join(lines)), below=650)
    assert run.draft.text.count("morning.") >= len(paragraphs)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(25, 38))
def test_chinese_wrapped_at_any_measure_comes_back_as_its_paragraphs(
    seed: int, measure: int
) -> None:
    dice = random.Random(seed)
    paragraphs = [chinese(dice, dice.randint(80, 300)) for _ in range(8)]
    lines = [line for one in paragraphs for line in wrapped_chinese("　　" + one, measure)]
    assert blocks("\n".join(lines)) == paragraphs


HEADS = st.lists(st.sampled_from(WORDS), min_size=3, max_size=5, unique=True).map(
    lambda words: " ".join(words).title()
)


@settings(max_examples=40, deadline=None)
@given(HEADS, st.integers(2, 400), st.integers(4, 9), st.integers(0, 10_000))
def test_a_head_and_folios_of_any_wording_are_found_from_four_pages_on(
    head: str, first: int, count: int, seed: int
) -> None:
    dice = random.Random(seed)
    words = english(dice, 110 * count).split()
    pages = [" ".join(words[at * 110 : at * 110 + 107 + at % 3]) for at in range(count)]
    text = "\n\n".join(
        f"{head}\n\n{textwrap.fill(page, 66)}\n\n{first + at}" for at, page in enumerate(pages)
    )
    draft = run_rules(Source("x.txt", text), below=620).draft
    assert draft.text.count(head) <= 1  # the first may be the title
    for at in range(count):
        assert str(first + at) not in draft.text.split("\n")


def page(folio: str, text: str, head: str = "") -> str:
    return "\n\n".join(part for part in (head, text, folio) if part)


TEXT = (
    "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头，一句话也不说。岸上有人点起了灯，"
    "又有人把灯吹灭，只听见水声一下一下地拍着木桩，像是在替谁数着时辰。到了后半夜，风从上游吹下来，"
    "雾气薄了一些，对岸的屋顶一个一个露出来，老人这才站起身，把缆绳从木桩上解下来，朝岸上的人招"
    "了招手，说可以走了。于是大家提着行李，踩着湿滑的跳板走到船上，找一块干的地方坐下，"
    "各自想着对岸的事，谁也没有再回头去看那盏灯，而灯已经被风吹得只剩下一点红，像一粒"
)


def text_of(source: str) -> str:
    return run_rules(Source("x.txt", source), below=620).draft.text


@pytest.mark.parametrize(
    "form", ["{}", "- {} -", "· {} ·", "第{}页", "{} / 340", "[{}]", "Page {}", "{{{}}}"]
)
def test_a_folio_is_known_in_every_form(form: str) -> None:
    source = "\n\n".join(page(form.format(folio), TEXT) for folio in range(12, 18))
    assert text_of(source) == "\n\n".join([TEXT] * 6)


def test_a_folio_without_a_digit_and_a_head_with_a_letter_misread_go_too() -> None:
    folios = ["121", "122", "12", "124", "125", "126"]
    heads = ["河口旧事记"] * 4 + ["河囗旧事记", "河口旧事记"]
    source = "\n\n".join(page(folio, TEXT, head) for folio, head in zip(folios, heads, strict=True))
    made = text_of(source)
    assert not any(folio in made for folio in folios)
    assert "河囗旧事记" not in made


def test_roman_folios_before_the_arabic_ones_go_too() -> None:
    folios = ["— i —", "— ii —", "— 1 —", "— 2 —", "— 3 —", "— 4 —"]
    assert "—" not in text_of("\n\n".join(page(folio, TEXT) for folio in folios))


def test_heads_that_change_with_the_chapter_go_and_the_chapters_titles_stay() -> None:
    source = "\n\n".join(
        page(str(20 + 3 * at + n), TEXT, f"第{number}章 {title}" if n == 0 else title)
        for at, (number, title) in enumerate((("一", "雾里的船"), ("二", "断了的桥"), ("三", "灯")))
        for n in range(3)
    )
    lines = text_of(source).split("\n")
    assert [line for line in lines if line.startswith("第")] == [
        "第一章 雾里的船",
        "第二章 断了的桥",
        "第三章 灯",
    ]
    assert "雾里的船" not in lines
    assert "断了的桥" not in lines


KEPT = {
    "chapters whose numbers stand alone": "\n\n".join(f"{n}\n\n{TEXT}种子。" for n in range(1, 9)),
    "a refrain between stanzas": "\n\n".join(f"{TEXT}种子。\n\n灯还亮着" for _ in range(6)),
    "numbered paragraphs": "\n\n".join(
        f"{n} {chinese(random.Random(n), 200)}" for n in range(1, 9)
    ),
    "years on lines of their own": "\n\n".join(
        f"{year}\n\n{TEXT}种子。" for year in (1911, 1926, 1937, 1949, 1958)
    ),
    "English that begins alike": "\n\n".join(
        f"There is a {word} that nobody has mended since the water rose over the weir, and the "
        "keeper says so to everyone who crosses, though few of them have asked him for his opinion."
        for word in WORDS[:9]
    ),
}


@pytest.mark.parametrize("source", KEPT.values(), ids=KEPT.keys())
def test_what_only_looks_like_furniture_stays(source: str) -> None:
    assert text_of(source) == source


def test_pages_in_one_line_each_lose_their_heads_and_folios() -> None:
    text = chinese(random.Random(7), 3000)
    pages = [text[at * 293 : at * 293 + 293] for at in range(10)]
    source = "\n".join(
        f"{5 + at}  河口旧事记{page}" if at % 2 else f"{page}  {5 + at}"
        for at, page in enumerate(pages)
    )
    assert text_of(source) == "\n\n".join(pages)


def test_a_blank_line_in_a_sentence_is_undone_where_all_other_paragraphs_end() -> None:
    whole = f"{TEXT}种子。"
    cut = whole.index("到了后半夜") + 8
    source = "\n\n".join([*[whole] * 4, whole[:cut], whole[cut:], *[whole] * 4])
    assert text_of_joined(source) == "\n\n".join([whole] * 9)


def test_a_letter_and_verse_keep_their_lines() -> None:
    letter = "Dear Miss Pell,\n\nThe boat is mended.\n\nI am, yours very truly,\n\nAnselm Rook"
    assert text_of_joined(letter) == letter
    prose = textwrap.fill(english(random.Random(1), 300), 66)
    verse = "Carry me over,\ncarry me slow,\nthe river is rising\nand I have to go."
    made = run_rules(Source("x.txt", f"{prose}\n{verse}\n{prose}"), below=650).draft
    assert [made.text[m.start : m.end] for m in made.marked(MarkKind.VERSE)] == [verse]


def text_of_joined(source: str) -> str:
    return run_rules(Source("x.txt", source), below=650).draft.text


def test_links_to_other_pages_go_from_the_middle_of_a_text() -> None:
    source = f"{TEXT}种子。\n\n上一页 1 2 3 下一页\n\n{TEXT}种子。"
    assert text_of(source) == f"{TEXT}种子。\n\n{TEXT}种子。"


def test_numbers_are_a_sequence_only_a_page_apart() -> None:
    near = [Numbered(i, i * 10, i + 1) for i in range(20)]
    far = [Numbered(i, i * 900, i + 7) for i in range(20) if i != 5]
    assert chains(near) == []
    assert chains(far) == [far]
    damaged = Numbered(5, 4500, 2)
    assert missing_folios(far, [*far[:5], damaged, *far[5:]]) == [damaged]
    assert folio_number("- xii -") == (12, True)
    assert folio_number("12 boats") == (0, False)


@settings(max_examples=40, deadline=None)
@given(st.text("abcdef", min_size=8, max_size=30), st.integers(0, 29), st.sampled_from("xyz"))
def test_strings_are_nearly_alike_when_one_letter_is_off(text: str, at: int, other: str) -> None:
    at %= len(text)
    assert nearly_alike(text, text[:at] + other + text[at + 1 :])
    assert nearly_alike(text, text[:at] + text[at + 1 :])
    assert not nearly_alike(text, text[::-1] + "xyz")


def test_a_beginning_that_most_have_is_found_though_one_is_misread() -> None:
    assert majority_prefix(["河口旧事一", "河口旧事二", "河囗旧事三", "河口旧事四"]) == "河口旧事"
    assert evenly_apart([0, 1000, 2010, 4000, 5020])
    assert not evenly_apart([0, 400, 2010, 2600, 5020])


def test_a_page_scanned_twice_stands_once() -> None:
    pages = [chinese(random.Random(seed), 257)[:-1] for seed in range(6)]
    folios = [7, 8, 9, 9, 10, 11, 12]
    printed = [pages[folio - 7] for folio in folios]
    source = "\n\n".join(
        page(str(folio), text) for folio, text in zip(folios, printed, strict=True)
    )
    assert text_of(source) == "\n\n".join(pages)


def test_a_head_that_stands_above_its_own_chapter_goes() -> None:
    titles = ("雾里的船", "断了的桥", "水边的灯", "旧磨坊")
    parts = [
        f"{title}\n\n{TEXT}种子。\n\n第{number}章 {title}\n\n{TEXT}\n\n{31 + at}"
        for at, (number, title) in enumerate(zip("一二三四", titles, strict=True))
    ]
    lines = text_of("\n\n".join(parts)).split("\n")
    assert not set(titles[1:]) & set(lines)
    assert [line for line in lines if line.startswith("第")] == [
        f"第{number}章 {title}" for number, title in zip("一二三四", titles, strict=True)
    ]


def test_a_sentence_goes_on_behind_the_notes_of_a_pages_foot() -> None:
    first = f"{TEXT}种子①，落在"
    source = f"{first}\n\n①见《河口志》，第3页。\n\n水里就灭了。\n\n{TEXT}种子。"
    draft = run_rules(Source("x.txt", source), below=650).draft
    assert "落在水里就灭了。" in draft.text


def test_heads_that_stand_once_in_each_chapter_are_told_by_the_chapters_titles() -> None:
    titles = ("雾里的船", "断了的桥", "水边的灯")
    parts = [
        page(str(21 + 2 * at), TEXT, f"第{number}章 {title}")
        + "\n\n"
        + page(str(22 + 2 * at), TEXT, title)
        for at, (number, title) in enumerate(zip("一二三", titles, strict=True))
    ]
    assert not set(titles) & set(text_of("\n\n".join(parts)).split("\n"))


@pytest.mark.parametrize("head", ["{title}", "{title}  {folio}"])
def test_a_title_below_its_number_stays_though_the_heads_repeat_it(head: str) -> None:
    titles = ("Nets and Weirs", "The Broken Bridge", "Lamps by the Water")
    text = TEXT[:400]
    parts = [
        f"Chapter {at + 1}\n{title}\n\n{text}\n\n"
        + "\n\n".join(
            f"{head.format(title=title, folio=10 + 4 * at + n)}\n\n{text}" for n in range(3)
        )
        for at, title in enumerate(titles)
    ]
    lines = text_of("\n\n".join(parts)).split("\n")
    assert [line for line in lines if line in titles] == list(titles)


def test_a_misread_title_is_a_head_where_a_page_ends_though_its_folio_is_lost() -> None:
    sentences = TEXT[:400] + "种子。"
    heads = ["", "河口的灯船", "河口的灯舶", "河口的灯船", "可口的灯船", "河口的灯船"]
    folios = ["11", "12", "13", "", "15", "16", "17"]
    parts = [
        *(f"{head}\n\n{sentences}\n\n{folio}" for head, folio in zip(heads, folios, strict=False)),
        f"河口灯船\n\n{sentences}\n\n17",
    ]
    source = "第一章 河口的灯船\n\n" + "\n\n".join(parts).strip()
    assert text_of(source) == "第一章 河口的灯船\n\n" + "\n\n".join([sentences] * 7)


def test_a_first_page_may_have_its_folio_below_though_all_others_have_it_above() -> None:
    pages = "\n\n".join(f"{folio}\n\n{TEXT}" for folio in range(22, 28))
    assert "21" not in text_of(f"{TEXT}\n\n21\n\n{pages}")


def test_a_head_misread_on_one_of_three_pages_is_told_by_the_folios_beside_it() -> None:
    heads = ("河口的灯船和摆渡人", "河口的灯船和摆波人", "河口的灯船和摆渡人")
    pages = (
        f"{folio}\n\n{head}\n\n{TEXT}" for folio, head in zip((52, 53, 54), heads, strict=True)
    )
    source = "\n\n".join((f"50\n\n{TEXT}", f"51\n\n{TEXT}", *pages))
    assert not set(heads) & set(text_of(source).split("\n"))


def test_the_title_of_the_second_chapter_stays_below_its_number_and_below_a_head() -> None:
    title = "The Broken Bridge"
    text = TEXT[:400]
    source = "\n\n".join((
        f"Chapter 1\nNets and Weirs\n\n{text}", "33", f"{title}\n\nChapter 2\n{title}\n\n{text}",
        *(f"{folio}\n\n{title}\n\n{text}" for folio in range(34, 39)),
    ))  # fmt: skip
    assert text_of(source).split("\n").count(title) == 1


def test_a_nought_where_a_page_ends_is_what_is_left_of_a_folio() -> None:
    folios = ("7", "8", "9", "0", "11", "12")
    source = "\n\n".join(f"{TEXT}\n\n{folio}" for folio in folios)
    assert "0" not in text_of(source)


@pytest.mark.parametrize("last", ["Harbour Press, 1980.", "4 (2000), pp. 333-360."])
def test_the_last_line_of_a_work_that_is_cited_again_is_no_running_head(last: str) -> None:
    dice = random.Random(11)
    work = f"Hale, The Boats and Their Keepers: A Study of the Narrow\n{last}"
    pages = [
        f"{textwrap.fill(english(dice, 90), 60)}\n\n{work if number % 2 else ''}\n\n— {number} —"
        for number in range(21, 33)
    ]
    run = run_rules(Source("x.txt", "\n".join(pages)), below=650)
    assert run.draft.text.count(last) == 6
    assert "— 2" not in run.draft.text


def test_a_line_amid_a_paragraph_that_ends_in_a_lost_folios_number_is_no_head() -> None:
    dice = random.Random(3)
    cited = "Hale” Proceedings of the Western Harbour Society, vol. 18, no."
    pages = [
        "\n".join([*textwrap.wrap(english(dice, 140), 60), "", str(number), ""])
        for number in range(6, 12)
    ]
    first = textwrap.wrap(english(dice, 140), 60)
    first[9:9] = ["and of the boats it is told at some length by one Matthew", f"{cited} 5"]
    run = run_rules(Source("x.txt", "\n".join([*first, "", *pages])), below=650)
    assert f"{cited} 5" in run.draft.text
