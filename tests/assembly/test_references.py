"""Figures, tables, pictures, cross-references and links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quire.assembly import Book
from quire.pandoc import plain_text, walk
from quire.problems import BookError

MakeBook = Callable[..., Book]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture in the manuscript's folder."""
    path = tmp_path / "book" / "figures" / "The Lamp.svg"
    path.parent.mkdir(parents=True)
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    return path


def nodes(book: Book, section: str, kind: str) -> list[dict[str, Any]]:
    return [node for node in walk(book.section(section).blocks) if node["t"] == kind]


def test_a_figure_has_its_label_picture_words_and_long_description(
    make_book: MakeBook, picture: Path
) -> None:
    text = (
        '# A\n\n![A lamp](<../figures/The Lamp.svg>){#fig-lamp alt="Lit" longdesc="far"}\n\n'
        "::: {.long-description #far}\nIt burns.\n:::\n\n"
        "See [@fig-lamp; @fig-lamp], [-@fig-lamp].\n"
    )
    book = make_book({"01-x/01.md": text})
    (figure,) = nodes(book, "chapter-1", "Figure")
    (identifier, _, pairs), caption, _ = figure["c"]
    assert identifier == "fig-lamp"
    assert dict(pairs) == {"longdesc": "far", "label": "Figure 1"}
    assert plain_text(caption[1]) == "A lamp"
    (image,) = nodes(book, "chapter-1", "Image")
    assert image["c"][2][0] == "media/the-lamp.svg"
    assert dict(image["c"][0][2]) == {"alt": "Lit"}
    assert [(one.name, one.path, one.media_type) for one in book.media] == [
        ("media/the-lamp.svg", picture, "image/svg+xml")
    ]
    links = nodes(book, "chapter-1", "Link")
    assert [(plain_text(one), one["c"][2][0]) for one in links] == [
        ("Figure 1", "#fig-lamp"),
        ("Figure 1", "#fig-lamp"),
        ("1", "#fig-lamp"),
    ]
    assert all(one["c"][0] == ["", ["crossref"], []] for one in links)
    assert "See Figure 1, Figure 1, 1." in plain_text(book.section("chapter-1").blocks)
    assert [(one.identifier, one.label, one.section) for one in book.figures] == [
        ("fig-lamp", "Figure 1", "chapter-1")
    ]


def test_figures_and_tables_are_counted_apart_through_the_book(
    make_book: MakeBook, picture: Path
) -> None:
    table = "| a |\n|---|\n| 1 |\n"
    text = f"# A\n\n![One](<figures/The Lamp.svg>)\n\n{table}\n: Cap\n\nText.\n\n{table}"
    book = make_book({"01.md": text, "02.md": text})
    assert [one.label for one in book.figures] == ["Figure 1", "Figure 2"]
    assert [one.label for one in book.tables] == ["Table 1", "Table 2"]
    assert len(book.media) == 1, "one file is one picture, however often it is shown"
    assert len({one.identifier for one in (*book.figures, *book.tables)}) == 4


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere.png", "There is no picture nowhere.png"),
        ("../../outside.png", "outside the book's folder"),
        ("/etc/hostname", "outside the book's folder"),
        ("https://example.org/x.png", "isn't a file of the book"),
        ("data:image/png;base64,AAAA", "isn't a file of the book"),
        ("notes.txt", "isn't a picture"),
    ],
)
def test_a_picture_that_cannot_be_in_the_book_is_refused_by_file_and_line(
    make_book: MakeBook, tmp_path: Path, target: str, words: str
) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "notes.txt").write_text("x", "utf-8")
    (tmp_path.parent / "outside.png").write_bytes(b"x")
    with pytest.raises(BookError, match=r"book/01\.md:3: ") as raised:
        make_book({"01.md": f"# A\n\n![x]({target})\n"})
    assert words in str(raised.value)


