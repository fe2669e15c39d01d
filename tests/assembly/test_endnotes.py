"""Notes become endnotes: each callout has a number, each body every way back."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quire.assembly import Book, assemble
from quire.manuscript import read_manuscript
from quire.metadata import Metadata
from quire.pandoc import plain_text, walk
from quire.problems import BookError

MakeBook = Callable[..., Book]


def callouts(tree: Any) -> list[tuple[str, str, str]]:
    """Identifier, note and number of each callout in a tree, in reading order."""
    found = []
    for node in walk(tree):
        if node["t"] == "Span" and "noteref" in node["c"][0][1]:
            (identifier, _, pairs), content = node["c"]
            told = dict(pairs)
            assert content == [{"t": "Str", "c": told["number"]}]
            found.append((identifier, told["note"], told["number"]))
    return found


def numbers(book: Book, section: str) -> list[str]:
    """The numbers in a section's title and text, as one reads them."""
    one = book.section(section)
    return [number for _, _, number in callouts([one.title, one.blocks])]


def all_callouts(book: Book) -> list[tuple[str, str, str]]:
    trees = [tree for section in book.sections for tree in (section.title, section.blocks)]
    return callouts([*trees, *(note.blocks for note in book.endnotes)])


def is_whole(book: Book) -> None:
    """Every callout leads to a body that knows it as a way back, and nothing else does."""
    found = all_callouts(book)
    identifiers = [identifier for identifier, _, _ in found]
    assert len(set(identifiers)) == len(identifiers)
    ways_back: dict[str, list[str]] = {}
    for identifier, note, _ in found:
        ways_back.setdefault(note, []).append(identifier)
    assert {note.identifier for note in book.endnotes} == set(ways_back)
    for note in book.endnotes:
        assert sorted(note.callouts) == sorted(ways_back[note.identifier])
    by_identifier = {note.identifier: note.number for note in book.endnotes}
    assert all(by_identifier[note] == number for _, note, number in found)
    everything = [*book.sections, *book.endnotes]
    assert not any(node["t"] == "Note" for one in everything for node in walk(one.blocks))


def test_notes_are_numbered_in_reading_order_whatever_the_order_of_their_bodies(
    make_book: MakeBook,
) -> None:
    book = make_book({"01.md": "# A\n\nOne[^b] two[^a].\n\n[^a]: Alpha.\n\n[^b]: Beta.\n"})
    assert numbers(book, "chapter-1") == ["1", "2"]
    assert [plain_text(note.blocks) for note in book.endnotes] == ["Beta.", "Alpha."]
    is_whole(book)


def test_a_note_called_twice_has_one_body_and_two_ways_back(make_book: MakeBook) -> None:
    book = make_book({"01.md": "# A\n\nOne[^a] two[^b] three[^a].\n\n[^a]: A.\n\n[^b]: B.\n"})
    assert numbers(book, "chapter-1") == ["1", "2", "1"]
    assert [len(note.callouts) for note in book.endnotes] == [2, 1]
    is_whole(book)


def test_without_merging_each_callout_has_a_body_of_its_own(make_book: MakeBook) -> None:
    text = "# A\n\nOne[^a] two[^a].\n\n[^a]: A [place]{#here}.\n"
    book = make_book({"01.md": text}, endnotes={"merge": False})
    assert numbers(book, "chapter-1") == ["1", "2"]
    assert [plain_text(note.blocks) for note in book.endnotes] == ["A place.", "A place."]
    identifiers = [
        node["c"][0][0]
        for note in book.endnotes
        for node in walk(note.blocks)
        if node["t"] == "Span"
    ]
    assert identifiers == ["here", ""], "an identifier isn't repeated"
    is_whole(book)


