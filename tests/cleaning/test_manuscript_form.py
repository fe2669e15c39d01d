"""What cleaning writes is read by pandoc as what the source said, to the character."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quire.cleaning import clean, run_rules
from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.engine import FORM_BAND, rules
from quire.cleaning.ledger import apply
from quire.manuscript.dialect import DIALECT
from quire.pandoc import convert, read_blocks
from quire.sources.model import Hint, HintKind, Medium, Source

SPECIALS = "\\`*_{}[]<>()#+-.!|~^$@&;:=%\"'/"
LETTERS = "aZ09潮岸中 \u3000，。é"
PIECES = ["1. ", "(a) ", "[^n]", "](x)", "&amp;", "--", "...", "<b>", "***", "::: ", "$x$", "A. "]
LINE = st.lists(st.sampled_from([*SPECIALS, *LETTERS, *PIECES]), min_size=1, max_size=14).map(
    "".join
)


def form_of(draft: Draft) -> Draft:
    """The draft with the rules of the form band over it, before it is put into files."""
    for rule in rules().values():
        if rule.order >= FORM_BAND and rule.name != "chapter-files":
            outcome = rule.apply(draft)
            draft = draft.after(outcome.edits, apply(draft.text, outcome.edits), outcome.add)
    return draft


def words_of(blocks: list[dict[str, object]]) -> list[str]:
    """Each block's text as pandoc sees it, blanks squeezed; nothing but paragraphs may be there."""
    texts = []
    for block in blocks:
        assert block["t"] == "Para", block
        texts.append("".join(inline_text(one) for one in block["c"]))  # type: ignore[attr-defined]
    return texts


QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


def inline_text(node: dict[str, object]) -> str:
    content: object = node.get("c")
    match node["t"]:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "Quoted":
            kind, inner = content  # type: ignore[misc]
            left, right = QUOTES[kind["t"]]
            return left + "".join(map(inline_text, inner)) + right
        case other:
            raise AssertionError(f"{other} was read where there is only text: {node}")


def squeezed(text: str) -> str:
    return re.sub("[ \t\xa0]+", " ", text).strip()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, min_size=1, max_size=60))
def test_text_of_marks_that_mean_something_in_markdown_stays_text(lines: list[str]) -> None:
    lines = [squeezed(line.strip()) for line in lines]
    lines = [line for line in lines if line.strip()]
    if not lines:
        return
    written = form_of(Draft("\n\n".join(lines))).text
    assert [squeezed(text) for text in words_of(read_blocks(written, DIALECT))] == lines


TRAPS = [
    "[美]A.麦金太尔", "马正立*提要", "2019. 那一年", "# 号", "+86", "- 是", "3-5", "a_b_c", "_a_",
    "https://example.org/a_b?c=d&e=f#g", "E = mc^2^", "~~x~~", "5 < 6 > 4",
    "AT&T &copy; &#169;",
    "|a|b|", ": 词", "::: note", "---", "***", "===", "> 引", "1) a", "(1) a", "(一) 甲", "i. x",
    "\\begin{x}", "`x`", "$5 and $6", "@home", "a@b.org", "[@fig-1]", "[^1]: x",
    "[a]: http://b",
    "![x](y)", "<!-- x -->", "“引”‘用’", "it's \"so\"", "a -- b --- c", "wait...",
    "....", "Table: x",
    "A. B", "A.  B", "%", "{.class}", "x {#id}", "`a`{=html}", "end\\",
    "Mr. Smith", "(@) x", "#.", "{{< x >}}",
]  # fmt: skip


def test_known_traps_stay_text() -> None:
    written = form_of(Draft("\n\n".join(TRAPS))).text
    found = [squeezed(text) for text in words_of(read_blocks(written, DIALECT))]
    assert found == [squeezed(trap) for trap in TRAPS]


@pytest.mark.parametrize("trap", TRAPS)
def test_known_traps_stay_text_in_a_heading(trap: str) -> None:
    draft = Draft(trap, (Mark(0, len(trap), MarkKind.HEADING, "2"),))
    (block,) = read_blocks(form_of(draft).text, DIALECT)
    assert block["t"] == "Header"
    assert squeezed("".join(map(inline_text, block["c"][2]))) == squeezed(trap)


