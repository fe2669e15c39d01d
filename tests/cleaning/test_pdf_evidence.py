"""What print tells: heads, folios, notes and headings of PDFs, by place and size alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst

from quire.cleaning import Run, clean, run_rules
from quire.cleaning.draft import MarkKind
from quire.sources import read_source

FONTS = Path(__file__).parents[2] / "build" / "fonts"
WHO = ("The keeper", "A pilot", "The widow", "Her brother", "The clerk", "A stranger")
DID = ("counted the lanterns", "mended the long nets", "remembered an earlier winter")
WHERE = ("below the harbour wall", "beside the narrow channel", "upon the northern embankment")
TITLES = ("The Weir", "Low Water", "A Letter Home")


def paragraph(number: int, sentences: int = 8) -> str:
    return " ".join(
        f"{WHO[(number + n) % 6]} {DID[(number * 2 + n) % 3]} {WHERE[(number + n // 3) % 3]}, "
        f"and on day {number * 40 + n + 11} said nothing of it."
        for n in range(sentences)
    )


def printed(folder: Path, text: str, setting: str) -> Run:
    (folder / "p.typ").write_text(setting + text, "utf-8")
    fonts = [FONTS] if FONTS.exists() else []
    typst.compile(
        folder / "p.typ",
        output=folder / "p.pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts),
    )
    return run_rules(read_source(folder / "p.pdf"), below=800)


PAGE = '#set page(width: 120mm, height: 170mm, {})\n#set text(size: 11pt, lang: "en")\n'
PLAIN = "#set par(justify: true, first-line-indent: 1.5em)\n"
HEADS = (
    'numbering: "1", header: context { let all = query(selector(heading).before(here()));'
    " if calc.odd(here().page()) [Tales of the Weir] else if all.len() > 0 { all.last().body } }"
)  # fmt: skip


def english_book() -> tuple[str, list[str], list[str]]:
    """A book as Typst, its paragraphs without notes, and its notes."""
    lines, paragraphs, notes = [], [], []
    for chapter, title in enumerate(TITLES):
        lines.append(f"= {title}")
        for number in range(chapter * 9, chapter * 9 + 9):
            text = paragraph(number)
            paragraphs.append(text)
            if number % 2 == 0:
                note = f"See the harbour book, volume {number + 3}, leaf {number + 60}."
                notes.append(note)
                text = text.replace(", and", f", and#footnote[{note}]", 1)
            lines.append(text)
    return "\n\n".join(lines), paragraphs, notes


def blocks_of(run: Run) -> list[str]:
    """The text's paragraphs, without callouts, notes and headings."""
    out = run.draft.spans(MarkKind.NOTE, MarkKind.HEADING)
    found = [b.text for b in run.draft.blocks() if not out.overlap(b.start, b.end)]
    return [re.sub(r"\[\d+\]", "", text) for text in found]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("english")
    return printed(folder, english_book()[0], PAGE.replace("{}", HEADS) + PLAIN)


def test_every_paragraph_of_an_english_pdf_is_whole_and_no_furniture_is_left(english: Run) -> None:
    _, paragraphs, _ = english_book()
    assert blocks_of(english) == paragraphs


def test_every_note_stands_behind_the_paragraph_that_calls_it(english: Run) -> None:
    _, _, notes = english_book()
    text = english.draft.text
    bodies = english.draft.marked(MarkKind.NOTE)
    assert [" ".join(text[one.start : one.end].split()) for one in bodies] == notes
    callouts = english.draft.marked(MarkKind.NOTEREF)
    assert [one.value for one in callouts] == [one.value for one in bodies]
    for callout, body in zip(callouts, bodies, strict=True):
        assert text[: callout.start].endswith(", and")
        assert text[callout.end : body.start].count("\n\n") == 1


def test_the_headings_are_those_of_the_book(english: Run) -> None:
    heads = english.draft.marked(MarkKind.HEADING)
    assert [english.draft.text[one.start : one.end] for one in heads] == list(TITLES)
    assert {one.value for one in heads} == {"1"}


def test_a_pdf_without_heads_and_notes_loses_nothing(tmp_path: Path) -> None:
    paragraphs = [paragraph(n) for n in range(12)]
    run = printed(tmp_path, "\n\n".join(paragraphs), PAGE.replace("{}", "margin: 15mm") + PLAIN)
    assert blocks_of(run) == paragraphs