def test_numbering_starts_again_in_each_chapter_or_runs_through_the_book(
    make_book: MakeBook,
) -> None:
    files = {
        "01.md": "# A\n\nOne[^1] two[^2].\n\n[^1]: Alpha.\n\n[^2]: Beta.\n",
        "02.md": "# B\n\nThree[^1].\n\n[^1]: Gamma.\n",
    }
    again = make_book(files)
    assert (numbers(again, "chapter-1"), numbers(again, "chapter-2")) == (["1", "2"], ["1"])
    through = make_book(files, endnotes={"numbering": "book"})
    assert (numbers(through, "chapter-1"), numbers(through, "chapter-2")) == (["1", "2"], ["3"])
    assert [plain_text(note.blocks) for note in through.endnotes] == ["Alpha.", "Beta.", "Gamma."]
    is_whole(again)
    is_whole(through)


def test_a_note_called_in_a_note_is_numbered_after_those_of_the_text(make_book: MakeBook) -> None:
    text = "# A\n\nOne[^a] two[^b].\n\n[^a]: See[^c].\n\n[^b]: Beta.\n\n[^c]: Gamma^[And D.]\n"
    book = make_book({"01.md": text})
    assert numbers(book, "chapter-1") == ["1", "2"]
    assert [(note.number, plain_text(note.blocks)) for note in book.endnotes] == [
        ("1", "See."),
        ("2", "Beta."),
        ("3", "Gamma"),
        ("4", "And D."),
    ]
    is_whole(book)


def test_a_note_that_calls_itself_ends(make_book: MakeBook) -> None:
    book = make_book({"01.md": "# A\n\nOne[^a].\n\n[^a]: Again[^a].\n"})
    assert [len(note.callouts) for note in book.endnotes] == [2]
    is_whole(book)


def test_callouts_in_titles_headings_captions_and_cells_are_counted_where_they_are_read(
    make_book: MakeBook,
) -> None:
    text = """# Title[^t]

## Heading[^h] {#sec-h}

| Key[^k] | Value |
|---------|-------|
| one     | 1[^v] |

: Caption[^c] {#tbl-x}

See [@sec-h] and [@tbl-x].

[^t]: T.

[^h]: H.

[^k]: K.

[^v]: V.

[^c]: C.
"""
    book = make_book({"01.md": text})
    chapter = book.section("chapter-1")
    assert chapter.text == "Title"
    assert len(callouts(chapter.title)) == 1
    assert [(one.text, len(callouts(one.title))) for one in chapter.headings] == [("Heading", 1)]
    assert numbers(book, "chapter-1") == ["1", "2", "3", "4", "5"]
    assert callouts([table.caption for table in book.tables]) == []
    assert "See Heading and Table 1." in plain_text(chapter.blocks), "references repeat no callout"
    is_whole(book)


def test_marks_in_code_formulae_and_behind_a_backslash_are_no_callouts(
    make_book: MakeBook,
) -> None:
    text = "# A\n\n`x[^a]` $x[^a]$ \\[^a] real[^a]\n\n```\n[^a] y\n[^a]: z\n```\n\n[^a]: A.\n"
    book = make_book({"01.md": text})
    words = plain_text(book.section("chapter-1").blocks)
    assert words.count("[^a]") == 5
    assert "[^a]: z" in words
    assert numbers(book, "chapter-1") == ["1"]
    is_whole(book)


def test_a_callout_leaves_the_width_of_a_table_as_it_is(make_book: MakeBook) -> None:
    table = "  Key            Value\n  -----------    -----\n  {key}            1\n"
    plain = make_book({"01.md": "# A\n\n" + table.format(key="long-note") + "\n"})
    called = make_book({"01.md": "# A\n\n" + table.format(key="a[^note1]") + "\n\n[^note1]: N.\n"})
    columns = [
        node["c"][2] for book in (plain, called)
        for node in walk(book.section("chapter-1").blocks) if node["t"] == "Table"
    ]  # fmt: skip
    assert len(columns) == 2
    assert columns[0] == columns[1]
    assert numbers(called, "chapter-1") == ["1"]


