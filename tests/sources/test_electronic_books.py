"""EPUB files of other makers: what their own contents tell of headings."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from quire.sources import HintKind, Source, read_source

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="O/p.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"{}><head><title>t</title></head>{}</html>'
NAV = XHTML.format(
    ' xmlns:epub="http://www.idpf.org/2007/ops"',
    '<body><nav epub:type="toc"><ol><li><a href="a.xhtml">Low  Water</a><ol>'
    '<li><a href="a.xhtml#s">The Weir</a></li></ol></li></ol></nav></body>',
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Low Water'
    '</text></navLabel><content src="a.xhtml"/><navPoint><navLabel><text>The Weir</text></navLabel>'
    '<content src="a.xhtml#s"/></navPoint></navPoint></navMap></ncx>'
)
NAV_ITEM = '<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
NCX_ITEM = '<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/>'
ITEMS = {"nav": ("n.xhtml", NAV_ITEM, NAV), "ncx": ("t.ncx", NCX_ITEM, NCX)}


def book(folder: Path, kind: str, body: str) -> Source:
    name, item, contents = ITEMS[kind]
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        f'{item}</manifest><spine><itemref idref="a"/></spine></package>'
    )
    path = folder / "b.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("O/p.opf", package)
        archive.writestr(f"O/{name}", contents)
        archive.writestr("O/a.xhtml", XHTML.format("", f"<body>{body}</body>"))
    return read_source(path)


def headings(source: Source) -> list[tuple[str, str]]:
    return [
        (h.value, source.text[h.start : h.end]) for h in source.hints if h.kind == HintKind.HEADING
    ]


@pytest.mark.parametrize("kind", ITEMS)
def test_lines_that_the_contents_name_are_headings(kind: str, tmp_path: Path) -> None:
    body = '<p>LOW WATER</p><p>It fell.</p><p id="s"><b>The Weir</b></p><p>It stood.</p>'
    assert headings(book(tmp_path, kind, body)) == [("1", "LOW WATER"), ("2", "The Weir")]


@pytest.mark.parametrize("kind", ITEMS)
def test_headings_of_the_documents_own_go_before_the_contents(kind: str, tmp_path: Path) -> None:
    body = "<h3>Low Water</h3><p>The Weir</p><p>It stood.</p>"
    assert headings(book(tmp_path, kind, body)) == [("3", "Low Water")]


@pytest.mark.parametrize("kind", ITEMS)
def test_words_that_the_contents_dont_say_stay_text(kind: str, tmp_path: Path) -> None:
    assert headings(book(tmp_path, kind, "<p>It fell.</p><p>It stood.</p>")) == []


def test_a_label_on_a_line_of_its_own_is_set_off_from_its_title(tmp_path: Path) -> None:
    label, title = '<span class="label">第一编</span>', '<span class="title">一门手艺</span>'
    source = book(tmp_path, "nav", f"<h1>{label}\n{title}</h1><p>潮水退了。</p>")
    assert headings(source) == [("1", "第一编 一门手艺")]
