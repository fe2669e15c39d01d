"""What Word documents tell beyond their words: headings by hand, changes, comments, contents."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quire.cleaning import run_rules
from quire.cleaning.draft import MarkKind
from quire.sources import HintKind, Source, read_source
from quire.toolchain.tools import pandoc_path

HARBOUR = """# The Weir

The keeper counted the lanterns below the wall, and nobody asked him for the number.

# Low Water

In the morning two of them were gone, and the water stood lower than it had all year.

# A Letter

He wrote it down in the harbour book, where it is still to be read by anyone who asks.
"""
Change = Callable[[str], str]


def word(path: Path, text: str, document: Change, styles: Change = str) -> Source:
    """A Word document of Markdown, its parts changed as word processors change them."""
    made = path.with_suffix(".made.docx")
    command = [str(pandoc_path()), "-f", "markdown", "-o", str(made)]
    subprocess.run(command, input=text.encode(), check=True, capture_output=True)
    changes = {"word/document.xml": document, "word/styles.xml": styles}
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                content = changes[name](content.decode()).encode()
            new.writestr(name, content)
    return read_source(path)


def headings(source: Source) -> list[tuple[str, str]]:
    return [
        (h.value, source.text[h.start : h.end]) for h in source.hints if h.kind == HintKind.HEADING
    ]


def by_hand(properties: str) -> Change:
    """Headings without a style: their runs are larger or bold instead."""

    def change(xml: str) -> str:
        paragraphs = re.split(r"(<w:p>.*?</w:p>)", xml, flags=re.DOTALL)
        return "".join(
            re.sub(
                r"<w:r>(<w:rPr>.*?</w:rPr>)?", f"<w:r><w:rPr>{properties}</w:rPr>",
                re.sub(r"<w:pStyle [^>]*>", "", one),
            ) if "Heading1" in one else one
            for one in paragraphs
        )  # fmt: skip

    return change


@pytest.mark.parametrize("properties", ['<w:sz w:val="36"/>', "<w:b/>"])
def test_headings_made_by_hand_are_found_by_their_type(tmp_path: Path, properties: str) -> None:
    source = word(tmp_path / "hand.docx", HARBOUR, by_hand(properties))
    assert headings(source) == []
    draft = run_rules(source, below=700).draft
    found = [(m.value, draft.text[m.start : m.end]) for m in draft.marked(MarkKind.HEADING)]
    assert found == [("1", "The Weir"), ("1", "Low Water"), ("1", "A Letter")]


def test_a_document_without_any_larger_line_has_no_headings(tmp_path: Path) -> None:
    source = word(tmp_path / "flat.docx", HARBOUR, by_hand(""))
    assert not run_rules(source, below=560).draft.marked(MarkKind.HEADING)


def test_a_style_is_a_heading_by_its_name_in_the_users_language(tmp_path: Path) -> None:
    source = word(
        tmp_path / "named.docx", HARBOUR, lambda xml: xml.replace('"Heading1"', '"a3"'),
        lambda xml: xml.replace(
            "</w:styles>",
            '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 1"/></w:style>'
            "</w:styles>",
        ),
    )  # fmt: skip
    assert headings(source) == [("1", "The Weir"), ("1", "Low Water"), ("1", "A Letter")]


def test_a_style_is_a_heading_by_its_outline_level(tmp_path: Path) -> None:
    source = word(
        tmp_path / "level.docx", HARBOUR, lambda xml: xml.replace('"Heading1"', '"Own"'),
        lambda xml: xml.replace(
            "</w:styles>",
            '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>'
            '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>',
        ),
    )  # fmt: skip
    assert [level for level, _ in headings(source)] == ["2", "2", "2"]


def test_tracked_changes_are_accepted_and_counted(tmp_path: Path) -> None:
    def change(xml: str) -> str:
        gone = '<w:del w:id="90" w:author="x"><w:r><w:delText>nearly </w:delText></w:r></w:del>'
        come = '<w:ins w:id="91" w:author="x"><w:r><w:t>Sometimes </w:t></w:r></w:ins>'
        at = xml.index("<w:r>", xml.index("<w:p>", xml.index("</w:p>")))
        return f"{xml[:at]}{gone}{come}{xml[at:]}"

    source = word(tmp_path / "tracked.docx", HARBOUR, change)
    assert "Sometimes The keeper counted" in source.text
    assert "nearly" not in source.text
    assert source.details["insertions-accepted"] == "1"
    assert source.details["deletions-accepted"] == "1"


def test_contents_that_word_made_are_left_out_and_counted(tmp_path: Path) -> None:
    line = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Low Water 7</w:t></w:r></w:p>'
    source = word(
        tmp_path / "contents.docx", HARBOUR, lambda xml: xml.replace("<w:body>", f"<w:body>{line}"),
        lambda xml: xml.replace(
            "</w:styles>",
            '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
            "</w:styles>",
        ),
    )  # fmt: skip
    assert "Low Water 7" not in source.text
    assert source.details["contents-left-out"] == "1"


def test_a_circle_of_styles_is_no_trap(tmp_path: Path) -> None:
    ring = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/>'
        '<w:basedOn w:val="A"/></w:style></w:styles>'
    )
    source = word(
        tmp_path / "ring.docx", HARBOUR, lambda xml: xml.replace('"Heading1"', '"A"'),
        lambda xml: xml.replace("</w:styles>", ring),
    )  # fmt: skip
    assert "The keeper counted" in source.text