def test_clean_chinese_prose_gets_no_backslash() -> None:
    text = "他说：“潮水退了。”——《海的账》，1998年，第3—5页……（见附录）"
    assert form_of(Draft(text)).text == text


def kinds(markdown: str) -> list[str]:
    return [block["t"] for block in read_blocks(markdown, DIALECT)]


def source(text: str, *hints: tuple[str, HintKind, str]) -> Source:
    """A source whose hints cover the given words, found one after the other."""
    made, place = [], 0
    for words, kind, value in hints:
        start = text.index(words, place)
        place = start if kind in {HintKind.QUOTE, HintKind.STRONG} else start + len(words)
        made.append(Hint(start, start + len(words), kind, value))
    return Source("a.html", text, hints=tuple(made))


def form(text: str, *hints: tuple[str, HintKind, str]) -> str:
    return form_of(Draft.of(source(text, *hints))).text


def test_emphasis_in_chinese_needs_no_blanks() -> None:
    written = form("他叫它“账”，不叫书。", ("“账”", HintKind.EMPHASIS, ""))
    assert written == "他叫它*“账”*，不叫书。"
    assert "<em>" in convert(written, DIALECT, "html")


def test_emphasis_leaves_blanks_at_its_edges_outside() -> None:
    assert form("a rope of hemp", (" rope ", HintKind.EMPHASIS, "")) == "a *rope* of hemp"


def test_emphasis_inside_strong_words_is_both() -> None:
    written = form(
        "a very old rope", ("very old", HintKind.STRONG, ""), ("old", HintKind.EMPHASIS, "")
    )
    assert convert(written, DIALECT, "html") == (
        "<p>a <strong>very <em>old</em></strong> rope</p>\n"
    )


def test_emphasis_that_markdown_cannot_say_is_asked_about_not_guessed() -> None:
    text = "onetwo"
    given = source(text, ("one", HintKind.EMPHASIS, ""), ("two", HintKind.STRONG, ""))
    run = run_rules(given, until="quote-form")
    assert run.draft.text == "*one*two"
    assert [one.text for one in run.suggestions] == ["two"]


def test_a_link_keeps_its_brackets_and_target() -> None:
    written = form("看![说明]吧", ("[说明]", HintKind.LINK, "https://example.org/a b(c)"))
    assert written == "看\\![\\[说明\\]](https://example.org/a%20b%28c%29)吧"
    assert 'href="https://example.org/a%20b%28c%29"' in convert(written, DIALECT, "html")


def test_links_inside_the_source_file_are_not_written() -> None:
    assert form("see below", ("below", HintKind.LINK, "#part2")) == "see below"


def test_a_callout_before_a_bracket_is_no_link() -> None:
    written = form(
        "潮水1(见图)\n\n每日两次。",
        ("1", HintKind.NOTEREF, "x y"),
        ("每日两次。", HintKind.NOTE, "x y"),
    )
    assert "[^note-1]\\(" in written or "[^note-1]（" in written
    assert '"Note"' in json.dumps(read_blocks(written, DIALECT))


def test_a_note_of_two_paragraphs_is_one_note() -> None:
    written = form(
        "潮水1。\n\n每日两次。\n\n也有例外。",
        ("1", HintKind.NOTEREF, "1"),
        ("每日两次。", HintKind.NOTE, "1"),
        ("也有例外。", HintKind.NOTE, "1"),
    )
    assert written == "潮水[^1]。\n\n[^1]: 每日两次。\n\n    也有例外。"
    assert kinds(written) == ["Para"]


def test_a_note_without_a_callout_stays_a_paragraph_and_is_asked_about() -> None:
    run = run_rules(source("潮水。\n\n每日两次。", ("每日两次。", HintKind.NOTE, "1")))
    assert "\n每日两次。\n" in run.draft.text
    assert "callout" in run.suggestions[-1].why


def test_two_lists_that_follow_each_other_stay_two() -> None:
    hints = [(word, HintKind.ITEM, number) for word, number in zip("甲乙丙丁", "1212", strict=True)]
    written = form("甲\n\n乙\n\n丙\n\n丁", *hints)
    assert kinds(written) == ["OrderedList", "OrderedList"]


