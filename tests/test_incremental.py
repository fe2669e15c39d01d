"""Builds that know what was made before: the same bytes as builds that don't, and sooner."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quire.cli import main
from quire.production import produce
from quire.toolchain.cache import Cache

ROOT = Path(__file__).parent.parent
METADATA = "title: {title}\nlang: en\ndate: 2026-01-01\neditions: [epub, web]\n"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
WORDS = st.sampled_from(
    ["The tide turned.", "A note.[^n]\n\n[^n]: Its text.", "## Section", "_Lamp_"]
)


def write_book(folder: Path) -> Path:
    (folder / "book").mkdir(parents=True)
    (folder / "metadata.yaml").write_text(METADATA.format(title="Tides"), "utf-8")
    for number in (1, 2, 3):
        text = f"# Chapter {number}\n\nText {number}.[^a]\n\n[^a]: Note {number}.\n"
        (folder / "book" / f"{number:02}.md").write_text(text, "utf-8")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


class Edits(RuleBasedStateMachine):
    """An author at work; after each change the book is built with and without what was made."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.versions: list[dict[str, str]] = []
        self.changed = True

    @initialize()
    def begin(self) -> None:
        write_book(self.folder / "a")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @property
    def chapters(self) -> list[Path]:
        return sorted((self.folder / "a" / "book").glob("*.md"))

    @rule(number=st.integers(0, 9), words=WORDS)
    def write_more(self, number: int, words: str) -> None:
        path = self.chapters[number % len(self.chapters)]
        text = path.read_text("utf-8")
        if "[^n]" not in text or "[^n]" not in words:
            path.write_text(f"{text}\n{words}\n", "utf-8")
            self.changed = True

    @rule(number=st.integers(0, 9))
    def take_back(self, number: int) -> None:
        path = self.chapters[number % len(self.chapters)]
        path.write_text("# Anew\n\nOne line.\n", "utf-8")
        self.changed = True

    @rule(number=st.integers(4, 99))
    def add_a_chapter(self, number: int) -> None:
        path = self.folder / "a" / "book" / f"{number:02}.md"
        path.write_text(f"# Added {number}\n\nMore.\n", "utf-8")
        self.changed = True

    @rule(number=st.integers(0, 9))
    def delete_or_rename_a_chapter(self, number: int) -> None:
        if len(self.chapters) > 2:
            path = self.chapters[number % len(self.chapters)]
            if number % 2:
                path.unlink()
            else:
                path.rename(path.with_name(f"0{path.name}"))
            self.changed = True

    @rule(title=st.sampled_from(["Tides", "Ebb", "Flood"]))
    def change_the_title(self, title: str) -> None:
        (self.folder / "a" / "metadata.yaml").write_text(METADATA.format(title=title), "utf-8")
        self.changed = True

    @rule(at=st.integers(0, 10**6))
    def spoil_the_cache(self, at: int) -> None:
        entries = sorted((self.folder / "cache" / "objects").glob("*/*"))
        if entries:
            entry = entries[at % len(entries)]
            entry.write_bytes(entry.read_bytes()[: at % 200])
            self.changed = True

    @invariant()
    def both_are_the_same(self) -> None:
        if not self.changed or not (self.folder / "a").exists():
            return
        self.changed = False
        book = self.folder / "a"
        produce(book, self.folder / "out", cache=Cache(self.folder / "cache", "p"))
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        produce(book, clean)
        assert files_in(self.folder / "out") == files_in(clean)


Edits.TestCase.settings = settings(
    max_examples=5, stateful_step_count=7, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestEdits = pytest.mark.slow(Edits.TestCase)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "tides")


