"""Each feature of the comparison is seen in an EPUB that has it, and in none that hasn't."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from benchmarks.epub_comparison.features import FEATURES, Epub

OPS = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"'
ALL_SCHEMA = "".join(
    f'<meta property="schema:{name}">x</meta>'
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature",
                 "accessibilityHazard", "accessibilitySummary")
)  # fmt: skip
CALLED = '<p>Fog.<a id="r1" epub:type="noteref" href="#n1">1</a></p>'
NOTE = '<ol><li id="n1" epub:type="endnote">A word. {}</li></ol>'
BACK = '<a role="doc-backlink" href="#r1" aria-label="Back to text, note 1">↩</a>'


def epub(folder: Path, *, body: str = "", meta: str = "", css: str = "", ncx: bool = False) -> Epub:
    """An EPUB with no more than these parts."""
    path = folder / "book.epub"
    with zipfile.ZipFile(path, "w") as packed:
        opf = f'<package xmlns="http://www.idpf.org/2007/opf"><metadata>{meta}</metadata></package>'
        packed.writestr("EPUB/content.opf", opf)
        packed.writestr("EPUB/one.xhtml", f"<html {OPS}><body>{body}</body></html>")
        packed.writestr("EPUB/book.css", css)
        if ncx:
            packed.writestr("EPUB/toc.ncx", "<ncx/>")
    return Epub(path)


def nav(kind: str) -> str:
    return f'<nav epub:type="{kind}"><ol><li><a href="one.xhtml">1</a></li></ol></nav>'


HAS = {
    "pages of print in the page-list": {"body": nav("page-list")},
    "landmarks": {"body": nav("landmarks")},
    "list of figures": {"body": nav("loi")},
    "NCX for old readers": {"ncx": True},
    "every note there and back": {"body": CALLED + NOTE.format(BACK)},
    "ways back with names": {"body": CALLED + NOTE.format(BACK)},
    "notes pop up": {"body": CALLED + NOTE.format("")},
    "accessibility metadata whole": {"meta": ALL_SCHEMA},
    "conformance claimed, by whom": {
        "meta": '<meta property="dcterms:conformsTo">x</meta>'
        '<meta property="a11y:certifiedBy">x</meta>'
    },
    "DPUB-ARIA roles of sections": {"body": '<section role="doc-chapter"/>'},
    "every picture described": {"body": '<img src="a.png" alt="a boat"/>'},
    "language of foreign runs": {"body": '<p>He said <i lang="fr">non</i>.</p>'},
    "reader's colours untouched": {"css": "body { margin: 0 } a { color: red }"},
}
LACKS = {
    "every note there and back": {"body": CALLED + NOTE.format("")},
    "ways back with names": {"body": CALLED + NOTE.format('<a role="doc-backlink" href="#r1"/>')},
    "notes pop up": {"body": CALLED + '<p id="n1">A word.</p>'},
    "accessibility metadata whole": {"meta": '<meta property="schema:accessMode">x</meta>'},
    "conformance claimed, by whom": {"meta": '<meta property="dcterms:conformsTo">x</meta>'},
    "every picture described": {"body": '<img src="a.png" alt=""/>'},
    "language of foreign runs": {"body": '<p lang="en-GB">He said no.</p>'},
    "reader's colours untouched": {"css": "body { background-color: white }"},
}


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_seen_where_it_is_and_nowhere_else(name: str, tmp_path: Path) -> None:
    told = FEATURES[name]
    assert told(epub(tmp_path, **HAS[name]))  # type: ignore[arg-type] # parts of several kinds
    assert not told(epub(tmp_path, **LACKS.get(name, {})))
