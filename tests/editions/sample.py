"""Small complete books, made by hand, that hold one of everything an edition must set.

`sample_book` is Chinese, `english_book` English; `awkward_book` holds what breaks weak editions:
markup characters in titles, notes in headings and captions, a note within a note, Arabic lines.
They are built from the contract of `quire.assembly.model` alone, so that the editions' tests say
what that contract means.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from quire.assembly.model import Book, Endnote, Heading, Illustration, Medium, Section
from quire.metadata.model import Metadata
from quire.pandoc import Blocks, Inlines, div, plain_text, read_blocks, walk

__all__ = ["MEDIA", "awkward_book", "english_book", "figure", "passage", "sample_book", "section"]

MEDIA = Path(__file__).parent / "media"


def passage(markdown: str) -> Blocks:
    """Blocks of pandoc Markdown; ``[3]{#c .noteref note=n number=3}`` is a callout."""
    return read_blocks(markdown, "markdown+east_asian_line_breaks")


def words(markdown: str) -> Inlines:
    """The inlines of one line of pandoc Markdown."""
    blocks = passage(markdown) if markdown else []
    return blocks[0]["c"] if blocks else []


def callout(identifier: str, note: str, number: str) -> str:
    """A callout in Markdown."""
    return f"[{number}]{{#{identifier} .noteref note={note} number={number}}}"


def figure(
    identifier: str, label: str, caption: str, name: str, alt: str, longdesc: str = ""
) -> dict[str, Any]:
    """A figure as assembly gives it."""
    pairs = [["label", label], *([["longdesc", longdesc]] if longdesc else [])]
    image = {"t": "Image", "c": [["", [], [["alt", alt]]], [], [name, ""]]}
    caption_blocks = [{"t": "Plain", "c": words(caption)}]
    content = [{"t": "Plain", "c": [image]}]
    return {"t": "Figure", "c": [[identifier, [], pairs], [None, caption_blocks], content]}


def labelled_table(markdown: str, identifier: str, label: str) -> dict[str, Any]:
    """The one table of a passage, with identifier and label."""
    table = passage(markdown)[0]
    table["c"][0] = [identifier, [], [["label", label]]]
    return table


def section(
    identifier: str,
    role: str,
    title: str = "",
    label: str = "",
    depth: int = 0,
    blocks: Blocks | None = None,
    file: str | None = None,
) -> Section:
    """A section whose headings are found in its blocks."""
    blocks = blocks or []
    inlines = words(title)
    headings = tuple(
        Heading(node["c"][1][0], node["c"][0], node["c"][2], plain_text(node["c"][2]))
        for node in walk(blocks)
        if node["t"] == "Header"
    )
    text = plain_text(inlines)
    return Section(identifier, role, inlines, text, label, depth, blocks, headings, file)


def note(
    identifier: str, number: str, home: str, callouts: tuple[str, ...], markdown: str
) -> Endnote:
    """An endnote."""
    return Endnote(identifier, number, home, callouts, passage(markdown))


_LADDER = Medium("media/ladder.svg", MEDIA / "ladder.svg", "image/svg+xml")
_LEAF = Medium("media/leaf.png", MEDIA / "leaf.png", "image/png")


def sample_book(**settings: Any) -> Book:
    """A Chinese book: two parts, three chapters, five notes, a figure, a table, verse, maths.

    Args:
        settings: fields of `Metadata` to set otherwise, such as ``endnotes={"place": "chapter"}``.
    """
    given: dict[str, Any] = {
        "title": "灯下小工",
        "subtitle": "一本样书",
        "author": [{"name": "林知秋", "file_as": "Lin, Zhiqiu"}],
        "contributor": [{"name": "何渡", "role": "edt"}],
        "lang": "zh-CN",
        "date": date(2026, 11, 1),
        "publisher": "折页社",
        "place": "上海",
        "rights": "CC BY-SA 4.0",
        "description": "给排版程序用的样书，里面每样东西都有一件。",
        "subject": ["手艺", "样书"],
        "series": {"name": "折页丛书", "number": 1},
    }
    metadata = Metadata.model_validate(given | settings)
    first = passage(
        f"""
::: {{.epigraph}}
灯不必大，照见手就够了。

——旧木匠的话
:::

天还没亮透，铺子里已经有人。老周把刨子推过去，木花卷起来，落在脚边，像一层薄雪。\
{callout("call-1-1", "note-1-1", "1")}他不说话，徒弟也不说话；**手上的活**比嘴上的话*先*醒过来。

“慢一点，”他后来说，“木头记得每一刀。”这句话徒弟记了十年{callout("call-1-2", "note-1-2", "2")}，\
直到自己也开始带人，如[图1](#fig-ladder){{.crossref}}所示。

## 第一件工具 {{#first-tool}}

刨子有三样：长刨、短刨、线刨。长刨找平，短刨收光，线刨走边。用错了不是不行，只是木头会告诉你。\
{callout("call-1-3", "note-1-1", "1")}

::: {{.verse}}
| 一盏灯，
| 两双手，
|   三更的雨落在瓦上。
:::

### 磨刀 {{#sharpening}}

- 先粗石，后细石；
- 水要常换；
- 刀口朝外。

> 磨刀的人，也在磨自己。一段引文自成一段，前后各有余地。
"""
    )
    first.append(
        figure(
            "fig-ladder",
            "图1",
            f"从学徒到师傅的四级台阶{callout('call-1-4', 'note-1-3', '3')}",
            _LADDER.name,
            "四级台阶，自左下向右上：看、跟、做、教。",
            "desc-ladder",
        )
    )
    first.append(
        div(
            passage("台阶自左下升向右上。第一级写着“看”，第二级“跟”，第三级“做”，第四级“教”。"),
            ["desc-ladder", ["long-description"], []],
        )
    )
    second = passage(
        """
第二章从一张表说起。见[表1](#tbl-tools){.crossref}，再看[第一件工具](#first-tool)。
"""
    )
    second.append(
        labelled_table(
            f"""
| 工具 | 用处 | 价钱（元） |
|:-----|:-----|----:|
| 长刨 | 找平{callout("call-2-1", "note-2-1", "1")} | 120 |
| 短刨 | 收光 | 85 |
| 线刨 | 走边 | 60 |

: 三样刨子
""",
            "tbl-tools",
            "表1",
        )
    )
    second += passage(
        r"""
设每日推刨 $n$ 下，一年的功夫是

$$S = \sum_{d=1}^{365} n_d \approx 365\,\bar{n}.$$

这个数没有人真去算，`S` 只是个意思。

* * *

夜里收工，灯也收了。
"""
    )
    third = passage(
        f"""
走出铺子，街上正下雨。徒弟回头，看见灯还亮着。{callout("call-3-1", "note-3-1", "1")}
"""
    )
    sections = (
        section("halftitle", "halftitle"),
        section("titlepage", "titlepage"),
        section(
            "copyright",
            "copyright",
            blocks=passage("灯下小工：一本样书\n\n© 2026 林知秋。以 CC BY-SA 4.0 许可发布。"),
        ),
        section("dedication", "dedication", blocks=passage("献给深夜还亮着灯的人。")),
        section("contents", "contents", "目录"),
        section("figures", "figures", "插图目录"),
        section("tables", "tables", "表格目录"),
        section(
            "preface",
            "preface",
            "前言",
            blocks=passage("这是一本样书。它不教人做木工，只看字排得好不好。"),
            file="00-preface.md",
        ),
        section("part-1", "part", "手", "第一编", file="01-hand/00-part.md"),
        section("chapter-1", "chapter", "推刨", "第一章", 1, first, "01-hand/01-plane.md"),
        section("chapter-2", "chapter", "三样工具", "第二章", 1, second, "01-hand/02-tools.md"),
        section(
            "part-2", "part", "灯", "第二编", blocks=passage("灯是后半本书。"),
            file="02-lamp/00-part.md",
        ),
        section("chapter-3", "chapter", "雨夜", "第三章", 1, third, "02-lamp/01-rain.md"),
        *(
            (section("endnotes", "endnotes", "注释"),)
            if metadata.endnotes.place == "book"
            else ()
        ),
        section(
            "colophon",
            "colophon",
            "制作说明",
            blocks=passage("本书由程序排成，同样的稿子每次得到同样的字节。"),
        ),
    )  # fmt: skip
    endnotes = (
        note("note-1-1", "1", "chapter-1", ("call-1-1", "call-1-3"),
             "木花的厚薄看刀口；参见《考工小记》卷三，1987 年，第 12—15 页。"),
        note("note-1-2", "2", "chapter-1", ("call-1-2",),
             "徒弟姓陈，后来自己开铺。\n\n他的铺子也点灯。"),
        note("note-1-3", "3", "chapter-1", ("call-1-4",),
             "图据 [四级说](https://example.org/four) 重绘。"),
        note("note-2-1", "1", "chapter-2", ("call-2-1",),
             "“找平”亦作“取平”，见[前面](#first-tool)。"),
        note("note-3-1", "1", "chapter-3", ("call-3-1",), "灯是*煤油灯*。"),
    )  # fmt: skip
    return Book(
        metadata,
        sections,
        endnotes,
        (Illustration("fig-ladder", "图1", words("从学徒到师傅的四级台阶"), "chapter-1"),),
        (Illustration("tbl-tools", "表1", words("三样刨子"), "chapter-2"),),
        (_LADDER,),
    )


def english_book(**settings: Any) -> Book:
    """An English book: two chapters without parts, notes, a picture in pixels, a letter, code."""
    given: dict[str, Any] = {
        "title": "The Lamp and the Plane",
        "author": ["Ida Moore", {"name": "Jun Hale", "file_as": "Hale, Jun"}],
        "lang": "en-GB",
        "date": date(2026, 11, 1),
        "isbn": {"epub": "978-0-306-40615-7"},
        "subject": "Craft",
    }
    metadata = Metadata.model_validate(given | settings)
    first = passage(
        f"""
The shop was awake before the street was. Old Marsh drew the plane along the board and the shaving
rose, curled and fell, and nobody spoke.{callout("call-1-1", "note-1-1", "1")}

He had said once, and once was enough, that wood remembers every cut.

## The first tool {{#the-first-tool}}

There are three planes: a long one to level, a short one to finish, and a third for the edge. To
choose wrongly is no crime.{callout("call-1-2", "note-1-2", "2")}

::: {{.letter}}
Dear Ida,

Keep the lamp low. It is the hand that must be seen.

*J.*
:::

```python
for cut in board:
    remember(cut)
```
"""
    )
    first.append(
        figure("fig-leaf", "Figure 1", "A leaf of the ledger", _LEAF.name, "A leaf with two lines.")
    )
    second = passage(
        """
It rained. The *apprentice* looked back from the corner and the lamp was still lit.

::: {.verse}
| One lamp,
| two pairs of hands,
|    and rain on the roof till three.
:::

Term
:   What a thing is called.
"""
    )
    sections = (
        section("halftitle", "halftitle"),
        section("titlepage", "titlepage"),
        section("copyright", "copyright", blocks=passage("© 2026 Ida Moore and Jun Hale")),
        section("contents", "contents", "Contents"),
        section("figures", "figures", "List of Figures"),
        section("chapter-1", "chapter", "Shavings", "Chapter 1", 0, first, "01-shavings.md"),
        section("chapter-2", "chapter", "Rain", "Chapter 2", 0, second, "02-rain.md"),
        section("endnotes", "endnotes", "Notes"),
    )
    endnotes = (
        note("note-1-1", "1", "chapter-1", ("call-1-1",),
             "How thick a shaving is tells how sharp the iron was."),
        note("note-1-2", "2", "chapter-1", ("call-1-2",),
             "See *A Short Book of Planes*, pp. 12–15."),
    )  # fmt: skip
    return Book(
        metadata,
        sections,
        endnotes,
        (Illustration("fig-leaf", "Figure 1", words("A leaf of the ledger"), "chapter-1"),),
        (),
        (_LEAF,),
    )


def awkward_book(**settings: Any) -> Book:
    """What breaks weak editions: ``< & "`` and emoji in titles, notes everywhere, Arabic."""
    given: dict[str, Any] = {
        "title": 'Fish & <Chips>: "A 🐟 Book"',
        "subtitle": "R&D < Q&A",
        "author": ["O'Brien & Sons <press>"],
        "lang": "en",
        "date": date(2026, 11, 1),
        "description": 'Says "5 < 6 & 7 > 6".',
    }
    metadata = Metadata.model_validate(given | settings)
    text = passage(
        f"""
A paragraph with a note{callout("call-a", "note-a", "1")}, with the same
note again{callout("call-b", "note-a", "1")}, and once more{callout("call-c", "note-a", "1")}.

## Heading with a note{callout("call-h", "note-h", "2")} & *more* {{#heading-a}}

::: {{dir=rtl lang=ar}}
العلم في الصغر كالنقش على الحجر.
:::

[קול]{{lang=he dir=rtl}} in a line, `a < b && c`, and $a<b$ or $x^2$.

## Heading with a note{callout("call-i", "note-i", "4")} & *more* {{#heading-a-1}}
"""
    )
    text.append(
        labelled_table(
            f"""
| Key | Value |
|-----|-------|
| a{callout("call-t", "note-t", "5")} | 1 |

: Keys & values{callout("call-u", "note-u", "6")}
""",
            "tbl-a",
            "Table 1",
        )
    )
    sections = (
        section("titlepage", "titlepage"),
        section("contents", "contents", "Contents"),
        section(
            "chapter-a",
            "chapter",
            f'Ampers&nd \\<tag> "quote" 🐠{callout("call-title", "note-title", "7")}',
            "Chapter 1",
            blocks=text,
            file="01-a.md",
        ),
        section("chapter-b", "chapter", "Notes", "Chapter 2", file="02-b.md"),
        section("endnotes", "endnotes", "Notes"),
    )
    endnotes = (
        note("note-a", "1", "chapter-a", ("call-a", "call-b", "call-c"),
             f"Thrice called, with a note of its own.{callout('call-n', 'note-n', '3')}"),
        note("note-h", "2", "chapter-a", ("call-h",), "On a heading.\n\n- a list\n- in a note"),
        note("note-n", "3", "chapter-a", ("call-n",), "Called from a note."),
        note("note-i", "4", "chapter-a", ("call-i",), "> Only a quotation."),
        note("note-t", "5", "chapter-a", ("call-t",), "In a cell. $$y = mx + b$$"),
        note("note-u", "6", "chapter-a", ("call-u",), "In a caption."),
        note("note-title", "7", "chapter-a", ("call-title",), "On a title."),
    )  # fmt: skip
    tables = (Illustration("tbl-a", "Table 1", words("Keys & values"), "chapter-a"),)
    return Book(metadata, sections, endnotes, (), tables)