def built(book: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    """What a build says, as JSON."""
    capsys.readouterr()
    assert main(["build", "--book", str(book), "--json", *more]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_when_nothing_changed_a_build_says_so_and_touches_nothing(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = built(book, capsys)
    before = times(book / "dist")
    assert main(["build", "--book", str(book)]) == 0
    assert capsys.readouterr().out == "Nothing has changed since the last build.\n"
    assert times(book / "dist") == before
    assert built(book, capsys) == first, "what it tells is the same"


def test_warnings_are_said_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "book" / "02.md").write_text("# Two\n\n![](lamp.svg)\n", "utf-8")
    (book / "book" / "lamp.svg").write_text(SQUARE, "utf-8")
    first = built(book, capsys)
    assert first["problems"]
    assert built(book, capsys)["problems"] == first["problems"]


def change_text(book: Path) -> None:
    with (book / "book" / "02.md").open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")


def delete_an_edition(book: Path) -> None:
    next((book / "dist").glob("*.epub")).unlink()


def spoil_an_edition(book: Path) -> None:
    (book / "dist" / "web" / "index.html").write_text("spoilt", "utf-8")


def add_a_cover(book: Path) -> None:
    (book / "covers").mkdir()
    (book / "covers" / "own.py").write_text("DESIGN = None\n", "utf-8")


def add_a_chapter(book: Path) -> None:
    (book / "book" / "09.md").write_text("# Nine\n", "utf-8")


def change_a_time_alone(book: Path) -> None:
    for path in (book / "book").iterdir():
        os.utime(path, ns=(0, 0))


@pytest.mark.parametrize(
    ("change", "anew"),
    [(change_text, True), (delete_an_edition, True), (spoil_an_edition, True), (add_a_cover, True),
     (add_a_chapter, True), (change_a_time_alone, False)],
)  # fmt: skip
def test_what_is_said_counts_and_not_when(
    book: Path, capsys: pytest.CaptureFixture[str], change: Any, anew: bool
) -> None:
    built(book, capsys)
    change(book)
    main(["build", "--book", str(book)])
    assert ("Nothing has changed" not in capsys.readouterr().out) is anew


def test_force_makes_all_of_it_anew(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built(book, capsys)
    before = files_in(book / "dist"), times(book / "dist")
    built(book, capsys, "--force")
    assert files_in(book / "dist") == before[0]
    assert times(book / "dist") != before[1]


def test_a_book_with_errors_leaves_no_record(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book" / "02.md").write_text("# Two\n\nA note.[^none]\n", "utf-8")
    for _ in range(2):
        assert main(["build", "--book", str(book)]) == 1
        assert "[^none]" in capsys.readouterr().err


def test_no_chapter_is_read_again_that_did_not_change(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quire.pandoc import process

    read: list[bytes] = []
    by_worker = process.read_as_json

    def counted(program: str, content: bytes, source: str) -> bytes:
        read.append(content)
        return by_worker(program, content, source)

    monkeypatch.setattr(process, "read_as_json", counted)
    cache = Cache(book / "cache", "p")
    produce(book, cache=cache)
    assert len(read) == 3
    change_text(book)
    produce(book, cache=cache)
    assert len(read) == 4
    assert b"More." in read[-1]


def test_without_a_cache_folder_all_works(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_CACHE", "off")
    built(book, capsys)
    assert not (book / ".quire").exists()
    assert main(["build", "--book", str(book)]) == 0
    assert "Nothing has changed" not in capsys.readouterr().out


@pytest.mark.slow
def test_two_builds_at_once_harm_neither_editions_nor_cache(book: Path) -> None:
    command = [sys.executable, "-m", "quire", "build", "--book", str(book), "--edition", "epub"]
    outs = [["--out", str(book / name)] for name in ("one", "two")]
    running = [subprocess.Popen([*command, *out], stdout=subprocess.DEVNULL) for out in outs]
    assert [process.wait(120) for process in running] == [0, 0]
    assert files_in(book / "one") == files_in(book / "two")


def sums_hold(folder: Path) -> bool:
    """Whether every file of a shelf is the one that its checksums speak of."""
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True,
        check=False,
    )  # fmt: skip
    return done.returncode == 0


@pytest.mark.slow
def test_ctrl_c_at_any_moment_leaves_the_old_editions_or_the_new(book: Path) -> None:
    command = [sys.executable, "-m", "quire", "build", "--book", str(book)]
    subprocess.run(command, check=True, capture_output=True)
    for number in range(8):
        change_text(book)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.1 + number * 0.15)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode in {0, 130, -signal.SIGINT}, said
        assert b"Traceback" not in said or process.returncode == -signal.SIGINT
        assert sums_hold(book / "dist")
        assert not [path for path in (book / "dist").iterdir() if path.name.endswith(".tmp")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert sums_hold(book / "dist")


def test_a_disk_that_is_full_leaves_the_old_editions(book: Path) -> None:
    command = [sys.executable, "-m", "quire", "build", "--book", str(book), "--edition", "epub"]
    subprocess.run(command, check=True, capture_output=True)
    before = files_in(book / "dist")
    change_text(book)
    # No file may be longer than 8 KB: the system refuses what is written beyond.
    limited = ["bash", "-c", 'ulimit -f 8; exec "$@"', "bash", *command]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no room left" in done.stderr
    assert files_in(book / "dist") == before
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert files_in(book / "dist") != before


def test_a_build_says_about_how_long_it_still_takes(book: Path) -> None:
    from quire.cli.console import Console
    from quire.standing import Standing, cache_of, remember, seconds_before

    cache, out = cache_of(book), book / "dist"
    assert seconds_before(book, out, ["x"], cache) is None
    remember(book, out, ["x"], cache, {}, (), (), Standing({}, (), 40.0))
    assert seconds_before(book, out, ["x"], cache) == 40.0
    said: list[str] = []

    class Told(Console):
        def step(self, words: str) -> None:
            said.append(words)

    Told().timed(40.0)("setting epub")
    Told().timed(None)("setting epub")
    Told().timed(1.0)("setting epub")
    assert said == ["setting epub, about 40 s left", "setting epub", "setting epub"]