def test_a_quotation_of_two_paragraphs_is_one() -> None:
    written = form("甲。\n\n乙。\n\n丙。", ("甲。\n\n乙。", HintKind.QUOTE, ""))
    assert written == "> 甲。\n>\n> 乙。\n\n丙。"
    assert kinds(written) == ["BlockQuote", "Para"]


def test_verse_keeps_its_lines_and_stanzas() -> None:
    text = "潮水\n退了\n\n岸\n还在"
    written = form_of(Draft(text, (Mark(0, len(text), MarkKind.VERSE),))).text
    (div,) = read_blocks(written, DIALECT)
    assert div["t"] == "Div"
    assert [block["t"] for block in div["c"][1]] == ["LineBlock", "LineBlock"]


def test_an_abstract_is_fenced() -> None:
    text = "提要：潮水。"
    draft = Draft(text, (Mark(0, len(text), MarkKind.MATTER, "abstract"),))
    assert form_of(draft).text == "::: {.abstract}\n提要：潮水。\n:::"


def figure(text: str, residue: str = "", reference: str = "") -> Draft:
    caption = text.index("图1 水位")
    marks = [Mark(caption, caption + 5, MarkKind.FIGURE, "1")]
    if residue:
        start = text.index(residue)
        marks.append(Mark(start, start + len(residue), MarkKind.DESCRIPTION, "1"))
    if reference:
        start = text.index(reference)
        marks.append(Mark(start, start + len(reference), MarkKind.FIGURE_REFERENCE, "1"))
    return Draft(text, tuple(sorted(marks)))


def test_a_figure_without_a_picture_becomes_a_placeholder_with_its_words() -> None:
    draft = figure("水位很高（图1）。\n\n图1 水位\n\n高潮 低潮", "高潮 低潮", "图1")
    assert form_of(draft).text == (
        "水位很高（[@fig-1]）。\n\n"
        '![水位](figures/figure-1.svg){#fig-1 alt="水位（来源文本没有这幅图）" '
        'longdesc="fig-1-desc"}\n\n'
        "::: {.long-description #fig-1-desc}\n高潮 低潮\n:::"
    )


def test_a_figure_with_its_picture_before_the_caption_shows_the_picture() -> None:
    text = "a jetty\n\n图1 水位"
    marks = (Mark(0, 7, MarkKind.IMAGE, "j.png"), Mark(9, 14, MarkKind.FIGURE, "1"))
    medium = Medium("j.png", b"", "image/png")
    written = form_of(Draft(text, marks, Source("a.docx", text, media=(medium,)))).text
    assert written == '![水位](figures/j.png){#fig-1 alt="a jetty"}'


def test_a_picture_without_words_is_not_lost() -> None:
    text = "潮水退了。\n\n岸还在。"
    medium = Medium("sea.png", b"", "image/png")
    hints = (Hint(5, 5, HintKind.IMAGE, "sea.png"),)
    made = clean(Source("a.docx", text, hints=hints, media=(medium,)))
    assert '![](figures/sea.png){alt=""}' in made.text
    assert [one.name for one in made.media] == ["sea.png"]


def test_markdown_of_the_source_is_not_touched() -> None:
    table = "| *a* | b |\n|---|---|\n| 1 | 2 |"
    text = f"*x*\n\n{table}"
    run = run_rules(source(text, (table, HintKind.MARKDOWN, "")), until="quote-form")
    assert run.draft.text == f"\\*x\\*\n\n{table}"


def files_of(text: str, *marks: tuple[str, str]) -> dict[str, str]:
    """Files of a draft whose headings are given with their ranks."""
    found, place = [], 0
    for words, value in marks:
        start = text.index(words, place)
        place = start + len(words)
        found.append(Mark(start, place, MarkKind.HEADING, value))
    draft = form_of(Draft(text, tuple(found)))
    outcome = rules()["chapter-files"].apply(draft)
    from quire.cleaning import split_bundle

    return dict(split_bundle(apply(draft.text, outcome.edits)))


