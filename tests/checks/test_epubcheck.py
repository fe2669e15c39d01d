"""EPUBCheck's verdicts in our words: what, where inside the EPUB, and what to do about it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from quire.checks import check_editions
from quire.checks.epubcheck import run_epubcheck
from quire.problems import Severity, ToolMissing

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:lamp
</dc:identifier><dc:title>Lamp</dc:title><dc:language>en</dc:language>{date}
<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>"""
PAGE = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Lamp</title></head>
<body>{body}</body></html>"""
NAV = '<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>'


def epub(path: Path, body: str = "<p>A lamp.</p>", date: str = "") -> Path:
    """A small EPUB of one document."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/package.opf", PACKAGE.format(date=date))
        archive.writestr("EPUB/nav.xhtml", PAGE.format(body=NAV))
        archive.writestr("EPUB/one.xhtml", PAGE.format(body=body))
    return path


def test_a_valid_epub_gets_no_problem(tmp_path: Path) -> None:
    assert run_epubcheck(epub(tmp_path / "book.epub")) == []


def test_each_place_of_an_error_is_a_problem_with_its_file_inside_the_epub(tmp_path: Path) -> None:
    body = '<p id="a">One.</p>\n<p id="a">Two. <a href="#nowhere">Link.</a></p>'
    path = epub(tmp_path / "book.epub", body)
    found = run_epubcheck(path)
    assert {(one.code, one.place) for one in found} == {
        ("epubcheck-rsc-005", f"{path}!/EPUB/one.xhtml:4"),
        ("epubcheck-rsc-005", f"{path}!/EPUB/one.xhtml:5"),
        ("epubcheck-rsc-012", f"{path}!/EPUB/one.xhtml:5"),
    }
    assert all(one.severity is Severity.ERROR for one in found)
    (link,) = [one for one in found if one.code == "epubcheck-rsc-012"]
    assert link.message == (
        "EPUBCheck RSC-012: Fragment identifier is not defined (EPUB/one.xhtml#nowhere)."
    )
    assert link.remedy == "Correct the link: nothing in the book has that identifier."


def test_warnings_stay_warnings_and_advice_is_a_note_but_for_what_has_a_reason(
    tmp_path: Path,
) -> None:
    body = 2 * '<p epub:type="rearnote">A lamp.</p><p epub:type="endnote">Another.</p>'
    found = run_epubcheck(epub(tmp_path / "b.epub", body, date="<dc:date>last spring</dc:date>"))
    warning, advice = sorted(found, key=lambda one: one.severity, reverse=True)
    assert (warning.code, warning.severity) == ("epubcheck-opf-053", Severity.WARNING)
    assert "2026-11-24" in warning.remedy
    assert (advice.code, advice.severity) == ("epubcheck-opf-086b", Severity.NOTE)
    assert '"rearnote" is deprecated' in advice.message
    assert advice.message.endswith(", here and in 1 more places.")


def test_the_list_of_all_that_would_be_allowed_is_left_out(tmp_path: Path) -> None:
    (found,) = run_epubcheck(epub(tmp_path / "b.epub", "<p><ul><li>x</li></ul></p>"))
    assert found.message == 'EPUBCheck RSC-005: element "ul" not allowed here.'


def test_a_file_that_is_no_epub_is_an_error_of_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "-book.epub"
    path.write_bytes(b"not a zip file")
    found = run_epubcheck(path)
    assert found
    assert {one.place for one in found} == {str(path)}
    assert all(one.severity is Severity.ERROR and one.remedy for one in found)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    (found,) = run_epubcheck(tmp_path / "none.epub")
    assert found.code == "no-such-file"


def test_without_java_the_tool_is_named_and_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_JAVA", str(tmp_path / "no-java"))
    with pytest.raises(ToolMissing) as missing:
        run_epubcheck(epub(tmp_path / "book.epub"))
    assert missing.value.exit_code == 3
    assert "QUIRE_JAVA" in str(missing.value)


@pytest.mark.parametrize(
    ("script", "words"),
    [("echo broken >&2; exit 1", "broken"), ("echo {}", "it said nothing"), ("", "said nothing")],
)
def test_a_java_that_fails_is_a_problem_and_no_crash(
    script: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setenv("QUIRE_JAVA", str(java))
    (found,) = run_epubcheck(epub(tmp_path / "book.epub"))
    assert found.code == "epubcheck-failed"
    assert words in found.message


def test_every_epub_in_a_folder_is_checked_and_a_folder_without_any_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_CHROMIUM", str(tmp_path / "none"))  # without Ace, it is quicker
    (only,) = check_editions(tmp_path).problems
    assert (only.code, only.severity) == ("no-editions", Severity.NOTE)
    epub(tmp_path / "good.epub")
    epub(tmp_path / "bad.epub", '<p><a href="#nowhere">Link.</a></p>')
    checked = check_editions(tmp_path)
    assert [Path(path).name for path in checked.checked] == ["bad.epub", "good.epub"]
    assert [line.rpartition(": ")[2] for line in checked.lines] == [
        "EPUBCheck found 1",
        "EPUBCheck found nothing",
    ]
    (note,) = [one for one in checked.problems if one.severity is Severity.NOTE]
    assert note.code == "ace-not-run"
    assert note.message == "Ace checked nothing: Chromium is not installed."
    assert "QUIRE_CHROMIUM" in note.remedy
