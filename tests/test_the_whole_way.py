"""The main job, end to end: the default book, and the real messy document, to editions."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from quire.checks.ace import run_ace
from quire.checks.epubcheck import run_epubcheck
from quire.cli import main
from quire.problems import ToolMissing

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def names_in(folder: Path) -> set[str]:
    """Every file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in found}


def copy_of_default_book(folder: Path) -> Path:
    """The default book in a folder of its own, without what was built of it."""
    for name in ("book", "covers"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copyfile(ROOT / "metadata.yaml", folder / "metadata.yaml")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default book's editions."""
    folder = copy_of_default_book(tmp_path_factory.mktemp("default"))
    assert main(["build", "--quiet", "--book", str(folder)]) == 0
    return folder / "dist"


def documents(epub: Path) -> dict[str, etree._Element]:
    """Every XHTML file of an EPUB, parsed."""
    with zipfile.ZipFile(epub) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


def noterefs_and_ways_back(epub: Path) -> tuple[int, int, int]:
    """How many callouts, bodies and ways back an EPUB holds, each link followed to its end."""
    pages = documents(epub)
    anchors = {
        (Path(name).name, node.get("id"))
        for name, page in pages.items()
        for node in page.iter()
        if node.get("id")
    }
    callouts, bodies, back = 0, set[str](), 0
    for name, page in pages.items():
        for node in page.iter(f"{XHTML}a"):
            role = node.get(EPUB_TYPE) or ""
            if role not in {"noteref", "backlink"}:
                continue
            file, _, fragment = node.get("href", "").partition("#")
            assert (Path(file).name or Path(name).name, fragment) in anchors
            if role == "noteref":
                callouts += 1
                bodies.add(node.get("href", ""))
            else:
                back += 1
    return callouts, len({href.partition("#")[2] for href in bodies}), back


def pdf_text(path: Path) -> str:
    """A PDF's text, read with another library than the one that set it, without blanks."""
    document = pypdfium2.PdfDocument(path)
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))
    return re.sub(r"\s+", "", "".join(pages))


def test_the_default_book_has_every_edition_and_its_shelf(built: Path) -> None:
    names = {path.name for path in built.iterdir()}
    assert {"index.html", "SHA256SUMS", "build-report.json", "cover.jpg"} <= names
    assert sum(name.endswith(".epub") for name in names) == 1
    assert sum(name.endswith(".pdf") for name in names) == 2


def test_the_default_books_notes_all_lead_there_and_back(built: Path) -> None:
    callouts, bodies, back = noterefs_and_ways_back(next(built.glob("*.epub")))
    assert bodies >= 25
    assert callouts == back
    assert callouts > bodies, "some notes are called twice"


def test_the_checksums_are_those_of_the_files(built: Path) -> None:
    lines = (built / "SHA256SUMS").read_text("utf-8").splitlines()
    named = {}
    for line in lines:
        digest, _, name = line.partition("  ")
        named[name] = digest
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest
    assert set(named) == names_in(built) - {"SHA256SUMS"}


def test_two_builds_give_identical_bytes(built: Path, tmp_path: Path) -> None:
    folder = copy_of_default_book(tmp_path)
    # Another process, another folder, another hash seed.
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", "--book", str(folder)]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"})
    again = folder / "dist"
    assert names_in(again) == names_in(built)
    for name in names_in(built):
        assert (built / name).read_bytes() == (again / name).read_bytes(), name


def test_epubcheck_finds_nothing_in_the_default_book(built: Path) -> None:
    assert run_epubcheck(next(built.glob("*.epub"))) == []


def test_ace_finds_no_violation_of_any_level_in_the_default_book(built: Path) -> None:
    try:
        assert run_ace(next(built.glob("*.epub"))) == []
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")


@pytest.fixture(scope="module")
def from_seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book made of the real messy document by `new --from` and `build`."""
    seeds = sorted(SEEDS.glob("*.txt"))
    if not seeds:
        pytest.skip("the real messy document isn't here (../shared/seeds)")
    folder = tmp_path_factory.mktemp("seed") / "book"
    assert main(["new", str(folder), "--from", str(seeds[0]), "--quiet"]) == 0
    assert main(["build", "--book", str(folder), "--quiet"]) == 0
    return folder


def test_the_messy_document_becomes_an_epub_with_14_of_14_notes(from_seed: Path) -> None:
    callouts, bodies, back = noterefs_and_ways_back(next((from_seed / "dist").glob("*.epub")))
    assert (callouts, bodies, back) == (14, 11, 14)


def test_epubcheck_finds_nothing_in_the_messy_documents_epub(from_seed: Path) -> None:
    assert run_epubcheck(next((from_seed / "dist").glob("*.epub"))) == []


def test_the_messy_documents_pdfs_hold_the_mended_words_and_no_furniture(from_seed: Path) -> None:
    for path in (from_seed / "dist").glob("*.pdf"):
        text = pdf_text(path)
        for mended in ("基层干部在处理", "行动、反思", "很大程度上不能满足", "从而将训战结合"):
            assert mended in text
        for furniture in ("Copyright", "bookan", "Poweredby", "ICP备"):
            assert furniture not in text


def test_replaying_the_ledger_over_the_source_gives_the_chapters(from_seed: Path) -> None:
    from quire.cleaning import read_ledger, replay, split_bundle
    from quire.sources import read_source

    ledger = read_ledger(from_seed / "book" / "ledger.jsonl")
    source = read_source(min(SEEDS.glob("*.txt")))
    files = dict(split_bundle(replay(source.text, ledger)))
    on_disk = {
        path.relative_to(from_seed / "book").as_posix(): path.read_text("utf-8")
        for path in (from_seed / "book").rglob("*.md")
    }
    assert files == on_disk


def test_the_build_report_counts_what_is_there(built: Path) -> None:
    report = json.loads((built / "build-report.json").read_text("utf-8"))
    listed = set(report["files"])
    assert listed == names_in(built)
