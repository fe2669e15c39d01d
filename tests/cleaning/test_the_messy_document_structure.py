"""The real messy document: pages, notes, joints, headings, figures, matter and paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import Provenance, Run, run_rules
from quire.cleaning.draft import Block, MarkKind
from quire.cleaning.provenance import Deleted
from quire.sources.model import Source

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def source() -> Source:
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip("the messy document is not here")
    return Source("messy.txt", found[0].read_text("utf-8"))


@pytest.fixture(scope="module")
def run(source: Source) -> Run:
    """What the structure's rules make of it, before any character is changed."""
    return run_rules(source, below=800)


def texts(run: Run, *kinds: MarkKind) -> list[tuple[str, str]]:
    """Value and text of the marks of these kinds, in order of place."""
    return [(m.value, run.draft.text[m.start : m.end]) for m in run.draft.marked(*kinds)]


def prose(run: Run) -> list[Block]:
    """The paragraphs of running text."""
    aside = (
        MarkKind.HEADING, MarkKind.NOTE, MarkKind.MATTER, MarkKind.FIGURE, MarkKind.DESCRIPTION,
    )  # fmt: skip
    return [block for block in run.draft.blocks() if not block.has(*aside)]


def test_each_page_has_its_folio_though_one_has_lost_a_digit(source: Source) -> None:
    run = run_rules(source, until="page-anatomy")
    pages = run.draft.marked(MarkKind.PAGE)
    assert [page.value for page in pages] == [str(folio) for folio in range(76, 86)]
    furniture = [mark.value for mark in run.draft.marked(MarkKind.FURNITURE)]
    counts = {kind: furniture.count(kind) for kind in ("head", "foot", "folio")}
    assert counts == {"head": 10, "foot": 10, "folio": 10}


def test_none_of_the_thirty_pieces_of_furniture_is_left(run: Run) -> None:
    text = run.draft.text
    for furniture in ("Copyright", "bookan", "Reserved", "观察与思考2020", "76C", "Powered", "ICP"):
        assert furniture not in text
    assert text.count("论新时代基层干部治理能力的") == 1  # the title that the head repeats
    for web in ("工作总结", "09:54", "相关热词", "版权所有"):
        assert web not in text


@pytest.mark.parametrize(
    "kept",
    [
        "1988年第3期", "2005年第3期", "2006年第9期", "第90页", "第5、17页", "30—60天",
        "2020YQNQD0068", "100732", "7月28日", "20个学员40只手", "[美]A.麦金太尔", "[古希腊]",
        "转变“官念”", "勇者、勇者、勇者无惧", "更多更多", "训战结合”精益", "低路转化——",
    ],
)  # fmt: skip
def test_what_looks_like_furniture_or_a_slip_stays(run: Run, kept: str) -> None:
    assert kept in run.draft.text


CALLOUTS = [
    ("n1", "整个的邪恶”", "①。", "[古希腊]《亚里士多德"),
    ("n2", "运用法则。”", "②这", "[美]A.麦金太尔"),
    ("n3", "工作而骄傲。”", "③职", "[美]理查德·桑内特"),
    ("n3", "已经确定下来。”", "④职", "[美]理查德·桑内特"),
    ("n4", "道德楷模。", "①这", "李建华、夏方明"),
    ("n5", "所说的学习圈", "①。", "[美]埃尔伍德"),
    ("n5", "新的情境中”", "②。", "[美]埃尔伍德"),
    ("n6", "义务和职责。", "①", "刘双良:"),
    ("n7", "自我意识等。", "①", "[美]罗纳德"),
    ("n8", "服务的能力”", "①。", "DavidOsborne"),
    ("n9", "公和效率。”", "②新", "陈岳、陈翠华"),
    ("n10", "能力和水平”", "①,", "《中共中央"),
    ("n10", "倍加珍惜”", "②。", "《中共中央"),
    ("n11", "往来的界限”", "③,", "刘泰山:"),
]


def test_fourteen_callouts_call_eleven_bodies(run: Run) -> None:
    text = run.draft.text
    bodies = {m.value: text[m.start : m.end] for m in run.draft.marked(MarkKind.NOTE)}
    callouts = run.draft.marked(MarkKind.NOTEREF)
    assert [mark.value for mark in callouts] == [key for key, *_ in CALLOUTS]
    assert len(run.draft.marked(MarkKind.NOTE)) == len(bodies) == 11
    for mark, (key, before, around, body) in zip(callouts, CALLOUTS, strict=True):
        assert text[: mark.start].endswith(before)
        assert text[mark.start :].startswith(around[0])
        assert text[mark.end :].replace("\n", "").startswith(around[1:])
        assert bodies[key].startswith(body)
        assert bodies[key].endswith(("页。", "期。", "日。", "187-192."))


