"""The same manuscripts through pandoc alone, calibre (where it is installed) and quire.

    .venv/bin/python -m benchmarks.epub_comparison [--write]

Every EPUB is made in this run, judged by EPUBCheck and Ace, and asked for its features by
`features`. Seconds are the wall time of the whole command: quire makes the print edition too,
whose pages the page-list needs. Two runs of quire show whether the bytes are the same. `--write`
puts the tables into docs/benchmarks/epub.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.epub_comparison.features import FEATURES, Epub
from quire.checks.ace import run_ace
from quire.checks.epubcheck import run_epubcheck
from quire.problems import Problem, Severity, ToolMissing
from quire.toolchain.tools import pandoc_path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks" / "epub.md"
BOOKS = {
    "the default book (Chinese)": ROOT,
    "an English almanac": ROOT / "tests" / "golden" / "books" / "almanac",
}


_OPENING = """\
# EPUBs side by side

Made by `python -m benchmarks.epub_comparison --write`: the same manuscripts through each maker in
one run. quire's seconds hold the print edition, whose pages its page-list names.
"""


@dataclass(frozen=True)
class Made:
    """What one maker made of a manuscript: the file and another made the same way."""

    path: Path
    again: Path
    seconds: float


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


def _by_quire(book: Path, out: Path) -> Path:
    command = [sys.executable, "build.py", "--quiet", "--book", str(book), "--out", str(out)]
    _run([*command, "--edition", "print-pdf", "--edition", "epub"])
    return next(out.glob("*.epub"))


def _by_pandoc(book: Path, out: Path) -> Path:
    out.mkdir()
    chapters = sorted(str(path) for path in (book / "book").rglob("*.md"))
    folders = sorted({str(path.parent) for path in (book / "book").rglob("*")})
    made = out / "pandoc.epub"
    _run([
        str(pandoc_path()), "--file-scope", f"--metadata-file={book / 'metadata.yaml'}", "--toc",
        f"--resource-path={':'.join(folders)}", "-o", str(made), *chapters,
    ])  # fmt: skip
    return made


def _by_calibre(book: Path, out: Path) -> Path:
    """Calibre takes no Markdown with notes: it converts what pandoc makes."""
    made = out / "calibre.epub"
    _run(["ebook-convert", str(_by_pandoc(book, out)), str(made), "--epub-version", "3"])
    return made


def _makers() -> dict[str, Callable[[Path, Path], Path] | None]:
    calibre = _by_calibre if shutil.which("ebook-convert") else None
    return {"pandoc alone": _by_pandoc, "calibre": calibre, "quire": _by_quire}


def _made(maker: Callable[[Path, Path], Path], book: Path, folder: Path) -> Made:
    start = time.perf_counter()
    path = maker(book, folder / "first")
    return Made(path, maker(book, folder / "second"), (time.perf_counter() - start) / 2)


def _verdict(found: Sequence[Problem]) -> str:
    counts = Counter(one.severity for one in found)
    return " / ".join(str(counts[one]) for one in (Severity.ERROR, Severity.WARNING, Severity.NOTE))


def _ace(path: Path) -> str:
    try:
        return str(len(run_ace(path)))
    except ToolMissing:
        return "not installed"


def _cell(value: bool | int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "–"
    return str(value) if value else "–"


def _column(made: Made) -> Iterator[str]:
    epub = Epub(made.path)
    yield _verdict(run_epubcheck(made.path))
    yield _ace(made.path)
    yield f"{made.path.stat().st_size / 1000:.0f}"
    yield f"{made.seconds:.1f}"
    yield _cell(made.path.read_bytes() == made.again.read_bytes())
    yield from (_cell(told(epub)) for told in FEATURES.values())


ROWS = ("EPUBCheck: errors / warnings / notes", "Ace: violations", "kilobytes",
        "seconds (two cores)", "the same bytes twice", *FEATURES)  # fmt: skip


def table(book: Path) -> str:
    """The table of one manuscript, in Markdown."""
    columns: dict[str, list[str]] = {}
    for name, maker in _makers().items():
        if maker is None:
            columns[name] = ["not installed", *[""] * (len(ROWS) - 1)]
            continue
        with tempfile.TemporaryDirectory() as folder:
            columns[name] = list(_column(_made(maker, book, Path(folder))))
    lines = [f"| | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for number, row in enumerate(ROWS):
        lines.append(f"| {row} | {' | '.join(one[number] for one in columns.values())} |")
    return "\n".join(lines)


def main() -> None:
    """Make everything, judge it, and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args()
    parts = [_OPENING]
    parts += [f"## {name[0].upper()}{name[1:]}\n\n{table(book)}\n" for name, book in BOOKS.items()]
    page = "\n".join(parts)
    if asked.write:
        PAGE.write_text(page, "utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
