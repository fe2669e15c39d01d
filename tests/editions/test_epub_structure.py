"""What an EPUB's elements mean: a manuscript with one of everything goes the whole way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from epub_reading import TYPE, Read, X, of_type, texts
from lxml import etree
from sample import MEDIA

from quire.assembly import Book, assemble
from quire.checks.ace import run_ace
from quire.checks.epubcheck import run_epubcheck
from quire.editions.epub import EDITION
from quire.editions.epub.lowering import DIVISIONS
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.manuscript import read_manuscript
from quire.manuscript.roles import ROLES
from quire.metadata import Metadata
from quire.problems import ToolMissing

Build = Callable[..., Read]
MATHS = "{http://www.w3.org/1998/Math/MathML}"

MADE_BY_DATA = {"halftitle", "titlepage", "copyright", "contents", "figures", "tables", "endnotes"}
"""Roles of sections that no file of this manuscript is for."""

EVERYTHING = r"""
# Everything[^title] {#all}

::: {.epigraph}
A lamp need not be large.

— An old joiner
:::

A note[^several], the same again[^several], and one that has much to say[^long].

## A heading with a note[^heading] {#pagebreak-3}

![Steps to the right[^caption]](ladder.svg){#fig-steps alt="Four steps." longdesc="steps-told"}

Between the figure and its description stands a paragraph.

::: {#steps-told .long-description}
The steps rise from the lower left to the upper right.
:::

![Steps again](ladder.svg){#fig-again alt="Four steps again." longdesc="again-told"}

::: {#again-told .long-description}
They rise as before.
:::

|          | Winter | Summer |
|:---------|:------:|-------:|
| Water    | 120    | 85     |
| Oil[^cell] | 60   | 40     |

: Two seasons {#tbl-seasons}

| Station | Departure | Destination | Interchange | Accommodation | Remarks      |
|:--------|:----------|:------------|:------------|:--------------|:-------------|
| North   | seven     | harbour     | crossroads  | guesthouse    | refreshments |

: Every connection[^wide] {#tbl-connections}

+----------+---------------+
| Both                     |
+==========+===============+
| one cell | first         |
|          +---------------+
|          | second        |
+----------+---------------+

The area is $a^2 < b$, and

$$S = \sum_{n=1}^{9} n.$$

What no program knows is $\nosuchsign{x}$ as it was written.

```{.python .numberLines startFrom=5 Seen=Twice}
for cut in board:
    remember(cut)
```

    Code without a language.

Call `make`{.sh}, or `make` alone.

::: {.callout-warning}
The iron is sharp.
:::

::: {.tip onclick="go()"}
Wet the stone.
:::

::: {.pullquote}
Wood remembers.
:::

[^title]: On the title.
[^several]: Called twice.
[^long]:
    First paragraph.

    - a list
    - of two

    > A quotation at the end.
[^heading]: On a heading.
[^caption]: In a caption.
[^cell]: In a cell.
[^wide]: On a wide table.
"""

LISTS = {
    "glossary": "# Words\n\nPlane\n:   Makes level.\n\nStone\n:   Makes sharp.\n",
    "index": "# Index\n\n- lamp, [1](01-all.md)\n- plane, [1](01-all.md#pagebreak-3)\n",
}
"""Role → a file in the form that such matter has."""


def book_in(folder: Path, files: dict[str, str], **settings: Any) -> Book:
    """A book assembled from files given as name → Markdown."""
    manuscript = folder / "book"
    manuscript.mkdir(parents=True, exist_ok=True)
    (manuscript / "ladder.svg").write_bytes((MEDIA / "ladder.svg").read_bytes())
    for name, text in files.items():
        (manuscript / name).write_text(text, "utf-8")
    given: dict[str, Any] = {"title": "Everything", "author": "Ida Moore", "lang": "en"}
    metadata = Metadata.model_validate(given | settings)
    return assemble(read_manuscript(manuscript, folder), metadata)


def files_of_every_role() -> dict[str, str]:
    """One file a role that a file can have, around the chapter that holds everything."""
    roles = [role for name, role in ROLES.items() if name not in MADE_BY_DATA | {"chapter"}]
    order = {"front": "00", "body": "02", "back": "03"}
    made = {"01-all.md": EVERYTHING}
    for number, role in enumerate(roles):
        text = LISTS.get(role.name, f"# Called {role.name}\n\nWords of the {role.name}.\n")
        name = f"{order[role.matter]}-{number:02}-{role.name}.md"
        made[name] = f"---\nrole: {role.name}\n---\n\n{text}"
    return made


@pytest.fixture(scope="module")
def everything(context: BuildContext, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The EPUB of a book with every role and everything, and its print edition's pages."""
    folder = tmp_path_factory.mktemp("everything")
    book = book_in(folder, files_of_every_role())
    earlier = {"print-pdf": PRINT.build(book, folder, context)}
    return Read(EDITION.build(book, folder, replace(context, earlier=earlier)))


@pytest.fixture
def made(everything: Read) -> etree._Element:
    """The chapter that holds everything."""
    return everything.page("all.xhtml")


def test_epubcheck_finds_nothing_in_a_book_of_everything(everything: Read) -> None:
    assert run_epubcheck(everything.path) == []


def test_ace_finds_no_violation_of_any_level_in_it(everything: Read) -> None:
    try:
        assert run_ace(everything.path) == []
    except ToolMissing as missing:
        pytest.skip(str(missing))


class TestRoles:
    """Types of EPUB Structural Semantics Vocabulary 1.1 and roles of DPUB-ARIA 1.1."""

    @pytest.mark.parametrize("name", ROLES)
    def test_a_section_has_the_type_and_the_role_of_its_matter(
        self, everything: Read, name: str
    ) -> None:
        role = ROLES[name]
        pages = everything.pages()
        if name == "contents":
            (found,) = [one for one in everything.page("nav.xhtml").iter(f"{X}nav")
                        if one.get(TYPE) == "toc"]  # fmt: skip
        else:
            found = next(one for _, page in pages for one in page.iter(f"{X}section")
                         if one.get("class") == name)  # fmt: skip
            body = found.getparent()
            assert body is not None
            assert body.get(TYPE) == f"{role.matter}matter"
        assert (found.get(TYPE), found.get("role", "")) == (role.epub_type, role.aria)
        assert not role.aria or found.get("aria-labelledby") or found.get("aria-label")

    def test_no_type_or_role_is_one_that_the_standards_have_given_up(
        self, everything: Read
    ) -> None:
        nodes = [node for _, page in everything.pages() for node in page.iter("*")]
        assert not {node.get("role") for node in nodes} & {"doc-endnote", "doc-biblioentry"}
        types = {one for node in nodes for one in node.get(TYPE, "").split()}
        given_up = {
            "biblioentry",
            "help",
            "rearnote",
            "rearnotes",
            "sidebar",
            "subchapter",
            "warning",
        }
        assert not types & given_up

    def test_entries_of_a_glossary_say_what_they_are(self, everything: Read) -> None:
        page = everything.page("glossary.xhtml")
        for kind, name in (("glossterm", "dt"), ("glossdef", "dd")):
            assert [etree.QName(one).localname for one in of_type(page, kind)] == [name, name]

    def test_a_division_has_the_role_of_its_class_and_of_quartos(
        self, made: etree._Element
    ) -> None:
        found = [(one.get(TYPE), one.get("role")) for one in made.iter(f"{X}div") if one.get(TYPE)]
        assert found == [DIVISIONS[one] for one in ("epigraph", "warning", "tip", "pullquote")]

    def test_what_is_meant_for_a_program_is_left_out(self, made: etree._Element) -> None:
        keys = {str(key) for node in made.iter("*") for key in node.attrib}
        assert not [key for key in keys if key.startswith(("data-", "on"))]


class TestNotes:
    """Callouts and notes by name, from wherever they are called."""

    def test_every_callout_is_called_by_its_name(self, everything: Read) -> None:
        named = [
            (a.get("aria-label"), texts(a))
            for _, page in everything.pages() for a in of_type(page, "noteref")
        ]  # fmt: skip
        assert len(named) == 8
        assert all(name == f"Note {number}" for name, number in named)

    def test_the_ways_back_are_told_apart_and_stand_last(self, everything: Read) -> None:
        notes = {
            one.get("id"): one for one in of_type(everything.page("endnotes.xhtml"), "endnote")
        }
        twice = of_type(notes["note-all-several"], "backlink")
        assert [one.get("aria-label") for one in twice] == [
            "Back to text, note 2, place 1", "Back to text, note 2, place 2",
        ]  # fmt: skip
        assert [texts(one).strip("↩\ufe0e") for one in twice] == ["1", "2"]
        for item in notes.values():
            *_, last = (node for node in item.iter(f"{X}a"))
            assert last.get(TYPE) == "backlink"
            assert (last.tail or "").strip() == ""

    def test_a_note_of_several_blocks_keeps_them(self, everything: Read) -> None:
        (item,) = [one for one in of_type(everything.page("endnotes.xhtml"), "endnote")
                   if one.get("id") == "note-all-long"]  # fmt: skip
        assert [etree.QName(one).localname for one in item] == ["p", "ul", "blockquote", "p"]

    @pytest.mark.parametrize("place", ["h1", "h2", "figcaption", "caption", "th"])
    def test_a_note_can_be_called_there(self, made: etree._Element, place: str) -> None:
        assert [one for node in made.iter(f"{X}{place}") for one in of_type(node, "noteref")]


class TestTables:
    """Heads, spans, alignment, and room."""

    @pytest.fixture
    def tables(self, made: etree._Element) -> list[etree._Element]:
        return list(made.iter(f"{X}table"))

    def test_rows_are_headed_where_the_corner_is_empty(self, tables: list[etree._Element]) -> None:
        heads = [
            (texts(one).rstrip("0123456789"), one.get("scope")) for one in tables[0].iter(f"{X}th")
        ]
        assert heads == [("Winter", "col"), ("Summer", "col"), ("Water", "row"), ("Oil", "row")]
        corner = next(tables[0].iter(f"{X}td"))
        assert texts(corner) == ""

    def test_rows_are_headed_where_the_author_says_so(self, build: Build, tmp_path: Path) -> None:
        rows = "| Season | Water |\n|--------|-------|\n| Winter | 120 |\n| Summer | 85 |\n"
        text = f"# Seasons {{#seasons}}\n\n{rows}\n: Two seasons {{.row-heads}}\n"
        (table,) = build(book_in(tmp_path, {"01.md": text})).page("seasons.xhtml").iter(f"{X}table")
        heads = [(texts(one), one.get("scope")) for one in table.iter(f"{X}th")]
        assert heads == [("Season", "col"), ("Water", "col"), ("Winter", "row"), ("Summer", "row")]
        assert table.get("class") is None

    def test_a_wide_table_scrolls_by_itself_and_has_a_name(
        self, tables: list[etree._Element]
    ) -> None:
        boxes = [one.getparent() for one in tables]
        told = [(one.get("role"), one.get("tabindex"), one.get("aria-label"))
                for one in boxes if one is not None]  # fmt: skip
        assert told == [
            (None, None, None),
            ("region", "0", "Table 2 Every connection"),
            (None, None, None),
        ]

    def test_cells_may_span_rows_and_columns(self, tables: list[etree._Element]) -> None:
        spans = [
            (one.get("colspan"), one.get("rowspan")) for one in tables[2].iter(f"{X}th", f"{X}td")
        ]
        assert spans == [("2", None), (None, "2"), (None, None), (None, None)]

    def test_columns_are_aligned_by_class(self, tables: list[etree._Element]) -> None:
        row = [one.get("class") for one in tables[0].iter(f"{X}th")]
        assert row[:2] == ["center", "right"]
        assert not [one for table in tables for one in table.iter(f"{X}td", f"{X}th")
                    if one.get("style")]  # fmt: skip


class TestFormulaeAndCode:
    """MathML with its source, and code with its language."""

    def test_formulae_are_mathml_and_say_their_source(self, made: etree._Element) -> None:
        found = [(one.get("display"), one.get("alttext")) for one in made.iter(f"{MATHS}math")]
        assert found == [("inline", "a^2 < b"), ("block", r"S = \sum_{n=1}^{9} n.")]

    def test_a_formula_that_nobody_knows_is_its_source(self, made: etree._Element) -> None:
        (found,) = [one for one in made.iter(f"{X}code") if one.get("class") == "language-tex"]
        assert r"\nosuchsign{x}" in texts(found)

    def test_code_tells_its_language_as_html_has_it(self, made: etree._Element) -> None:
        blocks = [(pre.get("class"), pre[0].get("class")) for pre in made.iter(f"{X}pre")]
        assert blocks == [(None, "language-python"), (None, None)]
        lines = [one.get("class") for one in made.iter(f"{X}code")
                 if texts(one).strip() == "make"]  # fmt: skip
        assert lines == ["language-sh", None]


class TestFigures:
    """Pictures as vectors, with a short and a long description."""

    def test_a_drawing_stays_a_vector_with_its_words(
        self, everything: Read, made: etree._Element
    ) -> None:
        found = [(one.get("src", ""), one.get("alt")) for one in made.iter(f"{X}img")]
        assert found == [("media/ladder.svg", "Four steps."),
                         ("media/ladder.svg", "Four steps again.")]  # fmt: skip
        assert everything.files["EPUB/media/ladder.svg"].lstrip().startswith(b"<")

    def test_a_long_description_is_pointed_to_and_linked_where_it_is_elsewhere(
        self, made: etree._Element
    ) -> None:
        pictures = [one.get("aria-details") for one in made.iter(f"{X}img")]
        assert pictures == ["steps-told", "again-told"]
        links = [one.get("href") for one in made.iter(f"{X}a") if texts(one) == "Long description"]
        assert links == ["#steps-told"], "the other one comes next anyway"
        assert [one.get("id") for one in made.iter(f"{X}details")] == pictures


class TestAddresses:
    """Identifiers: one of each, the same after other words have changed."""

    def test_every_list_of_the_contents_leads_forward_to_a_place(self, everything: Read) -> None:
        order: dict[str, int] = {}
        for name in everything.reading_order():
            order.setdefault(name, len(order))
            for node in everything.page(name).iter("*"):
                if node.get("id"):
                    order[f"{name}#{node.get('id')}"] = len(order)
        for kind in ("toc", "loi", "lot", "page-list"):
            places = [order[address] for _, address in everything.nav(kind)]
            assert places, kind
            assert places == sorted(places), kind
        assert {address for _, address in everything.nav("landmarks")} <= order.keys()

    def test_an_identifier_of_the_authors_is_never_given_to_something_else(
        self, everything: Read, made: etree._Element
    ) -> None:
        (heading,) = [one for one in made.iter() if one.get("id") == "pagebreak-3"]
        assert etree.QName(heading).localname == "h2"
        (page,) = [address for folio, address in everything.nav("page-list") if folio == "3"]
        assert page.endswith("#pagebreak-3-2")

    def test_what_is_written_elsewhere_changes_no_address(
        self, build: Build, tmp_path: Path
    ) -> None:
        before = build(book_in(tmp_path / "a", {"01-all.md": EVERYTHING}))
        changed = EVERYTHING.replace(
            "A note[^several]", "New words come first[^new], and more.\n\nA note[^several]"
        ).replace("[^title]: On", "[^new]: Added.\n\n[^title]: On", 1)
        after = build(book_in(tmp_path / "b", {"01-all.md": changed}))
        lost = {*addresses(before)} - {*addresses(after)}
        assert lost == set()
        assert {*addresses(after)} - {*addresses(before)} == {
            "all.xhtml#call-all-new", "endnotes.xhtml#note-all-new",
        }  # fmt: skip


def addresses(made: Read) -> Iterator[str]:
    """Every place of a book that a link can lead to."""
    for name, page in made.pages():
        for node in page.iter("*"):
            if node.get("id"):
                yield f"{name}#{node.get('id')}"