def test_a_raised_figure_without_a_note_is_left_alone(tmp_path: Path) -> None:
    text = paragraph(1) + " The yard has 30 m#super[2] of stone, on the 4#super[th] side."
    run = printed(tmp_path, text, PAGE.replace("{}", "margin: 15mm"))
    assert not run.draft.marked(MarkKind.NOTEREF)
    assert "m2 of stone, on the 4th side." in run.draft.text


def test_notes_that_start_over_on_each_page_find_their_callouts(tmp_path: Path) -> None:
    pages = [
        f"{paragraph(n)}#footnote[Book {n}, leaf one.] {paragraph(n + 1)}"
        f"#footnote[Book {n}, leaf two.]"
        for n in range(4)
    ]
    restart = "\n#pagebreak()\n#counter(footnote).update(0)\n"
    run = printed(tmp_path, restart.join(pages), PAGE.replace("{}", 'numbering: "1"'))
    text = run.draft.text
    wanted = [f"Book {n}, leaf {leaf}." for n in range(4) for leaf in ("one", "two")]
    bodies = run.draft.marked(MarkKind.NOTE)
    assert [text[one.start : one.end] for one in bodies] == wanted


def test_the_accounting_of_a_pdf_closes(tmp_path: Path) -> None:
    printed(tmp_path, english_book()[0], PAGE.replace("{}", HEADS) + PLAIN)
    cleaned = clean(read_source(tmp_path / "p.pdf"))
    assert cleaned.provenance.accounting().closes


def test_a_head_that_comes_once_a_chapter_goes_where_small_type_says_the_title_again(
    tmp_path: Path,
) -> None:
    head = (
        "header: context { let here_page = here().page();"
        " let all = query(selector(heading).before(here()));"
        " if all.len() > 0 and all.last().location().page() < here_page {"
        " set text(size: 8pt); [#all.last().body #h(1fr) #here_page] } }"
    )  # fmt: skip
    chapters = [
        f"#pagebreak(weak: true)\n= {title}\n"
        + "\n\n".join(paragraph(number, 9) for number in range(n * 4, n * 4 + 4))
        for n, title in enumerate(TITLES[:2])
    ]
    run = printed(tmp_path, "\n".join(chapters), PAGE.replace("{}", head) + PLAIN)
    assert blocks_of(run) == [paragraph(number, 9) for number in range(8)]


def test_columns_keep_their_order_and_the_notes_at_the_foot_of_each(tmp_path: Path) -> None:
    text, paragraphs, notes = english_book()
    narrow = "#set text(size: 9pt)\n#set footnote.entry(separator: line(length: 28%))\n"
    run = printed(tmp_path, narrow + text, PAGE.replace("{}", "columns: 2") + PLAIN)
    assert blocks_of(run) == paragraphs
    found = [run.draft.text[one.start : one.end] for one in run.draft.marked(MarkKind.NOTE)]
    assert [" ".join(one.split()) for one in found] == notes


def test_verse_and_quotations_that_stand_in_as_far_as_first_lines_are_told_from_paragraphs(
    tmp_path: Path,
) -> None:
    lines = ["O row the boats down the river,"] * 2
    verse = "#pad(left: 1.5em, par(first-line-indent: 0pt, justify: false)[" + (
        " #linebreak() ".join(lines) + "])"
    )
    quoted = f"#pad(x: 1.5em, par(first-line-indent: 0pt)[{paragraph(40, 3)}])"
    own = "She counted the oars, and went home by the lower path."
    texts = [paragraph(1), own, paragraph(2), verse, paragraph(3), quoted, paragraph(4)]
    setting = (
        "#set par(justify: true, spacing: 0.65em, first-line-indent: (amount: 1.5em, all: true))\n"
    )
    run = printed(tmp_path, "\n\n".join(texts), PAGE.replace("{}", "") + setting)
    found = [one for block in blocks_of(run) for one in block.split("\n")]
    assert found == [
        paragraph(1), own, paragraph(2), *lines, paragraph(3), paragraph(40, 3), paragraph(4),
    ]  # fmt: skip


def test_a_word_that_runs_out_of_its_column_parts_no_paragraph(tmp_path: Path) -> None:
    wide = paragraph(5) + " " + "Harbour" * 12 + " " + paragraph(6)
    texts = [paragraph(1), wide, *map(paragraph, range(7, 12))]
    setting = PLAIN + "#set text(size: 9pt, hyphenate: false)\n"
    run = printed(tmp_path, "\n\n".join(texts), PAGE.replace("{}", "columns: 2") + setting)
    assert blocks_of(run) == texts


