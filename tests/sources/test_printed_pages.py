"""PDFs of many makes, set for the test: columns, turned pages, pictures, notes, broken fonts."""

from __future__ import annotations

import base64
from pathlib import Path

import pikepdf
import pytest
import typst

from quire.cleaning import Run, run_rules
from quire.cleaning.draft import MarkKind
from quire.problems import BookError
from quire.sources import HintKind, Source, read_source
from quire.sources.glyphs import Line
from quire.sources.rows import rows_of

FONTS = Path(__file__).parents[2] / "build" / "fonts"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
WHO = ("The keeper", "A pilot", "The widow", "Her brother", "The clerk", "A stranger")
DID = ("counted the lanterns", "mended the long nets", "remembered an earlier winter")
SMALL = '#set page(width: 120mm, height: 170mm, margin: 15mm)\n#set text(size: 10pt, lang: "en")\n'
INDENTED = "#set par(justify: true, first-line-indent: 1.5em)\n"


def paragraph(number: int, sentences: int = 6) -> str:
    return " ".join(
        f"{WHO[(number + n) % 6]} {DID[(number * 2 + n) % 3]} below the harbour wall, "
        f"and on day {number * 40 + n + 11} said nothing of it."
        for n in range(sentences)
    )


def made(folder: Path, text: str, name: str = "p") -> Path:
    (folder / f"{name}.typ").write_text(text, "utf-8")
    fonts = [FONTS] if FONTS.exists() else []
    typst.compile(
        folder / f"{name}.typ",
        output=folder / f"{name}.pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts),
    )
    return folder / f"{name}.pdf"


def cleaned(path: Path) -> Run:
    return run_rules(read_source(path), below=800)


def blocks(run: Run, *without: MarkKind) -> list[str]:
    out = run.draft.spans(*without)
    return [b.text for b in run.draft.blocks() if not out.overlap(b.start, b.end)]


def covered(source: Source, kind: HintKind) -> list[str]:
    return [source.text[h.start : h.end] for h in source.hints if h.kind == kind]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    paragraphs = [paragraph(n) for n in range(12)]
    setting = SMALL.replace("margin", "columns: 2, margin") + INDENTED
    assert blocks(cleaned(made(tmp_path, setting + "\n\n".join(paragraphs)))) == paragraphs


def test_a_title_across_both_columns_stands_before_them(tmp_path: Path) -> None:
    paragraphs = [paragraph(n) for n in range(6)]
    title = '#place(top, scope: "parent", float: true, text(20pt)[Tales of the Northern Weir])\n'
    setting = SMALL.replace("margin", "columns: 2, margin") + INDENTED
    run = cleaned(made(tmp_path, setting + title + "\n\n".join(paragraphs)))
    assert blocks(run) == ["Tales of the Northern Weir", *paragraphs]


def test_the_cells_of_a_table_are_no_columns(tmp_path: Path) -> None:
    rows = "".join(f"[tide {n}], [hour {n}], [wind {n}], " for n in range(12))
    text = SMALL + paragraph(1) + f"\n\n#table(columns: 3, gutter: 12pt, {rows})\n\n" + paragraph(2)
    assert "tide 3 hour 3 wind 3" in read_source(made(tmp_path, text)).text.replace("\n", " ")


def test_notes_of_each_column_are_notes(tmp_path: Path) -> None:
    text = "\n\n".join(
        paragraph(n).replace(", and", f", and#footnote[Book {n}, leaf {n + 60}.]", 1)
        for n in range(8)
    )
    setting = SMALL.replace("margin", "columns: 2, margin") + INDENTED
    run = cleaned(made(tmp_path, setting + text))
    notes = [run.draft.text[m.start : m.end] for m in run.draft.marked(MarkKind.NOTE)]
    assert notes == [f"Book {n}, leaf {n + 60}." for n in range(8)]
    assert blocks(run, MarkKind.NOTE) == [
        paragraph(n).replace(", and", f", and[{n + 1}]", 1) for n in range(8)
    ]


def test_a_note_that_runs_on_to_the_next_page_is_whole(tmp_path: Path) -> None:
    long = " ".join(paragraph(n) for n in range(20, 24))
    text = "\n\n".join([paragraph(1), paragraph(2), f"{paragraph(3)}#footnote[{long}]"])
    later = "\n\n".join(paragraph(n) for n in range(4, 9))
    run = cleaned(made(tmp_path, f"{SMALL}{INDENTED}{text}\n\n{later}"))
    (note,) = run.draft.marked(MarkKind.NOTE)
    assert " ".join(run.draft.text[note.start : note.end].split()) == long


def test_the_size_that_most_is_set_in_may_be_that_of_the_notes(tmp_path: Path) -> None:
    texts, notes = [paragraph(n, 2) for n in range(8)], [paragraph(n + 30) for n in range(8)]
    called = [f"{text}#footnote[{note}]" for text, note in zip(texts, notes, strict=True)]
    run = cleaned(made(tmp_path, SMALL + INDENTED + "\n\n".join(called)))
    found = run.draft.marked(MarkKind.NOTE)
    assert [" ".join(run.draft.text[m.start : m.end].split()) for m in found] == notes
    assert blocks(run, MarkKind.NOTE) == [f"{t}[{n + 1}]" for n, t in enumerate(texts)]
    assert not run.draft.marked(MarkKind.HEADING)


def test_the_heading_of_an_only_chapter_is_no_title_of_the_work(tmp_path: Path) -> None:
    parts = "\n\n".join(f"== Below {n}\n\n{paragraph(n)}" for n in range(3))
    setting = SMALL + "#set heading(bookmarked: false)\n"
    run = cleaned(made(tmp_path, f"{setting}= Chapter I The Ferries\n\n{paragraph(5)}\n\n{parts}"))
    found = [run.draft.text[m.start : m.end] for m in run.draft.marked(MarkKind.HEADING)]
    assert found == ["Chapter I The Ferries", "Below 0", "Below 1", "Below 2"]