def test_no_blank_comes_between_chinese_characters_round_a_callout_at_a_lines_end(
    make_book: MakeBook,
) -> None:
    book = make_book({"01.md": "# 灯\n\n一盏灯，[^a]\n照见水。\n\n[^a]: 注。\n"}, lang="zh-Hans")
    assert plain_text(book.section("chapter-1").blocks) == "一盏灯，照见水。"


def test_a_mark_without_text_is_refused_by_file_and_line(make_book: MakeBook) -> None:
    with pytest.raises(BookError, match=r"book/01\.md:3: The note \[\^x\] has no text"):
        make_book({"01.md": "# A\n\nOne[^x].\n"})


def test_a_file_that_leaves_a_div_open_is_refused_and_its_notes_are_not_lost(
    make_book: MakeBook,
) -> None:
    with pytest.raises(BookError, match=r"book/01\.md:7: A div that opens"):
        make_book({"01.md": "# A\n\nOne[^x].\n\n[^x]: Xi.\n\n::: {.verse}\nO\n"})


def test_notes_at_the_chapters_ends_need_no_section_of_their_own(make_book: MakeBook) -> None:
    files = {"01.md": "# A\n\nOne[^1].\n\n[^1]: A.\n"}
    assert "endnotes" in {one.role for one in make_book(files).sections}
    book = make_book(files, endnotes={"place": "chapter"})
    assert "endnotes" not in {one.role for one in book.sections}
    assert len(book.endnotes_of("chapter-1")) == 1


KEYS = ("a", "b2", "long-one", "注")


@st.composite
def chapters(draw: st.DrawFn) -> list[tuple[list[str], dict[str, list[str]]]]:
    """Chapters as the keys that their text calls, and those that each note's body calls."""
    return draw(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(KEYS), max_size=8),
                st.fixed_dictionaries(
                    {key: st.lists(st.sampled_from(KEYS), max_size=2) for key in KEYS}
                ),
            ),
            min_size=1,
            max_size=3,
        )
    )


def markdown(calls: list[str], bodies: dict[str, list[str]]) -> str:
    text = " ".join(f"w{n}[^{key}]" for n, key in enumerate(calls)) or "No note."
    notes = "\n\n".join(
        f"[^{key}]: Body of {key}" + "".join(f" and[^{one}]" for one in inside)
        for key, inside in bodies.items()
    )
    return f"# Title\n\n{text}\n\n{notes}\n"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chapters(), st.booleans(), st.sampled_from(["chapter", "book"]))
def test_every_callout_is_numbered_and_every_body_has_all_its_ways_back(
    drawn: list[tuple[list[str], dict[str, list[str]]]], merge: bool, numbering: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book").mkdir()
        for number, (calls, bodies) in enumerate(drawn):
            (folder / "book" / f"{number}.md").write_text(markdown(calls, bodies), "utf-8")
        metadata = Metadata.model_validate(
            {"title": "T", "endnotes": {"merge": merge, "numbering": numbering}}
        )
        book = assemble(read_manuscript(folder / "book", folder), metadata)
    is_whole(book)
    for number, (calls, _) in enumerate(drawn, start=1):
        section = book.section(f"chapter-{number}")
        inside = callouts(section.blocks)
        assert len(inside) == len(calls), "callouts are conserved"
        notes = book.endnotes_of(section.identifier)
        counted = [int(note.number) for note in notes]
        first = counted[0] if counted else 1
        assert counted == list(range(first, first + len(counted))), "no number is left out"
        assert first == 1 or numbering == "book"
        firsts = list(dict.fromkeys(int(number) for _, _, number in inside))
        assert firsts == sorted(firsts), "first callouts rise"
        if not merge:
            assert len(firsts) == len(calls)
        else:
            assert Counter(calls) == Counter(
                plain_text(note.blocks).split()[2]
                for note in notes
                for way in note.callouts
                if way in {identifier for identifier, _, _ in inside}
            )
    if numbering == "book":
        assert [int(note.number) for note in book.endnotes] == list(
            range(1, len(book.endnotes) + 1)
        )