def test_each_body_stands_behind_the_paragraph_that_calls_it_first(run: Run) -> None:
    blocks = run.draft.blocks()
    first: dict[str, int] = {}
    for mark in run.draft.marked(MarkKind.NOTEREF):
        first.setdefault(mark.value, mark.start)
    for mark in run.draft.marked(MarkKind.NOTE):
        index = next(i for i, block in enumerate(blocks) if block.start == mark.start)
        while blocks[index].has(MarkKind.NOTE):
            index -= 1
        assert blocks[index].start <= first[mark.value] < blocks[index].end


@pytest.mark.parametrize(
    "joined",
    [
        "催生基层干部在处理", "就是通过行动、反思", "很大程度上不能满足", "从而将训战结合的作用",
        "会想到这些,但", "敢想敢干的加油站", "团队游戏的规则", "正像歌中唱到",
    ],
)  # fmt: skip
def test_a_sentence_cut_by_a_page_or_by_the_web_is_whole(run: Run, joined: str) -> None:
    assert joined in run.draft.text


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("能力提出更高要求。", "一、"),
        ("提升基层干部治理能力。", "二、"),
        ("诊断可以提升工作绩效。", "其次,"),
        ("并上交国库。", "(五)"),
        ("克服相关人员的阻力。", "三、"),
        ("冗官冗员的沉疴。", "(三)"),
    ],
)
def test_what_ends_at_a_joint_stays_apart(run: Run, end: str, start: str) -> None:
    assert f"{end}{start}" not in run.draft.text
    assert f"{end}\n\n" in run.draft.text


# Level, first and last characters, and length: enough to tell each heading exactly.
HEADINGS = [
    ("part", "篇一:新时代的", "代的基层干部", 11),
    ("1", "论新时代基层干", "力的系统提升", 17),
    ("2", "一、新时代基层", "升的基本要求", 20),
    ("3", "(一)职业精神", "升的本质追求", 23),
    ("3", "(二)职业化塑", "升的现实诉求", 24),
    ("2", "二、新时代基层", "内在养成系统", 22),
    ("3", "(一)提升敬业", "干部内在修行", 25),
    ("3", "(二)基于服务", "动学习金字塔", 19),
    ("3", "(三)利用LT", "学习转化系统", 20),
    ("2", "三、新时代基层", "外在促进系统", 22),
    ("3", "(一)“床垫”", "治理能力养成", 21),
    ("3", "(二)“双职业", "治理能力养成", 18),
    ("3", "(三)“差异化", "治理能力提升", 25),
    ("3", "(四)“责任成", "治理能力提升", 29),
    ("3", "(五)健全约束", "代化推进进程", 23),
    ("part", "篇二:新时代的", "代的基层干部", 11),
    ("2", "关于新时代基层", "心得【三篇】", 17),
    ("1", "【篇1】新时代", "干部培训心得", 15),
    ("2", "一、感受最深的", "是敢想敢干?", 16),
    ("2", "二、怎么结合实", "的敢想敢干?", 14),
    ("1", "【篇2】新时代", "干部培训心得", 15),
    ("1", "【篇3】新时代", "干部培训心得", 15),
    ("2", "一、加强学习,", "身业务素质。", 18),
    ("2", "二、加强实践能", "念落到实处。", 23),
]


def test_all_headings_are_found_exactly_with_their_levels(run: Run) -> None:
    found = texts(run, MarkKind.HEADING)
    told = [(level, text[:7], text[-6:], len(text)) for level, text in found]
    assert told == HEADINGS


def test_the_pages_own_title_is_known_to_the_facts(run: Run) -> None:
    assert run.draft.facts["title"] == texts(run, MarkKind.HEADING)[1][1]
    assert run.draft.facts["working-title"] == "新时代的基层干部2篇"


