"""What ebooklib leaves open, and that our EPUBs have it nevertheless.

Each test looks at a book as ebooklib alone writes it, too: when that has been mended there, the
test says so by failing, and the step of `quire.editions.epub.finishing` that makes up for it can
go.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from ebooklib import epub
from epub_reading import NCX, OPF, TYPE, Read, X
from lxml import etree
from sample import sample_book

from quire.editions.model import BuildContext

XML = "{http://www.w3.org/XML/1998/namespace}"


@pytest.fixture(scope="module")
def bare() -> zipfile.ZipFile:
    """A book in Arabic, with a part and a creator's role, as ebooklib alone writes it."""
    made = epub.EpubBook()
    made.set_identifier("urn:uuid:1")
    made.add_author("Anna Wen", uid="creator", role="aut")
    made.set_title("One")
    made.set_language("ar")
    made.set_direction("rtl")
    chapter = epub.EpubHtml(title="One", file_name="one.xhtml", lang="ar")
    chapter.content = '<h1 class="own">One</h1><svg viewBox="0 0 1 1"></svg>'
    for item in (chapter, epub.EpubNcx(), epub.EpubNav()):
        made.add_item(item)
    made.toc, made.spine = [chapter], ["nav", chapter]
    written = io.BytesIO()
    epub.write_epub(written, made)
    return zipfile.ZipFile(written)


@pytest.fixture
def ours(build: Callable[..., Read]) -> Read:
    return build(sample_book(lang="ar"))


def package_of(bare: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(bare.read("EPUB/content.opf"))


def test_the_package_says_its_language_and_direction(bare: zipfile.ZipFile, ours: Read) -> None:
    assert package_of(bare).get(f"{XML}lang") is None
    assert (ours.package.get(f"{XML}lang"), ours.package.get("dir")) == ("ar", "rtl")


def test_the_package_states_no_prefix_that_is_reserved(bare: zipfile.ZipFile, ours: Read) -> None:
    # EPUB 3.3 appendix D.1.4: reserved prefixes need no declaration.
    assert "rendition" in package_of(bare).get("prefix", "")
    assert ours.package.get("prefix") is None


def test_metadata_of_the_package_have_no_prefix_of_their_own(
    bare: zipfile.ZipFile, ours: Read
) -> None:
    names = package_of(bare)[0].nsmap
    assert "opf" in names
    assert b"opf:" not in ours.files["EPUB/content.opf"]
    assert all(entry.prefix in {None, "dc"} for entry in ours.package[0])


def test_a_refinement_stands_behind_what_it_refines(bare: zipfile.ZipFile, ours: Read) -> None:
    given = [str(entry.tag).rpartition("}")[2] for entry in package_of(bare)[0]]
    assert given.index("meta") < given.index("identifier")  # what stands for the book comes first
    entries = list(ours.package[0])
    core = [entry for entry in entries if entry.prefix == "dc"]
    assert entries[0] in core
    for place, entry in enumerate(entries):
        if refined := entry.get("refines"):
            before = [one.get("id") for one in entries[:place] if not one.get("refines")]
            assert f"#{before[-1]}" == refined


def test_the_contents_have_a_heading_of_the_first_level_and_all_lists(
    bare: zipfile.ZipFile, ours: Read
) -> None:
    navigation = etree.fromstring(bare.read("EPUB/nav.xhtml"))
    assert [one.get(TYPE) for one in navigation.iter(f"{X}nav")] == ["toc"]
    assert next(navigation.iter(f"{X}h1"), None) is None
    page = ours.page("nav.xhtml")
    assert {"toc", "landmarks", "loi", "lot"} <= {one.get(TYPE) for one in page.iter(f"{X}nav")}
    assert len(list(page.iter(f"{X}h1"))) == 1


def test_the_ncx_says_its_language_and_lists_more_than_the_contents(
    bare: zipfile.ZipFile, ours: Read
) -> None:
    given = etree.fromstring(bare.read("EPUB/toc.ncx"))
    assert given.get(f"{XML}lang") is None
    assert next(given.iter(f"{NCX}navList"), None) is None
    ncx = etree.fromstring(ours.files["EPUB/toc.ncx"])
    assert ncx.get(f"{XML}lang") == "ar"
    assert len(list(ncx.iter(f"{NCX}navList"))) == 2


def test_a_documents_own_markup_stays_as_it_was_written(bare: zipfile.ZipFile) -> None:
    # It parses a chapter as HTML, which knows no capitals: an SVG loses its viewBox. That is why
    # our documents are given to it as finished items.
    assert b"viewbox" in bare.read("EPUB/one.xhtml")


def test_no_entry_tells_the_clocks_time(
    bare: zipfile.ZipFile, ours: Read, context: BuildContext
) -> None:
    this_year = datetime.now().year  # noqa: DTZ005 - ZIP entries have no time zone
    assert {entry.date_time[0] for entry in bare.infolist()} == {this_year}
    assert {entry.date_time for entry in ours.entries} == {context.date.timetuple()[:6]}
    assert ours.properties("dcterms:modified") == [f"{context.date:%Y-%m-%dT%H:%M:%SZ}"]


def test_ebooklib_doesnt_sign_the_book(bare: zipfile.ZipFile, ours: Read) -> None:
    generators = [one for one in package_of(bare).iter(f"{OPF}meta") if one.get("name")]
    assert [one.get("name") for one in generators] == ["generator"]
    assert b"Ebook-lib" not in ours.files["EPUB/content.opf"]
