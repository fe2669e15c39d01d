"""Structure on documents of many kinds: what is mended, and what is left as it stands."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.cleaning import Provenance, Run, run_rules
from quire.cleaning.draft import MarkKind
from quire.cleaning.numbering import heading_label, number_of
from quire.sources.model import Hint, HintKind, Source

HERE = Path(__file__).parent
NIGHT = (
    "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头，一句话也不说。岸上有人点起了灯，"
    "又有人把灯吹灭，只听见水声一下一下地拍着木桩，像是在替谁数着时辰。"
)
WIND = "到了后半夜，风从上游吹下来，雾气薄了一些，对岸的屋顶一个一个露出来，老人这才站起身。"
FERRY = (
    "The ferry had been late every morning since the flood, and nobody on the landing could say "
    "why it was so. Mr. Hale blamed the river; the river would have blamed Mr. Hale."
)
BOATS = "She counted the boats twice. There were seven, as there had been the day before."


def cleaned(text: str, hints: tuple[Hint, ...] = ()) -> Run:
    return run_rules(Source("x.txt", text, hints=hints), below=800)


def marked(run: Run, kind: MarkKind) -> list[tuple[str, str]]:
    return [(m.value, run.draft.text[m.start : m.end]) for m in run.draft.marked(kind)]


def paragraphs(*blocks: str) -> str:
    return "\n\n".join(blocks)


CLEAN = {
    "a Chinese novel": paragraphs("第一章 雾", NIGHT, WIND, "第二章 桥", WIND, NIGHT),
    "a novel whose chapters are numerals alone": paragraphs("一", NIGHT, "二", WIND, "三", NIGHT),
    "an English book": paragraphs(
        "PREFACE", FERRY, "Chapter 1: The Landing", FERRY, BOATS, "Chapter 2: The Flood", BOATS,
        "Chapter 3: A Trunk", FERRY,
    ),
    "numbered sections": paragraphs("1. Boats", FERRY, "1.1 Rope", BOATS, "2. Tides", FERRY),
    "a list in running text": paragraphs(FERRY, "1. Take a rope.", "2. Tie it.", "3. Wait.", BOATS),
    "circled numbers in a sentence": paragraphs("要带三样：①绳；②灯；③桨。", NIGHT, WIND),
    "stars between scenes": paragraphs(NIGHT, "* * *", WIND, "* * *", NIGHT, "* * *", WIND),
    "a refrain": paragraphs(*[line for _ in range(4) for line in (NIGHT * 2, "灯还亮着")]),
    "years and dates at paragraphs' starts": paragraphs("7月28日上午，船来了。", "40多人上了船。"),
    "a reference to a figure that isn't there": paragraphs("见图1，船分三层。", NIGHT),
}  # fmt: skip


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN.keys())
def test_a_text_without_defects_comes_out_unchanged(text: str) -> None:
    assert cleaned(text).draft.text == text


def test_parts_hold_chapters_and_a_table_of_contents_holds_none() -> None:
    run = cleaned(
        paragraphs(
            "第一部 河", "第一章 雾", NIGHT, "第二章 桥", WIND,
            "第二部 海", "第三章 灯", NIGHT, "第四章 岸", WIND,
        )
    )  # fmt: skip
    assert [level for level, _ in marked(run, MarkKind.HEADING)] == ["part", "1", "1"] * 2
    contents = paragraphs("第一章 雾", "第二章 桥", "第三章 灯")
    body = paragraphs("第一章 雾", NIGHT, "第二章 桥", WIND, "第三章 灯", NIGHT)
    run = cleaned(paragraphs("目录", contents, body))
    assert [text for _, text in marked(run, MarkKind.HEADING)] == [
        "第一章 雾",
        "第二章 桥",
        "第三章 灯",
    ]


def test_a_chapters_label_and_its_title_below_become_one_heading() -> None:
    run = cleaned(
        paragraphs("CHAPTER I", "The Landing", FERRY, "CHAPTER II", "The Flood", BOATS, FERRY)
    )
    assert marked(run, MarkKind.HEADING) == [
        ("1", "CHAPTER I: The Landing"),
        ("1", "CHAPTER II: The Flood"),
    ]


def test_endnotes_under_a_heading_go_to_their_callouts_chapter_by_chapter() -> None:
    run = cleaned(
        paragraphs(
            "第一章 雾", "渡口有雾[1]，桥上没有[2]，船上又有[1]。", NIGHT,
            "注释", "[1] 某人：《河志》，第3页。", "[2] 同上，第4页。",
            "第二章 桥", "桥修了三年[1]。", WIND, "注释", "[1] 某人：《桥志》，第9页。",
        )
    )  # fmt: skip
    assert [key for key, _ in marked(run, MarkKind.NOTEREF)] == ["n1", "n2", "n1", "n3"]
    assert marked(run, MarkKind.NOTE) == [
        ("n1", "某人：《河志》，第3页。"),
        ("n2", "同上，第4页。"),
        ("n3", "某人：《桥志》，第9页。"),
    ]
    assert "注释" not in run.draft.text


def pages(mark: str, folios: range) -> str:
    """Pages with a running head, a cut sentence, a note at the foot and a folio, on lines."""
    sentences = (NIGHT + WIND) * 40
    made = []
    for i, folio in enumerate(folios):
        body = sentences[i * 300 : i * 300 + 300]
        body = body[:100] + mark.strip() + body[100:]
        lines = "\n".join(body[at : at + 30] for at in range(0, len(body), 30))
        made.append(f"渡口旧事\n{lines}\n\n{mark}见《河口志》，第{folio * 3}页。\n{folio}\n")
    return "\n".join(made)


@pytest.mark.parametrize("mark", ["①", "[1] ", "1 "])
def test_pages_on_lines_lose_their_furniture_and_keep_every_note(mark: str) -> None:
    run = cleaned(pages(mark, range(12, 18)))
    assert len(marked(run, MarkKind.NOTEREF)) == len(marked(run, MarkKind.NOTE)) == 6
    assert [text for _, text in marked(run, MarkKind.NOTE)] == [
        f"见《河口志》，第{folio * 3}页。" for folio in range(12, 18)
    ]
    prose = "".join(
        block.text for block in run.draft.blocks() if not block.has(MarkKind.NOTE, MarkKind.HEADING)
    )
    assert prose.replace(mark.strip(), "") == ((NIGHT + WIND) * 40)[: 6 * 300]


def test_what_the_format_tells_of_headings_and_notes_goes_before_every_pattern() -> None:
    text = paragraphs("河", "桥上有灯①。", "第一章 不是标题", WIND, "①见《河志》。")
    note = text.index("①见")
    hints = (
        Hint(0, 1, HintKind.HEADING, "1"),
        Hint(text.index("①"), text.index("①") + 1, HintKind.NOTEREF, "7"),
        Hint(note, len(text), HintKind.NOTE, "7"),
    )
    run = cleaned(text, hints)
    assert marked(run, MarkKind.HEADING) == [("1", "河")]
    assert [key for key, _ in marked(run, MarkKind.NOTEREF)] == ["7"]
    assert [key for key, _ in marked(run, MarkKind.NOTE)] == ["7"]


@pytest.fixture(scope="module")
def journal() -> Run:
    return cleaned((HERE / "messy" / "journal.txt").read_text("utf-8"))


def test_the_journals_headings_end_where_they_should(journal: Run) -> None:
    assert marked(journal, MarkKind.HEADING) == [
        ("part", "篇一:渡口的规矩"),
        ("1", "论沙湾镇渡口规约的现代延续"),
        ("2", "一、沙湾镇渡口规约的由来"),
        ("3", "(一)船期约定:渡口规约的起点"),
        ("3", "(二)船钱约定:渡口规约的重心"),
        ("2", "二、沙湾镇渡口规约的内部传承"),
        ("3", "(一)师徒同船,把规矩教在水上"),
        ("3", "(二)编唱船谣,让规矩留在嘴上"),
        ("3", "(三)码头议事,使规矩能够商量"),
        ("2", "三、沙湾镇渡口规约的外部承接"),
        ("3", "(一)“排队”学校文化促进规约养成"),
        ("3", "(二)“双秤”集市制度促进规约养成"),
        ("3", "(三)“章程+口约+公议”共同章程锻造规约养成"),
        ("part", "篇二:渡口的规矩"),
        ("2", "关于走访渡口的体会【两篇】"),
        ("1", "【篇1】走访渡口的体会"),
        ("2", "一、为什么要先等一等?"),
        ("2", "二、怎么把规矩带回来?"),
        ("1", "【篇2】走访渡口的体会"),
    ]


def test_the_journals_notes_and_figures_are_all_there(journal: Run) -> None:
    callouts = [key for key, _ in marked(journal, MarkKind.NOTEREF)]
    assert callouts == ["n1", "n2", "n3", "n3", "n4", "n5", "n5", "n6", "n7"]
    assert len(marked(journal, MarkKind.NOTE)) == 7
    assert marked(journal, MarkKind.FIGURE) == [
        ("1", "图1沙湾船谣的层次"), ("2", "图2码头议事的结构"), ("3", "图3双秤集市制度"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "joined", ["那块木牌的", "自然就圆了", "这就是规矩", "没有人来", "清楚明白", "来坐渡船"]
)
def test_the_journals_cut_words_are_whole(journal: Run, joined: str) -> None:
    assert joined in journal.draft.text


def test_nothing_of_the_journals_furniture_is_left(journal: Run) -> None:
    text = journal.draft.text
    for furniture in ("Copyright", "jiangan", "水乡论丛", "Powered", "相关热词", "08:15"):
        assert furniture not in text
    assert text.count("论沙湾镇渡口规约") == 1
    accounting = Provenance.of_ledger(len(journal.source.text), journal.ledger).accounting()
    assert accounting.closes


def test_cleaning_the_journal_again_changes_nothing(journal: Run) -> None:
    # The marks are gone from the text alone, so only what stands in characters can be compared.
    again = cleaned(journal.draft.text)
    assert not {one.rule for one in again.ledger.passes} & {
        "furniture-cut",
        "web-shell",
        "headings",
    }


@given(st.integers(min_value=1, max_value=99))
def test_a_numeral_says_its_number_in_every_script(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    han = ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "")
    han += digits[ones] if ones else ""
    assert number_of(han) == number_of(str(number)) == number
    label = heading_label(f"第{han}章 雾")
    assert label
    assert (label.style, label.number) == ("chapter-han", number)


@given(st.lists(st.sampled_from([NIGHT, WIND, FERRY, BOATS]), min_size=1, max_size=12))
def test_plain_paragraphs_are_never_touched(blocks: list[str]) -> None:
    distinct = [b for a, b in pairwise([None, *blocks]) if a != b]
    text = paragraphs(*[b for b in distinct if b])
    assert cleaned(text).draft.text == text