TABLE = (
    "#align(center, table(columns: 3, stroke: none, inset: (x: 9pt, y: 4pt), table.hline(), "
    "[Boat], [Hour], [Crew], table.hline(), [Heron], [six], [three men], "
    "[Egret], [ten], [seven boys], [Curlew], [noon], [nobody at all], table.hline()))\n"
)
CELLS = (
    "Boat | Hour | Crew\n---|---|---\nHeron | six | three men\nEgret | ten | seven boys\n"
    "Curlew | noon | nobody at all"
)


def test_rows_between_rules_become_a_table(tmp_path: Path) -> None:
    text = f"{paragraph(1)}\n\n{TABLE}\n{paragraph(2)}"
    printed(tmp_path, text, PAGE.replace("{}", 'numbering: "1"') + PLAIN)
    cleaned = clean(read_source(tmp_path / "p.pdf"))
    assert CELLS in "".join(content for _, content in cleaned.files)


def test_a_table_that_floats_into_a_sentence_goes_behind_the_paragraph_that_calls_it(
    tmp_path: Path,
) -> None:
    calls = "The crews of that year are in Table 1. " + paragraph(3, 20)
    cut, last = paragraph(4, 20), paragraph(5)
    table = f"#place(top, float: true)[Table 1. Boats and their crews\n\n{TABLE}]\n"
    text = f"{calls}\n\n{cut}\n\n{table}{last}\n\n{paragraph(6)}"
    printed(tmp_path, text, PAGE.replace("{}", 'numbering: "1"') + PLAIN)
    cleaned = clean(read_source(tmp_path / "p.pdf"))
    made = "".join(content for _, content in cleaned.files)
    assert made.index(calls) < made.index(CELLS) < made.index(cut) < made.index(last)


def test_letters_of_a_label_that_stand_apart_are_a_word_and_go_with_the_title(
    tmp_path: Path,
) -> None:
    chapters = [
        f"#pagebreak(weak: true)\n#text(9pt, tracking: 1.6pt)[CHAPTER {n}]\n\n"
        f"#text(18pt)[{title}]\n\n{paragraph(n, 9)}\n\n{paragraph(n + 3, 9)}"
        for n, title in enumerate(TITLES, 1)
    ]
    run = printed(tmp_path, "\n".join(chapters), PAGE.replace("{}", 'numbering: "1"') + PLAIN)
    heads = run.draft.marked(MarkKind.HEADING)
    said = [run.draft.text[one.start : one.end] for one in heads]
    assert said == [f"CHAPTER {n}: {title}" for n, title in enumerate(TITLES, 1)]


def test_numbers_of_a_list_are_no_column_and_its_items_are_whole(tmp_path: Path) -> None:
    items = [f"{number}. {paragraph(number, 2)}" for number in range(1, 9)]
    text = "\n".join(f"+ {paragraph(number, 2)}" for number in range(1, 9))
    setting = PLAIN + "#set enum(body-indent: 1.8em)\n"
    run = printed(tmp_path, f"{paragraph(9)}\n\n{text}", PAGE.replace("{}", "") + setting)
    assert blocks_of(run) == [paragraph(9), *items]


def test_a_last_column_of_a_few_lines_is_read_after_the_first(tmp_path: Path) -> None:
    chapters = [
        f"#pagebreak(weak: true)\n= {title}\n{paragraph(n, 9)}\n\n{paragraph(n + 3, 8)}"
        for n, title in enumerate(TITLES)
    ]
    setting = PLAIN + "#set text(size: 9pt)\n#show heading: set text(size: 14pt)\n"
    run = printed(tmp_path, "\n".join(chapters), PAGE.replace("{}", "columns: 2") + setting)
    wanted = [text for n in range(3) for text in (paragraph(n, 9), paragraph(n + 3, 8))]
    assert blocks_of(run) == wanted


def test_who_said_it_stands_below_a_saying_as_a_line_of_its_own(tmp_path: Path) -> None:
    saying = "The weir keeps no man waiting twice."
    epigraph = f"#pad(left: 30%)[{saying}#linebreak()#h(1fr)---~Old miller]\n\n#v(1em)\n"
    text = f"{epigraph}{paragraph(1)}\n\n{paragraph(2)}"
    run = printed(tmp_path, text, PAGE.replace("{}", 'numbering: "1"') + PLAIN)
    assert [one.replace("\xa0", " ") for one in blocks_of(run)[:3]] == [
        saying, "— Old miller", paragraph(1),
    ]  # fmt: skip
