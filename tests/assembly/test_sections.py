"""Files become sections: titles, parts, numbers, and the matter that every book has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quire.assembly import Book
from quire.pandoc import plain_text, walk

MakeBook = Callable[..., Book]

ROOT = Path(__file__).parents[2]


def outline(book: Book) -> list[tuple[str, str, str, int]]:
    """Role, label, title and depth of every section."""
    return [(one.role, one.label, one.text, one.depth) for one in book.sections]


def written(book: Book) -> list[tuple[str, str, str, int]]:
    """The same of those that come from a file or a folder."""
    made = {"halftitle", "titlepage", "copyright", "contents", "colophon", "endnotes"}
    return [one for one in outline(book) if one[0] not in made]


def test_chapters_are_counted_through_parts_and_lie_in_them(make_book: MakeBook) -> None:
    book = make_book(
        {
            "01-hand/00-part.md": "# Hand\n\nOpening.\n",
            "01-hand/01.md": "# Plane\n\nA.\n",
            "02-inner-light/01.md": "# Rain\n\nB.\n",
            "03-after.md": "---\nrole: afterword\n---\n\nC.\n",
        }
    )
    assert written(book) == [
        ("part", "Part I", "Hand", 0),
        ("chapter", "Chapter 1", "Plane", 1),
        ("part", "Part II", "Inner light", 0),
        ("chapter", "Chapter 2", "Rain", 1),
        ("afterword", "", "Afterword", 0),
    ]


def test_a_file_of_the_role_part_holds_the_chapters_after_it(make_book: MakeBook) -> None:
    book = make_book(
        {
            "01.md": "---\nrole: part\n---\n\n# Hand\n",
            "02.md": "# Plane\n",
            "03.md": "---\nrole: conclusion\n---\n\n# End\n\nX.\n",
        }
    )
    assert [one[3] for one in written(book)] == [0, 1, 0]


def test_unnumbered_headings_have_no_label_and_take_no_number(make_book: MakeBook) -> None:
    book = make_book({"01.md": "# Before {-}\n", "02.md": "# One\n\nX.\n"})
    assert [one[1:3] for one in written(book)] == [("", "Before"), ("Chapter 1", "One")]


def test_a_number_that_the_author_wrote_is_not_written_twice(make_book: MakeBook) -> None:
    english = make_book({"01.md": "# Chapter 7: Tides\n\nX.\n", "02.md": "# Chapterhouse\n\nY.\n"})
    assert [one[1:3] for one in written(english)] == [
        ("Chapter 7", "Tides"),
        ("Chapter 2", "Chapterhouse"),
    ]


def test_a_chinese_number_that_the_author_wrote_is_not_written_twice(make_book: MakeBook) -> None:
    book = make_book({"01.md": "# 第一章　潮\n\n甲。\n", "02.md": "# 岸\n\n乙。\n"}, lang="zh-Hans")
    assert [one[1:3] for one in written(book)] == [("第一章", "潮"), ("第二章", "岸")]


def test_appendices_are_counted_only_when_there_are_several(make_book: MakeBook) -> None:
    head = "---\nrole: appendix\n---\n\n"
    one = make_book({"01.md": "# A\n\nX.\n", "02.md": head + "# Tables\n\nX.\n"})
    assert written(one)[-1][1:3] == ("Appendix", "Tables")
    two = make_book({"03.md": head + "# Maps\n\nX.\n"})
    assert [one[1] for one in written(two)] == ["Chapter 1", "Appendix 1", "Appendix 2"]


def test_each_heading_of_level_1_begins_a_chapter(make_book: MakeBook) -> None:
    book = make_book({"01.md": "> Above.\n\n# One\n\nOil.\n\n# Two\n\nWick.\n"})
    assert [one[1:3] for one in written(book)] == [("Chapter 1", "One"), ("Chapter 2", "Two")]
    assert plain_text(book.section("chapter-1").blocks) == "Above.Oil."


def test_a_title_in_the_head_makes_sections_of_the_headings(make_book: MakeBook) -> None:
    book = make_book({"01.md": "---\ntitle: Lamp\n---\n\n# Oil\n\n## Wick\n\nX.\n"})
    chapter = book.section("chapter-1")
    assert chapter.text == "Lamp"
    assert [(one.level, one.text) for one in chapter.headings] == [(2, "Oil"), (3, "Wick")]


def test_a_book_has_its_matter_in_english_order(make_book: MakeBook) -> None:
    book = make_book(
        {
            "00-a.md": "---\nrole: dedication\n---\n\n# Dedication\n\nTo J.\n",
            "00-b.md": "---\nrole: preface\n---\n\nX.\n",
            "01.md": "# A\n\nOne[^1].\n\n[^1]: N.\n",
            "90.md": "---\nrole: afterword\n---\n\nX.\n",
            "95.md": "---\nrole: bibliography\n---\n\n- B.\n",
        }
    )
    assert [one.role for one in book.sections] == [
        "halftitle", "titlepage", "copyright", "dedication", "contents", "preface", "chapter",
        "afterword", "endnotes", "bibliography", "colophon",
    ]  # fmt: skip
    assert [one.file for one in book.sections if one.role == "chapter"] == ["book/01.md"]


def test_a_chinese_book_has_its_matter_in_the_order_of_the_standard(make_book: MakeBook) -> None:
    book = make_book(
        {
            "00-a.md": "---\nrole: dedication\n---\n\n献给你。\n",
            "00-b.md": "---\nrole: preface\n---\n\n前言的话。\n",
            "01.md": "# 灯\n\n一。[^1]\n\n[^1]: 注。\n",
            "90.md": "---\nrole: afterword\n---\n\n后记的话。\n",
        },
        lang="zh-Hans",
    )
    assert [one.role for one in book.sections] == [
        "halftitle", "titlepage", "copyright", "dedication", "preface", "contents", "chapter",
        "endnotes", "afterword", "colophon",
    ]  # fmt: skip


def test_matter_that_the_manuscript_has_is_not_made_again(make_book: MakeBook) -> None:
    book = make_book(
        {
            "00.md": "---\nrole: copyright\n---\n\nMy own words.\n",
            "01.md": "# A\n\nX.\n",
            "99.md": "---\nrole: colophon\n---\n\n# How\n\nBy hand.\n",
        }
    )
    pages = {one.role: plain_text(one.blocks) for one in book.sections}
    assert pages["copyright"] == "My own words."
    assert pages["colophon"] == "By hand."
    assert len(book.sections) == 6


def test_the_chinese_copyright_page_states_the_record_in_order_and_invents_nothing(
    make_book: MakeBook,
) -> None:
    files = {"01.md": "# 灯\n\n" + "灯" * 1600 + "\n"}
    bare = make_book(files, lang="zh-Hans", title="夜航", author="某人")
    said = plain_text(bare.section("copyright").blocks)
    assert "书名：夜航" in said
    assert "字数：2 千字" in said
    for absent in ("CIP", "ISBN", "定价", "责任编辑", "印张"):
        assert absent not in said
    full = make_book(
        files,
        lang="zh-Hans",
        title="夜航",
        author="某人",
        publisher="某社",
        place="上海",
        edition="第一版",
        isbn={"print": "978-0-306-40615-7"},
        copyright={"editor": "某编", "cip": "甲\n乙", "price": "30 元", "characters": "五万字"},
    )
    said = plain_text(full.section("copyright").blocks)
    order = [
        "© 某人", "图书在版编目", "书名：", "著者：", "责任编辑：某编", "上海：某社", "五万字",
        "版次：第一版", "978-0-306-40615-7", "定价：30 元",
    ]  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)


def test_identifiers_are_unique_over_the_book_and_safe_in_every_reader(
    make_book: MakeBook,
) -> None:
    text = "# 同名\n\n## Same\n\nA.\n\n## Same\n\n[x]{#contents}\n\n## 小节\n\n[y]{#注释}\n"
    book = make_book(
        {"01.md": text, "02.md": text.replace("#contents", "#c").replace("#注释", "#z")}
    )
    trees = [one.blocks for one in book.sections]
    found = [one.identifier for one in book.sections]
    for node in walk(trees):
        if node["t"] in {"Header", "Span", "Div", "Figure", "Table"}:
            attribute = node["c"][1] if node["t"] == "Header" else node["c"][0]
            found += [attribute[0]] if attribute[0] else []
    assert len({one.lower() for one in found}) == len(found)
    assert all(one.isascii() and one[0].isalpha() for one in found)


def test_assembling_twice_gives_the_same_book() -> None:
    from quire.assembly import assemble
    from quire.manuscript import read_manuscript
    from quire.metadata import read_metadata

    metadata = read_metadata(ROOT / "metadata.yaml")
    books = [assemble(read_manuscript(ROOT / "book", ROOT), metadata) for _ in range(2)]
    assert books[0] == books[1]
    assert books[0].problems == ()
    assert len(books[0].figures) == 3
    assert len([one for one in books[0].sections if one.role == "chapter"]) == 9
