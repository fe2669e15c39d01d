"""What stands in odd places of Word documents: boxes, fields, equations, tables in tables."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from quire.cleaning import run_rules
from quire.sources import HintKind, Source, read_source
from quire.toolchain.tools import pandoc_path

NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
GRAPHIC = "http://schemas.openxmlformats.org/drawingml/2006/main"


def word(folder: Path, content: str, text: str = "# The Weir\n\nHe went out.\n") -> Source:
    """A Word document that pandoc made, with `content` behind its text."""
    made, path = folder / "made.docx", folder / "book.docx"
    command = [str(pandoc_path()), "-f", "markdown", "-o", str(made)]
    subprocess.run(command, input=text.encode(), check=True, capture_output=True)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                part = part.replace("<w:document", f"<w:document {NAMESPACES}", 1)
                part = part.replace("<w:sectPr", f"{content}<w:sectPr", 1)
            new.writestr(name, part.encode("utf-8", "surrogateescape"))
    return read_source(path)


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, printed: str) -> str:
    told = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return mark("begin") + told + mark("separate") + run(printed) + mark("end")


def table(*rows: str) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<w:tbl") else paragraph(run(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}<w:p/></w:tc>"


def questions(source: Source) -> list[str]:
    found = run_rules(source, until="told-by-the-file").suggestions
    return [one.why for one in found if one.rule == "told-by-the-file"]


BOX = f"<w:txbxContent>{paragraph(run('A lamp.'))}{paragraph(run('A bell.'))}</w:txbxContent>"
OLD = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
NEW = (
    f'<w:drawing><wp:anchor><a:graphic xmlns:a="{GRAPHIC}"><a:graphicData uri="x"><wps:wsp>'
    f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
BOTH = (
    f'<mc:AlternateContent><mc:Choice Requires="wps">{NEW}</mc:Choice>'
    f"<mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize("box", [OLD, NEW, BOTH], ids=["old", "new", "both"])
def test_a_text_box_stands_once_behind_its_paragraph(tmp_path: Path, box: str) -> None:
    source = word(tmp_path, paragraph(run("He lit "), f"<w:r>{box}</w:r>", run("it.")))
    assert source.text.split("\n\n")[2:] == ["He lit it.", "A lamp.", "A bell."]
    assert questions(source) == ["one text box stands behind its paragraph: see that it is right"]


def test_a_box_inside_a_box_keeps_its_order(tmp_path: Path) -> None:
    inner = paragraph(run("Inner."))
    held = f"<w:r>{OLD.replace(BOX, f'<w:txbxContent>{inner}</w:txbxContent>')}</w:r>"
    outer = f"<w:txbxContent>{paragraph(run('Outer.'), held)}</w:txbxContent>"
    box = f"<w:r>{OLD.replace(BOX, outer)}</w:r>"
    source = word(tmp_path, paragraph(run("Text."), box) + paragraph(run("More.")))
    assert source.text.split("\n\n")[2:] == ["Text.", "Outer.", "Inner.", "More."]


def test_fields_of_pages_and_contents_go_and_others_keep_their_words(tmp_path: Path) -> None:
    simple = f'<w:fldSimple w:instr=" PAGE ">{run("21")}</w:fldSimple>'
    named = f'<w:fldSimple w:instr=" REF boat ">{run("the ferry")}</w:fldSimple>'
    contents = (
        paragraph(
            mark("begin"), "<w:r><w:instrText> TOC </w:instrText></w:r>", mark("separate"),
            run("The Weir "), field("PAGEREF a", "5"),
        )
        + paragraph(run("Low Water 8"))
        + paragraph(mark("end"))
    )  # fmt: skip
    source = word(
        tmp_path,
        contents + paragraph(run("Below "), simple, named, field("PAGE", "17"))
        + paragraph(run("Boat "), field("SEQ Boat", "3"), run(", page "), field("PAGEREF b", "9")),
    )  # fmt: skip
    assert source.text.split("\n\n")[2:] == ["Below the ferry", "Boat 3, page 9"]
    assert source.details["page-fields-left-out"] == "3"
    assert source.details["page-references"] == "1"


def test_a_field_without_an_end_swallows_nothing(tmp_path: Path) -> None:
    begun = mark("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + mark("separate")
    source = word(tmp_path, paragraph(begun) + paragraph(run("The boat was late.")))
    assert source.text.endswith("The boat was late.")


def test_fields_in_fields_by_the_thousand_take_linear_time(tmp_path: Path) -> None:
    deep = mark("begin") * 20_000 + mark("end") * 20_000
    assert word(tmp_path, paragraph(deep, run("It was late."))).text.endswith("It was late.")


def maths(content: str) -> str:
    spaced = re.sub(r"\[(.*?)\]", r"<m:r><m:t>\1</m:t></m:r>", content)
    return f"<m:oMath>{spaced}</m:oMath>"


SUM = (
    '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>[i]</m:sub><m:sup>[n]</m:sup>'
    "<m:e>[i]</m:e></m:nary>"
)


@pytest.mark.parametrize(
    ("content", "tex"),
    [
        ("<m:f><m:num>[a]</m:num><m:den>[b]</m:den></m:f>", r"$\frac{a}{b}$"),
        ("<m:sSup><m:e>[x]</m:e><m:sup>[2]</m:sup></m:sSup>", "$x^{2}$"),
        ("<m:rad><m:deg/><m:e>[y]</m:e></m:rad>", r"$\sqrt{y}$"),
        (SUM, r"$\sum_{i}^{n}i$"),
    ],
)
def test_equations_are_maths(tmp_path: Path, content: str, tex: str) -> None:
    source = word(tmp_path, paragraph(run("So "), maths(content), run(" it is.")))
    assert source.text.endswith(f"So {tex} it is.")
    (hint,) = (h for h in source.hints if h.kind == HintKind.MARKDOWN)
    assert source.text[hint.start : hint.end] == tex


def test_merged_cells_stay_merged(tmp_path: Path) -> None:
    wide = cell("Wide", '<w:gridSpan w:val="2"/>')
    tall = cell("Tall", '<w:vMerge w:val="restart"/>') + cell("a")
    source = word(tmp_path, table(wide, tall, cell("", "<w:vMerge/>") + cell("b")))
    assert [source.text.count(one) for one in ("Wide", "Tall", "| a", "| b")] == [1, 1, 1, 1]


def test_a_table_in_a_table_is_kept_as_text_and_named(tmp_path: Path) -> None:
    inner = table(cell("two") + cell("three"))
    source = word(tmp_path, table(cell("one") + cell(inner), cell("four") + cell("five")))
    assert all(one in source.text for one in ("one", "two", "three", "four", "five"))
    assert source.details["nested-tables"] == "one two three four five"


def test_words_that_were_moved_stand_once_and_changes_are_asked_about(tmp_path: Path) -> None:
    gone = f'<w:moveFrom w:id="1" w:author="x">{run("late ")}</w:moveFrom>'
    come = f'<w:moveTo w:id="2" w:author="x">{run("late")}</w:moveTo>'
    source = word(tmp_path, paragraph(gone, run("The boat was "), come, run(".")))
    assert source.text.endswith("\n\nThe boat was late.")
    assert [why.partition(":")[0] for why in questions(source)] == [
        "one tracked insertion was kept", "one tracked deletion was made",
    ]  # fmt: skip


def test_notes_called_in_a_table_are_tied(tmp_path: Path) -> None:
    text = "| boat[^1] | oar |\n|---|---|\n| rope | bell[^2] |\n\n[^1]: Lent.\n\n[^2]: Cracked.\n"
    source = word(tmp_path, "", text)
    assert [h.value for h in source.hints if h.kind == HintKind.NOTEREF] == ["n1", "n2"]
    notes = [source.text[h.start : h.end] for h in source.hints if h.kind == HintKind.NOTE]
    assert notes == ["Lent.", "Cracked."]