def test_parts_are_folders_and_matter_has_its_role() -> None:
    files = files_of(
        "前言\n\n甲\n\n上编\n\n开场\n\n一日\n\n乙\n\n一日\n\n丙\n\n后记\n\n丁",
        ("前言", "1"), ("上编", "part"), ("一日", "1"), ("一日", "1"), ("后记", "1"),
    )  # fmt: skip
    assert files == {
        "01-前言.md": "---\nrole: preface\n---\n\n# 前言\n\n甲\n",
        "02-上编/00-part.md": "---\nrole: part\n---\n\n# 上编 {.unnumbered}\n\n开场\n",
        "02-上编/01-一日.md": "# 一日\n\n乙\n",
        "02-上编/02-一日.md": "# 一日\n\n丙\n",
        "03-后记.md": "---\nrole: afterword\n---\n\n# 后记\n\n丁\n",
    }


def test_words_before_the_first_heading_get_a_heading_of_their_own() -> None:
    files = files_of("某人著\n\n一日\n\n乙", ("一日", "1"))
    assert files == {
        "01-卷首.md": "# 卷首 {.unnumbered}\n\n某人著\n",
        "02-一日.md": "# 一日\n\n乙\n",
    }


def test_a_text_without_headings_is_one_chapter_called_as_the_file() -> None:
    made = clean(Source("夜航.txt", "水面上只有一盏灯。"))
    assert made.files == (("01-夜航.md", "# 夜航\n\n水面上只有一盏灯。\n"),)


def test_a_note_goes_to_the_chapter_that_calls_it_and_is_copied_for_a_second() -> None:
    text = "一\n\n甲1。\n\n二\n\n乙2。又1。\n\n注一\n\n注二"
    marks = [Mark(0, 1, MarkKind.HEADING, "1"), Mark(8, 9, MarkKind.HEADING, "1")]
    marks += [Mark(4, 5, MarkKind.NOTEREF, "n1"), Mark(12, 13, MarkKind.NOTEREF, "n2")]
    marks += [Mark(15, 16, MarkKind.NOTEREF, "n1")]
    marks += [Mark(19, 21, MarkKind.NOTE, "n1"), Mark(23, 25, MarkKind.NOTE, "n2")]
    draft = form_of(Draft(text, tuple(sorted(marks))))
    outcome = rules()["chapter-files"].apply(draft)
    assert apply(draft.text, outcome.edits) == (
        "\f01-一.md\n# 一\n\n甲[^n1]。\n\n[^n1]: 注一\n"
        "\f02-二.md\n# 二\n\n乙[^n2]。又[^n1]。\n\n[^n1]: 注一\n\n[^n2]: 注二\n"
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("论潮水（上）", "论潮水-上"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("*", "untitled"),
        ("A" * 300, "a" * 24),
    ],
)
def test_names_of_files_are_safe_and_short(title: str, slug: str) -> None:
    from quire.cleaning.chapters import slug_of

    assert slug_of(title) == slug
    assert unicodedata.is_normalized("NFC", slug)


def test_a_lone_surrogate_is_replaced_in_the_open() -> None:
    made = clean(Source("a.txt", "水\ud83d面"))
    assert "水\ufffd面" in made.text
    assert "lone-surrogates" in [one.rule for one in made.ledger.passes]


def headings_of(*titles: str) -> list[str]:
    text = "\n\n文。\n\n".join(titles)
    marks, place = [], 0
    for title in titles:
        start = text.index(title, place)
        place = start + len(title)
        marks.append(Mark(start, place, MarkKind.HEADING, "1"))
    return form_of(Draft(text, tuple(marks))).text.split("\n\n")[::2]


def test_numbers_as_the_book_writes_them_stay_in_the_titles_for_assembly_to_take_over() -> None:
    assert headings_of("第一章 潮", "第二章 岸") == ["# 第一章 潮", "# 第二章 岸"]


def test_titles_with_numbers_of_another_kind_get_no_second_number() -> None:
    assert headings_of("论潮", "【篇1】岸") == ["# 论潮 {.unnumbered}", "# 【篇1】岸 {.unnumbered}"]


def test_a_chapter_without_a_number_among_numbered_ones_gets_none() -> None:
    assert headings_of("第一章 潮", "插曲") == ["# 第一章 潮", "# 插曲 {.unnumbered}"]


def test_titles_without_numbers_are_left_to_the_book() -> None:
    assert headings_of("潮", "岸") == ["# 潮", "# 岸"]
