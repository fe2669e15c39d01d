"""Ace's verdicts in our words: which rule, how grave, which line inside the EPUB, what to do."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from quire.checks import ace
from quire.checks.ace import run_ace
from quire.problems import Problem, Severity, ToolMissing
from quire.toolchain import ace_program, chromium_path

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:lamp
</dc:identifier><dc:title>Lamp</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="dot" href="dot.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>"""
NAV = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"
xml:lang="en"><head><title>Lamp</title></head><body><nav epub:type="toc" role="doc-toc">
<h1>Contents</h1><ol><li><a href="text/one.xhtml">One</a></li></ol></nav></body></html>"""
FAULTY = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Lamp</title></head>
<body>
<h1>One</h1>
<h3>A level is skipped</h3>
<p>A lamp. <img src="../dot.svg"/></p>
<p style="color: #aaa; background: #fff">Hardly to be read.</p>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p3"></span>A page.</p>
</body></html>"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/></svg>'


@pytest.fixture(scope="session")
def faulty_epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small EPUB with a fault of each kind."""
    path = tmp_path_factory.mktemp("ace") / "-book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/package.opf", PACKAGE)
        archive.writestr("EPUB/nav.xhtml", NAV)
        archive.writestr("EPUB/text/one.xhtml", FAULTY)
        archive.writestr("EPUB/dot.svg", SVG)
    return path


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home, in which nothing may be written."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def found(faulty_epub: Path, home: Path) -> dict[str, Problem]:
    """What Ace finds in it, by code; one run for all tests."""
    try:
        ace_program(), chromium_path()
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        problems = run_ace(faulty_epub)
    by_code = {one.code: one for one in problems}
    assert len(by_code) == len(problems)
    return by_code


@pytest.mark.parametrize(
    ("code", "line", "severity", "words", "remedy"),
    [
        ("ace-image-alt", 7, Severity.ERROR, "a picture has no alternative text", "alt="),
        ("ace-html-has-lang", 2, Severity.ERROR, "doesn't tell its language", "`lang`"),
        ("ace-heading-order", 6, Severity.WARNING, "more than one level below", "number signs"),
        ("ace-color-contrast", 8, Severity.ERROR, "too alike to be read", "colours"),
        ("ace-pagebreak-label", 9, Severity.WARNING, "doesn't tell its number", "raw HTML"),
    ],
)
def test_each_fault_of_a_document_is_told_with_its_line_and_what_to_do(
    found: dict[str, Problem], faulty_epub: Path,
    code: str, line: int, severity: Severity, words: str, remedy: str,
) -> None:  # fmt: skip
    one = found[code]
    assert one.place == f"{faulty_epub}!/EPUB/text/one.xhtml:{line}"
    assert one.severity is severity
    assert words in one.message
    assert remedy in one.remedy


def test_metadata_that_the_package_lacks_is_told_of_the_package(
    found: dict[str, Problem], faulty_epub: Path
) -> None:
    one = found["ace-metadata-accessibilitysummary"]
    assert one.place == f"{faulty_epub}!/EPUB/package.opf"
    assert "accessibilitySummary" in one.message
    assert "`accessibility` in metadata.yaml" in one.remedy


def test_a_violation_shows_the_markup_without_its_namespaces(found: dict[str, Problem]) -> None:
    assert found["ace-image-alt"].message == (
        "Ace image-alt (critical): a picture has no alternative text: "
        '<img src="../dot.svg" />.'
    )  # fmt: skip


def test_nothing_else_is_found_and_nothing_is_written_at_home(
    found: dict[str, Problem], home: Path
) -> None:
    assert set(found) == {
        "ace-image-alt", "ace-html-has-lang", "ace-heading-order", "ace-color-contrast",
        "ace-pagebreak-label", "ace-epub-pagelist-missing-pagebreak",
        "ace-metadata-accessibilitysummary",
    }  # fmt: skip
    assert list(home.iterdir()) == []


def test_every_word_for_a_rule_ends_without_a_stop_and_every_remedy_with_one() -> None:
    for rule in (*ace._RULES.values(), *ace._FAMILIES.values()):
        assert not rule.wrong.endswith(".")
        assert rule.remedy.endswith(".")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    try:
        (one,) = run_ace(tmp_path / "none.epub")
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")
    assert one.code == "no-such-file"


def _program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files where node, Ace and Chromium should be, so that none of them is missed."""
    for name in ("node", "ace", "chromium"):
        monkeypatch.setenv(f"QUIRE_{name.upper()}", _program(tmp_path / name, "exit 1"))
    return tmp_path


@pytest.mark.parametrize(
    ("script", "words", "remedy"),
    [
        ("echo broken >&2; exit 1", "Ace failed: broken", "make fonts"),
        ("exit 0", "Ace failed: it said nothing", "make fonts"),
        ("echo '{}' > $4", "Ace failed: it said nothing", "make fonts"),
    ],
)
def test_an_ace_that_fails_is_a_problem_and_no_crash(
    script: str, words: str, remedy: str, stand_in: Path, faulty_epub: Path
) -> None:
    _program(stand_in / "node", script)
    (one,) = run_ace(faulty_epub)
    assert (one.code, one.severity) == ("ace-failed", Severity.ERROR)
    assert words in one.message
    assert remedy in one.remedy


def test_a_chromium_that_may_make_no_sandbox_is_as_good_as_none(
    stand_in: Path, faulty_epub: Path
) -> None:
    _program(stand_in / "node", "echo 'FATAL: No usable sandbox!' >&2; echo Bye >&2; exit 1")
    with pytest.raises(ToolMissing, match="A Chromium that this user may run") as missing:
        run_ace(faulty_epub)
    assert "user namespaces" in str(missing.value)


def test_an_ace_without_an_answer_is_stopped_and_told(
    stand_in: Path, faulty_epub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ace, "_LONGEST", 1)
    _program(stand_in / "node", "exec sleep 60")
    (one,) = run_ace(faulty_epub)
    assert one.message == "Ace had no answer after 1 seconds."


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no users by number")
def test_chromium_keeps_its_sandbox_unless_root_runs_it(
    tmp_path: Path, faulty_epub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        ace_program()
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")
    flags = tmp_path / "flags"
    monkeypatch.setenv("QUIRE_CHROMIUM", _program(tmp_path / "chromium", f'echo "$@" >{flags}'))
    (one,) = run_ace(faulty_epub)
    assert one.code == "ace-failed"
    assert ("--no-sandbox" in flags.read_text()) == (os.getuid() == 0)