def test_the_front_matter_stands_behind_the_articles_title(run: Run) -> None:
    found = texts(run, MarkKind.MATTER)
    assert [kind for kind, _ in found] == [
        "author", "abstract", "keywords", "affiliation", "funding", "editor",
    ]  # fmt: skip
    by_kind = dict(found)
    assert by_kind["author"] == "马正立"
    assert by_kind["abstract"].startswith("提要:新时代防范化解")
    assert by_kind["abstract"].endswith("基层干部队伍整体。")
    assert by_kind["affiliation"].endswith("(北京100732)。")
    assert by_kind["funding"].startswith("本文系国家社会科学基金")
    assert by_kind["funding"].endswith("的阶段性成果。")
    assert by_kind["editor"] == "责任编辑:黄建安"
    assert "*" not in run.draft.text
    keywords = run.draft.facts["keywords"].split("；")
    assert keywords[:2] == ["治理现代化", "治理能力"]
    assert keywords[2:] == ["基层干部", "职业精神"]
    assert run.draft.facts["author"] == "马正立"
    assert run.draft.facts["publication"] == "观察与思考2020年第3期，76–85"


def test_three_figures_have_caption_description_and_reference(run: Run) -> None:
    assert texts(run, MarkKind.FIGURE) == [
        ("1", "图1基于服务工作的学习金字塔"),
        ("2", "图2LTSI概念的模型"),
        ("3", "图3双职业通道"),
    ]
    described = dict(texts(run, MarkKind.DESCRIPTION))
    assert {value: len(text) for value, text in described.items()} == {"1": 135, "2": 150, "3": 48}
    assert described["1"].startswith("层级四学习目标")
    assert described["2"].endswith("图二:LTSI概念的模型")
    assert described["3"].endswith("优秀干部普通干部")
    assert texts(run, MarkKind.FIGURE_REFERENCE) == [("1", "图1"), ("2", "图2"), ("3", "图3")]


# The first characters of paragraphs of the article that must or should begin, section by section.
ARTICLE = [
    "新时代,由于网络", "新时代,有效化解", "基层干部作为一个", "职业精神代表着一",
    "职业精神可以化解", "职业精神推崇能力", "基层干部作为一种", "基层干部在化解基",
    "基层干部治理能力", "治理能力提升需要", "行动学习是基层干", "关注行动学习转化",
    "基层干部一般可以", "首先,基于LTS", "其次,基于LTS", "最后,进行学习转",
    "基层干部治理能力", "人总是生活于相对", "那么,公共组织应", "“床垫”公共组织",
    "“床垫”公共组织", "“床垫”公共组织", "治理能力养成与基", "引入埃德加·施恩",
    "培训是对基层干部", "职业培训应针对不", "奥斯本和盖布勒认", "一是“责任成果导",
    "二是“异岗异薪”", "三是廉政激励。李", "党的十九届四中全", "第一,构建“将权",
    "第二,健全“全覆", "第三,完善“履职",
]  # fmt: skip
# Breaks that are right as well.
OPEN = [
    "现实中很多基层治", "基层干部是处理基", "尤其在职业化逐渐", "基层干部应培育自",
    "由于职业活动的特", "从现实来看,职业", "有效化解治理危机", "基层干部在具体为",
    "基层工作具有重复", "事实上,基层干部", "基层干部还需要秉", "治理能力提升也需",
    "根据行动学习金字", "如果将基层干部职", "从我国现实来看,", "从本质上说,治理",
    "对于公共组织而言", "那么,可以设计“", "基于我国现实情况", "事实上,重复持续",
]  # fmt: skip
REFLECTIONS = [
    "8月初,有幸参加", "敢想敢干这个词由", "北京之行,大家在", "一是要从解决问题",
    "二是要不等不靠,", "九天的培训,所闻", "今年暑假,我非常", "7月28日上午8",
    "开班典礼是由团市", "这次培训给我留下", "40多名成员,分", "首先第一个项目是",
    "接着是户外运动,", "静下心来细细回顾", "20xx年12月", "近年来,我乡综治",
    "这次培训是一次实", "通过三天的学习,",
]  # fmt: skip


def test_paragraphs_begin_where_the_text_marks_them_and_nowhere_else(run: Run) -> None:
    begun = [block.text[:8] for block in prose(run)]
    assert [start for start in begun if start not in OPEN] == ARTICLE + REFLECTIONS


def test_every_character_is_accounted_for(source: Source, run: Run) -> None:
    provenance = Provenance.of_ledger(len(source.text), run.ledger)
    accounting = provenance.accounting()
    assert accounting.closes
    assert sum(not c.isspace() for c in source.text) - sum(
        not c.isspace() for c in run.draft.text
    ) == sum(
        not source.text[i].isspace()
        for i in range(len(source.text))
        if isinstance(provenance.fate(i), Deleted)
    ) - sum(accounting.written.get(rule, 0) for rule in ("front-matter",))