def test_headings_are_found_by_size_without_bookmarks(tmp_path: Path) -> None:
    parts = [
        f"= Tale {n}\n\n{paragraph(n)}\n\n== Below {n}\n\n{paragraph(n + 9)}" for n in range(3)
    ]
    setting = SMALL + "#set heading(bookmarked: false)\n"
    draft = cleaned(made(tmp_path, setting + "\n\n".join(parts))).draft
    found = [(m.value, draft.text[m.start : m.end]) for m in draft.marked(MarkKind.HEADING)]
    assert found == [one for n in range(3) for one in (("1", f"Tale {n}"), ("2", f"Below {n}"))]


def test_larger_type_that_goes_on_for_lines_is_no_heading(tmp_path: Path) -> None:
    called = f"#text(14pt)[{paragraph(3)}]"
    text = "\n\n".join([paragraph(1), called, paragraph(2), called, paragraph(4)])
    assert not cleaned(made(tmp_path, SMALL + text)).draft.marked(MarkKind.HEADING)


def test_a_line_without_an_indent_goes_on_though_a_sentence_ended_the_page(tmp_path: Path) -> None:
    first, second = paragraph(1, 3), paragraph(2, 3)
    broken = f"{first}#linebreak(justify: true)\n#pagebreak()\n"
    goes_on = f"{broken}#par(first-line-indent: 0em)[{second}]"
    begins = f"{broken}{second}"
    around = f"{paragraph(5)}\n\n{{}}\n\n{paragraph(7)}"
    setting = SMALL + INDENTED.replace("1.5em", "(amount: 1.5em, all: true)")
    run = cleaned(made(tmp_path, setting + around.format(goes_on)))
    assert blocks(run) == [paragraph(5), f"{first} {second}", paragraph(7)]
    run = cleaned(made(tmp_path, setting + around.format(begins)))
    assert blocks(run) == [paragraph(5), first, second, paragraph(7)]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path, angle: int) -> None:
    text = f"#rotate({angle}deg, reflow: true, block(width: 80mm)[{paragraph(1)}])"
    source = read_source(made(tmp_path, SMALL + text))
    assert " ".join(source.text.split()) == paragraph(1)


def test_pictures_are_cut_out_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "boat.png").write_bytes(PIXEL)
    text = f'{paragraph(1)}\n\n#image("boat.png", width: 40mm)\n\n{paragraph(2)}'
    source = read_source(made(tmp_path, SMALL + text))
    (picture,) = source.media
    assert picture.media_type == "image/png"
    assert [one.replace("\n", " ") for one in source.text.split("\n\n")] == [
        paragraph(1), "picture", paragraph(2),
    ]  # fmt: skip
    assert covered(source, HintKind.IMAGE) == ["picture"]


def test_soft_hyphens_inside_a_line_make_no_hyphen(tmp_path: Path) -> None:
    source = read_source(made(tmp_path, SMALL + "The har\u00adbour was late."))
    assert source.text.replace("\u00ad", "") == "The harbour was late."


def test_air_beside_ideographs_is_no_blank(tmp_path: Path) -> None:
    text = "灯船在2003年只来过3次，见《Tides》卷一：《江志》。"
    setting = '#set text(lang: "zh", font: "Noto Serif SC")\n'
    assert read_source(made(tmp_path, SMALL + setting + text)).text == text


def test_pages_without_text_among_others_are_named(tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(PIXEL)
    scan = '#page(margin: 0mm, image("scan.png", width: 100%, height: 100%, fit: "stretch"))\n'
    source = read_source(made(tmp_path, f"{SMALL}{paragraph(1)}\n{scan}{paragraph(2)}"))
    assert source.details["pages-without-text"] == "2"


def test_fonts_that_tell_no_letters_are_refused_by_name(tmp_path: Path) -> None:
    path = made(tmp_path, SMALL + paragraph(1))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                del one["/ToUnicode"]
        pdf.save(path)
    with pytest.raises(BookError, match="ocrmypdf"):
        read_source(path)


def test_a_mark_raised_at_a_lines_end_stays_there_though_the_line_is_in_pieces() -> None:
    def piece(text: str, left: float, right: float, bottom: float, size: float) -> Line:
        return Line(text, left, right, bottom, size, False, ())

    first, second = (
        piece("早船走了，", 48, 103, 325.4, 11),
        piece("晚船没有来，", 104, 356, 325.4, 11),
    )
    row = rows_of([first, second, piece("⑬", 356, 363, 329.8, 6.5)])
    assert [[line.text for line in lines] for lines in row] == [["早船走了，晚船没有来，⑬"]]


def test_marks_that_begin_anew_at_a_pages_foot_are_called_on_the_next(tmp_path: Path) -> None:
    marks = ("①", "②", "①", "②")
    said = [f"{WHO[n]} counted lantern {n + 3}.#super[{mark}]" for n, mark in enumerate(marks)]
    foot = "\n\n".join(f"#text(7pt)[{mark}Book {n}, leaf 9.]" for n, mark in enumerate(marks[:3]))
    last = "#v(1fr)\n#text(7pt)[②Book 3, leaf 9.]"
    pages = f"{said[0]} {said[1]}\n#v(1fr)\n{foot}\n#pagebreak()\n{said[2]} {said[3]}\n{last}"
    run = cleaned(made(tmp_path, SMALL + pages))
    found = [run.draft.text[m.start : m.end] for m in run.draft.marked(MarkKind.NOTE)]
    assert found == [f"Book {n}, leaf 9." for n in range(4)]