def test_a_link_to_a_picture_outside_is_no_way_round(make_book: MakeBook, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    secret = tmp_path.parent / "secret.png"
    secret.write_bytes(b"x")
    (tmp_path / "book" / "x.png").symlink_to(secret)
    with pytest.raises(BookError, match="outside the book's folder"):
        make_book({"01.md": "# A\n\n![x](x.png)\n"})


def test_links_lead_to_chapters_headings_and_places_in_other_files(make_book: MakeBook) -> None:
    book = make_book(
        {
            "01-x/01.md": "# A\n\n[f](../02.md) [h](../02.md#oil-lamps) [g](#far) [o](http://x.org)\n\n"
            "## 灯\n\n[u](#灯)\n",
            "02.md": "# B\n\n## Oil Lamps\n\n[far]{#far}[^n]\n\n[^n]: See [A](01-x/01.md).\n",
        }
    )
    targets = [one["c"][2][0] for one in nodes(book, "chapter-1", "Link")]
    assert targets == ["#chapter-2", "#oil-lamps", "#far", "http://x.org", "#chapter-1-section-1"]
    (note,) = book.endnotes
    assert [node["c"][2][0] for node in walk(note.blocks) if node["t"] == "Link"] == ["#chapter-1"]


@pytest.mark.parametrize(
    "written", ["[x](#nowhere)", "[x](99.md)", "[x](01.md#no)", "[x](file:///etc/x)", "[x](a.pdf)"]
)
def test_a_link_to_nothing_is_refused_by_file_and_line(make_book: MakeBook, written: str) -> None:
    with pytest.raises(BookError, match=r"book/01\.md:5: A link leads to "):
        make_book({"01.md": f"# A\n\nX.\n\n{written}\n"})


def test_every_link_within_the_book_leads_to_an_identifier_of_the_book(
    make_book: MakeBook,
) -> None:
    text = "# 灯 {#灯}\n\n## 油 {#油}\n\n[a](#灯) [b](#油) [c](#same) [d](#d)[^1]\n\n## Same\n\n"
    text += "[x]{#d}\n\n[^1]: [e](#油), [f]{#f}, [g](#f)\n"
    other = text.replace("#灯", "#水").replace("#油", "#绳").replace("#d", "#D").replace("#f", "#F")
    book = make_book({"01.md": text, "02.md": other})
    trees = [*(one.blocks for one in book.sections), *(one.blocks for one in book.endnotes)]
    places = [one.identifier for one in book.sections]
    places += [
        node["c"][1 if node["t"] == "Header" else 0][0]
        for node in walk(trees)
        if node["t"] in {"Header", "Span"}
    ]
    targets = [node["c"][2][0][1:] for node in walk(trees) if node["t"] == "Link"]
    assert len(targets) == 12
    assert set(targets) <= set(places)
    assert len(set(targets)) == 10, "each file's own place of a name is meant"


def test_a_reference_to_nothing_is_refused_by_file_and_line(make_book: MakeBook) -> None:
    with pytest.raises(BookError, match=r"book/01\.md:3: \[@fig-x\] refers to nothing"):
        make_book({"01.md": "# A\n\nSee [@fig-x].\n"})


def test_a_reference_to_a_section_says_its_number_or_its_title(make_book: MakeBook) -> None:
    book = make_book(
        {
            "01.md": "# A {#sec-a}\n\n## Oil {#sec-oil}\n\nX.\n",
            "02.md": "# B\n\n@sec-a, @sec-oil.\n",
        }
    )
    assert plain_text(book.section("chapter-2").blocks) == "Chapter 1, Oil."


def test_a_citation_stays_as_it_is_written_with_a_warning(make_book: MakeBook) -> None:
    book = make_book({"01.md": "# A\n\nSo [@moore2020, p. 3].\n"})
    assert "[@moore2020, p." in plain_text(book.section("chapter-1").blocks)
    (problem,) = book.problems
    assert (problem.code, problem.place) == ("citation-unresolved", "book/01.md:3")


def test_tags_with_a_meaning_are_kept_and_others_named(make_book: MakeBook) -> None:
    text = (
        "# A\n\nH<sub>2</sub>O<br>x <blink>y</blink> <!-- aside --> <b>open\n\n"
        "<script>alert(1)</script>\n\n\\newpage\n\n"
        "\\begin{equation}\na = b\n\\end{equation}\n"
    )
    book = make_book({"01.md": text})
    blocks = book.section("chapter-1").blocks
    kinds = {node["t"] for node in walk(blocks)}
    assert not kinds & {"RawInline", "RawBlock"}
    assert {"Subscript", "LineBreak", "Math"} <= kinds
    words = plain_text(blocks)
    assert "y" in words
    assert "open" in words
    assert "alert" not in words
    named = [(one.message.split()[0], one.place) for one in book.problems]
    assert named == [
        ("<blink>", "book/01.md:3"),
        ("<b>", "book/01.md:3"),
        ("<script>", "book/01.md:5"),
        ("\\newpage", "book/01.md:7"),
    ]
