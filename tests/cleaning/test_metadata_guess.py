"""Guesses at metadata: each with its evidence, and nobody is given another's work."""

from __future__ import annotations

import pytest
from lxml import etree

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.engine import rules
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import apply
from quire.cleaning.matter_names import role_of
from quire.cleaning.metadata_guess import guess_metadata
from quire.cleaning.placeholders import placeholders
from quire.manuscript.roles import ROLES
from quire.sources.model import Source

TEXTS = {
    "zh-Hans": "渡口从三月起就停了，他们说水还没有过去。",
    "zh-Hant": "渡口從三月起就停了，他們說水還沒有過去。",
    "ja": "渡し場は三月から止まっている。水がまだ引かないという。",
    "ko": "나루터는 삼월부터 멈추었다. 물이 아직 빠지지 않았다고 한다.",
    "en": "The ferry had not run since March, and nobody said that it would.",
    "fr": "Le bac ne passait plus depuis mars, et les gens du port ne disaient pas pourquoi.",
    "de": "Die Fähre fuhr seit März nicht mehr, und niemand sagte, dass der Fluss zu hoch ist.",
    "es": "La barca no pasaba desde marzo y los del puerto no decían por qué se paró.",
    "ru": "Паром не ходил с марта, и никто не говорил почему.",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_a_language_is_known_by_its_script_and_commonest_words(tag: str) -> None:
    assert guess_language(TEXTS[tag])[0] == tag


def test_a_chinese_text_with_english_notes_is_chinese() -> None:
    assert guess_language(TEXTS["zh-Hans"] * 3 + TEXTS["en"])[0] == "zh-Hans"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("前　言", "preface"), ("后记", "afterword"), ("参考文献：", "bibliography"),
        ("附录二 潮汐表", "appendix"), ("PREFACE", "preface"), ("Works Cited", "bibliography"),
        ("Appendix A: Tides", "appendix"), ("序", "foreword"), ("序曲之后", "chapter"),
        ("Introduction", "introduction"), ("An Introduction to Rope", "chapter"),
    ],
)  # fmt: skip
def test_matter_is_known_by_its_name(title: str, role: str) -> None:
    assert role_of(title) == role
    assert role in ROLES


def two_parts(**facts: str) -> Draft:
    text = "上编\n\n潮\n\n某人\n\n下编\n\n岸"
    marks = (
        Mark(0, 2, MarkKind.HEADING, "part"), Mark(4, 5, MarkKind.HEADING, "1"),
        Mark(7, 9, MarkKind.MATTER, "author"), Mark(11, 13, MarkKind.HEADING, "part"),
        Mark(15, 16, MarkKind.HEADING, "1"),
    )  # fmt: skip
    return Draft(text, marks, facts=facts)


def guessed(draft: Draft, source: Source) -> dict[str, tuple[object, str]]:
    return {one.key: (one.value, one.why) for one in guess_metadata(draft, source)}


def test_an_author_named_in_one_part_is_not_given_the_others_in_silence() -> None:
    made = guessed(two_parts(title="潮", author="某人"), Source("a.txt", ""))
    assert made["author"][0] == ("某人",)
    assert "上编" in made["author"][1]
    assert "unknown" in made["author"][1]


def test_a_collection_is_called_by_the_title_above_it() -> None:
    draft = two_parts(**{"title": "潮", "working-title": "海边文章两篇"})
    value, why = guessed(draft, Source("a.txt", ""))["title"]
    assert value == "海边文章两篇"
    assert "潮" in why


def test_a_files_own_properties_come_first() -> None:
    source = Source("a.docx", "", details={"title": "海", "author": "甲; 乙", "lang": "ja"})
    made = guessed(two_parts(title="潮", author="某人"), source)
    assert made["title"][0] == "海"
    assert made["author"][0] == ("甲", "乙")
    assert made["lang"][0] == "ja"


def test_without_any_title_the_files_name_stands_in_and_says_so() -> None:
    made = guessed(Draft("潮水退了。"), Source("夜航.txt", ""))
    assert made["title"] == ("夜航", "the file's name: the text gives no title")


def test_a_placeholder_is_an_svg_that_says_that_the_picture_is_missing() -> None:
    text = "![A & <b>](figures/figure-1.svg)"
    draft = Draft(text, (Mark(2, 9, MarkKind.FIGURE, "1"),))
    ((medium, caption),) = placeholders(draft, "en")
    assert medium.name == "figure-1.svg"
    assert caption == "A & <b>"
    svg = etree.fromstring(medium.content)
    assert "no picture" in "".join(svg.itertext())
    assert "A & <b>" in "".join(svg.itertext())


def title_page(*lines: str, **facts: str) -> tuple[str, dict[str, str]]:
    """What the rule leaves of lines above a chapter, and what it found out."""
    text = "\n\n".join([*lines, "一日", "潮水退了。"])
    start = text.index("一日\n\n潮水")
    draft = Draft(text, (Mark(start, start + 2, MarkKind.HEADING, "1"),), facts=facts)
    outcome = rules()["title-page"].apply(draft)
    return apply(text, outcome.edits), dict(outcome.facts)


def test_a_title_page_becomes_guesses_at_the_metadata() -> None:
    left, told = title_page("THE SALT ROAD", "A Novel", "by Hester Vane")
    assert left == "一日\n\n潮水退了。"
    assert told == {"title": "THE SALT ROAD", "subtitle": "A Novel", "author": "Hester Vane"}
    assert title_page("海边的账", title="海边的账")[0] == "一日\n\n潮水退了。"


@pytest.mark.parametrize(
    "lines",
    [("海边的账",), ("海边的账", "某人 著", "献给所有摆渡的人"), ("这是一句话。", "某人 著")],
)
def test_words_above_the_first_chapter_that_may_be_text_stay(lines: tuple[str, ...]) -> None:
    left, told = title_page(*lines)
    assert left.startswith("\n\n".join(lines))
    assert told == {}
